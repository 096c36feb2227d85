using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>Instances that are called while they run, exceptions of guests, and what start functions do.</summary>
public sealed class EnteringTests
{
    private static readonly FunctionType s_number = FunctionType.Echo(Primitive.Of("u32"));

    [Theory]
    [InlineData("utf8")]
    [InlineData("utf16")]
    [InlineData("latin1+utf16")]
    public void The_host_calls_the_instance_that_calls_it(string encoding)
    {
        FunctionType text = FunctionType.Echo(Primitive.Of("string"));
        Guest guest = Guest.OfPair(ComponentText.Chain(text, "utf16", encoding), text, text);
        Both both = null!;
        using (both = new Both(guest, Guest.Compile([guest]), 0, arguments =>
        {
            string value = ((WitValue.Text)arguments[0]).Value;
            return value.Length == 0
                ? "."
                : ((WitValue.Text)both.CallAgain("consumer#f", value[1..])!).Value + value[0];
        }))
        {
            Assert.Equal(".€cbé", both.Call("consumer#f", "ébc€").Value);
        }
    }

    [Fact]
    public void An_instance_calls_itself_by_way_of_its_component()
    {
        using Both both = Of("""
            (component
              (core module $m (func (export "f") (param i32) (result i32) (local.get 0)))
              (core instance $i (instantiate $m))
              (func $f (param "p0" u32) (result u32) (canon lift (core func $i "f")))
              (core func $lowered (canon lower (func $f)))
              (core module $n (import "" "f" (func $f (param i32) (result i32)))
                (func (export "f") (param i32) (result i32)
                  (if (result i32) (local.get 0) (then (call $f (local.get 0))) (else (i32.const 7)))))
              (core instance $j (instantiate $n (with "" (instance (export "f" (func $lowered))))))
              (func (export "f") (param "p0" u32) (result u32) (canon lift (core func $j "f"))))
            """);
        Assert.False(both.Call("f", 0u).IsTrap);
        Assert.True(both.Call("f", 1u).IsTrap);
    }

    /// <summary>A component and one inside it call each other, as often as they are told.</summary>
    [Fact]
    public void A_component_and_one_inside_it()
    {
        using Both both = Of("""
            (component
              (core module $shim
                (table (export "t") 1 funcref)
                (type $t (func (param i32) (result i32)))
                (func (export "f") (param i32) (result i32)
                  (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
                  (i32.add (i32.const 1)
                    (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))))
              (core instance $shim (instantiate $shim))
              (func $f (param "p0" u32) (result u32) (canon lift (core func $shim "f")))
              (component $inside
                (import "f" (func $f (param "p0" u32) (result u32)))
                (core func $lowered (canon lower (func $f)))
                (core module $m (import "" "f" (func $f (param i32) (result i32)))
                  (func (export "f") (param i32) (result i32)
                    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
                    (i32.add (i32.const 100) (call $f (i32.sub (local.get 0) (i32.const 1))))))
                (core instance $i (instantiate $m (with "" (instance (export "f" (func $lowered))))))
                (func (export "f") (param "p0" u32) (result u32) (canon lift (core func $i "f"))))
              (instance $inside (instantiate $inside (with "f" (func $f))))
              (core func $inner (canon lower (func $inside "f")))
              (core module $fixup
                (import "" "t" (table 1 funcref)) (import "" "f" (func $f (param i32) (result i32)))
                (elem (i32.const 0) func $f))
              (core instance (instantiate $fixup (with "" (instance
                (export "t" (table $shim "t")) (export "f" (func $inner))))))
              (export "f" (func $f)))
            """);
        for (uint depth = 0; depth < 5; depth++)
        {
            both.Call("f", depth);
        }
    }

    /// <summary>An exception ends at the edge of a component: nothing in another one can catch it.</summary>
    [Fact]
    public void Exceptions_of_guests()
    {
        using Both both = Of("""
            (component
              (component $producer
                (core module $m (tag $e)
                  (func (export "f") (param i32) (result i32)
                    (if (local.get 0) (then (throw $e))) (local.get 0)))
                (core instance $i (instantiate $m))
                (func (export "f") (param "p0" u32) (result u32) (canon lift (core func $i "f"))))
              (instance $p (instantiate $producer))
              (component $consumer
                (import "f" (func $f (param "p0" u32) (result u32)))
                (core func $f (canon lower (func $f)))
                (core module $m (import "" "f" (func $f (param i32) (result i32)))
                  (func (export "f") (param i32) (result i32)
                    (block $caught
                      (return (try_table (result i32) (catch_all $caught) (call $f (local.get 0)))))
                    (i32.const 99)))
                (core instance $i (instantiate $m (with "" (instance (export "f" (func $f))))))
                (func (export "f") (param "p0" u32) (result u32) (canon lift (core func $i "f"))))
              (instance $c (instantiate $consumer (with "f" (func $p "f"))))
              (export "f" (func $c "f"))
              (export "g" (func $p "f")))
            """, ("g", s_number));
        Assert.False(both.Call("f", 0u).IsTrap);
        Assert.True(both.Call("f", 1u).IsTrap);
        Assert.True(both.Call("g", 1u).IsTrap);
    }

    [Theory]
    [InlineData("(drop (call $f (i32.const 5)))")]
    [InlineData("unreachable")]
    [InlineData("(drop (call $f (i32.const 13)))")] // the host fails
    public void Start_functions(string instructions)
    {
        string wat = $"""
            (component
              (import "host" (instance $host (export "f" (func (param "p0" u32) (result u32)))))
              (component $inside
                (import "f" (func $f (param "p0" u32) (result u32)))
                (core func $f (canon lower (func $f)))
                (core module $m (import "" "f" (func $f (param i32) (result i32)))
                  (func $start {instructions})
                  (start $start)
                  (func (export "f") (param i32) (result i32) (call $f (local.get 0))))
                (core instance $i (instantiate $m (with "" (instance (export "f" (func $f))))))
                (func (export "f") (param "p0" u32) (result u32) (canon lift (core func $i "f"))))
              (instance $one (instantiate $inside (with "f" (func $host "f"))))
              (instance $two (instantiate $inside (with "f" (func $one "f"))))
              (export "f" (func $two "f")))
            """;
        var guest = Guest.Of(wat, s_number, s_number) with { Exports = [("f", s_number)] };
        using var both = new Both(guest, Guest.Compile([guest]), 0, static arguments => arguments[0] == 13u
            ? throw new InvalidOperationException("the host fails")
            : arguments[0]);
        both.Call("f", 3u);
    }

    private static Both Of(string wat, params (string Path, FunctionType Type)[] others)
    {
        var guest = new Guest(wat, Import: null, [("f", s_number), .. others]);
        return new Both(guest, Guest.Compile([guest]), 0);
    }
}
