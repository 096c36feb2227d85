using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary>
/// The engine's own <c>fd_read</c> and <c>fd_write</c>, for files. They look for the memory of the instance that calls them, and a host function is none: so they are
/// called by a small instance that has the guest's memory as its own.
/// </summary>
internal sealed unsafe class WasiFiles
{
    private const string Wat = $$"""
        (module
          (import "guest" "memory" (memory 0))
          (import "{{WasiFunctions.Module}}" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
          (import "{{WasiFunctions.Module}}" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (export "memory" (memory 0))
          (func (export "fd_read") (param i32 i32 i32 i32) (result i32)
            (call $read (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
          (func (export "fd_write") (param i32 i32 i32 i32) (result i32)
            (call $write (local.get 0) (local.get 1) (local.get 2) (local.get 3))))
        """;

    private readonly GuestFunction _read;
    private readonly GuestFunction _write;

    internal WasiFiles(Store store, Memory memory)
    {
        using Module module = Module.FromText(store.Engine, "wasi files", Wat);
        using var linker = new Linker(store.Engine);
        linker.DefineEngineWasi();
        linker.Define("guest", "memory", memory);
        var exports = new GuestExports(linker.Instantiate(store, module));
        ReadOnlySpan<ValueKind> parameters = [ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32];
        _read = exports.Function("fd_read", parameters, [ValueKind.I32]);
        _write = exports.Function("fd_write", parameters, [ValueKind.I32]);
    }

    /// <returns>The errno.</returns>
    internal int Read(Slot* slots) => Call(_read, slots);

    /// <returns>The errno.</returns>
    internal int Write(Slot* slots) => Call(_write, slots);

    private static int Call(GuestFunction function, Slot* slots)
    {
        function.Call(slots, 4);
        return slots[0].S32;
    }
}
