using WasmBindgen.Binary;

namespace WasmBindgen.Build.Core;

/// <summary>Reads the names of locals in the name section (core specification, appendix "Custom Sections").</summary>
internal static class LocalNames
{
    /// <summary>
    /// Keeps the names that the parameters of imported and exported functions have. As the specification wants it, a
    /// section that makes no sense is no error.
    /// </summary>
    internal static void Read(ReadOnlySpan<byte> section, CoreModule module)
    {
        var functions = new Dictionary<uint, int>();
        foreach ((uint index, WasmItem item) in module.Imports.Select(static import => (import.Index, import.Item))
            .Concat(module.Exports.Select(static export => (export.Index, export.Item))))
        {
            if (item.Kind == WasmItem.Function && item.Index < module.Types.Count)
            {
                functions[index] = module.Types[(int)item.Index]?.Parameters.Length ?? 0;
            }
        }

        var reader = new WasmReader(section);
        try
        {
            while (!reader.IsAtEnd)
            {
                const byte Locals = 2;
                byte id = reader.Byte();
                var subsection = new WasmReader(reader.CountedBytes());
                for (int count = id == Locals ? subsection.Count() : 0; count > 0; count--)
                {
                    ReadFunction(ref subsection, functions, module.ParameterNames);
                }
            }
        }
        catch (InvalidDataException)
        {
        }
    }

    private static void ReadFunction(
        scoped ref WasmReader reader, Dictionary<uint, int> functions, Dictionary<uint, Dictionary<uint, string>> names)
    {
        uint function = reader.Index();
        int parameters = functions.TryGetValue(function, out int known) ? known : 0;
        for (int count = reader.Count(); count > 0; count--)
        {
            uint local = reader.Index();
            ReadOnlySpan<byte> name = reader.CountedBytes();
            if (local < parameters && !name.IsEmpty)
            {
                if (!names.TryGetValue(function, out Dictionary<uint, string> ofFunction))
                {
                    names.Add(function, ofFunction = []);
                }

                ofFunction[local] = WasmReading.Text(name);
            }
        }
    }
}
