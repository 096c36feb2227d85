using System.Runtime.InteropServices;
using WasmBindgen.Native.Handles;

namespace WasmBindgen.Native;

// wasmtime/store.h
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint wasmtime_store_new(
        EngineHandle engine, nint data, delegate* unmanaged[Cdecl]<nint, void> finalizer);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_store_context(nint store);

    [LibraryImport(Library)]
    internal static partial void wasmtime_store_limiter(
        nint store, long memorySize, long tableElements, long instances, long tables, long memories);

    [LibraryImport(Library)]
    internal static partial void wasmtime_store_delete(nint store);

    // Short, never blocks and never calls back, so the transition out of cooperative mode can be left out.
    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint wasmtime_context_get_data(nint context);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_context_set_fuel(nint context, ulong fuel);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_context_get_fuel(nint context, ulong* fuel);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_context_gc(nint context);

    /// <summary>Does not take ownership of the root, whatever the header says (seen in 50.0.1).</summary>
    /// <returns>A trap for the host function to return.</returns>
    [LibraryImport(Library)]
    internal static partial nint wasmtime_context_set_exception(nint context, wasmtime_externref_t* exception);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_context_take_exception(nint context, wasmtime_externref_t* exception);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void wasmtime_context_set_epoch_deadline(nint context, ulong ticksBeyondCurrent);

    [LibraryImport(Library)]
    internal static partial void wasmtime_store_epoch_deadline_callback(
        nint store,
        delegate* unmanaged[Cdecl]<nint, nint, ulong*, byte*, nint> callback,
        nint data,
        delegate* unmanaged[Cdecl]<nint, void> finalizer);
}
