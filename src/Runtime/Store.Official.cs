using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>Stores of the official package, with which this library works as with its own.</summary>
public sealed unsafe partial class Store
{
    private readonly OfficialStore? _official;

    private Store(object official)
    {
        _official = new OfficialStore(official);
        _options = new StoreOptions();
        _gate = Returned;
        ObjectDisposedException.ThrowIf(!_official.TryHold(), official);

        _handle = new StoreHandle(_official.Native, isBorrowed: true);
        Context = wasmtime_store_context(_official.Native);
        Engine = new Engine(HasFuel);
        _official.LetGo();
    }

    /// <summary>The store of the official package behind this one; null for a store of this library's own.</summary>
    internal OfficialStore? Official => _official;

    /// <summary>Whether the engine was made to count fuel.</summary>
    internal bool HasFuel
    {
        get
        {
            ulong fuel;
            nint error = wasmtime_context_get_fuel(Context, &fuel);
            if (error != 0)
            {
                wasmtime_error_delete(error);
            }

            return error == 0;
        }
    }

    /// <summary>The one object for a store of the official package.</summary>
    internal static Store Adopt(object official) =>
        OfficialStore.Adopted.GetValue(official, static official => new Store(official));

    /// <summary>Has this store's guests look whether they have to stop, as those of our own stores do.</summary>
    internal void AllowInterruption(Engine engine)
    {
        Enter();
        try
        {
            if (Engine == engine)
            {
                return;
            }

            ThrowIfOtherEngine(engine);
            Engine = engine;
            nint self = GCHandle.ToIntPtr(GCHandle.Alloc(this, GCHandleType.Weak));
            wasmtime_store_epoch_deadline_callback(_official!.Native, &OnEpoch, self, &HostData.Free);
            wasmtime_context_set_epoch_deadline(Context, FarOff);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Nothing tells a store's engine, but it takes no module of another one.</summary>
    private void ThrowIfOtherEngine(Engine engine)
    {
        using Module empty = Module.FromBytes(engine, "empty", "\0asm\u0001\0\0\0"u8);
        wasmtime_instance_t instance;
        nint trap = 0;
        nint error = wasmtime_instance_new(Context, empty.Handle, null, 0, &instance, &trap);
        if (error != 0)
        {
            throw new ArgumentException($"The store refuses the engine: {EngineMessage.Take(error)}", nameof(engine));
        }
    }

    private PendingError TakePending(nint error)
    {
        int exitCode;
        PendingError pending = _official!.Take(this);
        return pending.IsNone && error != 0 && wasmtime_error_exit_status(error, &exitCode) != 0
            ? new PendingError(
                new GuestExitException(exitCode), Type: null) // by the engine's WASI, which has no exception of ours
            : pending;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Store OfOther(object data)
    {
        WeakReference last = OfficialStore.LastAdopted;
        if (last.Target is Store store && store._official!.Is(data))
        {
            return store;
        }

        store = Adopt(data);
        last.Target = store;
        return store;
    }
}
