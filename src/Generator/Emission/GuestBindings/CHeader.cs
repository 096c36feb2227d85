using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// A header for guests in C and C++. Functions and types have prefixes: the module, or the header's name. Without them
/// they would take names of C, such as <c>log</c>.
/// </summary>
internal sealed class CHeader : FlatLanguage
{
    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "alignas", "alignof", "and", "asm", "auto", "bool", "break", "case", "catch", "char", "class", "const",
        "constexpr", "continue", "default", "delete", "do", "double", "else", "enum", "explicit", "export", "extern",
        "false", "float", "for", "friend", "goto", "if", "inline", "int", "long", "mutable", "namespace", "new", "not",
        "nullptr", "operator", "or", "private", "protected", "public", "register", "restrict", "return", "short",
        "signed", "sizeof", "static", "struct", "switch", "template", "this", "throw", "true", "try", "typedef",
        "typeid", "typename", "typeof", "union", "unsigned", "using", "virtual", "void", "volatile", "while", "xor",
    };

    private bool _hasVectors;

    private CHeader(string title, GuestSurface surface, Action<Refusal> refuse)
        : base(title, surface, refuse)
    {
    }

    protected override string Language => "C";

    protected override HashSet<string> Keywords => s_keywords;

    protected override string SizeType => "size_t";

    internal static string Write(string title, GuestSurface surface, Action<Refusal> refuse) =>
        new CHeader(title, surface, refuse).Write();

    private string Write()
    {
        RefuseProperties();
        bool isLong = HasLongAddresses(canHave: true);
        string[] imports = [.. Surface.Imports.Select(module => Blocks(module.Functions
            .Select(function => Import(module.Module, function))
            .Prepend($"// What the host has in module {Quoted(module.Module)}.")).TrimEnd())];
        string[] exports = [.. Surface.Exports.Select(Export)];
        string[] allocators = [.. Surface.Allocators.Select(Allocator)];
        string guard = Identifier(Title).ToUpperInvariant() + "_H";
        return Blocks(
        [
            FirstLine,
            $"#ifndef {guard}\n#define {guard}",
            "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>"
                + (_hasVectors ? "\n#include <wasm_simd128.h>" : ""),
            "#ifdef __cplusplus\nextern \"C\" {\n#endif",
            isLong ? "_Static_assert(sizeof(void *) == 8, \"the memory has 64 bits\");" : "",
            .. Definitions,
            .. imports,
            exports.Length > 0 ? $"// What the guest exports, and defines.{AfterResults("//")}" : "",
            .. exports,
            allocators.Length > 0
                ? "// By these the host allocates and frees in the guest, which defines them too."
                : "",
            .. allocators,
            "#ifdef __cplusplus\n}\n#endif",
            "#endif",
        ]);
    }

    private string Import(string module, SurfaceFunction function)
    {
        Begin(function.Member, module, function.Name);
        string end = function.NeverReturns ? ", noreturn" : "";
        return $"// {function.Member}\n"
            + $"__attribute__((import_module({Quoted(module)}), import_name({Quoted(function.Name)}){end}))\n"
            + Prototype(Unique($"{Identifier(module)}_{FunctionName(function.Name)}"), SignatureOf(function));
    }

    private string Export(SurfaceFunction function)
    {
        Begin(function.Member, function.Name);
        return $"// {function.Member}\n__attribute__((export_name({Quoted(function.Name)})))\n"
            + Prototype(Unique($"{Title}_{FunctionName(function.Name)}"), SignatureOf(function));
    }

    // Under its own name: it may be the C library's.
    private string Allocator((AllocatorFunction Function, bool Frees) allocator) =>
        $"__attribute__((export_name({Quoted(allocator.Function.Name)})))\n"
            + Prototype(Unique(Identifier(allocator.Function.Name)), SignatureOf(allocator.Function, allocator.Frees));

    private static string Prototype(string name, Signature signature) =>
        CSharp.Enclose(Declare(new Variable(signature.Result ?? "void", $"{name}(")), Parameters(signature), ");");

    private static IEnumerable<string> Parameters(Signature signature) =>
        signature.Parameters.Count == 0 ? ["void"] : signature.Parameters.Select(Declare);

    private static string Declare(Variable variable) =>
        variable.Type.EndsWith("*", StringComparison.Ordinal) ? variable.Type + variable.Name
            : $"{variable.Type} {variable.Name}";

    protected override string Of(Scalar scalar) => scalar switch
    {
        Scalar.Bool => "bool",
        Scalar.F32 => "float",
        Scalar.F64 => "double",
        _ => $"{(scalar.ToString()[0] == 'U' ? "u" : "")}int{scalar.Size() * 8}_t",
    };

    protected override string PointerTo(string? pointee, bool isConst) =>
        (isConst ? "const " : "") + (pointee ?? "void")
            + (pointee?.EndsWith("*", StringComparison.Ordinal) == true ? "*" : " *");

    protected override string Character(bool isConst) => isConst ? "const char *" : "char *";

    protected override string Part(string name, string part) =>
        $"{name}_{(part == "length" ? "len" : Identifier(part))}";

    protected override string ParameterName(string name) => Identifier(name);

    protected override string TypeName(string name) => $"{Title}_{Identifier(name)}_t";

    protected override string EnumBody(string type, EnumShape shape)
    {
        string prefix = type.Substring(0, type.Length - "_t".Length);
        bool isUnsigned = shape.IsFlags || shape.IsNumberedFromZero || shape.Number is Scalar.U32 or Scalar.U64;
        return string.Join("\n", shape.Members
            .Select(member =>
                $"#define {prefix.ToUpperInvariant()}_{Identifier(member.Name).ToUpperInvariant()} "
                    + $"(({type}){Number(member)})")
            .Prepend($"typedef {(isUnsigned ? "u" : "")}int{shape.Width * 8}_t {type};"));
    }

    // The lowest number of all is none that C can write.
    private static string Number(EnumMember member) =>
        member.Value == long.MinValue ? "INT64_MIN"
        : member.Value > long.MaxValue ? member.Text + "u"
        : member.Text;

    protected override string HandleBody(string type) =>
        $"// A handle: an object of the host's.\ntypedef uint32_t {type};";

    protected override string StructBody(string type, IReadOnlyList<Variable> fields, Layout layout) =>
        $$"""
        typedef struct {
        {{CSharp.Indented(string.Join("\n", fields.Select(static field => Declare(field) + ";")))}}
        } {{type}};
        _Static_assert(sizeof({{type}}) == {{layout.Size}}, "{{type}} has another size for the host");
        """;

    protected override string TaggedBody(
        string type, Variable tag, IReadOnlyList<(string Name, string? Type)> cases, Layout layout)
    {
        string prefix = type.Substring(0, type.Length - "_t".Length).ToUpperInvariant();
        string names = string.Concat(cases.Select((one, i) =>
            $"\n#define {prefix}_{Identifier(one.Name).ToUpperInvariant()} {i}"));
        return StructBody(type, [tag, .. Union(cases)], layout) + names;
    }

    private Variable[] Union(IEnumerable<(string Name, string? Type)> cases)
    {
        string[] fields = [.. cases.Where(static one => one.Type is not null).Select(one =>
            Declare(new Variable(one.Type!, Free(Identifier(one.Name), []))) + ";")];
        return fields.Length == 0 ? []
            : [new Variable($"union {{\n{CSharp.Indented(string.Join("\n", fields))}\n}}", "payload")];
    }

    protected override string ListOf(string name, string element) => Named(name, type => StructBody(
        type,
        [new Variable(PointerTo(element, isConst: false), "data"), new Variable("size_t", "len")],
        new Layout(8, 4)));

    protected override string OptionOf(string name, string value, Layout layout) => Named(name, type => StructBody(
        type, [new Variable("bool", "is_some"), new Variable(value, "value")], layout));

    protected override string ResultOf(string name, string? value, string? error, Layout layout) =>
        Named(name, type => StructBody(
            type, [new Variable("bool", "is_error"), .. Union([("value", value), ("error", error)])], layout));

    protected override string FixedList(string name, string element, int length, Layout layout) =>
        Named(name, type => StructBody(type, [new Variable(element, $"items[{length}]")], layout));

    protected override string FunctionPointer(string type, Signature signature) =>
        $"typedef {Prototype($"(*{type})", signature)}";

    protected override string? Reference(CoreType type)
    {
        _hasVectors |= type == CoreType.V128;
        return type == CoreType.V128 ? "v128_t" : null;
    }
}
