using System.Runtime.InteropServices;
using WasmBindgen.Native.Handles;

namespace WasmBindgen.Native;

// wasmtime/sharedmemory.h
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint wasmtime_sharedmemory_new(EngineHandle engine, nint type, nint* result);

    [LibraryImport(Library)]
    internal static partial void wasmtime_sharedmemory_delete(nint memory);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_sharedmemory_type(nint memory);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial byte* wasmtime_sharedmemory_data(nint memory);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nuint wasmtime_sharedmemory_data_size(nint memory);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial ulong wasmtime_sharedmemory_size(nint memory);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_sharedmemory_grow(nint memory, ulong pages, ulong* previous);
}
