using System.Text;

namespace WasmBindgen.Fuzz.Guests;

/// <summary>
/// Writes guests. Each export passes its arguments to the import of the same name, and its result back. All that goes
/// either way goes through <see cref="ChaosHost"/> first, which replaces some of it.
/// </summary>
internal sealed class GuestText
{
    private readonly Family _family;
    private readonly Chance _any;
    private readonly bool _isHostile;
    private readonly string _word;
    private readonly StringBuilder _text = new();

    private GuestText(Family family, Chance any, bool isHostile)
    {
        (_family, _any, _isHostile) = (family, any, isHostile);
        _word = family.Name == nameof(WideGuest) ? "i64" : "i32";
    }

    /// <summary>The result area of functions, below what the honest allocator gives.</summary>
    internal const int Area = 1024;

    /// <summary>Marks a guest in which calls may go wrong by themselves.</summary>
    internal const string OddMark = "(; odd ;)";

    /// <summary>AssemblyScript's table of classes.</summary>
    private const int Classes = 512;

    internal static string Write(Family family, Chance any, bool isHostile) =>
        new GuestText(family, any, isHostile).Write();

    private string Write()
    {
        _text.Append($"""
            (module
              (type $binary (func (param i32 i32) (result i32)))
              (import "fuzz" "slot" (func $slot (param i64) (result i64)))
              (import "fuzz" "act" (func $act (result i32)))
              (import "fuzz" "allocate" (func $allocate (param i64 i64) (result i64)))
              (import "fuzz" "new" (func $new (param i64 i64) (result i64)))
              (import "fuzz" "reference" (func $reference (param externref) (result externref)))

            """);
        foreach ((string name, string type) in _family.Imports)
        {
            _text.AppendLine($"  (import \"env\" \"{name}\" (func $\"{name}\" {type["func".Length..]}))");
        }

        string maximum = Odd(4) ? "3" : "";
        string memory = $"({(Odd(40) ? "memory $m" : "memory $m (export \"memory\")")} "
            + $"{(_word == "i64" ? "i64 " : "")}{(Odd(20) ? $"0 {OddMark}" : _any.Pick("1", "1", "2"))} {maximum})";
        _text.AppendLine($"""
              {memory}
              (tag $tag)
              (table $t (export "__indirect_function_table") 4 funcref)
              (elem (table $t) (i32.const 1) func $binary $other)
              (elem declare func $slot)
              (func $binary (type $binary) (i32.add (local.get 0) (local.get 1)))
              (func $other (param f64) (result f64) (local.get 0))
              (func $forever (call $forever))
              (func $do (local $what i32)
                (local.set $what (call $act))
                (if (i32.eq (local.get $what) (i32.const {(int)Act.Trap})) (then unreachable))
                (if (i32.eq (local.get $what) (i32.const {(int)Act.Grow}))
                  (then (drop (memory.grow ({_word}.const 1)))))
                (if (i32.eq (local.get $what) (i32.const {(int)Act.Overflow})) (then (call $forever)))
                (if (i32.eq (local.get $what) (i32.const {(int)Act.Throw})) (then (throw $tag)))
                (if (i32.eq (local.get $what) (i32.const {(int)Act.Spin})) (then (loop $l (br $l)))))
            """);
        Allocators();
        foreach ((string name, string type) in _family.Exports)
        {
            if (!Odd(1000) && !name.StartsWith("cabi_", StringComparison.Ordinal))
            {
                Export(name, type);
            }
        }

        return _text.Append(')').ToString();
    }

    private void Allocators()
    {
        string narrow = _word == "i64" ? "" : "i32.wrap_i64 ";
        string wide = _word == "i64" ? "(local.get {0})" : "(i64.extend_i32_u (local.get {0}))";
        string Allocate(int size, string alignment) =>
            $"(call $do) ({narrow}(call $allocate {string.Format(null, wide, size)} {alignment}))";
        if (narrow.Length == 0)
        {
            narrow = "i64.add (i64.const 0) ";
        }

        string realloc = Odd(60) ? "cabi_free" : "cabi_realloc";
        _text.AppendLine($"""
              (func (export "{realloc}") (param {_word} {_word} {_word} {_word}) (result {_word})
                {Allocate(3, string.Format(null, wide, 2))})
              (func (export "malloc") (param {_word}) (result {_word}) {Allocate(0, "(i64.const 16)")})
              (func (export "free") (param {_word}{(_word == "i64" ? " i64" : "")}) (call $do))
              (func (export "__new") (param i32 i32) (result i32)
                (call $do)
                (i32.wrap_i64 (call $new (i64.extend_i32_u (local.get 0)) (i64.extend_i32_u (local.get 1)))))
              (func (export "__pin") (param i32) (result i32) (call $do) (local.get 0))
              (func (export "__unpin") (param i32) (call $do))
            """);
        if (_family.Name == nameof(ScriptGuest))
        {
            // The classes: object, buffer, string, Array<i32>, StaticArray and Array of String, Float64Array.
            uint[] flags = [7, 0, 0, 0, 0x902, 0x4104, 0x4102, 0x1a01];
            string table = string.Concat(flags.SelectMany(BitConverter.GetBytes).Select(static b => $"\\{b:x2}"));
            _text.AppendLine($"""
                  (data (i32.const {Classes}) "{table}")
                  (global (export "__rtti_base") i32 (i32.const {(Odd(20) ? $"{_any.Int()} {OddMark}" : $"{Classes}")}))
                """);
        }
    }

    private void Export(string name, string type)
    {
        (string[] parameters, string[] results) = Parse(type);
        string body = string.Join(' ', parameters.Select((one, i) => Pass(one, $"(local.get {i})")));
        if (!_family.Imports.TryGetValue(name, out string? import))
        {
            body = string.Join(' ', parameters.Select(static (_, i) => $"(drop (local.get {i}))"));
            body += string.Concat(results.Select(one => Pass(one, one == "funcref"
                ? "(ref.func $binary)" : one == "externref" ? "(ref.null extern)" : $"({one}.const 0)")));
        }
        else if (Parse(import) is var (wanted, given) && wanted.Length == parameters.Length + 1)
        {
            body += $" {Pass("i32", $"(i32.const {Area})")} (call $\"{name}\") {Pass("i32", $"(i32.const {Area})")}";
        }
        else
        {
            body += $" (call $\"{name}\")";
            for (int i = given.Length - 1; i >= 0; i--)
            {
                body += $" (local.set $r{i})";
            }

            body += string.Concat(given.Select((one, i) => $" {Pass(one, $"(local.get $r{i})")}"));
        }

        string locals = string.Concat(results.Select(static (one, i) => $" (local $r{i} {one})"));
        _text.AppendLine($"  (func (export \"{name}\") {type["func".Length..]}{locals} (call $do)\n    {body})");
        if (_family.Name == nameof(CanonicalGuest) && results.Length > 0 && Odd(8))
        {
            _text.AppendLine($"  (func (export \"cabi_post_{name}\") (param {results[0]}) (call $do))");
        }
    }

    /// <summary>A value that goes through the chaos, which knows only i64 and externref.</summary>
    private string Pass(string type, string value) => type switch
    {
        "i32" => $"(i32.wrap_i64 (call $slot (i64.extend_i32_u {value})))",
        "i64" => $"(call $slot {value})",
        "f32" => $"(f32.reinterpret_i32 (i32.wrap_i64 (call $slot (i64.extend_i32_u (i32.reinterpret_f32 {value})))))",
        "f64" => $"(f64.reinterpret_i64 (call $slot (i64.reinterpret_f64 {value})))",
        "externref" => $"(call $reference {value})",
        "funcref" when Odd(4) => OddMark + _any.Pick("(ref.null func)", "(ref.func $other)", "(ref.func $slot)"),
        _ => value,
    };

    private bool Odd(int n) => _isHostile && _any.OneIn(n);

    private static (string[] Parameters, string[] Results) Parse(string type)
    {
        string[] List(string word)
        {
            int start = type.IndexOf($"({word} ", StringComparison.Ordinal);
            return start < 0 ? [] : type[(start + word.Length + 2)..type.IndexOf(')', start)].Split(' ');
        }

        return (List("param"), List("result"));
    }
}
