using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// A module for guests in Rust: a module of <c>extern</c> functions for each of the host's, and a trait of what the
/// guest exports.
/// </summary>
internal sealed class RustModule : FlatLanguage
{
    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
        "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match",
        "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait",
        "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    };

    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    private RustModule(string title, GuestSurface surface, Action<Refusal> refuse)
        : base(title, surface, refuse)
    {
        foreach (string name in (string[])["Exports", "List", "OptionOf", "ResultOf", "PayloadOf"])
        {
            Unique(name);
        }
    }

    /// <summary>A function that the guest exports.</summary>
    private readonly record struct Export(string Note, string Name, string Identifier, Signature Signature);

    protected override string Language => "Rust";

    protected override HashSet<string> Keywords => s_keywords;

    protected override string SizeType => "usize";

    internal static string Write(string title, GuestSurface surface, Action<Refusal> refuse) =>
        new RustModule(title, surface, refuse).Write();

    private string Write()
    {
        RefuseProperties();
        bool isLong = HasLongAddresses(canHave: true);
        var modules = new HashSet<string>(StringComparer.Ordinal);
        string[] imports = [.. Surface.Imports.Select(module => Module(module.Module, module.Functions, modules))];
        var names = new HashSet<string>(StringComparer.Ordinal);
        Export[] exports =
        [
            .. Surface.Exports.Select(function =>
            {
                Begin(function.Member, function.Name);
                return new Export(
                    function.Member, function.Name, Free(FunctionName(function.Name), names), SignatureOf(function));
            }),
            .. Surface.Allocators.Select(allocator => new Export(
                allocator.Frees ? "Frees for the host." : "Allocates for the host.",
                allocator.Function.Name,
                Free(Identifier(allocator.Function.Name), names),
                SignatureOf(allocator.Function, allocator.Frees))),
        ];
        return Blocks(
        [
            FirstLine,
            "#![allow(dead_code, improper_ctypes, improper_ctypes_definitions, non_camel_case_types, unused_imports)]\n"
                + "#![allow(unused_macros, clippy::all)]",
            isLong ? Assert("usize", new Layout(8, 8)).TrimStart('\n') : "",
            .. Definitions,
            .. imports,
            .. exports.Length > 0 ? (string[])[Trait(exports), Macro(exports)] : [],
        ]);
    }

    private string Module(string module, IEnumerable<SurfaceFunction> functions, HashSet<string> modules)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        string text = string.Join("\n\n", functions.Select(function =>
        {
            Begin(function.Member, module, function.Name);
            string returns = function.NeverReturns ? " -> !" : "";
            return $"/// {function.Member}\n#[link_name = {Quoted(function.Name)}]\n"
                + $"pub fn {Declaration(Free(FunctionName(function.Name), names), SignatureOf(function))}{returns};";
        }));
        return $$"""
            /// What the host has in module `{{module}}`.
            pub mod {{Free(Identifier(module), modules)}} {
                use super::*;

                #[link(wasm_import_module = {{Quoted(module)}})]
                extern "C" {
            {{CSharp.Indented(CSharp.Indented(text))}}
                }
            }
            """;
    }

    private string Trait(IEnumerable<Export> exports) =>
        $$"""
        /// What the guest exports. Implement it for a type, and write `export!(ThatType);` where all names of this
        /// module are in scope.{{AfterResults("///")}}
        pub trait Exports {
        {{CSharp.Indented(string.Join("\n\n", exports.Select(static export =>
            $"/// {export.Note}\nunsafe fn {Declaration(export.Identifier, export.Signature)};")))}}
        }
        """;

    private static string Macro(IEnumerable<Export> exports)
    {
        string functions = string.Join("\n\n", exports.Select(static export =>
        {
            string call = CSharp.Enclose(
                $"<$exports as Exports>::{export.Identifier}(",
                export.Signature.Parameters.Select(static one => one.Name),
                ")");
            return $$"""
                #[export_name = {{Quoted(export.Name)}}]
                unsafe extern "C" fn {{Declaration(export.Identifier, export.Signature)}} {
                {{CSharp.Indented(call)}}
                }
                """;
        }));
        return $$"""
            macro_rules! export {
                ($exports:ty) => {
                    const _: () = {
            {{CSharp.Indented(CSharp.Indented(CSharp.Indented(functions)))}}
                    };
                };
            }
            pub(crate) use export;
            """;
    }

    private static string Declaration(string name, Signature signature) =>
        CSharp.Enclose($"{name}(", signature.Parameters.Select(Declare), $"){Returns(signature)}");

    private static string Returns(Signature signature) => signature.Result is { } result ? $" -> {result}" : "";

    private static string Declare(Variable variable) => $"{variable.Name}: {variable.Type}";

    protected override string Of(Scalar scalar) => scalar switch
    {
        Scalar.S8 or Scalar.S16 or Scalar.S32 or Scalar.S64 => $"i{scalar.Size() * 8}",
        _ => scalar.ToString().ToLowerInvariant(),
    };

    protected override string PointerTo(string? pointee, bool isConst) =>
        $"*{(isConst ? "const" : "mut")} {pointee ?? "core::ffi::c_void"}";

    protected override string Character(bool isConst) => PointerTo("u8", isConst);

    protected override string Part(string name, string part) =>
        $"{name}_{(part == "length" ? "len" : Identifier(part))}";

    protected override string ParameterName(string name) => Identifier(name);

    protected override string TypeName(string name) => name;

    protected override string EnumBody(string type, EnumShape shape)
    {
        bool isUnsigned = shape.IsFlags || shape.IsNumberedFromZero || shape.Number is Scalar.U32 or Scalar.U64;
        return string.Join("\n", shape.Members
            .Select(member =>
                $"pub const {Constant(type, member.Name)}: {type} = {member.Text};")
            .Prepend($"pub type {type} = {(isUnsigned ? "u" : "i")}{shape.Width * 8};"));
    }

    protected override string HandleBody(string type) =>
        $"/// A handle: an object of the host's.\npub type {type} = u32;";

    protected override string StructBody(string type, IReadOnlyList<Variable> fields, Layout layout) =>
        Layouted(type, "struct", fields) + Assert(type, layout);

    protected override string TaggedBody(
        string type, Variable tag, IReadOnlyList<(string Name, string? Type)> cases, Layout layout)
    {
        string numbers = string.Concat(cases.Select((one, i) =>
            $"\npub const {Constant(type, one.Name)}: {tag.Type} = {i};"));
        Variable[] payloads = [.. cases.Where(static one => one.Type is not null)
            .Select(one => new Variable(one.Type!, Free(Identifier(one.Name), [])))];
        return payloads.Length == 0
            ? StructBody(type, [tag], layout) + numbers
            : Layouted(type + "Payload", "union", payloads) + "\n\n"
                + StructBody(type, [tag, new Variable(type + "Payload", "payload")], layout) + numbers;
    }

    protected override string ListOf(string name, string element)
    {
        Once("List", """
            /// Text or a list.
            #[repr(C)]
            #[derive(Clone, Copy)]
            pub struct List<T> {
                pub data: *mut T,
                pub len: usize,
            }
            """);
        return $"List<{element}>";
    }

    protected override string OptionOf(string name, string value, Layout layout)
    {
        Once("OptionOf", """
            /// A value, if there is one.
            #[repr(C)]
            #[derive(Clone, Copy)]
            pub struct OptionOf<T: Copy> {
                pub is_some: bool,
                pub value: core::mem::MaybeUninit<T>,
            }
            """);
        return Checked($"OptionOf<{value}>", layout);
    }

    protected override string ResultOf(string name, string? value, string? error, Layout layout)
    {
        Once("ResultOf", """
            #[repr(C)]
            #[derive(Clone, Copy)]
            pub union PayloadOf<T: Copy, E: Copy> {
                pub value: T,
                pub error: E,
            }

            /// A value or an error.
            #[repr(C)]
            #[derive(Clone, Copy)]
            pub struct ResultOf<T: Copy, E: Copy> {
                pub is_error: bool,
                pub payload: PayloadOf<T, E>,
            }
            """);
        return Checked($"ResultOf<{value ?? "()"}, {error ?? "()"}>", layout);
    }

    protected override string FixedList(string name, string element, int length, Layout layout) =>
        $"[{element}; {length}]";

    protected override string FunctionPointer(string type, Signature signature) =>
        $"pub type {type} = Option<unsafe extern \"C\" fn("
            + $"{string.Join(", ", signature.Parameters.Select(Declare))}){Returns(signature)}>;";

    protected override string? Reference(CoreType type) => type == CoreType.V128 ? "core::arch::wasm32::v128" : null;

    private static string Layouted(string type, string kind, IEnumerable<Variable> fields) =>
        $$"""
        #[repr(C)]
        #[derive(Clone, Copy)]
        pub {{kind}} {{type}} {
        {{CSharp.Indented(string.Join("\n", fields.Select(static field => $"pub {Declare(field)},")))}}
        }
        """;

    private string Checked(string type, Layout layout)
    {
        Once(type, Assert(type, layout).TrimStart('\n'));
        return type;
    }

    private void Once(string name, string text)
    {
        if (_written.Add(name))
        {
            Definitions.Add(text);
        }
    }

    private static string Assert(string type, Layout layout) =>
        $"\nconst _: () = assert!(core::mem::size_of::<{type}>() == {layout.Size});";

    private static string Constant(string type, string member) =>
        $"{Identifier(type)}_{Identifier(member)}".ToUpperInvariant();
}
