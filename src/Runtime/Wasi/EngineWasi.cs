using System.Diagnostics.CodeAnalysis;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary>
/// The engine's own WASI for a guest with one memory, called by our functions of the same name. The engine uses the
/// memory of the calling instance, and a host function has no instance. So the call goes through a small instance that
/// has the guest's memory as its own.
/// </summary>
internal sealed unsafe class EngineWasi
{
    private readonly GuestFunction _read;
    private readonly GuestFunction _write;
    private readonly GuestFunction _open;
    private readonly GuestFunction _close;
    private readonly GuestFunction _renumber;
    private readonly GuestFunction _poll;
    private readonly GuestFunction _time;

    private EngineWasi(Instance instance)
    {
        var exports = new GuestExports(instance);
        _read = Function("fd_read", 4);
        _write = Function("fd_write", 4);
        _open = exports.Function("path_open", WasiFunctions.OpenParameters, [ValueKind.I32]);
        _close = Function("fd_close", 1);
        _renumber = Function("fd_renumber", 2);
        _poll = Function("poll_oneoff", 4);
        _time = exports.Function("clock_time_get", [ValueKind.I32, ValueKind.I64, ValueKind.I32], [ValueKind.I32]);
        exports.ThrowIfIncomplete(nameof(EngineWasi));

        GuestFunction Function(string name, int count) =>
            exports.Function(name, [.. Enumerable.Repeat(ValueKind.I32, count)], [ValueKind.I32]);
    }

    // Each takes the function's slots, and leaves the errno in the first.
    internal void Read(Slot* slots) => _read.Call(slots, 4);

    internal void Write(Slot* slots) => _write.Call(slots, 4);

    internal void Open(Slot* slots) => _open.Call(slots, (nuint)WasiFunctions.OpenParameters.Length);

    internal void Close(Slot* slots) => _close.Call(slots, 1);

    internal void Renumber(Slot* slots) => _renumber.Call(slots, 2);

    internal void Poll(Slot* slots) => _poll.Call(slots, 4);

    internal void Time(Slot* slots) => _time.Call(slots, 3);

    /// <summary>Shared by all stores of an engine. Created early, while the engine is certain to exist.</summary>
    [SuppressMessage(
        "Design", "CA1001", Justification = "It lives as long as any store may need it.")]
    internal sealed class Template
    {
        private readonly Linker _linker;
        private readonly Module _module;

        internal Template(Engine engine)
        {
            _linker = new Linker(engine);
            _linker.DefineEngineWasi();
            _module = Module.FromText(engine, "wasi", $$"""
                (module
                  (type $vectors (func (param i32 i32 i32 i32) (result i32)))
                  (type $open (func (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
                  (import "guest" "memory" (memory 0))
                  (import "{{WasiFunctions.Module}}" "fd_read" (func $fd_read (type $vectors)))
                  (import "{{WasiFunctions.Module}}" "fd_write" (func $fd_write (type $vectors)))
                  (import "{{WasiFunctions.Module}}" "path_open" (func $path_open (type $open)))
                  (import "{{WasiFunctions.Module}}" "fd_close" (func $fd_close (param i32) (result i32)))
                  (import "{{WasiFunctions.Module}}" "fd_renumber" (func $fd_renumber (param i32 i32) (result i32)))
                  (import "{{WasiFunctions.Module}}" "poll_oneoff" (func $poll_oneoff (type $vectors)))
                  (import "{{WasiFunctions.Module}}" "clock_time_get"
                    (func $clock_time_get (param i32 i64 i32) (result i32)))
                  (export "memory" (memory 0))
                  (func (export "fd_read") (type $vectors)
                    (call $fd_read (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
                  (func (export "fd_write") (type $vectors)
                    (call $fd_write (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
                  (func (export "fd_close") (param i32) (result i32) (call $fd_close (local.get 0)))
                  (func (export "path_open") (type $open)
                    (call $path_open
                      (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5)
                      (local.get 6) (local.get 7) (local.get 8)))
                  (func (export "fd_renumber") (param i32 i32) (result i32)
                    (call $fd_renumber (local.get 0) (local.get 1)))
                  (func (export "poll_oneoff") (type $vectors)
                    (call $poll_oneoff (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
                  (func (export "clock_time_get") (param i32 i64 i32) (result i32)
                    (call $clock_time_get (local.get 0) (local.get 1) (local.get 2))))
                """);
        }

        internal EngineWasi For(Memory memory)
        {
            using var linker = new Linker(_linker);
            linker.Define("guest", "memory", memory);
            return new EngineWasi(linker.InstantiateOwn(memory.Store, _module));
        }
    }
}
