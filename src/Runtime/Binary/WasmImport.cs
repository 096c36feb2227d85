namespace WasmBindgen.Binary;

/// <summary>An entry of the import section (core specification, section 5.5.5).</summary>
internal readonly ref struct WasmImport
{
    private WasmImport(ReadOnlySpan<byte> module, ReadOnlySpan<byte> name, WasmItem item)
    {
        Module = module;
        Name = name;
        Item = item;
    }

    internal ReadOnlySpan<byte> Module { get; }

    internal ReadOnlySpan<byte> Name { get; }

    internal WasmItem Item { get; }

    /// <summary>Reads the next entry.</summary>
    /// <exception cref="InvalidDataException">The section ends within it.</exception>
    internal static WasmImport Read(ref WasmReader reader)
    {
        ReadOnlySpan<byte> module = reader.CountedBytes();
        ReadOnlySpan<byte> name = reader.CountedBytes();
        return new WasmImport(module, name, WasmItem.Read(reader.Byte(), ref reader));
    }
}
