namespace WasmBindgen.Conformance.Tests;

/// <summary>The guest that both sides run: it keeps what it gets, and hands it back.</summary>
internal static class GuestText
{
    /// <summary>Where the flat arguments of a call are kept, 8 bytes each.</summary>
    internal const int Arguments = 1024;

    /// <summary>Where allocation begins.</summary>
    internal const int Heap = 4096;

    /// <summary>Classes for each type's guest and host: <c>Guest0</c>, <c>Host0</c>, <c>Guest1</c> …</summary>
    internal static string Classes(IReadOnlyList<WitType> types) => string.Join("\n", types.Select(
        static (type, i) => $$"""
            [WasmExport] public sealed partial class Guest{{i}}
            {
                public partial void F({{type.CSharp}}[] x);
                public partial void H({{type.CSharp}} x);
                public partial {{type.CSharp}}[] G();
                public partial void Reset();
                public partial void Poke(uint address, byte value);
                public partial uint End();
                public partial Memory Memory { get; }
            }

            [WasmImport("host")]
            public sealed partial class Host{{i}} { public {{type.CSharp}} Echo({{type.CSharp}} x) => x; }
            """));

    internal static string Core(WitType type, bool withImport)
    {
        List<string> flat = type.Flat.Count > 16 ? ["i32"] : type.Flat;
        string keep = string.Concat(
            flat.Select(static (core, i) => $"(i64.store (i32.const {Arguments + (8 * i)}) {Bits(core, i)})"));
        bool area = type.Flat.Count > 1;
        string arguments = string.Concat(flat.Select(static (_, i) => $"(local.get {i})"));
        string import = !withImport
            ? ""
            : "(import \"host\" \"echo\" (func $echo (param "
                + $"{string.Join(' ', flat)}{(area ? " i32" : "")}){(area ? "" : $" (result {type.Flat[0]})")}))";
        string echo = !withImport ? ""
            : area
            ? $"(func (export \"echo\") (param {string.Join(' ', flat)}) (result i32) "
                + $"(call $echo {arguments} (i32.const 512)) (i32.const 512))"
            : $"(func (export \"echo\") (param {string.Join(' ', flat)}) (result {type.Flat[0]}) "
                + $"(call $echo {arguments}))";
        return $"""
            {import}
            (memory (export "memory") 2)
            (global $next (mut i32) (i32.const {Heap}))
            (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (local i32)
              (local.set 4
                (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1)))
                  (i32.sub (i32.const 0) (local.get 2))))
              (global.set $next (i32.add (local.get 4) (local.get 3)))
              (local.get 4))
            (func (export "f") (param i32 i32)
              (i32.store (i32.const 32) (local.get 0)) (i32.store (i32.const 36) (local.get 1))
              (i64.store (i32.const {Arguments}) (i64.extend_i32_u (local.get 0)))
              (i64.store (i32.const {Arguments + 8}) (i64.extend_i32_u (local.get 1))))
            (func (export "h") (param {string.Join(' ', flat)}) {keep})
            (func (export "g") (result i32) (i32.const 32))
            (func (export "dump") (result i32) (i32.store (i32.const 20) (global.get $next)) (i32.const 16))
            (func (export "end") (result i32) (global.get $next))
            (func (export "poke") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
            (func (export "reset")
              (memory.fill (i32.const 0) (i32.const 0) (i32.const 131072)) (global.set $next (i32.const {Heap})))
            {echo}
            """;
    }

    internal static string Component(WitType type)
    {
        string declarations = string.Concat(type.WithParts()
            .Select(static part => part.Declare() is { } text
                ? $"(type {part.Wat}' {text}) (export {part.Wat} \"{part.Wat[1..].ToLowerInvariant()}\" "
                    + $"(type {part.Wat}'))\n"
                : null)
            .OfType<string>().Distinct());
        const string Memory = "(memory (core memory $i \"memory\"))";
        const string Realloc = "(realloc (core func $i \"cabi_realloc\"))";
        return $"""
            (component
              (core module $m {Core(type, withImport: false)})
              (core instance $i (instantiate $m))
              {declarations}
              (func (export "f") (param "x" (list {type.Wat})) (canon lift (core func $i "f") {Memory} {Realloc}))
              (func (export "h") (param "x" {type.Wat}) (canon lift (core func $i "h") {Memory} {Realloc}))
              (func (export "g") (result (list {type.Wat})) (canon lift (core func $i "g") {Memory}))
              (func (export "dump") (result (list u8)) (canon lift (core func $i "dump") {Memory}))
              (func (export "poke") (param "a" u32) (param "v" u8) (canon lift (core func $i "poke")))
              (func (export "reset") (canon lift (core func $i "reset"))))
            """;
    }

    private static string Bits(string core, int index) => core switch
    {
        "i32" => $"(i64.extend_i32_u (local.get {index}))",
        "f32" => $"(i64.extend_i32_u (i32.reinterpret_f32 (local.get {index})))",
        "f64" => $"(i64.reinterpret_f64 (local.get {index}))",
        _ => $"(local.get {index})",
    };
}
