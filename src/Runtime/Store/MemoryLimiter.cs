using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// The limits of a store's memories, if this library creates them. A guest that asks for more gets -1, or is ended.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="options">The store's limits.</param>
/// <param name="interrupts">Whether a guest that asks for more is ended.</param>
internal sealed class MemoryLimiter(Store store, StoreOptions options, bool interrupts)
{
    // The size of all memories together, in bytes.
    private ulong _total;

    // The running guest's refused request, until its call ends with it.
    private MemoryRefusal? _refusal;

    /// <summary>Whether a call may end because its guest asked for too much.</summary>
    internal bool Interrupts { get; } =
        interrupts && (options.MaxMemoryBytes is not null || options.MaxTotalMemory is not null);

    /// <summary>Whether the innermost call was refused memory.</summary>
    internal bool IsRefused => _refusal is not null;

    /// <summary>The store, whose memories do not keep it alive.</summary>
    internal WeakReference<Store> Store { get; } = new(store, trackResurrection: true);

    /// <summary>Must be called before the engine creates memories.</summary>
    internal void BeginMemories() => LimitedMemory.BeginFor(Store);

    /// <summary>
    /// Whether a memory may grow. If not, and if that ends the running guest, then it ends at its next check.
    /// </summary>
    /// <param name="from">Its size in bytes; 0 for a new memory.</param>
    /// <param name="to">The requested size.</param>
    internal bool Allows(ulong from, ulong to)
    {
        if (Exceeded(from, to) is not { } refusal)
        {
            return true;
        }

        if (interrupts)
        {
            _refusal = refusal;
            wasmtime_context_set_epoch_deadline(store.Context, 0);
        }

        return false;
    }

    /// <summary>The limit that a memory would exceed if it grew; null for none.</summary>
    internal MemoryRefusal? Exceeded(ulong from, ulong to)
    {
        if (options.MaxMemoryBytes is { } most && to > (ulong)most)
        {
            return new MemoryRefusal(ToInt64(to), most, nameof(StoreOptions.MaxMemoryBytes));
        }

        return options.MaxTotalMemory is { } total && (_total > (ulong)total || to - from > (ulong)total - _total)
            ? new MemoryRefusal(ToInt64((UInt128)_total + (to - from)), total, nameof(StoreOptions.MaxTotalMemory))
            : null;

        static long ToInt64(UInt128 bytes) => (long)UInt128.Min(bytes, long.MaxValue);
    }

    /// <summary>A memory has changed its size.</summary>
    internal void Count(ulong from, ulong to) => _total += to - from;

    /// <summary>The refused request of the call that now ends.</summary>
    internal MemoryRefusal? Take()
    {
        MemoryRefusal? refusal = _refusal;
        _refusal = null;
        return refusal;
    }

    /// <summary>Ends a call, and restores the refused request of the call around it.</summary>
    /// <param name="outer">What <see cref="Take"/> returned before the call.</param>
    internal void Restore(MemoryRefusal? outer)
    {
        if (outer == _refusal)
        {
            return; // a read is faster than a write
        }

        _refusal = outer;
        if (outer is not null)
        {
            wasmtime_context_set_epoch_deadline(store.Context, 0);
        }
    }
}
