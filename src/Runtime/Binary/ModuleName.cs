using System.Text;

namespace WasmBindgen.Binary;

/// <summary>The name of a module in its name section (core specification, appendix, Name Section).</summary>
internal static class ModuleName
{
    private const byte OfModule = 0;

    /// <summary>The binary with one more section, whose name the engine takes in place of the module's own.</summary>
    internal static byte[] Replace(ReadOnlySpan<byte> module, string name)
    {
        byte[] named = Counted(Encoding.UTF8.GetBytes(name));
        byte[] content = [.. Counted("name"u8), OfModule, .. Counted(named)];
        return [.. module, WasmSections.Custom, .. Counted(content)];
    }

    /// <summary>The module's own; null if it has none that can be read.</summary>
    internal static string? Find(ReadOnlySpan<byte> module)
    {
        string? name = null;
        var sections = new WasmSections(module);
        try
        {
            while (sections.MoveNext())
            {
                var reader = new WasmReader(sections.Content);
                if (sections.Id == WasmSections.Custom
                    && reader.CountedBytes().SequenceEqual("name"u8)
                    && !reader.IsAtEnd
                    && reader.Byte() == OfModule)
                {
                    var subsection = new WasmReader(reader.CountedBytes());
                    name = subsection.Name();
                }
            }
        }
        catch (InvalidDataException)
        {
            // The engine ignores what it cannot read of names, and reports the rest.
        }

        return name;
    }

    private static byte[] Counted(ReadOnlySpan<byte> bytes)
    {
        var counted = new List<byte>(bytes.Length + 5);
        uint length = (uint)bytes.Length;
        for (; length >= 0x80; length >>= 7)
        {
            counted.Add((byte)(length | 0x80));
        }

        counted.Add((byte)length);
        counted.AddRange(bytes);
        return [.. counted];
    }
}
