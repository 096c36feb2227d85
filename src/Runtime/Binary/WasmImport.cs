namespace WasmBindgen.Binary;

/// <summary>An entry of the import section (core specification, section 5.5.5), as far as it is needed.</summary>
/// <param name="Kind">What is imported.</param>
/// <param name="Type">The index of a function's type.</param>
/// <param name="ExceedsLimits">Whether the limits of a table or memory exceed 32 bits.</param>
internal readonly record struct WasmImport(byte Kind, uint Type, bool ExceedsLimits)
{
    internal const byte Function = 0;
    internal const byte Table = 1;

    /// <summary>Reads the next entry.</summary>
    /// <exception cref="InvalidDataException">The section ends within it.</exception>
    internal static WasmImport Read(scoped ref WasmReader reader)
    {
        reader.CountedBytes(); // the module
        reader.CountedBytes(); // the name
        byte kind = reader.Byte();
        uint type = 0;
        bool exceeds = false;
        switch (kind)
        {
            case Function:
                type = (uint)reader.Number();
                break;
            case Table:
                reader.ValueType();
                exceeds = reader.Limits();
                break;
            case 2: // a memory
                exceeds = reader.Limits();
                break;
            case 3: // a global
                reader.ValueType();
                reader.Byte();
                break;
            default: // a tag
                reader.Byte();
                reader.Number();
                break;
        }

        return new WasmImport(kind, type, exceeds);
    }
}
