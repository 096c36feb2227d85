using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// The limit of a store's memories, if this library enforces it. A guest that asks for more is then ended, instead of
/// only getting -1.
/// </summary>
internal sealed class MemoryLimiter(Store store, long? limit)
{
    private readonly WeakReference<Store> _store = new(store, trackResurrection: true);

    // The running guest's refused request, until its call ends with it.
    private MemoryRefusal? _refusal;

    /// <summary>The largest size of a memory in bytes; null for no limit.</summary>
    internal long? Limit => limit;

    /// <summary>Whether the innermost call was refused memory.</summary>
    internal bool IsRefused => _refusal is not null;

    /// <summary>Must be called before the engine creates memories.</summary>
    internal void BeginMemories() => LimitedMemory.BeginFor(_store);

    /// <summary>The running guest asked for too much: it ends at its next check.</summary>
    internal void Refuse(long requested, long most)
    {
        _refusal = new MemoryRefusal(requested, most);
        wasmtime_context_set_epoch_deadline(store.Context, 0);
    }

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
