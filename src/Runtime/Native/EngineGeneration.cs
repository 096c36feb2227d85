using System.Runtime.InteropServices;

namespace WasmBindgen.Native;

/// <summary>
/// Facts about the one generation of the engine that this library works with, which may differ in the next. The native
/// library does not reveal its layouts and numbers, so they are written down here. docs/engine.md says how to check
/// them for a new generation.
/// </summary>
internal static unsafe class EngineGeneration
{
    /// <summary>The major version of Wasmtime.</summary>
    internal const int Major = 50;

    /// <summary>The number of the trap <c>Interrupt</c>.</summary>
    internal const byte InterruptCode = 10;

    /// <summary>The number of frames that the engine keeps for a backtrace. It has no setting for that.</summary>
    internal const int MaxFrames = 20;

    /// <summary>
    /// A function that was added with this generation's last changes. Earlier builds report the same version.
    /// </summary>
    internal const string NewestSymbol = "wasmtime_component_extern_type";

    // wasm_valkind_t: the numbers of types. For references, they differ from the numbers of values (ValueKind).
    private const byte FuncRefType = 129;
    private const byte ExternRefType = 128;

    // wasmtime_valtype_kind_t
    private const byte ReferenceType = 5;

    // By wasmtime_trap_code_t.
    private static readonly TrapCode[] TrapCodes =
    [
        TrapCode.StackOverflow, TrapCode.MemoryOutOfBounds, TrapCode.HeapMisaligned,
        TrapCode.TableOutOfBounds, TrapCode.IndirectCallToNull, TrapCode.BadSignature,
        TrapCode.IntegerOverflow, TrapCode.IntegerDivisionByZero, TrapCode.BadConversionToInteger,
        TrapCode.Unreachable, TrapCode.Interrupt, TrapCode.OutOfFuel,
        TrapCode.AtomicWaitNonSharedMemory, TrapCode.NullReference, TrapCode.ArrayOutOfBounds,
        TrapCode.AllocationTooLarge, TrapCode.CastFailure, TrapCode.CannotEnterComponent,
        TrapCode.NoAsyncResult, TrapCode.UnhandledTag, TrapCode.ContinuationAlreadyConsumed,
        TrapCode.DisabledOpcode, TrapCode.AsyncDeadlock, TrapCode.CannotLeaveComponent,
        TrapCode.CannotBlockSyncTask, TrapCode.InvalidChar, TrapCode.StringEncodingNotFinished,
        TrapCode.UnequalCodeUnits, TrapCode.PointerNotAligned, TrapCode.UpperBitsSet,
        TrapCode.StringOutOfBounds, TrapCode.ListOutOfBounds, TrapCode.InvalidDiscriminant,
        TrapCode.UnalignedPointer, TrapCode.TaskCancelNotCancelled, TrapCode.TaskCancelOrReturnTwice,
        TrapCode.SubtaskCancelAfterTerminal, TrapCode.TaskReturnInvalid, TrapCode.WaitableSetDropHasWaiters,
        TrapCode.SubtaskDropNotResolved, TrapCode.ThreadNewIndirectInvalidType, TrapCode.ThreadNewIndirectUninitialized,
        TrapCode.BackpressureOverflow, TrapCode.UnsupportedCallbackCode, TrapCode.CannotResumeThread,
        TrapCode.ConcurrentFutureStreamOp, TrapCode.ReferenceCountOverflow, TrapCode.StreamOpTooBig,
        TrapCode.WaitableSyncAndAsync, TrapCode.UncaughtException, TrapCode.ReadFromDroppedStream,
        TrapCode.WriteToDroppedStream, TrapCode.WriteToDroppedFuture, TrapCode.LiftDroppedStream,
    ];

    // By wasmtime_heaptype_kind_t.
    private static readonly ValueKind[] References =
    [
        ValueKind.ExternRef, ValueKind.NullExternRef, ValueKind.FuncRef, ValueKind.TypedFuncRef,
        ValueKind.NullFuncRef, ValueKind.AnyRef, ValueKind.NullRef, ValueKind.EqRef,
        ValueKind.I31Ref, ValueKind.ArrayRef, ValueKind.TypedArrayRef, ValueKind.StructRef,
        ValueKind.TypedStructRef, ValueKind.ExnRef, ValueKind.TypedExnRef, ValueKind.NullExnRef,
    ];

    /// <summary>Converts a trap's number to our code.</summary>
    internal static TrapCode ReadTrapCode(byte code) => code < TrapCodes.Length ? TrapCodes[code] : TrapCode.Unknown;

    /// <summary>Converts our code to a trap's number.</summary>
    internal static byte WriteTrapCode(TrapCode code) => (byte)Array.IndexOf(TrapCodes, code);

    /// <summary>
    /// Converts a type to ours. <c>wasm_valtype_kind</c> would end the process for types that are not in WebAssembly
    /// 1.0.
    /// </summary>
    internal static WasmValueType ReadValueType(nint type)
    {
        wasmtime_valtype_t native;
        NativeMethods.wasmtime_valtype_new(type, &native);
        WasmValueType result = native.kind != ReferenceType
            ? (ValueKind)native.kind
            : new WasmValueType(References[native.heap_kind], native.is_nullable != 0);
        NativeMethods.wasmtime_valtype_delete(&native);
        return result;
    }

    /// <summary>Creates a type for the engine, which takes ownership with the type that contains it.</summary>
    /// <returns>A <c>wasm_valtype_t</c>.</returns>
    internal static nint NewValueType(WasmValueType type) => type.Kind switch
    {
        ValueKind.V128 => NativeMethods.wasmtime_wasm_valtype_v128(),
        ValueKind.FuncRef => NativeMethods.wasm_valtype_new(FuncRefType),
        ValueKind.ExternRef => NativeMethods.wasm_valtype_new(ExternRefType),
        ValueKind kind => NativeMethods.wasm_valtype_new((byte)kind),
    };
}

// The structures that are passed by value or address. Sizes and offsets are those of the 64-bit C headers.

/// <summary><c>wasm_byte_vec_t</c>: bytes that the engine's allocator owns.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct wasm_byte_vec_t
{
    public nuint size;
    public byte* data;

    public readonly ReadOnlySpan<byte> Bytes => new(data, checked((int)size));
}

/// <summary>
/// Any vector of pointers: <c>wasm_valtype_vec_t</c>, <c>wasm_importtype_vec_t</c>, <c>wasm_frame_vec_t</c> …
/// </summary>
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

/// <summary>
/// <c>wasmtime_memory_t</c>, <c>wasmtime_table_t</c>, <c>wasmtime_global_t</c> or <c>wasmtime_tag_t</c>: plain 24-byte
/// handles.
/// </summary>
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

    [FieldOffset(8)]
    public nint shared_memory;
}

/// <summary><c>wasmtime_extern_kind_t</c>.</summary>
internal enum ExternKind : byte
{
    Func = 0,
    Global = 1,
    Table = 2,
    Memory = 3,
    SharedMemory = 4,
    Tag = 5,
}

/// <summary>
/// <c>wasmtime_externref_t</c> or <c>wasmtime_exnref_t</c>: a root of a reference; a store id of 0 is null.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct wasmtime_externref_t(ulong store_id, nint liveness, ulong root);

/// <summary><c>wasmtime_val_t</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct wasmtime_val_t
{
    [FieldOffset(0)]
    public byte kind;

    [FieldOffset(8)]
    public CompilerServices.Slot of;

    [FieldOffset(8)]
    public wasmtime_func_t func;

    [FieldOffset(8)]
    public wasmtime_externref_t externref;
}

/// <summary><c>wasmtime_valtype_t</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct wasmtime_valtype_t
{
    [FieldOffset(0)]
    public byte kind;

    [FieldOffset(8)]
    public byte is_nullable;

    [FieldOffset(16)]
    public byte heap_kind;
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
    public delegate* unmanaged[Cdecl]<
        nint, nint, nuint, nuint, nuint, nuint, wasmtime_linear_memory_t*, nint> new_memory;
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
