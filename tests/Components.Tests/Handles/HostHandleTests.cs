namespace WasmBindgen.Components.Tests;

/// <summary>Objects of the host that it gives to a guest's functions, and gets back.</summary>
public sealed class HostHandleTests : IDisposable
{
    private const string Wat = """
        (component
          (import "test:host/things" (instance $things
            (export "r" (type $r (sub resource)))
            (export "[method]r.get" (func (param "self" (borrow $r)) (result u32)))))
          (alias export $things "r" (type $r))
          (core func $get (canon lower (func $things "[method]r.get")))
          (core func $drop (canon resource.drop $r))
          (core module $m
            (import "" "get" (func $get (param i32) (result i32)))
            (import "" "drop" (func $drop (param i32)))
            (memory (export "memory") 1)
            (global $next (mut i32) (i32.const 1024))
            (global $kept (mut i32) (i32.const 0))
            (func (export "realloc") (param i32 i32 i32 i32) (result i32)
              (global.set $next (i32.add (global.get $next) (i32.const 64)))
              (global.get $next))
            (func (export "pass") (param i32) (result i32) (local.get 0))
            (func (export "keep") (param i32) (result i32) (global.set $kept (local.get 0)) (local.get 0))
            (func (export "kept") (result i32) (global.get $kept))
            (func (export "get") (param i32) (result i32) (call $get (local.get 0)) (call $drop (local.get 0)))
            (func (export "get-kept") (result i32) (call $get (global.get $kept)))
            (func (export "get-own") (param i32) (result i32) (call $get (local.get 0)))
            (func (export "list") (param i32 i32) (result i32)
              (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1)) (i32.const 0))
            (func (export "swap") (param i32 i32) (result i32)
              (i32.store (i32.const 0) (local.get 1)) (i32.store (i32.const 4) (local.get 0)) (i32.const 0))
            (func (export "sum") (param i32 i32) (result i32)
              (call $get (i32.load (local.get 0))) (call $get (i32.load offset=4 (local.get 0))) (i32.add)
              (call $drop (i32.load (local.get 0))) (call $drop (i32.load offset=4 (local.get 0)))))
          (core instance $i (instantiate $m (with "" (instance
            (export "get" (func $get)) (export "drop" (func $drop))))))
          (export $s "s" (type $r))
          (func (export "pass") (param "p0" (own $s)) (result (own $s)) (canon lift (core func $i "pass")))
          (func (export "keep") (param "p0" (borrow $s)) (result u32) (canon lift (core func $i "keep")))
          (func (export "keep-own") (param "p0" (own $s)) (result u32) (canon lift (core func $i "keep")))
          (func (export "kept") (result (own $s)) (canon lift (core func $i "kept")))
          (func (export "get") (param "p0" (borrow $s)) (result u32) (canon lift (core func $i "get")))
          (func (export "get-own") (param "p0" (own $s)) (result u32) (canon lift (core func $i "get-own")))
          (func (export "get-kept") (result u32) (canon lift (core func $i "get-kept")))
          (func (export "list") (param "p0" (list (own $s))) (result (list (own $s)))
            (canon lift (core func $i "list") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
          (func (export "swap") (param "p0" (own $s)) (param "p1" (own $s)) (result (tuple (own $s) (own $s)))
            (canon lift (core func $i "swap") (memory (core memory $i "memory"))))
          (func (export "sum") (param "p0" (list (borrow $s))) (result u32)
            (canon lift (core func $i "sum") (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
        """;

    private readonly OracleComponent _component;
    private OracleInstance _theirs;
    private readonly Engine _engine = new();
    private readonly Store _store;
    private readonly ThingGuest _ours;

    public HostHandleTests()
    {
        _component = new OracleComponent(Wat)
            .DefineResource(HandleText.Things, "r", 1)
            .Define(HandleText.Things, "[method]r.get", static (_, arguments) =>
                ((WitValue.HostResource)arguments[0]).Rep);
        _theirs = _component.Instantiate();
        _store = new Store(_engine);
        using var linker = new Linker(_engine);
        Thing.AddTo(linker);
        using var component = Component.FromText(_engine, "things", Wat);
        _ours = new ThingGuest(linker.Instantiate(_store, component));
    }

    [Fact]
    public void Own_objects()
    {
        var thing = new Thing(5);
        Assert.Equal(Own(5), _theirs.Call("pass", Own(5)));
        Assert.Same(thing, _ours.Pass(thing));
        Assert.Equal(6u, _theirs.Call("get-own", Own(6)));
        Assert.Equal(6u, _ours.GetOwn(new Thing(6)));
        Assert.Equal(new WitValue.Tuple([Own(2), Own(1)]), _theirs.Call("swap", Own(1), Own(2)));
        var (first, second) = (new Thing(1), new Thing(2));
        Assert.Equal((second, first), _ours.Swap(first, second));
        Assert.Equal(new WitValue.List([Own(2), Own(1)]), _theirs.Call("list", new WitValue.List([Own(2), Own(1)])));
        Assert.Equal([second, first], _ours.List([second, first]));
    }

    [Fact]
    public void Lent_objects()
    {
        Assert.Equal(5u, _theirs.Call("get", Borrowed(5)));
        Assert.Equal(5u, _ours.Get(new Thing(5)));
        Assert.Equal(7u, _theirs.Call("sum", new WitValue.List([Borrowed(3), Borrowed(4)])));
        Assert.Equal(7u, _ours.Sum([new Thing(3), new Thing(4)]));
        var thing = new Thing(3);
        Assert.Equal(6u, _theirs.Call("sum", new WitValue.List([Borrowed(3), Borrowed(3)])));
        Assert.Equal(6u, _ours.Sum([thing, thing]));
    }

    [Fact]
    public void A_guest_must_drop_what_it_has_borrowed()
    {
        Refuse("keep", Borrowed(5), () => _ours.Keep(new Thing(5)));
        // Ours goes on, and the handle is gone.
        Assert.Throws<GuestMemoryException>(() => _ours.GetKept());
        Assert.Equal(5u, _ours.Get(new Thing(5)));
    }

    [Fact]
    public void A_guest_gives_a_handle_once()
    {
        Assert.Equal(1u, _theirs.Call("keep-own", Own(5)));
        var thing = new Thing(5);
        Assert.Equal(1u, _ours.KeepOwn(thing));
        Assert.Equal(Own(5), _theirs.Call("kept"));
        Assert.Same(thing, _ours.Kept());
        Refuse("kept", null, () => _ours.Kept());
        Assert.Throws<GuestMemoryException>(() => _ours.GetKept());
    }

    [Fact]
    public void A_guest_gives_handles_that_it_never_had()
    {
        Refuse("kept", null, () => _ours.Kept());
        Refuse("get-kept", null, () => _ours.GetKept());
    }

    public void Dispose()
    {
        _theirs.Dispose();
        _component.Dispose();
        _store.Dispose();
        _engine.Dispose();
    }

    private static WitValue.HostResource Own(uint rep) => new(1, rep, IsOwned: true);

    private static WitValue.HostResource Borrowed(uint rep) => new(1, rep, IsOwned: false);

    private void Refuse(string function, WitValue? argument, Action ours)
    {
        Assert.Throws<OracleTrapException>(() => _theirs.Call(function, argument is null ? [] : [argument]));
        _theirs.Dispose();
        _theirs = _component.Instantiate();
        Assert.Throws<GuestMemoryException>(ours);
    }
}

[WasmExport(Naming = Naming.KebabCase)]
internal sealed partial class ThingGuest
{
    public partial Thing Pass(Thing p0);

    public partial uint Keep(Borrow<Thing> p0);

    public partial uint KeepOwn(Thing p0);

    public partial Thing Kept();

    public partial uint Get(Borrow<Thing> p0);

    public partial uint GetOwn(Thing p0);

    public partial uint GetKept();

    public partial Thing[] List(Thing[] p0);

    public partial (Thing First, Thing Second) Swap(Thing p0, Thing p1);

    public partial uint Sum(Borrow<Thing>[] p0);
}
