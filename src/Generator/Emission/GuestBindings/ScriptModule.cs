using System.Globalization;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// A module for guests in AssemblyScript: declarations of the host's functions, and in comments what the guest exports.
/// Values in memory are addresses, unless they are objects of AssemblyScript's own; comments say what lies there.
/// </summary>
internal sealed class ScriptModule : FlatLanguage
{
    private const string Address = "usize";

    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "abstract", "any", "as", "async", "await", "bool", "break", "case", "catch", "class", "const", "constructor",
        "continue", "debugger", "declare", "default", "delete", "do", "else", "enum", "export", "extends", "f32", "f64",
        "false", "finally", "for", "from", "function", "get", "i16", "i32", "i64", "i8", "if", "implements", "import",
        "in", "instanceof", "interface", "is", "keyof", "let", "module", "namespace", "new", "null", "number", "of",
        "package", "private", "protected", "public", "readonly", "return", "set", "static", "string", "super", "switch",
        "symbol", "this", "throw", "true", "try", "type", "typeof", "u16", "u32", "u64", "u8", "undefined", "unsafe",
        "usize", "v128", "var", "void", "while", "with", "yield",
    };

    private ScriptModule(string title, GuestSurface surface, Action<Refusal> refuse)
        : base(title, surface, refuse)
    {
    }

    protected override string Language => "AssemblyScript";

    protected override HashSet<string> Keywords => s_keywords;

    protected override string SizeType => Address;

    internal static string Write(string title, GuestSurface surface, Action<Refusal> refuse) =>
        new ScriptModule(title, surface, refuse).Write();

    private string Write()
    {
        HasLongAddresses(canHave: false);
        string[] imports = [.. Surface.Imports.Select(module => Blocks(module.Functions
            .Select(function => Import(module.Module, function))
            .Prepend($"// What the host has in module {Quoted(module.Module)}.")).TrimEnd())];
        string[] exports =
        [
            .. Surface.Exports.Select(Export),
            .. Surface.Properties.Select(Export).OfType<string>(),
            .. Surface.Allocators.Select(allocator =>
                Exported(allocator.Function.Name, SignatureOf(allocator.Function, allocator.Frees))),
        ];
        return Blocks(
        [
            FirstLine,
            .. Definitions,
            .. imports,
            exports.Length > 0 ? $"// What the guest exports.{AfterResults("//")}" : "",
            .. exports,
            Surface.HasScripts ? "// Compile with --exportRuntime: the host makes objects of AssemblyScript." : "",
        ]);
    }

    private string Import(string module, SurfaceFunction function)
    {
        Begin(function.Member, module, function.Name);
        Signature signature = SignatureOf(function);
        string name = Camel(FunctionName(function.Name));
        name = Unique(
            IsTaken(name) || Keywords.Contains(name) ? Camel($"{Identifier(module)}_{Identifier(name)}") : name);
        string[] notes =
        [
            function.NeverReturns ? $"{function.Member}: never returns." : function.Member,
            .. Notes(function),
        ];
        return string.Join("\n", notes.Select(static note => $"// {note}"))
            + $"\n@external({Quoted(module)}, {Quoted(function.Name)})\n"
            + $"export declare function {Declaration(name, signature)};";
    }

    private string Export(SurfaceFunction function)
    {
        Begin(function.Member, function.Name);
        return string.Concat(Notes(function).Prepend(function.Member).Select(static note => $"// {note}\n"))
            + Exported(function.Name, SignatureOf(function));
    }

    private string Exported(string name, Signature signature)
    {
        if (!name.All(static c => c == '_' || char.IsLetterOrDigit(c)) || Keywords.Contains(name))
        {
            Refuse(
                $"AssemblyScript cannot export the name '{name}'",
                "set Naming = Naming.CamelCase in the attribute of the class, or use [WasmName]");
        }

        return "//   export function " + Declaration(name, signature).Replace("\n", "\n//   ");
    }

    private string? Export((string Member, GuestProperty Property) one)
    {
        Begin(one.Member);
        return one.Property switch
        {
            { Item: "Memory", WasmName: "memory" } => null,
            { Item: "Table", WasmName: "table" } => $"// {one.Member}: compile with --exportTable.",
            { Value: { } value } => $"// {one.Member}\n//   export {(one.Property.Setter is null ? "const" : "let")} "
                + $"{one.Property.WasmName}: {Slots("value", value, isConst: false).First().Type};",
            _ => Refuse(
                $"{Language} exports no {one.Property.Item} of that name",
                "show it by a class that the item's Classes do not name"),
        };
    }

    /// <summary>What lies at addresses.</summary>
    private static IEnumerable<string> Notes(SurfaceFunction function)
    {
        if (function.Core.ParametersSpill)
        {
            var offsets = new List<int>();
            Layout.OfFields(function.Parameters.Select(static one => one.Value.Layout), offsets);
            yield return Note("arguments: ", function.Parameters.SelectMany((one, i) =>
                Leaves(one.Name, one.Value, offsets[i])));
        }
        else
        {
            foreach ((string name, Shape value) in function.Parameters)
            {
                if (InMemory(value) is { } note)
                {
                    yield return $"{name}: {note}";
                }
            }
        }

        if (function.Core.ResultSpills)
        {
            yield return Note("result: the address of ", Leaves("", function.Result!, 0));
        }

        static string? InMemory(Shape value) => value switch
        {
            CustomShape custom => InMemory(custom.Crossing),
            StringShape or SpanShape { Element: null } or WideTextShape => "UTF-8.",
            EncodedStringShape { Encoding: TextEncoding.CString } => "UTF-8 and a zero byte.",
            EncodedStringShape { Encoding: TextEncoding.Utf16 } => "UTF-16, its length in code units.",
            EncodedStringShape => "Latin-1.",
            ListShape or SpanShape or MapShape or WideListShape => Elements(value.Parts.Single()),
            MemoryShape memory => Elements(memory.Element),
            ReferenceShape reference => Note("the address of ", Leaves("", reference.Pointee, 0)),
            _ => null,
        };

        static string Elements(Shape element) => Note(
            $"elements of size {element.Layout.Size}, each with ", Leaves("", element, 0));

        static string Note(string before, IEnumerable<string> leaves)
        {
            string line = string.Join(", ", leaves);
            return line.Length < 80 ? $"{before}{line}." : $"{before}\n//   {line.Replace(", ", ",\n//   ")}.";
        }
    }

    /// <summary>The numbers that a value is made of in memory, and where.</summary>
    private static IEnumerable<string> Leaves(string name, Shape value, int offset)
    {
        var offsets = new List<int>();
        switch (value)
        {
            case CustomShape custom:
                return Leaves(name, custom.Crossing, offset);
            case RecordShape record:
                Layout.OfFields(record.Fields.Values.Select(static field => field.Layout), offsets);
                return record.Fields.Items.SelectMany((field, i) =>
                    Leaves(Join(name, field.Name), field.Value, offset + offsets[i]));
            case OptionShape option:
                return Cases("isSome", 1, [("", option.Value)]);
            case ResultShape result:
                return Cases("isError", 1, [("value", result.Value), ("error", result.Error)]);
            case VariantShape variant:
                return Cases("case", Layout.CaseWidth(variant.Cases.Count), [.. variant.Cases.Select(static one =>
                    (Camel(Identifier(one.Name)), Tuple(one.Fields)))]);
            case FixedListShape list:
                return Enumerable.Range(0, list.Length).SelectMany(i =>
                    Leaves(Join(name, $"{i}"), list.Element, offset + (i * list.Element.Layout.Size)));
            case UnitShape:
                return [];
            case ScalarShape scalar:
                return [Leaf(name, Word(scalar.Scalar), 0)];
            case EnumShape number:
                return [Leaf(name, $"u{number.Width * 8}", 0)];
            case { Flat.Count: 2 }:
                return [Leaf(Join(name, "address"), Address, 0), Leaf(Join(name, "length"), Address, 4)];
            default:
                return [Leaf(name, "u32", 0)];
        }

        string Leaf(string leaf, string type, int further) =>
            $"{leaf}{(leaf.Length > 0 ? ": " : "")}{type} at {offset + further}";

        IEnumerable<string> Cases(string tag, int width, IReadOnlyList<(string Name, Shape Value)> cases)
        {
            Layout.OfCases(width, cases.Select(static one => one.Value.Layout), out int payload);
            return cases.SelectMany(one => Leaves(Join(name, one.Name), one.Value, offset + payload))
                .Prepend(Leaf(Join(name, tag), $"u{width * 8}", 0));
        }

        static Shape Tuple(Fields fields) => fields.Items.Count == 1
            ? fields.Items[0].Value
            : new RecordShape("", "", fields, IsReference: false, IsSequential: false, HasCode: false);

        static string Join(string name, string part) =>
            name.Length == 0 ? part : part.Length == 0 ? name : $"{name}.{part}";
    }

    private static string Declaration(string name, Signature signature) => CSharp.Enclose(
        $"{name}(",
        signature.Parameters.Select(static one => $"{one.Name}: {one.Type}"),
        $"): {signature.Result ?? "void"}");

    protected override string Of(Scalar scalar) => Word(scalar);

    private static string Word(Scalar scalar) => scalar switch
    {
        Scalar.S8 or Scalar.S16 or Scalar.S32 or Scalar.S64 => $"i{scalar.Size() * 8}",
        _ => scalar.ToString().ToLowerInvariant(),
    };

    protected override string PointerTo(string? pointee, bool isConst) => Address;

    protected override string Character(bool isConst) => Address;

    protected override string Part(string name, string part) => Camel($"{Identifier(name)}_{part}");

    protected override string ParameterName(string name) => Camel(Identifier(name));

    protected override string TypeName(string name) => name;

    protected override string EnumBody(string type, EnumShape shape)
    {
        bool isWide = shape.Number.Core() == CoreType.I64;
        string members = string.Join("\n", shape.Members.Select(member => isWide
            ? $"export const {member.Name}: {Word(shape.Number)} = {member.Text};"
            : $"{member.Name} = {unchecked((int)(long)member.Value).ToString(CultureInfo.InvariantCulture)},"));
        return $$"""
            export {{(isWide ? "namespace" : "enum")}} {{type}} {
            {{CSharp.Indented(members)}}
            }
            """;
    }

    protected override string EnumType(string type, EnumShape shape) =>
        shape.Number.Core() == CoreType.I64 ? Word(shape.Number) : type;

    protected override string HandleBody(string type) =>
        $"// A handle: an object of the host's.\nexport type {type} = u32;";

    // What lies in memory has only an address.
    protected override string StructBody(string type, IReadOnlyList<Variable> fields, Layout layout) => "";

    protected override string TaggedBody(
        string type, Variable tag, IReadOnlyList<(string Name, string? Type)> cases, Layout layout) => "";

    protected override string ListOf(string name, string element) => Address;

    protected override string OptionOf(string name, string value, Layout layout) => Address;

    protected override string ResultOf(string name, string? value, string? error, Layout layout) => Address;

    protected override string FixedList(string name, string element, int length, Layout layout) => Address;

    protected override string FunctionPointer(string type, Signature signature) =>
        $"// An index of a function ({string.Join(", ", signature.Parameters.Select(static one => one.Type))}) => "
            + $"{signature.Result ?? "void"}.\nexport type {type} = u32;";

    protected override string Reference(CoreType type) => type.Text();

    protected override string Script(AssemblyScriptShape shape)
    {
        string type = (shape.Element, shape.Kind) switch
        {
            (null, _) => "string",
            ({ } element, ScriptArrayKind.Array) => $"Array<{Element(element)}>",
            ({ } element, ScriptArrayKind.StaticArray) => $"StaticArray<{Element(element)}>",
            (_, ScriptArrayKind.ArrayBuffer) => "ArrayBuffer",
            (ScalarShape { Scalar: var scalar }, _) => TypedArray(scalar),
            _ => "",
        };
        return shape.IsNullable ? type + " | null" : type;

        string Element(Shape element) => element is AssemblyScriptShape script ? Script(script) : InMemory(element);
    }

    private static string TypedArray(Scalar scalar) => scalar switch
    {
        Scalar.F32 or Scalar.F64 => $"Float{scalar.Size() * 8}Array",
        Scalar.S8 or Scalar.S16 or Scalar.S32 or Scalar.S64 => $"Int{scalar.Size() * 8}Array",
        _ => $"Uint{scalar.Size() * 8}Array",
    };

    private static string Camel(string snake) => Pascal(snake) is { Length: > 0 } name
        ? Names.Apply(NamingPolicy.CamelCase, name)
        : snake;
}
