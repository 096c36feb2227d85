using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// A batch of <c>wasm_trap_t</c> and <c>wasmtime_error_t</c> of one store, kept because their frames may still be read.
/// Each belongs to one backtrace. When all of these are gone, a single finalizer deletes the rest; one finalizer for
/// each would cost more than the failure.
/// </summary>
internal sealed class FaultBatch
{
    // A backtrace that is kept alive keeps this many, at 2 KB each.
    private const int Size = 32;
    private const nint TrapMark = 1; // of a pointer, whose low bits are zero

    private readonly nint[] _faults = new nint[Size];
    private int _count;

    ~FaultBatch()
    {
        for (int i = 0; i < _count; i++)
        {
            if (Take(i, out bool isTrap) is not 0 and var fault)
            {
                Delete(fault, isTrap);
            }
        }
    }

    internal static void Delete(nint fault, bool isTrap)
    {
        if (isTrap)
        {
            wasm_trap_delete(fault);
        }
        else
        {
            wasmtime_error_delete(fault);
        }
    }

    /// <summary>Takes over a trap or error. Not thread-safe.</summary>
    /// <returns>False if there is no room.</returns>
    internal bool TryAdd(nint fault, bool isTrap, out int index)
    {
        index = _count;
        if (index == Size)
        {
            return false;
        }

        _faults[index] = fault | (isTrap ? TrapMark : 0);
        _count++;
        return true;
    }

    /// <summary>Hands over a trap or error; 0 if it was handed over before.</summary>
    internal nint Take(int index, out bool isTrap)
    {
        nint marked = Interlocked.Exchange(ref _faults[index], 0);
        isTrap = (marked & TrapMark) != 0;
        return marked & ~TrapMark;
    }
}

/// <summary>A trap or error in a batch.</summary>
/// <param name="Batch">The batch; null for none.</param>
/// <param name="Index">The index in the batch.</param>
/// <param name="Origin">What the frames do not contain.</param>
internal readonly record struct KeptFault(FaultBatch? Batch, int Index, FaultOrigin Origin);
