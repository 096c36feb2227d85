namespace WasmBindgen.Components.Tests;

/// <summary>
/// Guests that do with handles what they are told: each exports <c>op</c>, which takes the number of an operation and
/// two numbers, and gives a number. So the host sees every number of a handle.
/// </summary>
internal static class HandleText
{
    /// <summary>The interface of a resource, as of the guest that has it, or of the host.</summary>
    internal const string Things = "test:host/things";

    /// <summary>The representation whose destructor traps.</summary>
    internal const uint Failing = 13;

    /// <summary>What the functions of <see cref="Things"/> are called that make nothing.</summary>
    internal static readonly string[] Functions =
    [
        "[method]r.get", "[static]r.take",
        .. Pairs.Concat(Composite.Skip(1)).Select(static name => $"[static]r.{name}"),
    ];

    /// <summary>The operations of a guest with two resources of its own; one has a destructor.</summary>
    internal static readonly string[] OwnOperations = ["new-r", "drop-r", "rep-r", "new-s", "drop-s", "rep-s"];

    /// <summary>The operations of a guest with a resource of another, or of the host.</summary>
    internal static readonly string[] Operations =
        ["new", "drop", "get", "take", .. Pairs, .. Composite];

    /// <summary>Those of a guest between the two, which borrows only.</summary>
    internal static readonly string[] Lending = ["use", "keep", "steal", "drop-twice", "drop-then-use", "use-two"];

    /// <summary>Those of <see cref="Operations"/> whose handles lie in memory, or are in cases.</summary>
    private static string[] Composite => ["new-two", "own-option", "own-all", "lend-all"];

    /// <summary>Of these, those that can only trap.</summary>
    internal static readonly string[] Bad = ["keep", "steal", "drop-twice", "drop-then-use"];

    private static IEnumerable<string> Pairs => ["own-own", "own-borrow", "borrow-own", "borrow-borrow"];

    /// <summary>The reps whose destructors have run, in their order.</summary>
    private static string Log => $"""
        (core module $log
          (memory (export "m") 1)
          (global $count (mut i32) (i32.const 0))
          (func (export "dtor") (param i32)
            (i32.store offset=16 (i32.mul (global.get $count) (i32.const 4)) (local.get 0))
            (global.set $count (i32.add (global.get $count) (i32.const 1)))
            (if (i32.eq (local.get 0) (i32.const {Failing})) (then unreachable)))
          (func (export "log") (result i32)
            (i32.store (i32.const 0) (i32.const 16))
            (i32.store (i32.const 4) (global.get $count))
            (i32.const 0)))
        (core instance $log (instantiate $log))
        (func (export "log") (result (list u32)) (canon lift (core func $log "log") (memory (core memory $log "m"))))
        """;

    internal static string Own => $"""
        (component
          {Log}
          (type $r (resource (rep i32) (dtor (core func $log "dtor"))))
          (type $s (resource (rep i32)))
          {string.Concat(OwnOperations.Select(static name =>
              $"(core func ${name} (canon resource.{name[..^2]} ${name[^1]}))\n"))}
          {Operator(OwnOperations.Select(static name => (name, "i32", name is not ("drop-r" or "drop-s"))))}
        )
        """;

    /// <summary>One guest with the resource of the host.</summary>
    internal static string OfHost => $"""
        (component
          (import "{Things}" (instance $things {Interface}))
          {Consumer("", "")})
        """;

    /// <summary>
    /// A guest with a resource, one that uses it, and one between them, to which it is lent; the one that uses it is
    /// exported as <c>consumer</c>, the one that has it as <c>producer</c>.
    /// </summary>
    internal static string Composed => $"""
        (component
          (component $producer
            {Log}
            (type $r' (resource (rep i32) (dtor (core func $log "dtor"))))
            (core func $new (canon resource.new $r'))
            (export $r "r" (type $r'))
            (core module $m
              (import "" "new" (func $new (param i32) (result i32)))
              (memory (export "m") 1)
              (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
              (func (export "new-two") (param i32) (result i32)
                (i32.store (i32.const 0) (call $new (local.get 0)))
                (i32.store (i32.const 4) (call $new (i32.add (local.get 0) (i32.const 1))))
                (i32.const 0))
              (func (export "option") (param i32 i32) (result i32) (local.get 1))
              (func (export "all") (param i32 i32) (result i32)
                (i32.add (i32.mul (i32.load (local.get 0)) (i32.const 100)) (i32.load offset=4 (local.get 0))))
              (func (export "same") (param i32) (result i32) (local.get 0))
              (func (export "both") (param i32 i32) (result i32)
                (i32.add (i32.mul (local.get 0) (i32.const 100)) (local.get 1))))
            (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
            (func (export "[static]r.new-two") (param "rep" u32) (result (tuple (own $r) (own $r)))
              (canon lift (core func $i "new-two") (memory (core memory $i "m"))))
            (func (export "[static]r.own-option") (param "a" (option (own $r))) (result u32)
              (canon lift (core func $i "option")))
            (func (export "[static]r.own-all") (param "a" (list (own $r))) (result u32) (canon lift
              (core func $i "all") (memory (core memory $i "m")) (realloc (core func $i "realloc"))))
            (func (export "[static]r.lend-all") (param "a" (list (borrow $r))) (result u32) (canon lift
              (core func $i "all") (memory (core memory $i "m")) (realloc (core func $i "realloc"))))
            (func (export "[constructor]r") (param "rep" u32) (result (own $r)) (canon lift (core func $new)))
            (func (export "[method]r.get") (param "self" (borrow $r)) (result u32)
              (canon lift (core func $i "same")))
            (func (export "[static]r.take") (param "a" (own $r)) (result u32) (canon lift (core func $i "same")))
            {string.Concat(Pairs.Select(static pair => $"(func (export \"[static]r.{pair}\") {ParametersOf(pair)} "
                + "(result u32) (canon lift (core func $i \"both\")))\n"))})
          (component $middle
            (import "things" (instance $things {Interface}))
            (alias export $things "r" (type $r))
            (core func $get (canon lower (func $things "[method]r.get")))
            (core func $take (canon lower (func $things "[static]r.take")))
            (core func $drop (canon resource.drop $r))
            (core module $m
              (import "" "get" (func $get (param i32) (result i32)))
              (import "" "take" (func $take (param i32) (result i32)))
              (import "" "drop" (func $drop (param i32)))
              (func (export "use") (param i32) (result i32) (call $get (local.get 0)) (call $drop (local.get 0)))
              (func (export "keep") (param i32) (result i32) (call $get (local.get 0)))
              (func (export "steal") (param i32) (result i32) (call $take (local.get 0)))
              (func (export "drop-twice") (param i32) (result i32)
                (call $drop (local.get 0)) (call $drop (local.get 0)) (local.get 0))
              (func (export "drop-then-use") (param i32) (result i32)
                (call $drop (local.get 0)) (call $get (local.get 0)))
              (func (export "use-two") (param i32 i32) (result i32)
                (i32.add (i32.mul (local.get 0) (i32.const 100)) (local.get 1))
                (call $drop (local.get 1)) (call $drop (local.get 0))))
            (core instance $i (instantiate $m (with "" (instance
              (export "get" (func $get)) (export "take" (func $take)) (export "drop" (func $drop))))))
            {string.Concat(Lending.Select(static name => $"(func (export \"{name}\") {LendingParameters(name)} "
                + $"(result u32) (canon lift (core func $i \"{name}\")))\n"))})
          (component $consumer
            (import "things" (instance $things {Interface}))
            (alias export $things "r" (type $r))
            (import "middle" (instance $middle
              (alias outer $consumer $r (type $r))
              {string.Concat(Lending.Select(static name =>
                  $"(export \"{name}\" (func {LendingParameters(name)} (result u32)))\n"))}))
            {Consumer(
                string.Concat(Lending.Select(static name =>
                    $"(core func ${name} (canon lower (func $middle \"{name}\")))\n")),
                "alias")})
          (instance $p (instantiate $producer))
          (instance $m (instantiate $middle (with "things" (instance $p))))
          (instance $c (instantiate $consumer (with "things" (instance $p)) (with "middle" (instance $m))))
          (alias export $p "log" (func $log))
          (instance $shown (export "log" (func $log)))
          (export "producer" (instance $shown))
          (export "consumer" (instance $c)))
        """;

    private static string Interface => $"""
        (export "r" (type $r (sub resource)))
        (export "[constructor]r" (func (param "rep" u32) (result (own $r))))
        (export "[method]r.get" (func (param "self" (borrow $r)) (result u32)))
        (export "[static]r.take" (func (param "a" (own $r)) (result u32)))
        (export "[static]r.new-two" (func (param "rep" u32) (result (tuple (own $r) (own $r)))))
        (export "[static]r.own-option" (func (param "a" (option (own $r))) (result u32)))
        (export "[static]r.own-all" (func (param "a" (list (own $r))) (result u32)))
        (export "[static]r.lend-all" (func (param "a" (list (borrow $r))) (result u32)))
        {string.Concat(Pairs.Select(static pair =>
            $"(export \"[static]r.{pair}\" (func {ParametersOf(pair)} (result u32)))\n"))}
        """;

    private static string Consumer(string lowered, string alias) => $"""
        {(alias.Length > 0 ? "" : "(alias export $things \"r\" (type $r))")}
        (core func $new (canon lower (func $things "[constructor]r")))
        (core func $drop (canon resource.drop $r))
        (core func $get (canon lower (func $things "[method]r.get")))
        (core func $take (canon lower (func $things "[static]r.take")))
        {string.Concat(Pairs.Select(static pair =>
            $"(core func ${pair} (canon lower (func $things \"[static]r.{pair}\")))\n"))}
        {lowered}
        (core module $memory (memory (export "m") 1))
        (core instance $memory (instantiate $memory))
        {string.Concat(Composite.Select(static name => $"(core func ${name}' (canon lower "
            + $"(func $things \"[static]r.{name}\") (memory (core memory $memory \"m\"))))\n"))}
        (core module $composite
          (import "memory" "m" (memory 1))
          (import "" "new-two" (func $new-two (param i32 i32)))
          (import "" "own-option" (func $own-option (param i32 i32) (result i32)))
          (import "" "own-all" (func $own-all (param i32 i32) (result i32)))
          (import "" "lend-all" (func $lend-all (param i32 i32) (result i32)))
          (func $store (param i32 i32)
            (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1)))
          (func (export "new-two") (param i32) (result i32)
            (call $new-two (local.get 0) (i32.const 0)) (i32.load (i32.const 4)))
          (func (export "own-option") (param i32) (result i32)
            (drop (call $own-option (i32.const 0) (local.get 0)))
            (call $own-option (i32.const 1) (local.get 0)))
          (func (export "own-all") (param i32 i32) (result i32)
            (call $store (local.get 0) (local.get 1)) (call $own-all (i32.const 0) (i32.const 2)))
          (func (export "lend-all") (param i32 i32) (result i32)
            (call $store (local.get 0) (local.get 1)) (call $lend-all (i32.const 0) (i32.const 2))))
        (core instance $composite (instantiate $composite (with "memory" (instance $memory)) (with "" (instance
          {string.Concat(Composite.Select(static name => $"(export \"{name}\" (func ${name}'))"))}))))
        {string.Concat(Composite.Select(static name =>
            $"(alias core export $composite \"{name}\" (core func ${name}))\n"))}
        {Operator(Operations.Concat(lowered.Length > 0 ? Lending : []).Select(static name => (
            name,
            Pairs.Contains(name) || name is "use-two" or "own-all" or "lend-all" ? "i32 i32" : "i32",
            name != "drop")))}
        """;

    /// <summary>The core module that calls what it is told, and the export.</summary>
    private static string Operator(IEnumerable<(string Name, string Parameters, bool HasResult)> operations)
    {
        string imports = string.Concat(operations.Select(static one => $"(import \"\" \"{one.Name}\" "
            + $"(func ${one.Name} (param {one.Parameters}){(one.HasResult ? " (result i32)" : "")}))\n"));
        string calls = string.Concat(operations.Select(static (one, i) => $"(if (i32.eq (local.get 0) (i32.const {i})) "
            + $"(then (return (call ${one.Name} (local.get 1){(one.Parameters == "i32" ? "" : " (local.get 2)")})"
            + $"{(one.HasResult ? "" : " (i32.const 0)")})))\n"));
        string exports = string.Concat(operations.Select(static one => $"(export \"{one.Name}\" (func ${one.Name}))"));
        return $"""
            (core module $operator
              {imports}
              (func (export "op") (param i32 i32 i32) (result i32) {calls} unreachable))
            (core instance $operator (instantiate $operator (with "" (instance {exports}))))
            (func (export "op") (param "p0" u32) (param "p1" u32) (param "p2" u32) (result u32)
              (canon lift (core func $operator "op")))
            """;
    }

    private static string ParametersOf(string pair) =>
        $"(param \"a\" ({pair[..pair.IndexOf('-')]} $r)) (param \"b\" ({pair[(pair.IndexOf('-') + 1)..]} $r))";

    private static string LendingParameters(string name) =>
        $"(param \"a\" (borrow $r)){(name == "use-two" ? " (param \"b\" (borrow $r))" : "")}";
}
