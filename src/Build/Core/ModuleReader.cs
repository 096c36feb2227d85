using WasmBindgen.Components.Format;
using WasmBindgen.Binary;

namespace WasmBindgen.Build.Core;

/// <summary>
/// Reads a core module as far as its type and the names of its parameters need it. The module need not be valid: what
/// is read must make sense, and the engine finds out the rest.
/// </summary>
internal sealed class ModuleReader
{
    // The engine's limits.
    private const int MaxEntries = 1_000_000;
    private const int MaxParameters = 1000;

    private readonly CoreModule _module = new();
    private readonly Stream _file;
    private (long Offset, byte[] Content) _names;

    private ModuleReader(Stream file) => _file = file;

    /// <summary>Reads the sections between two places of a file.</summary>
    /// <exception cref="InvalidGuestException">They are not those of a module.</exception>
    internal static CoreModule Read(Stream file, long start, long end)
    {
        var reader = new ModuleReader(file);
        reader.ReadSections(new GuestSections(file, start, end));
        LocalNames.Read(reader._names.Content, reader._module);
        return reader._module;
    }

    private void ReadSections(GuestSections sections)
    {
        while (sections.MoveNext())
        {
            switch (sections.Id)
            {
                case WasmSections.Custom:
                    ReadCustom(sections);
                    break;
                case WasmSections.Type or WasmSections.Import or WasmSections.Function or WasmSections.Table
                    or WasmSections.Memory or WasmSections.Global or WasmSections.Export or WasmSections.Tag:
                    var reader = new WasmReader(sections.Read());
                    try
                    {
                        ReadSection(sections.Id, ref reader);
                        if (!reader.IsAtEnd)
                        {
                            throw new InvalidDataException($"section {sections.Id} is longer than what is in it");
                        }
                    }
                    catch (InvalidDataException exception)
                    {
                        throw new InvalidGuestException(sections.Offset + reader.Position, exception.Message);
                    }

                    break;
                case > WasmSections.Tag:
                    throw new InvalidGuestException(sections.Offset, $"{sections.Id} is not a section of a module");
            }
        }
    }

    private void ReadCustom(GuestSections sections)
    {
        const int MaxName = 64;
        var start = new WasmReader(GuestSections.Read(_file, sections.Offset, (int)Math.Min(MaxName, sections.Length)));
        ReadOnlySpan<byte> name;
        try
        {
            name = start.CountedBytes();
        }
        catch (InvalidDataException)
        {
            return; // a longer name than those that are looked for
        }

        bool isNames = name.SequenceEqual("name"u8) && sections.Length <= GuestSections.MaxLength;
        if (isNames || name.StartsWith("component-type"u8))
        {
            (long Offset, byte[] Content) content =
                (sections.Offset + start.Position, sections.Read().AsSpan(start.Position).ToArray());
            if (isNames)
            {
                _names = content;
            }
            else
            {
                _module.ComponentTypes.Add(content);
            }
        }
    }

    private void ReadSection(byte id, scoped ref WasmReader reader)
    {
        if (id == WasmSections.Type)
        {
            ReadTypes(ref reader);
            return;
        }

        for (int count = reader.Count(); count > 0; count--)
        {
            switch (id)
            {
                case WasmSections.Import:
                    ReadImport(ref reader);
                    break;
                case WasmSections.Function:
                    Add(new WasmItem(WasmItem.Function, reader.Index()));
                    break;
                case WasmSections.Table:
                    Add(WasmItem.ReadTable(ref reader));
                    break;
                case WasmSections.Memory:
                    Add(WasmItem.Read(WasmItem.Memory, ref reader));
                    break;
                case WasmSections.Global:
                    Add(WasmItem.ReadGlobal(ref reader));
                    break;
                case WasmSections.Tag:
                    Add(WasmItem.Read(WasmItem.Tag, ref reader));
                    break;
                default:
                    ReadExport(ref reader);
                    break;
            }
        }
    }

    private void ReadTypes(scoped ref WasmReader reader)
    {
        var types = new WasmTypes(ref reader);
        while (types.MoveNext(ref reader))
        {
            switch (types.Form)
            {
                case WasmTypes.Function:
                    _module.Types.Add(new FunctionType(ReadValueTypes(ref reader), ReadValueTypes(ref reader)));
                    break;
                case WasmTypes.Struct:
                    for (int fields = reader.Count(); fields > 0; fields--)
                    {
                        Field(ref reader);
                    }

                    _module.Types.Add(null);
                    break;
                case WasmTypes.Array:
                    Field(ref reader);
                    _module.Types.Add(null);
                    break;
                default:
                    throw new InvalidDataException($"0x{types.Form:x2} is not a type");
            }

            Check(_module.Types.Count);
        }
    }

    private static WasmType[] ReadValueTypes(scoped ref WasmReader reader) => reader.List(
        static (scoped ref WasmReader reader) =>
        {
            WasmType type = reader.ValueType();
            Check(type);
            return type;
        },
        MaxParameters);

    private static void Field(scoped ref WasmReader reader)
    {
        reader.ValueType();
        reader.Byte(); // whether it is mutable
    }

    private void ReadImport(ref WasmReader reader)
    {
        WasmImport import = WasmImport.Read(ref reader);
        string module = WasmReading.Text(import.Module), name = WasmReading.Text(import.Name);
        if (import.Item.Kind > WasmItem.Tag)
        {
            throw new InvalidDataException($"{import.Item.Kind} is not a kind of import");
        }

        _module.Imports.Add((module, name, import.Item, (uint)_module.Items[import.Item.Kind].Count));
        Add(import.Item);
    }

    private void ReadExport(scoped ref WasmReader reader)
    {
        string name = reader.Name();
        byte kind = reader.Byte();
        uint index = reader.Index();
        if (kind > WasmItem.Tag || index >= _module.Items[kind].Count)
        {
            throw new InvalidDataException($"there is no item {index} of kind {kind} to export");
        }

        _module.Exports.Add((name, _module.Items[kind][(int)index], index));
        Check(_module.Exports.Count);
    }

    /// <summary>Adds what is imported or defined, after the types, as the order of sections is.</summary>
    private void Add(WasmItem item)
    {
        if (item.Kind is WasmItem.Table or WasmItem.Global)
        {
            Check(item.Type);
        }
        else if (item.Kind != WasmItem.Memory
            && (item.Index >= _module.Types.Count || _module.Types[(int)item.Index] is null))
        {
            throw new InvalidDataException($"type {item.Index} is not a function type");
        }

        List<WasmItem> items = _module.Items[item.Kind];
        items.Add(item);
        Check(items.Count);
    }

    private static void Check(WasmType type)
    {
        if (ValueTypes.Text(type) is null)
        {
            throw new InvalidDataException($"0x{type.Code:x2} is not a value type");
        }
    }

    private static void Check(int count)
    {
        if (count > MaxEntries)
        {
            throw new InvalidDataException($"there are more than {MaxEntries} entries of a kind");
        }
    }
}
