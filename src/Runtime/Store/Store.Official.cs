using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>Stores of the official package, which this library uses like its own.</summary>
public sealed unsafe partial class Store
{
    private Store(object official)
    {
        Official = new OfficialStore(official);
        _options = StoreOptions.Default;
        _gate = Returned;
        ObjectDisposedException.ThrowIf(!Official.TryHold(), official);

        _handle = new StoreHandle(Official.Native, this, isBorrowed: true);
        Context = wasmtime_store_context(Official.Native);
        Engine = new Engine(HasFuel);
        Callers = new CallerExports(this);
        Limits = new CallLimits(this);
        Official.LetGo();
    }

    /// <summary>The store of the official package behind this one; null for this library's own stores.</summary>
    internal OfficialStore? Official { get; }

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

    /// <summary>Makes this store's guests check whether they must stop, as in our own stores.</summary>
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
            nint self = GCHandle.ToIntPtr(GCHandle.Alloc(this, GCHandleType.WeakTrackResurrection));
            CallLimits.Listen(Official!.Native, Context, self, &HostData.Free);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Nothing reveals a store's engine, but a store accepts no module of another engine.</summary>
    [StackTraceHidden]
    private void ThrowIfOtherEngine(Engine engine)
    {
        using Module empty = Module.FromBytes(engine, "empty", "\0asm\u0001\0\0\0"u8);
        wasmtime_instance_t instance;
        nint trap = 0;
        nint error = wasmtime_instance_new(Context, empty.Handle, null, 0, &instance, &trap);
        if (error != 0)
        {
            throw new ArgumentException(
                $"The store does not belong to this engine: {EngineMessage.Take(error)}", nameof(engine));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Store OfOther(object data)
    {
        WeakReference last = OfficialStore.LastAdopted;
        if (last.Target is Store store && store.Official!.Is(data))
        {
            return store;
        }

        store = Adopt(data);
        last.Target = store;
        return store;
    }
}
