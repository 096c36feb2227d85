namespace WasmBindgen.Binary;

/// <summary>The sections of a module (core specification, section 5.5), in their order.</summary>
/// <param name="module">The whole binary.</param>
internal ref struct WasmSections(ReadOnlySpan<byte> module)
{
    internal const byte Custom = 0;
    internal const byte Import = 2;
    internal const byte Table = 4;
    internal const byte Code = 10;

    private const int HeaderLength = 8;

    private WasmReader _rest = new(module[HeaderLength..]);

    /// <summary>What kind of section this is.</summary>
    internal byte Id { get; private set; }

    /// <summary>What is in it; of a custom section, its name first.</summary>
    internal ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Where the content begins in the module.</summary>
    internal readonly int Offset => HeaderLength + _rest.Position - Content.Length;

    /// <summary>Goes on to the next one.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="InvalidDataException">The module ends within it.</exception>
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
