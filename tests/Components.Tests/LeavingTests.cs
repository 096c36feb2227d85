using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// What guests do while they must not leave, which is in their allocators and after a return; and what is called after
/// a return, with what.
/// </summary>
public sealed class LeavingTests
{
    private static readonly WitType s_u32 = Primitive.Of("u32");
    private static readonly FunctionType s_host = FunctionType.Echo(s_u32);

    /// <summary>Instructions of a guest with a resource of its own, of which 1 is a handle.</summary>
    public static TheoryData<string> Leaving =>
    [
        "(drop (call $host (i32.const 7)))",
        "(drop (call $new (i32.const 7)))",
        "(call $drop (i32.const 1))",
        "(drop (call $rep (i32.const 1)))",
        "(drop (call $rep (i32.const 2)))",
        "(drop (memory.grow (i32.const 1)))",
        "unreachable",
    ];

    [Theory]
    [MemberData(nameof(Leaving))]
    public void In_the_allocator_for_a_parameter(string instructions)
    {
        using Both both = Of(instructions, realloc: true, new FunctionType([Primitive.Of("string")], s_u32), "length");
        both.Call("make", 5u);
        both.Call("length", "abc");
        both.Call("make", 6u);
    }

    [Theory]
    [MemberData(nameof(Leaving))]
    public void In_the_allocator_for_a_result(string instructions)
    {
        using Both both = Of(instructions, realloc: true, new FunctionType([s_u32], s_u32), "read");
        both.Call("make", 5u);
        both.Call("read", 1u);
        both.Call("make", 6u);
    }

    [Theory]
    [MemberData(nameof(Leaving))]
    public void After_a_return(string instructions)
    {
        using Both both = Of(instructions, realloc: false, new FunctionType([s_u32], s_u32), "plain");
        both.Call("make", 5u);
        both.Call("plain", 1u);
        both.Call("make", 6u);
    }

    /// <summary>Once for each call that returns, with its core result, and before the next call.</summary>
    [Fact]
    public void What_is_called_after_a_return()
    {
        WitType text = Primitive.Of("string");
        var none = new FunctionType([s_u32], null);
        var number = new FunctionType([s_u32], s_u32);
        var words = new FunctionType([s_u32], text);
        var wide = new FunctionType([s_u32], Primitive.Of("f64"));
        var guest = new Guest(
            """
            (component
              (core module $m
                (memory (export "m") 1)
                (data (i32.const 64) "\80\00\00\00\03\00\00\00")
                (data (i32.const 128) "abc")
                (global $last (mut i32) (i32.const 0))
                (global $count (mut i32) (i32.const 0))
                (func $note (param i32)
                  (global.set $last (local.get 0))
                  (global.set $count (i32.add (global.get $count) (i32.const 1))))
                (func (export "none") (param i32) (if (local.get 0) (then unreachable)))
                (func (export "after-none") (call $note (i32.const -1)))
                (func (export "number") (param i32) (result i32) (local.get 0))
                (func (export "after-number") (param i32) (call $note (local.get 0)))
                (func (export "words") (param i32) (result i32) (i32.store8 (i32.const 128) (i32.const 97))
                  (local.get 0))
                (func (export "after-words") (param i32) (call $note (local.get 0))
                  (i32.store8 (i32.const 128) (i32.const 120)))
                (func (export "wide") (param i32) (result f64) (f64.convert_i32_s (local.get 0)))
                (func (export "after-wide") (param f64) (call $note (i32.trunc_f64_s (local.get 0))))
                (func (export "last") (param i32) (result i32)
                  (select (global.get $last) (global.get $count) (local.get 0))))
              (core instance $i (instantiate $m))
              (func (export "none") (param "p0" u32)
                (canon lift (core func $i "none") (post-return (core func $i "after-none"))))
              (func (export "number") (param "p0" u32) (result u32)
                (canon lift (core func $i "number") (post-return (core func $i "after-number"))))
              (func (export "words") (param "p0" u32) (result string) (canon lift (core func $i "words")
                (memory (core memory $i "m")) (post-return (core func $i "after-words"))))
              (func (export "wide") (param "p0" u32) (result f64)
                (canon lift (core func $i "wide") (post-return (core func $i "after-wide"))))
              (func (export "last") (param "p0" u32) (result u32) (canon lift (core func $i "last"))))
            """,
            Import: null,
            ("none", none), ("number", number), ("words", words), ("wide", wide), ("last", number));
        using var both = new Both(guest, Guest.Compile([guest]), 0);
        AssertLast(0, 0);
        both.Call("none", 0u);
        AssertLast(0xffff_ffff, 1);
        both.Call("number", 77u);
        AssertLast(77, 2);
        Assert.Equal("abc", both.Call("words", 64u).Value);
        AssertLast(64, 3);
        both.Call("wide", 12u);
        AssertLast(12, 4);
        Assert.True(both.Call("words", 65u).IsTrap); // of new instances, and after nothing that was returned
        AssertLast(0, 0);
        Assert.True(both.Call("none", 1u).IsTrap);
        AssertLast(0, 0);

        void AssertLast(uint last, uint count)
        {
            Assert.Equal(last, both.Call("last", 1u).Value);
            Assert.Equal(count, both.Call("last", 0u).Value);
        }
    }

    /// <summary>
    /// A guest with a resource of its own, whose allocator, or what is called after a return, has these instructions.
    /// </summary>
    private static Both Of(string instructions, bool realloc, FunctionType type, string name)
    {
        var guest = new Guest(
            $"""
            (component
              (import "host" (instance $host
                (export "f" (func (param "p0" u32) (result u32)))
                (export "text" (func (param "p0" u32) (result string)))))
              (core module $library (memory (export "m") 2)
                (func (export "no-realloc") (param i32 i32 i32 i32) (result i32) (i32.const 2048)))
              (core instance $library (instantiate $library))
              (type $r (resource (rep i32)))
              (core func $host (canon lower (func $host "f")))
              (core func $new (canon resource.new $r))
              (core func $drop (canon resource.drop $r))
              (core func $rep (canon resource.rep $r))
              (core module $m
                (import "" "host" (func $host (param i32) (result i32)))
                (import "" "new" (func $new (param i32) (result i32)))
                (import "" "drop" (func $drop (param i32)))
                (import "" "rep" (func $rep (param i32) (result i32)))
                (import "library" "m" (memory 2))
                (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                  {(realloc ? instructions : "")} (i32.const 1024))
                (func (export "after") (param i32) {(realloc ? "" : instructions)})
                (func (export "make") (param i32) (result i32)
                  (drop (call $new (local.get 0))) (call $host (local.get 0)))
                (func (export "plain") (param i32) (result i32) (local.get 0))
                (func (export "length") (param i32 i32) (result i32) (local.get 1)))
              (core instance $i (instantiate $m
                (with "library" (instance $library))
                (with "" (instance (export "host" (func $host)) (export "new" (func $new))
                  (export "drop" (func $drop)) (export "rep" (func $rep))))))
              (core func $text (canon lower (func $host "text")
                (memory (core memory $library "m")) (realloc (core func $i "realloc"))))
              (core module $n
                (import "" "text" (func $text (param i32 i32)))
                (import "library" "m" (memory 2))
                (func (export "read") (param i32) (result i32)
                  (call $text (local.get 0) (i32.const 512)) (i32.load (i32.const 516))))
              (core instance $j (instantiate $n
                (with "library" (instance $library)) (with "" (instance (export "text" (func $text))))))
              (func (export "make") (param "p0" u32) (result u32) (canon lift (core func $i "make")))
              (func (export "plain") (param "p0" u32) (result u32)
                (canon lift (core func $i "plain") (post-return (core func $i "after"))))
              (func (export "length") (param "p0" string) (result u32) (canon lift (core func $i "length")
                (memory (core memory $library "m")) (realloc (core func $i "realloc"))))
              (func (export "read") (param "p0" u32) (result u32) (canon lift (core func $j "read"))))
            """,
            s_host,
            ("make", s_host), (name, type));
        return new Both(guest, Guest.Compile([guest]), 0, also: new Hosts(
            static theirs => theirs.Define("host", "text", static (_, _) => "abc"),
            static ours => ours.Define(new TextHost())))
        {
            // It may leave again: this calls the host, and makes a handle.
            AfterTrap = static ours => Assert.Equal(8u, ours.Call("make", 8u)),
        };
    }
}

[WasmImport("host")]
internal sealed partial class TextHost
{
    public string Text(uint _) => "abc";
}
