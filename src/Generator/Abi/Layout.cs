namespace WasmBindgen.Generator.Abi;

/// <summary>Size and alignment in memory, in bytes (Canonical ABI, sections Alignment and Element Size).</summary>
internal readonly record struct Layout(int Size, int Alignment)
{
    /// <summary>Of fields one after the other; also tells where each one lies.</summary>
    internal static Layout OfFields(IEnumerable<Layout> fields, List<int>? offsets = null)
    {
        int offset = 0;
        int alignment = 1;
        foreach (Layout field in fields)
        {
            offset = Align(offset, field.Alignment);
            offsets?.Add(offset);
            offset += field.Size;
            alignment = Math.Max(alignment, field.Alignment);
        }

        return new Layout(Align(offset, alignment), alignment);
    }

    /// <summary>Of the number of a case and the largest payload behind it; also tells where that lies.</summary>
    internal static Layout OfCases(int caseWidth, IEnumerable<Layout> payloads, out int payload)
    {
        Layout[] all = [.. payloads];
        int payloadAlignment = all.Select(static layout => layout.Alignment).DefaultIfEmpty(1).Max();
        int alignment = Math.Max(caseWidth, payloadAlignment);
        payload = Align(caseWidth, payloadAlignment);
        return new Layout(
            Align(payload + all.Select(static layout => layout.Size).DefaultIfEmpty().Max(), alignment), alignment);
    }

    /// <summary>The bytes that the number of a case takes.</summary>
    internal static int CaseWidth(int count) => count <= 1 << 8 ? 1 : count <= 1 << 16 ? 2 : 4;

    /// <summary>The bytes that flags take.</summary>
    internal static int FlagsWidth(int count) => count <= 8 ? 1 : count <= 16 ? 2 : 4;

    private static int Align(int offset, int alignment) => (offset + alignment - 1) & -alignment;
}
