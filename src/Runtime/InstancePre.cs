using System.Diagnostics;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// A module whose imports have already been looked up and checked. Safe for any number of threads and stores.
/// </summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed unsafe class InstancePre : IDisposable
{
    private readonly InstancePreHandle _handle;
    private readonly Linkage _linkage;
    private readonly Store? _boundStore;
    private readonly bool _hasWasi;
    private readonly Linker? _linker;

    /// <param name="linkage">The module, and the items of its linker.</param>
    /// <param name="boundStore">The store that its imports belong to; null if they belong to none.</param>
    /// <param name="pre">What the engine has linked; 0 if it is linked for each store.</param>
    /// <param name="hasWasi">Whether it may use WASI.</param>
    /// <param name="linker">For a module that is linked for each store, the linker, which this owns.</param>
    internal InstancePre(Linkage linkage, Store? boundStore, nint pre, bool hasWasi, Linker? linker = null)
    {
        _linkage = linkage;
        _boundStore = boundStore;
        _hasWasi = hasWasi;
        _linker = linker;
        _handle = new InstancePreHandle(pre);
    }

    /// <summary>The module.</summary>
    public Module Module => _linkage.Module;

    private string DebuggerDisplay => $"{Module.Name}{(_handle.IsClosed ? ", disposed" : "")}";

    /// <summary>
    /// Creates an instance in a store, and runs the module's start function if it has one; with
    /// <see cref="Linker.DefineWasi"/> also its <c>_initialize</c>, if it is a reactor.
    /// </summary>
    /// <exception cref="TrapException">The start function trapped, or a segment does not fit.</exception>
    /// <exception cref="InvalidOperationException">
    /// The linker was bound to another store, or another thread is using the store.
    /// </exception>
    public Instance Instantiate(Store store)
    {
        ArgumentNullException.ThrowIfNull(store);
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        if (store.Engine != Module.Engine)
        {
            throw new ArgumentException("The store and the module belong to different engines.", nameof(store));
        }

        if (_boundStore is not null && _boundStore != store)
        {
            throw new InvalidOperationException("This module was linked with items of another store.");
        }

        return Instantiate(store, ownMemories: null);
    }

    /// <summary>
    /// Creates an instance for the library's own use: it calls no host function, and no backtrace shows its frames.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="memories">The number of its memories that do not count against the store's limits.</param>
    internal Instance InstantiateOwn(Store store, int memories) => Instantiate(store, memories);

    [StackTraceHidden]
    private Instance Instantiate(Store store, int? ownMemories)
    {
        GuestError failure;
        using (new CallScope(store, function: null))
        {
            bool isReactor = _hasWasi && Module.IsReactor;
            if ((Module.MayStart || isReactor) && store.LacksStack)
            {
                throw store.NoStack();
            }

            if (_hasWasi)
            {
                store.Wasi.Ensure();
            }

            if (ownMemories is { } memories)
            {
                store.BeginOwnInstance(memories);
            }
            else
            {
                store.BeginInstance(_linkage);
            }

            wasmtime_instance_t instance;
            nint trap = 0;
            nint error = _linker is not null
                ? _linker.InstantiateWithTags(store, Module, &instance, &trap)
                : wasmtime_instance_pre_instantiate(_handle, store.Context, &instance, &trap);
            if (ownMemories is not null)
            {
                store.EndOwnInstance();
            }

            if (!store.HasFailed(error, trap))
            {
                store.NoteTags(Module, instance);
                var made = new Instance(store, instance, _linkage);
                if (ownMemories is null)
                {
                    store.Callers.Instances.End(made);
                }

                if (!isReactor || made.TryInitialize(out failure))
                {
                    return made;
                }
            }
            else
            {
                failure = store.Failures.Read(error, trap, isInstantiation: true);
            }
        }

        failure.Throw();
        throw new UnreachableException();
    }

    /// <summary>Releases it. Existing instances stay usable.</summary>
    public void Dispose()
    {
        _handle.Dispose();
        _linker?.Dispose();
    }
}
