namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("env")]
public sealed partial class GuestParameterHost
{
    public List<CallingGuest> Seen { get; } = [];

    /// <summary>Calls the guest back; nothing had to be set after the instantiation.</summary>
    public int Twice(CallingGuest guest, int value)
    {
        Seen.Add(guest);
        return guest.Double(value);
    }

    public void Lacking(LackingGuest guest) => _ = guest;
}

[WasmImport("env")]
public static partial class StaticGuestParameterHost
{
    public static string Name(string text, CallingGuest guest) => $"{text} {guest.Double(text.Length)}";
}

[WasmExport]
public sealed partial class CallingGuest
{
    public int State { get; set; }

    public partial int Double(int value);

    public partial int Run(int value);
}

[WasmExport]
public sealed partial class LackingGuest
{
    public partial void Missing();
}

public sealed class GuestParameterTests : IDisposable
{
    private readonly World _world = new();
    private readonly GuestParameterHost _host = new();

    public GuestParameterTests() => _world.Linker.Define(_host);

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_host_method_gets_the_guest_that_calls()
    {
        var guest = new CallingGuest(_world.Instantiate(Wat(2))) { State = 7 };
        Assert.Equal(42, guest.Run(21));
        Assert.Same(guest, Assert.Single(_host.Seen));
    }

    [Fact]
    public void The_object_is_made_once_if_there_is_none()
    {
        Instance instance = _world.Instantiate(Wat(2));
        Function run = instance.GetFunction("run")!;
        Assert.Equal(42, run.Call(21)[0].AsInt32());
        Assert.Equal(8, run.Call(4)[0].AsInt32());
        Assert.Same(_host.Seen[0], _host.Seen[1]);
        new CallingGuest(instance).Run(1);
        Assert.Same(_host.Seen[0], _host.Seen[2]);
    }

    [Fact]
    public void Each_of_several_instances_gets_its_own()
    {
        CallingGuest[] guests =
            [.. Enumerable.Range(2, 3).Select(factor => new CallingGuest(_world.Instantiate(Wat(factor))))];
        foreach (int i in (int[])[0, 1, 2, 1, 0])
        {
            Assert.Equal(10 * (i + 2), guests[i].Run(10));
            Assert.Same(guests[i], _host.Seen[^1]);
        }
    }

    /// <summary>A library that one instance exports, and another exports again under the same name.</summary>
    [Fact]
    public void Instances_that_export_one_another_s_functions_are_told_apart()
    {
        Instance library = _world.Instantiate(Wat(2));
        _world.Linker.Define("library", library);
        Instance user = _world.Instantiate("""
            (module
              (import "library" "double" (func $double (param i32) (result i32)))
              (import "env" "twice" (func $twice (param i32) (result i32)))
              (export "double" (func $double))
              (func (export "run") (param i32) (result i32) (call $twice (local.get 0))))
            """);
        var guest = new CallingGuest(user);
        var libraryGuest = new CallingGuest(library);
        Assert.Equal(10, guest.Run(5));
        Assert.Same(guest, _host.Seen[^1]);
        Assert.Equal(10, libraryGuest.Run(5));
        Assert.Same(libraryGuest, _host.Seen[^1]);
    }

    [Fact]
    public void In_a_start_function_the_instance_is_not_there_yet()
    {
        var error = Assert.Throws<InvalidOperationException>(() => _world.Instantiate("""
            (module
              (import "env" "twice" (func $twice (param i32) (result i32)))
              (func $start (drop (call $twice (i32.const 1))))
              (start $start))
            """));
        Assert.StartsWith(
            "A host method takes a WasmBindgen.EndToEnd.Tests.CallingGuest, but the calling instance is not known",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_lacks_exports_is_told_so()
    {
        Instance instance = _world.Instantiate("""
            (module (import "env" "lacking" (func $lacking)) (func (export "run") (call $lacking)))
            """);
        var error = Assert.Throws<LinkException>(() => instance.GetFunction("run")!.Call());
        Assert.Equal([new LinkProblem("missing", "func", null)], error.Problems);
        Assert.NotNull(error.Backtrace);
    }

    [Fact]
    public void Static_methods_with_values_in_memory_get_it_too()
    {
        StaticGuestParameterHost.AddTo(_world.Linker);
        Instance instance = _world.Instantiate("""
            (module
              (import "env" "name" (func $name (param i32 i32 i32)))
              (memory (export "memory") 1)
              (data (i32.const 8) "abc")
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
              (func (export "double") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
              (func (export "run") (param i32) (result i32)
                (call $name (i32.const 8) (i32.const 3) (i32.const 32)) (i32.load8_u (i32.const 68))))
            """);
        Assert.Equal('6', instance.GetFunction("run")!.Call(0)[0].AsInt32());
    }

    private static string Wat(int factor) => $$"""
        (module
          (import "env" "twice" (func $twice (param i32) (result i32)))
          (func (export "double") (param i32) (result i32) (i32.mul (local.get 0) (i32.const {{factor}})))
          (func (export "run") (param i32) (result i32) (call $twice (local.get 0))))
        """;
}
