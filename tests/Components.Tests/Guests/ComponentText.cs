using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// Components as text. Each exports its types, its function <c>f</c>, and <c>log</c>: the arguments of every call of its
/// allocator, four numbers each.
/// </summary>
internal static class ComponentText
{
    internal static string[] Encodings { get; } = ["utf8", "utf16", "latin1+utf16"];

    /// <summary>
    /// The memory and the allocator. The first page is the log: the list's address and length, then its elements. An
    /// allocation is never reused, so that nothing may rely on a block that has not moved.
    /// </summary>
    private const string Library = """
        (core module $library
          (memory (export "memory") 2)
          (global $next (mut i32) (i32.const 65536))
          (global $count (mut i32) (i32.const 0))
          (func $alloc (export "alloc") (param $align i32) (param $size i32) (result i32) (local $block i32)
            (local.set $block
              (i32.and (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
                (i32.sub (i32.const 0) (local.get $align))))
            (global.set $next (i32.add (local.get $block) (local.get $size)))
            (loop $again
              (if (i32.gt_u (global.get $next) (i32.mul (memory.size) (i32.const 65536)))
                (then
                  (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
                  (br $again))))
            (local.get $block))
          (func $note (param i32)
            (i32.store offset=16 (i32.mul (global.get $count) (i32.const 4)) (local.get 0))
            (global.set $count (i32.add (global.get $count) (i32.const 1))))
          (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32)
            (result i32) (local $block i32)
            (if (i32.lt_u (global.get $count) (i32.const 16000)) (then
              (call $note (local.get $old)) (call $note (local.get $old-size))
              (call $note (local.get $align)) (call $note (local.get $size))))
            (local.set $block (call $alloc (local.get $align) (local.get $size)))
            (memory.copy (local.get $block) (local.get $old)
              (select (local.get $size) (local.get $old-size)
                (i32.lt_u (local.get $size) (local.get $old-size))))
            (local.get $block))
          (func (export "log") (result i32)
            (i32.store (i32.const 0) (i32.const 16))
            (i32.store (i32.const 4) (global.get $count))
            (i32.const 0)))
        (core instance $library (instantiate $library))
        (func (export "log") (result (list u32))
          (canon lift (core func $library "log") (memory (core memory $library "memory"))))

        """;

    /// <summary>A guest that gives back what it gets, by way of its memory.</summary>
    internal static string Echo(WitType type, string encoding) => $"(component {EchoBody(type, encoding)})";

    /// <summary>A guest whose function calls <c>f</c> of the imported instance <c>host</c>.</summary>
    internal static string Forward(FunctionType type, string encoding) => $"(component {ForwardBody(type, encoding)})";

    /// <summary>
    /// Two guests, exported as <c>producer</c> and <c>consumer</c>: the consumer's function calls the producer's, which
    /// gives back what it gets.
    /// </summary>
    internal static string Pair(WitType type, string producer, string consumer) => $"""
        (component
          (component $producer {EchoBody(type, producer)})
          (component $consumer {ForwardBody(FunctionType.Echo(type), consumer)})
          (instance $p (instantiate $producer))
          (instance $c (instantiate $consumer (with "host" (instance $p))))
          (export "producer" (instance $p))
          (export "consumer" (instance $c)))
        """;

    /// <summary>The same two, and the producer calls <c>f</c> of the imported instance <c>host</c>.</summary>
    internal static string Chain(FunctionType type, string producer, string consumer) => $"""
        (component
          {Import(type)}
          (component $producer {ForwardBody(type, producer)})
          (component $consumer {ForwardBody(type, consumer)})
          (instance $p (instantiate $producer (with "host" (instance $host))))
          (instance $c (instantiate $consumer (with "host" (instance $p))))
          (export "producer" (instance $p))
          (export "consumer" (instance $c)))
        """;

    private static string EchoBody(WitType type, string encoding)
    {
        FunctionType function = FunctionType.Echo(type);
        List<string> flat = function.Flat;
        string body = flat.Count == 1
            ? "(local.get 0)" // a value, or the address of one
            : $"""
                (local i32)
                (local.set {flat.Count} (call $alloc (i32.const {type.Align}) (i32.const {type.Size})))
                {new StoreText(flat, flat.Count).Of(type, 0, 0)}
                (local.get {flat.Count})
                """;
        string declarations = string.Concat(function.Named.Select(static one =>
            $"(type {one.Wat}' {one.Declare()}) (export {one.Wat} \"{NameOf(one)}\" (type {one.Wat}'))\n"));
        return $"""
            {declarations}{Library}(core module $main
              (import "library" "memory" (memory 2))
              (import "library" "alloc" (func $alloc (param i32 i32) (result i32)))
              (func (export "f") {function.CoreExport} {body}))
            (core instance $main (instantiate $main (with "library" (instance $library))))
            {Export(function, encoding)}
            """;
    }

    private static string ForwardBody(FunctionType type, string encoding)
    {
        string arguments = string.Concat(type.Flat.Select(static (_, i) => $"(local.get {i})"));
        int area = type.Flat.Count;
        string body = !type.HasArea
            ? $"(call $f {arguments})"
            : $"""
                (local i32)
                (local.set {area} (call $alloc (i32.const {type.Result!.Align}) (i32.const {type.Result.Size})))
                (call $f {arguments} (local.get {area}))
                (local.get {area})
                """;
        string exports = string.Concat(type.Named.Select(static one =>
            $"(export {one.Wat} \"{NameOf(one)}\" (type {one.Wat}'))\n"));
        return $"""
            {Import(type)}{exports}{Library}(core func $f (canon lower (func $host "f") {Options(encoding)}))
            (core module $main
              (import "library" "alloc" (func $alloc (param i32 i32) (result i32)))
              (import "host" "f" (func $f {type.CoreImport}))
              (func (export "f") {type.CoreExport} {body}))
            (core instance $main (instantiate $main
              (with "library" (instance $library)) (with "host" (instance (export "f" (func $f))))))
            {Export(type, encoding)}
            """;
    }

    /// <summary>The imported instance, and its types as <c>$name'</c>.</summary>
    private static string Import(FunctionType type)
    {
        string declarations = string.Concat(type.Named.Select(static one =>
            $"(type {one.Wat}' {one.Declare()}) (export \"{NameOf(one)}\" (type {one.Wat} (eq {one.Wat}')))\n"));
        string aliases = string.Concat(type.Named.Select(static one =>
            $"(alias export $host \"{NameOf(one)}\" (type {one.Wat}'))\n"));
        return $"(import \"host\" (instance $host {declarations}(export \"f\" (func {type.Wat}))))\n{aliases}";
    }

    private static string Export(FunctionType type, string encoding) =>
        $"(func (export \"f\") {type.Wat} (canon lift (core func $main \"f\") {Options(encoding)}))";

    private static string Options(string encoding) => $"string-encoding={encoding} "
        + "(memory (core memory $library \"memory\")) (realloc (core func $library \"realloc\"))";

    private static string NameOf(WitType type) => type.Wat[1..].ToLowerInvariant();
}
