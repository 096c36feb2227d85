using WasmBindgen.Binary;

namespace WasmBindgen;

/// <summary>
/// The source lines of one module's code, from its custom sections <c>.debug_line</c>, <c>.debug_line_str</c> and
/// <c>.debug_str</c> (DWARF for WebAssembly). The guest provides them, so nothing is trusted: invalid data gives no
/// lines.
/// </summary>
internal sealed class DebugInfo
{
    private readonly int _importedFunctions;

    // Where the body of each of the module's own functions begins, and the code section, from which DWARF counts.
    private int[] _bodies = [];
    private int _code;

    private byte[] _lines = [];
    private byte[] _lineStrings = [];
    private byte[] _strings = [];

    private DebugInfo(int importedFunctions) => _importedFunctions = importedFunctions;

    /// <summary>Reads a module that the engine has found valid; null when it has no lines.</summary>
    internal static DebugInfo? Read(ReadOnlySpan<byte> module, int importedFunctions)
    {
        var info = new DebugInfo(importedFunctions);
        ReadOnlySpan<byte> code = default;
        var sections = new WasmSections(module);
        while (sections.MoveNext())
        {
            if (sections.Id == WasmSections.Code)
            {
                code = sections.Content;
                info._code = sections.Offset;
            }
            else if (sections.Id == WasmSections.Custom)
            {
                var section = new WasmReader(sections.Content);
                ReadOnlySpan<byte> name = section.CountedBytes();
                ReadOnlySpan<byte> rest = sections.Content[section.Position..];
                if (name.SequenceEqual(".debug_line"u8))
                {
                    info._lines = rest.ToArray();
                }
                else if (name.SequenceEqual(".debug_line_str"u8))
                {
                    info._lineStrings = rest.ToArray();
                }
                else if (name.SequenceEqual(".debug_str"u8))
                {
                    info._strings = rest.ToArray();
                }
            }
        }

        if (info._lines.Length == 0 || code.IsEmpty)
        {
            return null;
        }

        info.ReadBodies(code);
        return info;
    }

    /// <summary>
    /// Whether a frame can be from this module. The engine reports a function's index and where its body begins.
    /// </summary>
    internal bool Has(GuestFrame frame) =>
        frame is { FunctionOffset: { } inFunction, ModuleOffset: { } inModule }
        && (uint)(frame.FunctionIndex - _importedFunctions) < (uint)_bodies.Length
        && _bodies[frame.FunctionIndex - _importedFunctions] == inModule - inFunction;

    /// <summary>
    /// The only candidate for a frame; null when there is none, or when the candidates would give different lines.
    /// </summary>
    internal static DebugInfo? OfOnly(IEnumerable<DebugInfo> candidates)
    {
        DebugInfo? first = candidates.FirstOrDefault();
        return first is not null && candidates.All(other => other._lines.AsSpan().SequenceEqual(first._lines))
            ? first
            : null;
    }

    /// <summary>Looks up the lines of instructions, where known, by their offsets in the module.</summary>
    internal void Find(ReadOnlySpan<long?> offsets, Span<SourceLine?> lines)
    {
        var wanted = new SortedDictionary<uint, SourceLine?>();
        foreach (long? offset in offsets)
        {
            if (offset is { } known)
            {
                wanted[(uint)(known - _code)] = null;
            }
        }

        uint[] addresses = [.. wanted.Keys];
        var found = new SourceLine?[addresses.Length];
        DwarfLines.Find(_lines, _lineStrings, _strings, addresses, found);
        for (int i = 0; i < offsets.Length; i++)
        {
            if (offsets[i] is { } known)
            {
                lines[i] = found[addresses.AsSpan().BinarySearch((uint)(known - _code))];
            }
        }
    }

    private void ReadBodies(ReadOnlySpan<byte> code)
    {
        var reader = new WasmReader(code);
        _bodies = new int[reader.Number()];
        foreach (ref int body in _bodies.AsSpan())
        {
            int length = reader.CountedBytes().Length;
            body = _code + reader.Position - length;
        }
    }
}
