using FsCheck;
using FsCheck.Fluent;
using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>That the binding of the engine's component API, which others trust, says what the engine does.</summary>
public sealed class OracleTests
{
    public static TheoryData<string> Encodings => [.. ComponentText.Encodings];

    /// <summary>From the host to a guest and on to the host, and all the way back.</summary>
    [Theory]
    [MemberData(nameof(Encodings))]
    public void Values_of_every_shape_by_way_of_a_host_function(string encoding)
    {
        foreach (WitType type in WitTypes.Alone)
        {
            WitValue? seen = null;
            using OracleComponent component = new OracleComponent(
                ComponentText.Forward(FunctionType.Echo(type), encoding))
                .Define("host", "f", (_, arguments) => seen = arguments.Single());
            using OracleInstance instance = component.Instantiate();
            foreach (WitValue value in SomeOf(type))
            {
                Assert.Equal(value, instance.Call("f", value));
                Assert.Equal(value, seen);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Values_of_every_shape_by_way_of_memory(string encoding)
    {
        foreach (WitType type in WitTypes.Alone)
        {
            using var component = new OracleComponent(ComponentText.Echo(type, encoding));
            using OracleInstance instance = component.Instantiate();
            foreach (WitValue value in SomeOf(type))
            {
                Assert.Equal(value, instance.Call("f", value));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Values_from_guest_to_guest(string encoding)
    {
        foreach (WitType type in WitTypes.Alone)
        {
            using var component = new OracleComponent(ComponentText.Pair(type, encoding, "utf8"));
            using OracleInstance instance = component.Instantiate();
            foreach (WitValue value in SomeOf(type))
            {
                Assert.Equal(value, instance.Call("consumer#f", value));
            }
        }
    }

    [Fact]
    public void Several_parameters_and_no_result()
    {
        var type = new FunctionType([Primitive.All[0], Primitive.All[10], Primitive.All[12]], null);
        WitValue[]? seen = null;
        using OracleComponent component = new OracleComponent(ComponentText.Chain(type, "utf16", "utf8"))
            .Define("host", "f", (_, arguments) =>
            {
                seen = arguments;
                return null;
            });
        using OracleInstance instance = component.Instantiate();
        Assert.Null(instance.Call("consumer#f", true, 0.5, "x"));
        Assert.Equal([true, 0.5, "x"], seen!);
    }

    /// <summary>What the guest's allocator was asked for.</summary>
    [Fact]
    public void Log_of_the_allocator()
    {
        using var component = new OracleComponent(ComponentText.Pair(Primitive.All[12], "utf16", "utf8"));
        using OracleInstance instance = component.Instantiate();
        instance.Call("consumer#f", "abc");
        // The consumer's parameter, and its result, which is longer while it is UTF-16.
        Assert.Equal(List(0u, 0u, 1u, 3u, 0u, 0u, 1u, 3u), instance.Call("consumer#log"));
        Assert.Equal(List(0u, 0u, 2u, 6u), instance.Call("producer#log"));
    }

    [Fact]
    public void A_trap_is_seen_as_one_and_ends_the_instance()
    {
        using var component = new OracleComponent("""
            (component
              (core module $m (func (export "f") unreachable) (func (export "g")))
              (core instance $i (instantiate $m))
              (func (export "f") (canon lift (core func $i "f")))
              (func (export "g") (canon lift (core func $i "g"))))
            """);
        using OracleInstance instance = component.Instantiate();
        Assert.Null(instance.Call("g"));
        var trap = Assert.Throws<OracleTrapException>(() => instance.Call("f"));
        Assert.Contains("unreachable", trap.Reason, StringComparison.Ordinal);
        Assert.Null(trap.InnerException);
        trap = Assert.Throws<OracleTrapException>(() => instance.Call("g"));
        Assert.Contains("cannot enter", trap.Reason, StringComparison.Ordinal);
        using OracleInstance next = component.Instantiate();
        Assert.Null(next.Call("g"));
    }

    [Fact]
    public void An_exception_of_a_host_function()
    {
        var thrown = new InvalidOperationException("no");
        using OracleComponent component = new OracleComponent(
            ComponentText.Forward(FunctionType.Echo(Primitive.All[0]), "utf8"))
            .Define("host", "f", (_, _) => throw thrown);
        using OracleInstance instance = component.Instantiate();
        var trap = Assert.Throws<OracleTrapException>(() => instance.Call("f", true));
        Assert.Equal("no", trap.Reason);
        Assert.Same(thrown, trap.InnerException);
    }

    [Fact]
    public void What_is_no_component_or_lacks_imports()
    {
        Assert.Throws<InvalidOperationException>(() => new OracleComponent("(component (func))"));
        using var component = new OracleComponent(ComponentText.Forward(FunctionType.Echo(Primitive.All[0]), "utf8"));
        Assert.Contains("host", Assert.Throws<OracleTrapException>(component.Instantiate).Message);
    }

    /// <summary>A value of another type than the function's is an error, not a wrong value.</summary>
    [Fact]
    public void Values_of_other_types()
    {
        using var component = new OracleComponent(ComponentText.Echo(Primitive.All[6], "utf8"));
        using OracleInstance instance = component.Instantiate();
        Assert.Throws<OracleTrapException>(() => instance.Call("f", 1));
        Assert.Throws<OracleTrapException>(() => instance.Call("f"));
    }

    [Fact]
    public void Resources_of_the_host()
    {
        List<uint> dropped = [];
        WitValue? lent = null;
        using OracleComponent component = new OracleComponent("""
            (component
              (import "host" (instance $host
                (export "r" (type $r (sub resource)))
                (export "make" (func (result (own $r))))
                (export "use" (func (param "p0" (borrow $r))))))
              (alias export $host "r" (type $r))
              (core func $make (canon lower (func $host "make")))
              (core func $use (canon lower (func $host "use")))
              (core func $drop (canon resource.drop $r))
              (core module $m
                (import "" "make" (func $make (result i32)))
                (import "" "use" (func $use (param i32)))
                (import "" "drop" (func $drop (param i32)))
                (func (export "pass") (param i32) (result i32) (call $use (local.get 0)) (local.get 0))
                (func (export "end") (param i32) (call $drop (local.get 0)))
                (func (export "make-one") (result i32) (call $make)))
              (core instance $i (instantiate $m (with "" (instance
                (export "make" (func $make)) (export "use" (func $use)) (export "drop" (func $drop))))))
              (export $r' "r" (type $r))
              (func (export "pass") (param "p0" (own $r')) (result (own $r')) (canon lift (core func $i "pass")))
              (func (export "end") (param "p0" (own $r')) (canon lift (core func $i "end")))
              (func (export "end-borrow") (param "p0" (borrow $r')) (canon lift (core func $i "end")))
              (func (export "make-one") (result (own $r')) (canon lift (core func $i "make-one"))))
            """)
            .DefineResource("host", "r", type: 7, dropped.Add)
            .Define("host", "make", (_, _) => new WitValue.HostResource(7, 41, IsOwned: true))
            .Define("host", "use", (_, arguments) =>
            {
                lent = arguments.Single();
                return null;
            });
        using OracleInstance instance = component.Instantiate();
        var own = new WitValue.HostResource(7, 40, IsOwned: true);
        Assert.Equal(own, instance.Call("pass", own));
        Assert.Equal(own with { IsOwned = false }, lent);
        Assert.Equal(own with { Rep = 41 }, instance.Call("make-one"));
        Assert.Empty(dropped);
        Assert.Null(instance.Call("end-borrow", own with { IsOwned = false }));
        Assert.Empty(dropped);
        Assert.Null(instance.Call("end", own));
        Assert.Equal([40u], dropped);
        Assert.Throws<OracleTrapException>(() => instance.Call("end", own with { Type = 8 }));
    }

    [Fact]
    public void Resources_of_the_guest()
    {
        using var component = new OracleComponent("""
            (component
              (core module $m
                (global $dropped (mut i32) (i32.const 0))
                (func (export "drop") (param i32) (global.set $dropped (local.get 0)))
                (func (export "dropped") (result i32) (global.get $dropped))
                (func (export "rep") (param i32) (result i32) (local.get 0)))
              (core instance $i (instantiate $m))
              (type $r (resource (rep i32) (dtor (core func $i "drop"))))
              (core func $new (canon resource.new $r))
              (export $r' "r" (type $r))
              (func (export "make") (param "rep" s32) (result (own $r')) (canon lift (core func $new)))
              (func (export "rep") (param "r" (borrow $r')) (result s32) (canon lift (core func $i "rep")))
              (func (export "dropped") (result s32) (canon lift (core func $i "dropped"))))
            """);
        using OracleInstance instance = component.Instantiate();
        var resource = Assert.IsType<WitValue.GuestResource>(instance.Call("make", 5));
        Assert.True(resource.IsOwned);
        Assert.Equal(5, instance.Call("rep", resource));
        Assert.Equal(0, instance.Call("dropped"));
        instance.Drop(resource);
        Assert.Equal(5, instance.Call("dropped"));
        Assert.Throws<OracleTrapException>(() => instance.Drop(resource));
    }

    private static WitValue[] SomeOf(WitType type) => type.Values.Sample(10, new Rnd(1), 5);

    private static WitValue.List List(params WitValue[] items) => new WitValue.List(new(items));
}
