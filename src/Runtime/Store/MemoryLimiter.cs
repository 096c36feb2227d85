using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// The limit of a store's memories, when it is us who see to it: then a guest that asks for more ends, rather than
/// being told -1.
/// </summary>
internal sealed class MemoryLimiter(Store store, long? limit)
{
    private readonly WeakReference<Store> _store = new(store, trackResurrection: true);

    // What the running guest wanted and did not get, until its call ends with that.
    private MemoryRefusal? _refusal;

    /// <summary>The most bytes of a memory; null for as many as it wants.</summary>
    internal long? Limit => limit;

    /// <summary>Whether the innermost call was refused memory.</summary>
    internal bool IsRefused => _refusal is not null;

    /// <summary>Must come before the engine makes memories.</summary>
    internal void BeginMemories() => LimitedMemory.BeginFor(_store);

    /// <summary>The running guest asked for too much: it ends as soon as it looks.</summary>
    internal void Refuse(long requested, long most)
    {
        _refusal = new MemoryRefusal(requested, most);
        wasmtime_context_set_epoch_deadline(store.Context, 0);
    }

    /// <summary>What the call that now ends was refused.</summary>
    internal MemoryRefusal? Take()
    {
        MemoryRefusal? refusal = _refusal;
        _refusal = null;
        return refusal;
    }

    /// <summary>Ends a call that was not to end with what the one around it was refused.</summary>
    /// <param name="outer">What <see cref="Take"/> gave before it.</param>
    internal void Restore(MemoryRefusal? outer)
    {
        if (outer == _refusal)
        {
            return; // which takes less time than to write
        }

        _refusal = outer;
        if (outer is not null)
        {
            wasmtime_context_set_epoch_deadline(store.Context, 0);
        }
    }
}
