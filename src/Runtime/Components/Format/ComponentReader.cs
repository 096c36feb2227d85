using WasmBindgen.Binary;

namespace WasmBindgen.Components.Format;

/// <summary>Reads the definitions of a component (Component Model, Binary.md). Core code is passed over.</summary>
internal sealed class ComponentReader
{
    /// <summary>How deep components and types may be within each other.</summary>
    internal const int MaxDepth = 100;

    // In bytes: what is read of a component and those within it. Real ones have less than a tenth of it.
    private const long MaxLength = 4 << 20;

    private const int PreambleLength = 8;

    private readonly Stream _file;
    private long _length;

    private ComponentReader(Stream file) => _file = file;

    /// <summary>The contents of custom sections with documentation.</summary>
    private List<byte[]> PackageDocs { get; } = [];

    /// <returns>The definitions, and the contents of <c>package-docs</c> sections.</returns>
    /// <exception cref="InvalidGuestException">The file is not a component.</exception>
    internal static (ComponentDefinition Component, IReadOnlyList<byte[]> PackageDocs) Read(Stream file)
    {
        var reader = new ComponentReader(file);
        return (reader.ReadComponent(0, file.Length, depth: 0), reader.PackageDocs);
    }

    private ComponentDefinition ReadComponent(long start, long end, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidGuestException(start, $"components are more than {MaxDepth} deep within each other");
        }

        byte[] preamble = GuestSections.Read(_file, start, (int)Math.Min(PreambleLength, end - start));
        if (!preamble.AsSpan().SequenceEqual("\0asm\x0d\0\x01\0"u8))
        {
            throw new InvalidGuestException(start, "what is to be a component does not begin like one");
        }

        var body = new List<Definition>();
        var sections = new GuestSections(_file, start + PreambleLength, end);
        while (sections.MoveNext())
        {
            switch (sections.Id)
            {
                case 0: // custom
                    ReadCustom(sections, depth);
                    break;
                case 1: // core module
                    body.Add(new ModuleDefinition(sections.Offset, sections.Length) { Offset = sections.Offset });
                    break;
                case 9: // start
                    body.Add(new StartDefinition() { Offset = sections.Offset });
                    break;
                case 4: // component
                    body.Add(ReadComponent(sections.Offset, sections.Offset + sections.Length, depth + 1));
                    break;
                case 2 or 3 or 5 or 6 or 7 or 8 or 10 or 11:
                    ReadSection(sections, body);
                    break;
                default:
                    throw new InvalidGuestException(
                        sections.Offset, $"{sections.Id} is not a section of a component that is known here");
            }
        }

        return new ComponentDefinition(body);
    }

    private void ReadCustom(GuestSections sections, int depth)
    {
        ReadOnlySpan<byte> name = "package-docs"u8;
        if (depth > 0 || sections.Length <= name.Length)
        {
            return;
        }

        byte[] start = GuestSections.Read(_file, sections.Offset, name.Length + 1);
        if (start[0] == name.Length && start.AsSpan(1).SequenceEqual(name))
        {
            Spend(sections);
            PackageDocs.Add(sections.Read().AsSpan(start.Length).ToArray());
        }
    }

    private void ReadSection(GuestSections sections, List<Definition> body)
    {
        Spend(sections);
        var reader = new WasmReader(sections.Read());
        try
        {
            for (int count = reader.Count(); count > 0; count--)
            {
                long offset = sections.Offset + reader.Position;
                Definition definition = sections.Id switch
                {
                    2 => ReadCoreInstance(ref reader),
                    3 => DeclarationReader.ReadCoreType(ref reader, depth: 0),
                    5 => ReadInstance(ref reader),
                    6 => DeclarationReader.ReadAlias(ref reader),
                    7 => DeclarationReader.ReadType(ref reader, depth: 0),
                    8 => CanonicalReader.Read(ref reader),
                    10 => DeclarationReader.ReadImport(ref reader),
                    _ => ReadExport(ref reader),
                };
                definition.Offset = offset;
                body.Add(definition);
            }

            if (!reader.IsAtEnd)
            {
                throw new InvalidDataException($"section {sections.Id} is longer than what is in it");
            }
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidGuestException(sections.Offset + reader.Position, exception.Message);
        }
    }

    private void Spend(GuestSections sections)
    {
        _length += sections.Length;
        if (_length > MaxLength)
        {
            throw new InvalidGuestException(
                sections.Offset, $"its definitions without core modules are of more than {MaxLength} bytes");
        }
    }

    private static Definition ReadCoreInstance(scoped ref WasmReader reader)
    {
        byte form = reader.Byte();
        return form switch
        {
            0 => new CoreInstantiation(reader.Index(), reader.List(static (scoped ref WasmReader reader) =>
                new ItemReference(reader.Name(), DeclarationReader.ReadCoreSort(ref reader), reader.Index()))),
            1 => new CoreInstanceOfExports(reader.List(static (scoped ref WasmReader reader) =>
                new ItemReference(reader.Name(), DeclarationReader.ReadCoreSort(ref reader), reader.Index()))),
            _ => throw new InvalidDataException($"0x{form:x2} does not define a core instance"),
        };
    }

    private static Definition ReadInstance(scoped ref WasmReader reader)
    {
        byte form = reader.Byte();
        return form switch
        {
            0 => new ComponentInstantiation(reader.Index(), reader.List(static (scoped ref WasmReader reader) =>
                DeclarationReader.ReadItem(reader.Name(), ref reader))),
            1 => new InstanceOfExports(reader.List(static (scoped ref WasmReader reader) =>
                DeclarationReader.ReadItem(DeclarationReader.ReadName(ref reader).Text, ref reader))),
            _ => throw new InvalidDataException($"0x{form:x2} does not define an instance"),
        };
    }

    private static Export ReadExport(scoped ref WasmReader reader)
    {
        ExternName name = DeclarationReader.ReadName(ref reader);
        ItemReference item = DeclarationReader.ReadItem(name.Text, ref reader);
        return new Export(name, item, reader.Optional(DeclarationReader.ReadExternType));
    }
}
