using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// result: case 0 with the value, or case 1 with the error. Both share their slots, and their place in memory.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitResult<T, TShape, TError, TErrorShape> : ICanonical<Result<T, TError>>
    where TShape : struct, ICanonical<T>
    where TErrorShape : struct, ICanonical<TError>
{
    /// <inheritdoc/>
    public static int Size => Cases.Size(1, Math.Max(TShape.Size, TErrorShape.Size), Alignment);

    /// <inheritdoc/>
    public static int Alignment => Math.Max(TShape.Alignment, TErrorShape.Alignment);

    /// <inheritdoc/>
    public static Result<T, TError> Lift(Slot* slots, ref GuestMemory memory) =>
        Cases.Check(slots->U32, 2, "result") == 0
            ? Result<T, TError>.Ok(memory.Lift<T, TShape>(slots + 1, "ok"))
            : Result<T, TError>.Error(memory.Lift<TError, TErrorShape>(slots + 1, "error"));

    /// <inheritdoc/>
    public static Result<T, TError> Load(uint address, ref GuestMemory memory) =>
        Cases.Check(memory.ReadU8(address), 2, "result") == 0
            ? Result<T, TError>.Ok(memory.Load<T, TShape>(address + (uint)Alignment, "ok"))
            : Result<T, TError>.Error(memory.Load<TError, TErrorShape>(address + (uint)Alignment, "error"));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, Result<T, TError> value, ref GuestMemory memory)
    {
        if (value.IsOk)
        {
            TShape.Lower(slots + 1, value.Value, ref memory);
        }
        else
        {
            slots->U32 = 1;
            TErrorShape.Lower(slots + 1, value.ErrorValue, ref memory);
        }
    }

    /// <inheritdoc/>
    public static void Store(uint address, Result<T, TError> value, ref GuestMemory memory)
    {
        memory.WriteU8(address, value.IsOk ? (byte)0 : (byte)1);
        if (value.IsOk)
        {
            TShape.Store(address + (uint)Alignment, value.Value, ref memory);
        }
        else
        {
            TErrorShape.Store(address + (uint)Alignment, value.ErrorValue, ref memory);
        }
    }
}

/// <summary>The missing payload of a result.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitUnit : ICanonical<Unit>
{
    /// <inheritdoc/>
    public static int Size => 0;

    /// <inheritdoc/>
    public static int Alignment => 1;

    /// <inheritdoc/>
    public static Unit Lift(Slot* slots, ref GuestMemory memory) => default;

    /// <inheritdoc/>
    public static Unit Load(uint address, ref GuestMemory memory) => default;

    /// <inheritdoc/>
    public static void Lower(Slot* slots, Unit value, ref GuestMemory memory)
    {
    }

    /// <inheritdoc/>
    public static void Store(uint address, Unit value, ref GuestMemory memory)
    {
    }
}
