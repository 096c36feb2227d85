using Wasmtime;

namespace OfficialTests;

/// <summary>The package's own objects, as a program has them that moves to the bindings.</summary>
internal sealed class World : IDisposable
{
    internal const string Wat =
        """
        (module
          (import "env" "add" (func $add (param i32 i32) (result i32)))
          (import "env" "say" (func $say (param i32 i32)))
          (import "env" "greet" (func $greet (param i32 i32 i32)))
          (import "env" "older" (func $older (param i32 i32 i32 i32)))
          (import "env" "stop" (func $stop (param i32 i32)))
          (import "env" "stop_by_value" (func $stop_by_value))
          (import "env" "fail" (func $fail))
          (import "env" "nest" (func $nest))
          (import "env" "sleep" (func $sleep))
          (import "env" "size" (func $size (result i32)))
          (import "env" "later" (func $later (param i32) (result i32)))
          (import "plain" "call" (func $plain))
          (import "tenant" "id" (func $id (result i32)))
          (import "static" "twice" (func $twice (param i32) (result i32)))

          (memory (export "memory") 1)
          (global (export "counter") (mut i32) (i32.const 7))
          (global $next (mut i32) (i32.const 1024))
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
            (local $at i32)
            (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
            (global.set $next (i32.add (local.get $at) (local.get 3)))
            (local.get $at))

          (func (export "call_add") (param i32 i32) (result i32) (call $add (local.get 0) (local.get 1)))
          (func (export "call_twice") (param i32) (result i32) (call $twice (local.get 0)))
          (func (export "call_later") (param i32) (result i32) (call $later (local.get 0)))
          (func (export "call_id") (result i32) (call $id))
          (func (export "call_say") (param i32 i32) (call $say (local.get 0) (local.get 1)))
          (func (export "call_greet") (param i32 i32) (result i32)
            (call $greet (local.get 0) (local.get 1) (i32.const 512))
            (i32.const 512))
          (func (export "call_older") (param i32 i32 i32) (result i32)
            (call $older (local.get 0) (local.get 1) (local.get 2) (i32.const 528))
            (i32.const 528))
          (func $call_stop (export "call_stop") (param i32 i32) (call $stop (local.get 0) (local.get 1)))
          (func (export "run") (call $call_stop (i32.const 0) (i32.const 0)))
          (func (export "call_stop_by_value") (call $stop_by_value))
          (func (export "call_fail") (call $fail))
          (func (export "call_nest") (call $nest))
          (func (export "call_plain") (call $plain))
          (func (export "call_size") (result i32) (call $size))
          (func (export "call_sleep") (call $sleep))
          (func (export "trap") unreachable)
          (func (export "forever") (loop $again (br $again))))
        """;

    internal World(Config? config = null, Action? plain = null)
    {
        Engine = new Engine(config ?? new Config());
        Module = Module.FromText(Engine, "guest", Wat);
        Linker = new Linker(Engine).Define(Env).DefinePerStore<Tenant>();
        Static.AddTo(Linker);
        Linker.DefineFunction("plain", "call", plain ?? (static () => { }));
    }

    internal Env Env { get; } = new();

    internal Engine Engine { get; }

    internal Module Module { get; }

    internal Linker Linker { get; }

    internal (Store Store, Instance Instance) Start(int tenant = 0)
    {
        var store = new Store(Engine);
        store.SetHost(new Tenant(tenant));
        return (store, Linker.Instantiate(store, Module));
    }

    public void Dispose()
    {
        Linker.Dispose();
        Module.Dispose();
        Engine.Dispose();
    }
}
