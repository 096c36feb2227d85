using System.Runtime.InteropServices;

namespace WasmBindgen.Native;

// The engine's by-value structures. Sizes and offsets are those of the 64-bit C headers, and all of them are the same in
// every engine version that the runtime accepts; the one that is not (wasmtime_val_t) says how it copes.

/// <summary><c>wasm_byte_vec_t</c>: bytes that the engine's allocator owns.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct wasm_byte_vec_t
{
    public nuint size;
    public byte* data;

    public readonly ReadOnlySpan<byte> Bytes => new(data, checked((int)size));
}

/// <summary>Any vector of pointers: <c>wasm_valtype_vec_t</c>, <c>wasm_importtype_vec_t</c>, <c>wasm_frame_vec_t</c> …</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct wasm_ptr_vec_t
{
    public nuint size;
    public nint* data;
}

/// <summary><c>wasmtime_func_t</c>, a plain handle: copied freely, valid until its store is deleted.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct wasmtime_func_t
{
    public ulong store_id;
    public nint index;
}

/// <summary><c>wasmtime_instance_t</c>, a plain handle.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct wasmtime_instance_t
{
    public ulong store_id;
    public nuint index;
}

/// <summary><c>wasmtime_memory_t</c>, <c>wasmtime_table_t</c> or <c>wasmtime_global_t</c>: plain 24-byte handles.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct wasmtime_item_t(ulong store_id, ulong index, ulong sub_index);

/// <summary><c>wasmtime_extern_t</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct wasmtime_extern_t
{
    [FieldOffset(0)]
    public ExternKind kind;

    [FieldOffset(8)]
    public wasmtime_func_t func;

    [FieldOffset(8)]
    public wasmtime_item_t item;
}

/// <summary><c>wasmtime_extern_kind_t</c>.</summary>
internal enum ExternKind : byte
{
    Func = 0,
    Global = 1,
    Table = 2,
    Memory = 3,
    SharedMemory = 4,
}

/// <summary>A root of an externref: 16 bytes up to Wasmtime 36, 24 from 37, of which the engine writes and reads as many as it knows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct wasmtime_externref_t
{
    internal ulong store_id;
    internal ulong index;
    internal nint further;
}

/// <summary>
/// One <c>wasmtime_val_t</c>: 24 bytes up to Wasmtime 36, 32 from 37. The value lies at offset 8 in both, so a single value in
/// a 32-byte buffer is right everywhere. An array of them never is, and is never used.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct wasmtime_val_t
{
    [FieldOffset(0)]
    public byte kind;

    [FieldOffset(8)]
    public CompilerServices.Slot of;

    [FieldOffset(8)]
    public wasmtime_func_t func;
}

/// <summary><c>wasm_limits_t</c>; a <c>max</c> of 0xffffffff means none.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct wasm_limits_t
{
    public uint min;
    public uint max;
}

/// <summary><c>wasmtime_memory_creator_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct wasmtime_memory_creator_t
{
    public nint env;
    public delegate* unmanaged[Cdecl]<nint, nint, nuint, nuint, nuint, nuint, wasmtime_linear_memory_t*, nint> new_memory;
    public delegate* unmanaged[Cdecl]<nint, void> finalizer;
}

/// <summary><c>wasmtime_linear_memory_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct wasmtime_linear_memory_t
{
    public nint env;
    public delegate* unmanaged[Cdecl]<nint, nuint*, nuint*, byte*> get_memory;
    public delegate* unmanaged[Cdecl]<nint, nuint, nint> grow_memory;
    public delegate* unmanaged[Cdecl]<nint, void> finalizer;
}
