using WasmBindgen.Binary;

namespace WasmBindgen.Components.Format;

/// <summary>Reads names, types and the declarations within types (Component Model, Binary.md).</summary>
internal static class DeclarationReader
{
    internal static Definition ReadAlias(scoped ref WasmReader reader)
    {
        Sort sort = ReadSort(ref reader);
        byte target = reader.Byte();
        uint index = reader.Index();
        return target switch
        {
            0 => new ExportAlias(sort, index, reader.Name()),
            1 => new CoreExportAlias(sort, index, reader.Name()),
            2 => new OuterAlias(sort, index, reader.Index()),
            _ => throw new InvalidDataException($"0x{target:x2} is not what an alias refers to"),
        };
    }

    internal static Definition ReadType(scoped ref WasmReader reader, int depth)
    {
        byte form = reader.Byte();
        switch (form)
        {
            case 0x3F: // resource
                bool isWide = reader.Byte() == 0x7E;
                object? destructor =
                    reader.Optional(static (scoped ref WasmReader reader) => (object)reader.Index());
                return new ResourceDefinition((uint?)destructor, isWide);
            case 0x40 or 0x43:
                return ReadFunctionType(ref reader, isAsync: form == 0x43);
            case 0x41:
                return new ComponentTypeDefinition(ReadDeclarations(ref reader, depth + 1));
            case 0x42:
                return new InstanceTypeDefinition(ReadDeclarations(ref reader, depth + 1));
            default:
                return ReadValueType(form, ref reader);
        }
    }

    internal static Import ReadImport(scoped ref WasmReader reader) =>
        new(ReadName(ref reader), ReadExternType(ref reader));

    internal static ExternName ReadName(scoped ref WasmReader reader)
    {
        byte form = reader.Byte();
        string text = reader.Name();
        string? implements = null;
        switch (form)
        {
            case 0 or 1:
                break;
            case 2:
                for (int count = reader.Count(); count > 0; count--)
                {
                    byte attribute = reader.Byte();
                    string value = reader.Name();
                    implements = attribute == 0 ? value : implements;
                    text += attribute == 1 ? value : ""; // the rest of a version
                }

                break;
            default:
                throw new InvalidDataException($"0x{form:x2} does not begin a name");
        }

        return new ExternName(text, implements);
    }

    internal static ItemReference ReadItem(string name, scoped ref WasmReader reader) =>
        new(name, ReadSort(ref reader), reader.Index());

    internal static ExternDeclaration ReadExternType(scoped ref WasmReader reader)
    {
        byte sort = reader.Byte();
        switch (sort)
        {
            case 0:
                const byte Module = 0x11;
                return reader.Byte() == Module
                    ? new ExternDeclaration(Sort.CoreModule, reader.Index())
                    : throw new InvalidDataException("only a module can be imported or exported of what is core");
            case 1:
                return new ExternDeclaration(Sort.Function, reader.Index());
            case 3:
                byte bound = reader.Byte();
                return bound switch
                {
                    0 => new ExternDeclaration(Sort.Type, reader.Index()),
                    1 => new ExternDeclaration(Sort.Type, 0, IsNewResource: true),
                    _ => throw new InvalidDataException($"0x{bound:x2} does not bound a type"),
                };
            case 4:
                return new ExternDeclaration(Sort.Component, reader.Index());
            case 5:
                return new ExternDeclaration(Sort.Instance, reader.Index());
            default:
                throw new InvalidDataException($"0x{sort:x2} is not a sort of imports that is known here");
        }
    }

    internal static Sort ReadCoreSort(scoped ref WasmReader reader)
    {
        byte sort = reader.Byte();
        return sort switch
        {
            0x00 => Sort.CoreFunction,
            0x01 => Sort.CoreTable,
            0x02 => Sort.CoreMemory,
            0x03 => Sort.CoreGlobal,
            0x04 => Sort.CoreTag,
            0x10 => Sort.CoreType,
            0x11 => Sort.CoreModule,
            0x12 => Sort.CoreInstance,
            _ => throw new InvalidDataException($"0x{sort:x2} is not a sort of what is core"),
        };
    }

    private static Sort ReadSort(scoped ref WasmReader reader)
    {
        byte sort = reader.Byte();
        return sort switch
        {
            0 => ReadCoreSort(ref reader),
            <= (byte)Sort.Instance => (Sort)sort,
            _ => throw new InvalidDataException($"0x{sort:x2} is not a sort"),
        };
    }

    private static List<Definition> ReadDeclarations(scoped ref WasmReader reader, int depth)
    {
        if (depth > ComponentReader.MaxDepth)
        {
            throw new InvalidDataException($"types are more than {ComponentReader.MaxDepth} deep within each other");
        }

        var declarations = new List<Definition>();
        for (int count = reader.Count(); count > 0; count--)
        {
            byte form = reader.Byte();
            declarations.Add(form switch
            {
                0 => ReadCoreType(ref reader, depth),
                1 => ReadType(ref reader, depth),
                2 => ReadAlias(ref reader),
                3 => ReadImport(ref reader),
                4 => new Export(ReadName(ref reader), Item: null, ReadExternType(ref reader)),
                _ => throw new InvalidDataException($"0x{form:x2} does not declare anything"),
            });
        }

        return declarations;
    }

    private static FunctionTypeDefinition ReadFunctionType(scoped ref WasmReader reader, bool isAsync)
    {
        Member[] parameters = reader.List(ReadNamed);
        byte results = reader.Byte();
        switch (results)
        {
            case 0:
                return new FunctionTypeDefinition(parameters, ReadReference(ref reader), isAsync);
            case 1 when reader.Byte() == 0:
                return new FunctionTypeDefinition(parameters, Result: null, isAsync);
            default:
                throw new InvalidDataException("a function has results with names, which are no more");
        }
    }

    private static ValueTypeDefinition ReadValueType(byte form, scoped ref WasmReader reader)
    {
        switch (form)
        {
            case 0x72:
                return new ValueTypeDefinition(TypeKind.Record, reader.List(ReadNamed));
            case 0x71:
                return new ValueTypeDefinition(TypeKind.Variant, reader.List(ReadCase));
            case 0x70:
                return new ValueTypeDefinition(TypeKind.List, [ReadPart(ref reader)]);
            case 0x67:
                return new ValueTypeDefinition(TypeKind.FixedList, [ReadPart(ref reader)], reader.Index());
            case 0x63:
                return new ValueTypeDefinition(TypeKind.Map, [ReadPart(ref reader), ReadPart(ref reader)]);
            case 0x6F:
                return new ValueTypeDefinition(TypeKind.Tuple, reader.List(ReadPart));
            case 0x6E:
                return new ValueTypeDefinition(TypeKind.Flags, reader.List(ReadLabel));
            case 0x6D:
                return new ValueTypeDefinition(TypeKind.Enum, reader.List(ReadLabel));
            case 0x6B:
                return new ValueTypeDefinition(TypeKind.Option, [ReadPart(ref reader)]);
            case 0x6A:
                return new ValueTypeDefinition(
                    TypeKind.Result, [ReadOptionalPart(ref reader), ReadOptionalPart(ref reader)]);
            case 0x69 or 0x68:
                return new ValueTypeDefinition(
                    form == 0x69 ? TypeKind.Own : TypeKind.Borrow,
                    [new Member("", new TypeReference(Primitive: null, reader.Index()))]);
            case 0x66 or 0x65:
                return new ValueTypeDefinition(
                    form == 0x66 ? TypeKind.Stream : TypeKind.Future, [ReadOptionalPart(ref reader)]);
            default:
                string primitive = Primitive(form) ?? throw new InvalidDataException($"0x{form:x2} is not a type");
                return new ValueTypeDefinition(TypeKind.Primitive, [new Member(primitive, Type: null)]);
        }
    }

    private static Member ReadNamed(scoped ref WasmReader reader) => new(reader.Name(), ReadReference(ref reader));

    private static Member ReadLabel(scoped ref WasmReader reader) => new(reader.Name(), Type: null);

    private static Member ReadPart(scoped ref WasmReader reader) => new("", ReadReference(ref reader));

    private static Member ReadOptionalPart(scoped ref WasmReader reader) => new("", reader.Optional(ReadReference));

    private static Member ReadCase(scoped ref WasmReader reader)
    {
        var member = new Member(reader.Name(), reader.Optional(ReadReference));
        return reader.Byte() == 0 ? member : throw new InvalidDataException("a case refines another, which is no more");
    }

    private static TypeReference ReadReference(scoped ref WasmReader reader)
    {
        long number = reader.SignedNumber();
        return number switch
        {
            >= 0 and <= uint.MaxValue => new TypeReference(Primitive: null, (uint)number),
            _ when Primitive(number + 0x80) is { } primitive => new TypeReference(primitive, 0),
            _ => throw new InvalidDataException($"{number} is not a value type"),
        };
    }

    private static string? Primitive(long code) => code switch
    {
        0x7F => "bool",
        0x7E => "s8",
        0x7D => "u8",
        0x7C => "s16",
        0x7B => "u16",
        0x7A => "s32",
        0x79 => "u32",
        0x78 => "s64",
        0x77 => "u64",
        0x76 => "f32",
        0x75 => "f64",
        0x74 => "char",
        0x73 => "string",
        0x64 => "error-context",
        _ => null,
    };

    /// <summary>Passes over a core type: of a function, or of a module.</summary>
    internal static Definition ReadCoreType(scoped ref WasmReader reader, int depth)
    {
        byte form = reader.Byte();
        if (form == WasmTypes.Function)
        {
            reader.List(static (scoped ref WasmReader reader) => reader.ValueType());
            reader.List(static (scoped ref WasmReader reader) => reader.ValueType());
        }
        else if (form == 0x50 && depth < ComponentReader.MaxDepth)
        {
            for (int count = reader.Count(); count > 0; count--)
            {
                switch (reader.Byte())
                {
                    case 0:
                        WasmImport.Read(ref reader);
                        break;
                    case 1:
                        ReadCoreType(ref reader, depth + 1);
                        break;
                    case 2:
                        ReadSort(ref reader);
                        reader.Byte();
                        reader.Index();
                        reader.Index();
                        break;
                    default:
                        reader.CountedBytes();
                        WasmItem.Read(reader.Byte(), ref reader);
                        break;
                }
            }
        }
        else
        {
            throw new InvalidDataException($"0x{form:x2} is not a core type that is known here");
        }

        return new CoreTypeDefinition();
    }
}
