namespace WasmBindgen.Binary;

/// <summary>The types of the type section (core specification, section 5.5.4), whatever groups they are in.</summary>
internal ref struct WasmTypes
{
    internal const byte Function = 0x60;
    internal const byte Struct = 0x5F;
    internal const byte Array = 0x5E;

    private ulong _groups;
    private ulong _inGroup;

    /// <param name="reader">At the section's first byte.</param>
    internal WasmTypes(scoped ref WasmReader reader) => _groups = reader.Number();

    /// <summary>What the type is; what follows is left to the caller.</summary>
    internal byte Form { get; private set; }

    /// <summary>Moves to the next type, after the caller has read the one before.</summary>
    /// <returns>False if there is none.</returns>
    /// <exception cref="InvalidDataException">The section ends too early.</exception>
    internal bool MoveNext(scoped ref WasmReader reader)
    {
        while (_inGroup == 0)
        {
            if (_groups == 0)
            {
                return false;
            }

            _groups--;
            const byte Group = 0x4E;
            _inGroup = 1;
            if (reader.Peek() == Group)
            {
                reader.Byte();
                _inGroup = reader.Number();
            }
        }

        _inGroup--;
        Form = reader.Byte();
        if (Form is 0x4F or 0x50) // a subtype: its supertypes come first
        {
            for (ulong count = reader.Number(); count > 0; count--)
            {
                reader.Number();
            }

            Form = reader.Byte();
        }

        return true;
    }
}
