namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("static")]
public static partial class StaticHost
{
    public static int Twice(int value) => value * 2;
}

[WasmImport("record")]
public sealed partial record RecordHost(int Offset)
{
    public int Shift(int value) => value + Offset;
}

internal static partial class Outer
{
    internal partial struct Middle
    {
        [WasmImport("nested")]
        internal sealed partial class Inner
        {
            public int Half(int value) => value / 2;
        }
    }
}

[WasmImport("shared")]
public sealed partial class FirstHalf
{
    public int First() => 1;
}

[WasmImport("shared")]
public sealed partial class SecondHalf : IDisposable
{
    public int Second() => 2;

    public static int Third() => 3;

    public void Dispose()
    {
    }

    public override string ToString() => "second";
}

/// <summary>
/// A name, a default, a keyword and an <c>in</c> parameter for everything that could trip a generator.
/// </summary>
[WasmImport("odd", Naming = Naming.CamelCase)]
public sealed partial class OddHost
{
    public int @class(in int @params, int host = 1, int slots = 2) => @params + host + slots;

    [WasmName("exact name")]
    public int Renamed() => 7;

    [WasmIgnore]
    public static string NotForGuests(object anything) => anything.ToString()!;

    [Obsolete("Still bound.")]
    public int OldFunction() => 8;

#if NO_SUCH_SYMBOL
    public object NotCompiled() => this;
#else
    public int WhenCompiled() => 9;
#endif
}

public sealed partial class OddHost
{
    public int FromAnotherPart() => 10;
}

[WasmImport("wasi:io/streams@0.2.0")]
public sealed partial class ComponentStyleHost
{
    public int CheckWrite() => 11;
}

[WasmImport("injected")]
public sealed partial class InjectingHost
{
    internal Memory? Memory { get; private set; }

    internal Store? Store { get; private set; }

    internal CancellationToken Token { get; private set; }

    public int All(
        Caller caller, int first, Memory memory, Store store, in Caller again, int second, CancellationToken token)
    {
        (Memory, Store, Token) = (memory, store, token);
        Assert.Same(store, caller.Store);
        Assert.Same(memory, caller.Memory);
        Assert.Same(memory, again.GetMemory("memory"));
        Assert.Equal(token, caller.CancellationToken);
        Assert.Null(caller.GetMemory("no such memory"));
        Assert.Null(caller.GetFunction("memory"));
        Assert.Equal(5, caller.GetGlobal("answer")!.Value.AsInt32());
        Assert.Equal(3, caller.GetTable("table")!.Length);
        return caller.GetFunction("add")!.Call(first, second)[0].AsInt32();
    }

    public int Peek(Memory memory, uint address) => memory.Read<int>(address);
}

[WasmImport("tenant")]
public sealed partial class Tenant
{
    internal int Id { get; init; }

    public int Who() => Id;
}

[WasmImport("base")]
public partial class BaseTenant
{
    public virtual int Who() => 1;
}

public class DerivedTenant : BaseTenant
{
    public override int Who() => 2;
}

public sealed class HostClassTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_static_class_is_added_without_an_object()
    {
        StaticHost.AddTo(_world.Linker);
        Assert.Equal(42, Call("static", "twice", "i32", 21));
    }

    [Fact]
    public void A_record_keeps_its_state()
    {
        _world.Linker.Define(new RecordHost(100));
        Assert.Equal(103, Call("record", "shift", "i32", 3));
    }

    [Fact]
    public void A_class_nested_in_static_classes_and_structs_is_bound()
    {
        _world.Linker.Define(new Outer.Middle.Inner());
        Assert.Equal(4, Call("nested", "half", "i32", 8));
    }

    [Fact]
    public void Several_classes_may_satisfy_one_module()
    {
        _world.Linker.Define(new FirstHalf()).Define(new SecondHalf());
        Assert.Equal(1, Call("shared", "first", ""));
        Assert.Equal(2, Call("shared", "second", ""));
        Assert.Equal(3, Call("shared", "third", ""));
    }

    [Fact]
    public void What_is_no_host_function_is_not_defined()
    {
        _world.Linker.Define(new SecondHalf());
        foreach (string name in (string[])["dispose", "to_string", "add_to"])
        {
            var exception = Assert.Throws<LinkException>(() => Call("shared", name, ""));
            Assert.Null(Assert.Single(exception.Problems).Have);
        }
    }

    [Fact]
    public void Odd_names_and_parameters_survive()
    {
        _world.Linker.Define(new OddHost());
        Assert.Equal(6, Call("odd", "class", "i32 i32 i32", 1, 2, 3));
        Assert.Equal(7, Call("odd", "exact name", ""));
        Assert.Equal(8, Call("odd", "oldFunction", ""));
        Assert.Equal(9, Call("odd", "whenCompiled", ""));
        Assert.Equal(10, Call("odd", "fromAnotherPart", ""));
    }

    [Fact]
    public void An_interface_of_a_component_names_its_functions_in_kebab_case()
    {
        _world.Linker.Define(new ComponentStyleHost());
        Assert.Equal(11, Call("wasi:io/streams@0.2.0", "check-write", ""));
    }

    [Fact]
    public void Injected_parameters_take_no_slot()
    {
        var host = new InjectingHost();
        _world.Linker.Define(host);
        Instance instance = _world.Instantiate(InjectingWat);
        Assert.Equal(30, instance.GetFunction("run")!.Call(10, 20)[0].AsInt32());
        Assert.Same(_world.Store, host.Store);
        Assert.Same(instance.GetMemory("memory"), host.Memory);
        Assert.False(host.Token.CanBeCanceled);
    }

    [Fact]
    public void The_memory_is_that_of_the_calling_instance_when_there_are_several()
    {
        _world.Linker.Define(new InjectingHost());
        Instance first = _world.Instantiate(PeekWat(1));
        Assert.Equal(1, first.GetFunction("peek")!.Call(0)[0].AsInt32());
        Instance second = _world.Instantiate(PeekWat(2));
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(1, first.GetFunction("peek")!.Call(0)[0].AsInt32());
            Assert.Equal(2, second.GetFunction("peek")!.Call(0)[0].AsInt32());
        }
    }

    [Fact]
    public void A_guest_without_memory_is_told_so()
    {
        _world.Linker.Define(new InjectingHost());
        var exception = Assert.Throws<LinkException>(() => Call("injected", "peek", "i32", 0));
        Assert.Equal(
            [new LinkProblem("memory", "memory, for the values of `injected.peek`", null)], exception.Problems);
    }

    [Fact]
    public void Memory_that_the_guest_does_not_have_names_the_function()
    {
        _world.Linker.Define(new InjectingHost());
        Function peek = _world.Instantiate(PeekWat(1)).GetFunction("peek")!;
        foreach (int address in (int[])[65536, 65533, -1])
        {
            var fault = Assert.Throws<GuestMemoryException>(() => peek.Call(address));
            Assert.Equal("injected.peek", fault.Function);
            Assert.Equal(GuestMemoryFault.OutOfBounds, fault.Fault);
            Assert.Equal((uint)address, fault.Address);
            Assert.Equal(4, fault.Length);
        }
    }

    [Fact]
    public void Each_store_has_a_host_object_of_its_own()
    {
        _world.Linker.DefinePerStore<Tenant>();
        using Module module = Module.FromText(_world.Engine, "tenant", """
            (module (import "tenant" "who" (func $who (result i32))) (func (export "f") (result i32) (call $who)))
            """);
        using InstancePre pre = _world.Linker.InstantiatePre(module);
        using var first = new Store(_world.Engine);
        using var second = new Store(_world.Engine);
        first.SetHost(new Tenant { Id = 1 });
        second.SetHost(new Tenant { Id = 2 });
        Function inFirst = pre.Instantiate(first).GetFunction("f")!;
        Function inSecond = pre.Instantiate(second).GetFunction("f")!;
        Assert.Equal(1, inFirst.Call()[0].AsInt32());
        Assert.Equal(2, inSecond.Call()[0].AsInt32());
        first.SetHost(new Tenant { Id = 3 });
        Assert.Equal(3, inFirst.Call()[0].AsInt32());
    }

    [Fact]
    public void An_object_of_a_derived_class_serves_the_base_class()
    {
        _world.Linker.DefinePerStore<BaseTenant>();
        _world.Store.SetHost(new DerivedTenant());
        Assert.Equal(2, Call("base", "who", ""));
        _world.Store.SetHost(new BaseTenant());
        Assert.Equal(1, Call("base", "who", ""));
        _world.Store.SetHost<BaseTenant>(new DerivedTenant());
        Assert.Equal(2, Call("base", "who", ""));
    }

    [Fact]
    public void A_store_without_the_host_object_is_a_clear_error_through_the_guest()
    {
        _world.Linker.DefinePerStore<Tenant>();
        var exception = Assert.Throws<InvalidOperationException>(() => Call("tenant", "who", ""));
        Assert.Contains(typeof(Tenant).FullName!, exception.Message, StringComparison.Ordinal);
        Assert.Contains("SetHost", exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(GuestBacktrace.Of(exception)!.Frames);
    }

    private const string InjectingWat = """
        (module
          (import "injected" "all" (func $all (param i32 i32) (result i32)))
          (memory (export "memory") 1)
          (global (export "answer") i32 (i32.const 5))
          (table (export "table") 3 funcref)
          (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
          (func (export "run") (param i32 i32) (result i32) (call $all (local.get 0) (local.get 1))))
        """;

    private static string PeekWat(int content) => $$"""
        (module
          (import "injected" "peek" (func $peek (param i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "\0{{content}}\00\00\00")
          (func (export "peek") (param i32) (result i32) (call $peek (local.get 0))))
        """;

    /// <summary>Calls a host function through a guest that does nothing else.</summary>
    private int Call(string module, string name, string parameters, params int[] arguments)
    {
        string pass = string.Join(' ', arguments.Select((_, i) => $"(local.get {i})"));
        Instance instance = _world.Instantiate($"""
            (module
              (import "{module}" "{name}" (func $f (param {parameters}) (result i32)))
              (func (export "run") (param {parameters}) (result i32) (call $f {pass})))
            """);
        return instance.GetFunction("run")!.Call([.. arguments.Select(WasmValue.FromInt32)])[0].AsInt32();
    }
}
