namespace WasmBindgen.Binary;

/// <summary>
/// Finds tables with limits beyond 32 bits, which 64-bit indices allow. The C API cannot represent them, and aborts the
/// process when asked (<c>wasm_tabletype_limits</c>), so the binary is searched for them first.
/// </summary>
internal ref struct TableLimits
{
    private WasmReader _reader;

    private TableLimits(ReadOnlySpan<byte> content) => _reader = new WasmReader(content);

    /// <summary>Whether a module that the engine has found valid has such a table.</summary>
    internal static bool Exceed32Bits(ReadOnlySpan<byte> module)
    {
        var sections = new WasmSections(module);
        while (sections.MoveNext())
        {
            var section = new TableLimits(sections.Content);
            if ((sections.Id == WasmSections.Import && section.InImports())
                || (sections.Id == WasmSections.Table && section.InTables()))
            {
                return true;
            }
        }

        return false;
    }

    private bool InImports()
    {
        for (ulong count = _reader.Number(); count > 0; count--)
        {
            if (WasmImport.Read(ref _reader).Item is { Kind: WasmItem.Table, Limits.Exceed32Bits: true })
            {
                return true;
            }
        }

        return false;
    }

    private bool InTables()
    {
        for (ulong count = _reader.Number(); count > 0; count--)
        {
            if (WasmItem.ReadTable(ref _reader).Limits.Exceed32Bits)
            {
                return true;
            }
        }

        return false;
    }
}
