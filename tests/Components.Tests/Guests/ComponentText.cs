using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// Components as text. Each exports its types, its function <c>f</c>, and <c>log</c>: the arguments of every call of
/// its allocator, four numbers each. Those that get values of others also export <c>seen</c>: how many have reached
/// their core code.
/// </summary>
internal static class ComponentText
{
    internal static string[] Encodings { get; } = ["utf8", "utf16", "latin1+utf16"];

    private const string See = "(global.set $seen (i32.add (global.get $seen) (i32.const 1)))";

    private const string Seen = "(func (export \"seen\") (result u32) (canon lift (core func $main \"seen\")))\n";

    private const string Couple = """
        (instance $p (instantiate $producer))
          (instance $c (instantiate $consumer (with "host" (instance $p))))
          (export "producer" (instance $p))
          (export "consumer" (instance $c))
        """;

    /// <summary>A guest that gives back what it gets, by way of its memory.</summary>
    internal static string Echo(WitType type, string encoding, string library = LibraryText.Text) =>
        $"(component {EchoBody(type, encoding, library)})";

    /// <summary>A guest whose function calls <c>f</c> of the imported instance <c>host</c>.</summary>
    internal static string Forward(FunctionType type, string encoding, string library = LibraryText.Text) =>
        $"(component {ForwardBody(type, encoding, library)})";

    /// <summary>
    /// Two guests, exported as <c>producer</c> and <c>consumer</c>: the consumer's function calls the producer's, which
    /// gives back what it gets.
    /// </summary>
    internal static string Pair(WitType type, string producer, string consumer) => $"""
        (component
          (component $producer {EchoBody(type, producer)})
          (component $consumer {ForwardBody(FunctionType.Echo(type), consumer)})
          {Couple})
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

    /// <summary>A guest whose function has no parameters, and gives the value.</summary>
    internal static string Give(CoreValue value) => $"(component {GiveBody(value)})";

    /// <summary>The same behind another guest, which calls it.</summary>
    internal static string PairOfGive(CoreValue value, string consumer, string library = LibraryText.Text) => $"""
        (component
          (component $producer {GiveBody(value)})
          (component $consumer {ForwardBody(new FunctionType([], value.Type), consumer, library)})
          {Couple})
        """;

    /// <summary>
    /// A guest whose function has no parameters, and calls <c>f</c> of the imported instance <c>host</c> with the
    /// value; its result is that of <c>f</c>.
    /// </summary>
    internal static string Send(CoreValue value) => $"(component {SendBody(value)})";

    /// <summary>The same in front of another guest, which gives back what it gets.</summary>
    internal static string PairOfSend(CoreValue value, string producer, string library = LibraryText.Text) => $"""
        (component
          (component $producer {EchoBody(value.Type, producer, library)})
          (component $consumer {SendBody(value)})
          {Couple})
        """;

    /// <summary>
    /// Two guests. The producer keeps a list, and gives it back; its memory can be changed in between by <c>poke</c>,
    /// from <see cref="LibraryText.Heap"/> to <c>next</c>. The consumer does it by the producer.
    /// </summary>
    internal static string PairOfKeepers(WitType element, string producer, string consumer)
    {
        var list = new ListType(element);
        var keep = new FunctionType([list], null);
        var give = new FunctionType([], list);
        return $"""
            (component
              (component $producer
                {Declare(keep)}{LibraryText.Text}(core module $main
                  (import "library" "memory" (memory 2))
                  (func (export "keep") (param i32 i32)
                    (i32.store (i32.const {LibraryText.Data}) (local.get 0))
                    (i32.store (i32.const {LibraryText.Data + 4}) (local.get 1)))
                  (func (export "give") (result i32) (i32.const {LibraryText.Data}))
                  (func (export "poke") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))
                (core instance $main (instantiate $main (with "library" (instance $library))))
                {Export(keep, producer, "keep")}{Export(give, producer, "give")}
                (func (export "poke") (param "p0" u32) (param "p1" u8) (canon lift (core func $main "poke")))
                (func (export "next") (result u32) (canon lift (core func $library "next"))))
              (component $consumer
                {ImportAndExport(keep, $"(export \"keep\" (func {keep.Wat})) (export \"give\" (func {give.Wat}))")}
                {LibraryText.Text}
                (core func $keep (canon lower (func $host "keep") {Options(consumer)}))
                (core func $give (canon lower (func $host "give") {Options(consumer)}))
                (core module $main
                  (import "host" "keep" (func $keep (param i32 i32)))
                  (import "host" "give" (func $give (param i32)))
                  (func (export "keep") (param i32 i32) (call $keep (local.get 0) (local.get 1)))
                  (func (export "give") (result i32) (call $give (i32.const 65536)) (i32.const 65536)))
                (core instance $main (instantiate $main (with "host" (instance
                  (export "keep" (func $keep)) (export "give" (func $give))))))
                {Export(keep, consumer, "keep")}{Export(give, consumer, "give")})
              {Couple})
            """;
    }

    private static string EchoBody(WitType type, string encoding, string library = LibraryText.Text)
    {
        FunctionType function = FunctionType.Echo(type);
        List<string> flat = function.Flat;
        string body = flat.Count == 1
            ? $"{See} (local.get 0)" // a value, or the address of one
            : $"(local $area i32) {See} {Stored(type, flat)} (local.get $area)";
        return $"{Declare(function)}{Core($"(func (export \"f\") {function.CoreExport} {body})", library)}"
            + Export(function, encoding) + Seen;
    }

    private static string ForwardBody(FunctionType type, string encoding, string library = LibraryText.Text)
    {
        string arguments = string.Concat(type.Flat.Select(static (_, i) => $"(local.get {i})"));
        string body = type.HasArea
            ? $"(local $area i32) {Area(type.Result!)} (call $f {arguments} (local.get $area)) {See} (local.get $area)"
            : $"(call $f {arguments}) {See}";
        return ImportAndExport(type)
            + CoreOnHost(type, encoding, $"(func (export \"f\") {type.CoreExport} {body})", library)
            + Export(type, encoding) + Seen;
    }

    private static string GiveBody(CoreValue value)
    {
        var function = new FunctionType([], value.Type);
        string body = function.HasArea ? $"{Stored(value)} (local.get $area)" : value.Slots.Single();
        return $"{Declare(function)}{Core($"(func (export \"f\") {function.CoreExport} {body}) {value.Data}")}"
            + Export(function, value.Encoding);
    }

    private static string SendBody(CoreValue value)
    {
        FunctionType echo = FunctionType.Echo(value.Type);
        var function = new FunctionType([], value.Type);
        string arguments = echo.Spills
            ? $"{Stored(value)} (local.get $area)"
            : $"(local $area i32) {string.Concat(value.Slots)}";
        string area = value.Area is { } address && !echo.Spills ? SetArea(address) : Area(value.Type);
        string body = function.HasArea
            ? $"{arguments} {area} (call $f (local.get $area)) (local.get $area)"
            : $"{arguments} (call $f)";
        return ImportAndExport(echo)
            + CoreOnHost(echo, value.Encoding, $"(func (export \"f\") {function.CoreExport} {body}) {value.Data}")
            + Export(function, value.Encoding);
    }

    /// <summary>The core module of a guest, and its instance.</summary>
    private static string Core(string body, string library = LibraryText.Text) => $"{library}{Instance(body, "")}";

    /// <summary>The same that calls <c>f</c> of the imported instance.</summary>
    private static string CoreOnHost(
        FunctionType type, string encoding, string body, string library = LibraryText.Text) => $"""
        {library}(core func $f (canon lower (func $host "f") {Options(encoding)}))
        {Instance(
            $"(import \"host\" \"f\" (func $f {type.CoreImport}))\n{body}",
            "(with \"host\" (instance (export \"f\" (func $f))))")}
        """;

    private static string Instance(string body, string arguments) => $"""
        (core module $main
          (import "library" "memory" (memory 2))
          (import "library" "alloc" (func $alloc (param i32 i32) (result i32)))
          {body}
          (global $seen (mut i32) (i32.const 0))
          (func (export "seen") (result i32) (global.get $seen)))
        (core instance $main (instantiate $main (with "library" (instance $library)){arguments}))

        """;

    /// <summary>A new area for a value.</summary>
    private static string Area(WitType type) =>
        $"(local.set $area (call $alloc (i32.const {type.Align}) (i32.const {type.Size})))";

    /// <summary>The first locals in a new area.</summary>
    private static string Stored(WitType type, List<string> slots) =>
        $"{Area(type)} {new StoreText(slots, slots.Count).Of(type, 0, 0)}";

    private static string SetArea(uint address) => $"(local.set $area (i32.const {address}))";

    /// <summary>The value in a new area, by way of locals; or only the address that is said to be one.</summary>
    private static string Stored(CoreValue value) => value.Area is { } address
        ? $"(local $area i32) {SetArea(address)}"
        : $"(local {string.Join(' ', value.Type.Flat)}) (local $area i32) "
            + string.Concat(value.Slots.Select(static (slot, i) => $"(local.set {i} {slot})"))
            + Stored(value.Type, value.Type.Flat);

    private static string Declare(FunctionType type) => string.Concat(type.Named.Select(static one =>
        $"(type {one.Wat}' {one.Declare()}) (export {one.Wat} \"{NameOf(one)}\" (type {one.Wat}'))\n"));

    private static string ImportAndExport(FunctionType type, string? functions = null) =>
        Import(type, functions) + string.Concat(type.Named.Select(
            static one => $"(export {one.Wat} \"{NameOf(one)}\" (type {one.Wat}'))\n"));

    /// <summary>The imported instance, with <c>f</c> or others, and its types as <c>$name'</c>.</summary>
    private static string Import(FunctionType type, string? functions = null)
    {
        string declarations = string.Concat(type.Named.Select(static one =>
            $"(type {one.Wat}' {one.Declare()}) (export \"{NameOf(one)}\" (type {one.Wat} (eq {one.Wat}')))\n"));
        string aliases = string.Concat(type.Named.Select(static one =>
            $"(alias export $host \"{NameOf(one)}\" (type {one.Wat}'))\n"));
        functions ??= $"(export \"f\" (func {type.Wat}))";
        return $"(import \"host\" (instance $host {declarations}{functions}))\n{aliases}";
    }

    private static string Export(FunctionType type, string encoding, string name = "f") =>
        $"(func (export \"{name}\") {type.Wat} (canon lift (core func $main \"{name}\") {Options(encoding)}))\n";

    private static string Options(string encoding) => $"string-encoding={encoding} "
        + "(memory (core memory $library \"memory\")) (realloc (core func $library \"realloc\"))";

    private static string NameOf(WitType type) => type.Wat[1..].ToLowerInvariant();
}
