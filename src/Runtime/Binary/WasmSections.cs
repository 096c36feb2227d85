namespace WasmBindgen.Binary;

/// <summary>The sections of a module (core specification, section 5.5), in order.</summary>
/// <param name="module">The whole binary.</param>
internal ref struct WasmSections(ReadOnlySpan<byte> module)
{
    internal const byte Custom = 0;
    internal const byte Type = 1;
    internal const byte Import = 2;
    internal const byte Function = 3;
    internal const byte Table = 4;
    internal const byte Memory = 5;
    internal const byte Global = 6;
    internal const byte Export = 7;
    internal const byte Start = 8;
    internal const byte Code = 10;
    internal const byte Tag = 13;
    internal const int HeaderLength = 8;

    private WasmReader _rest = new(module[HeaderLength..]);

    /// <summary>The kind of section.</summary>
    internal byte Id { get; private set; }

    /// <summary>Its content; a custom section begins with its name.</summary>
    internal ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Where the content begins in the module.</summary>
    internal readonly int Offset => HeaderLength + _rest.Position - Content.Length;

    /// <summary>Whether a module has a section of a kind.</summary>
    internal static bool Has(ReadOnlySpan<byte> module, byte id)
    {
        var sections = new WasmSections(module);
        while (sections.MoveNext())
        {
            if (sections.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves to the next section.</summary>
    /// <returns>False if there is none.</returns>
    /// <exception cref="InvalidDataException">The module ends within the section.</exception>
    internal bool MoveNext()
    {
        if (_rest.IsAtEnd)
        {
            return false;
        }

        Id = _rest.Byte();
        Content = _rest.CountedBytes();
        return true;
    }
}
