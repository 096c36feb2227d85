using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// Holds instances with their memories, tables and globals, which live exactly as long as the store. One thread at a
/// time may use it; another one at the same moment gets an <see cref="InvalidOperationException"/> (the engine itself
/// does not check).
/// </summary>
public sealed unsafe partial class Store : IDisposable
{
    private readonly StoreHandle _handle;
    private readonly StoreOptions _options;
    private readonly Dictionary<Type, object> _hosts = [];
    private ResourceTable? _resources;
    private GuestThread? _thread;
    private int _ownInstances;

    /// <summary>Creates a store without limits beyond the engine's.</summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public Store(Engine engine)
        : this(engine, new StoreOptions())
    {
    }

    /// <summary>Creates a store.</summary>
    /// <exception cref="ArgumentException">
    /// A limit is negative, or there is fuel for an engine that uses none.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public Store(Engine engine, StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Fuel is not null && !engine.ConsumesFuel)
        {
            throw new ArgumentException("Fuel needs an engine with EngineOptions.ConsumeFuel.", nameof(options));
        }

        ThrowIfNegative(options.MaxMemoryBytes, nameof(options.MaxMemoryBytes));
        ThrowIfNegative(options.MaxTableElements, nameof(options.MaxTableElements));
        ThrowIfNegative(options.MaxInstances, nameof(options.MaxInstances));
        ThrowIfNegative(options.MaxTables, nameof(options.MaxTables));
        ThrowIfNegative(options.MaxMemories, nameof(options.MaxMemories));

        Engine = engine;
        _options = options;
        EngineHandle nativeEngine = engine.Handle;

        // The engine's store knows this object weakly: as long as a call runs, the caller's stack keeps it alive. The
        // engine frees the GCHandle when it deletes the store.
        nint self = GCHandle.ToIntPtr(GCHandle.Alloc(this, GCHandleType.Weak));
        nint store = wasmtime_store_new(nativeEngine, self, &HostData.Free);
        _handle = new StoreHandle(store);
        Context = wasmtime_store_context(store);
        if (engine.Ticker is not null)
        {
            wasmtime_store_epoch_deadline_callback(store, &OnEpoch, self, finalizer: null);
            wasmtime_context_set_epoch_deadline(Context, FarOff);
        }

        SetLimits();
        _takesCare = MemoryLimit is not null;
        if (options.Fuel is { } fuel)
        {
            EngineMessage.ThrowIfFailed(wasmtime_context_set_fuel(Context, fuel));
        }

        static void ThrowIfNegative(long? limit, string name) =>
            ArgumentOutOfRangeException.ThrowIfNegative(limit ?? 0, name);
    }

    /// <summary>The engine that the store was made with.</summary>
    public Engine Engine { get; private set; }

    /// <summary>
    /// The fuel left, in the engine's units (about one an instruction). At 0 the guest ends with an
    /// <see cref="OutOfFuelException"/>. May be set at any time, from a host method too.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The engine was made without <see cref="EngineOptions.ConsumeFuel"/>.
    /// </exception>
    public ulong Fuel
    {
        get
        {
            RequireFuel();
            Enter();
            ulong fuel;
            nint error = wasmtime_context_get_fuel(Context, &fuel);
            Exit();
            EngineMessage.ThrowIfFailed(error);
            return fuel;
        }

        set
        {
            RequireFuel();
            Enter();
            nint error = wasmtime_context_set_fuel(Context, value);
            Exit();
            EngineMessage.ThrowIfFailed(error);
        }
    }

    internal nint Context { get; }

    /// <summary>What this store's guests hold handles of.</summary>
    internal ResourceTable Resources => _resources ??= new ResourceTable();

    /// <summary>What runs asynchronous calls.</summary>
    internal GuestThread Thread =>
        _thread ?? Interlocked.CompareExchange(ref _thread, new GuestThread(Engine.ThreadStack), null) ?? _thread;

    /// <summary>How many resources are lent to guests for the calls that run.</summary>
    internal int LentCount => _resources?.LentCount ?? 0;

    /// <summary>How many handles are held by the calls that run.</summary>
    internal int HeldCount => _resources?.HeldCount ?? 0;

    /// <summary>
    /// What a thunk left for the call site, between its return to the engine and the engine's return to us.
    /// </summary>
    internal PendingError Pending { get; set; }

    /// <summary>
    /// The import that the pending error comes from; both null for one that only passes through, or of no host
    /// function.
    /// </summary>
    internal (string? Module, string? Function) PendingImport { get; set; }

    /// <summary>
    /// Sets the host object that functions defined with <see cref="Linker.DefinePerStore{T}"/> use in this store, in
    /// place of one set before.
    /// </summary>
    public void SetHost<T>(T host)
        where T : class, IWasmImports
    {
        ArgumentNullException.ThrowIfNull(host);
        Enter();
        _hosts[typeof(T)] = host;
        Exit();
    }

    /// <summary>The store whose guest called the host.</summary>
    internal static Store Of(nint caller)
    {
        object data = GCHandle.FromIntPtr(wasmtime_context_get_data(wasmtime_caller_context(caller))).Target!;
        return data.GetType() == typeof(Store) ? Unsafe.As<Store>(data) : OfOther(data);
    }

    /// <summary>Ends a call into the guest that failed: exits, and tells what to throw.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal ExceptionDispatchInfo FailureOf(nint error, nint trap)
    {
        GuestError failure = TakeFailure(error, trap);
        // an exception there was before has its backtrace already
        return Capture(failure.Exception ?? failure.ToException());
    }

    /// <summary>Ends a call into the guest that failed: exits, and tells what it failed with.</summary>
    internal GuestError TakeFailure(nint error, nint trap)
    {
        GuestError failure = ReadFailure(error, trap);
        Exit();
        return failure;
    }

    /// <summary>
    /// Tells what a call into the guest failed with, and stays inside. It may have returned all the same, see
    /// <see cref="IsRefused"/>.
    /// </summary>
    internal GuestError ReadFailure(nint error, nint trap) => Remember(Read(error, trap));

    /// <summary>The next instance is none of a guest's, and does not count.</summary>
    internal void AllowOwnInstance()
    {
        _ownInstances++;
        BeginMemories();
        SetLimits();
    }

    private void SetLimits()
    {
        const long EngineDefault = -1;
        const long DefaultInstances = 10_000;
        wasmtime_store_limiter(
            _handle.DangerousGetHandle(),
            MemoryLimit is null ? _options.MaxMemoryBytes ?? EngineDefault : EngineDefault,
            _options.MaxTableElements ?? EngineDefault,
            Math.Min(_options.MaxInstances ?? DefaultInstances, int.MaxValue) + _ownInstances,
            _options.MaxTables ?? EngineDefault,
            _options.MaxMemories ?? EngineDefault);
    }

    private GuestError Read(nint error, nint trap)
    {
        PendingError pending = _official is null ? Pending : TakePending(error);
        Pending = default;
        if (_refusal is { } refusal)
        {
            pending = pending.IsNone ? new PendingError(refusal, OutOfMemoryType.Instance) : pending;
            _refusal = null;
        }

        int fault = _handle.KeepFault(
            error, trap, landed: IsOutermost, new FaultOrigin(_modules, PendingImport.Module, PendingImport.Function));
        PendingImport = default;
        if (pending.Exception is { } exception)
        {
            GuestBacktrace backtrace = AttachFault(exception, fault, pending.Journey);
            return new GuestError(
                backtrace.KindOf(exception),
                (exception as TrapException)?.Code ?? default,
                exception,
                null,
                this,
                fault);
        }

        if (pending.Type is not null)
        {
            return new GuestError(pending.Type.Kind, default, pending.Payload, pending.Type, this, fault);
        }

        return trap != 0
            ? new GuestError(GuestErrorKind.Trap, ReadTrapCode(trap), null, null, this, fault)
            : new GuestError(GuestErrorKind.Engine, default, EngineMessage.Read(error), null, this, fault);
    }

    private TrapCode ReadTrapCode(nint trap)
    {
        byte code;
        if (wasmtime_trap_code(trap, &code) != 0)
        {
            return EngineGeneration.ReadTrapCode(code);
        }

        // The one trap without a code: a WebAssembly exception that nobody caught. The store holds it until it is
        // taken.
        wasmtime_externref_t exception;
        if (wasmtime_context_take_exception(Context, &exception) == 0)
        {
            return TrapCode.Unknown;
        }

        wasmtime_exnref_unroot(&exception);
        return TrapCode.UncaughtException;
    }

    /// <summary>Gives an exception the backtrace of a failure, if that was the store's last.</summary>
    internal GuestBacktrace AttachFault(Exception exception, int fault, Journey journey = Journey.GoesOn)
    {
        GuestBacktrace? backtrace = _handle.ReadFault(fault, out bool landed);
        return GuestBacktrace.Deliver(exception, this, backtrace, landed, journey);
    }

    /// <summary>The backtrace of a failure, if that was the store's last.</summary>
    internal GuestBacktrace? ReadFault(int fault) => _handle.ReadFault(fault, out _);

    /// <summary>Takes back what was lent since there were so many.</summary>
    internal void EndLoans(int count)
    {
        if (_resources is { } resources && resources.LentCount > count)
        {
            resources.EndLoans(count);
        }
    }

    /// <summary>What a guest's result gave away since so many handles were held is the host's.</summary>
    internal void AcceptHandles(int count)
    {
        if (_resources is { } resources && resources.HeldCount > count)
        {
            resources.Accept(count);
        }
    }

    /// <summary>What it gave away and the host did not accept stays the guest's.</summary>
    internal void ReleaseHandles(int count)
    {
        if (_resources is { } resources && resources.HeldCount > count)
        {
            resources.Release(count);
        }
    }

    internal T Host<T>()
        where T : class => _hosts.TryGetValue(typeof(T), out object? host)
            ? Unsafe.As<T>(host)
            : throw GuestBacktrace.BeginInFlight(new InvalidOperationException(
                $"The guest called a function of {typeof(T)}, but its store has no such host object: call store.SetHost(…) before the guest runs."));

    internal void RequireFuel()
    {
        if (!Engine.ConsumesFuel)
        {
            throw new InvalidOperationException(
                _official is null ? "Fuel needs an engine with EngineOptions.ConsumeFuel." : OfficialPackage.NeedsFuel);
        }
    }

    /// <summary>What a thunk leaves for the call site.</summary>
    /// <param name="Payload">The exception, or the error that the host method returned.</param>
    /// <param name="Type">Of a returned error, how to make an exception for it; null for an exception.</param>
    /// <param name="Journey">Of an exception, whether it begins its way out here.</param>
    internal readonly record struct PendingError(object? Payload, InterruptType? Type, Journey Journey = Journey.GoesOn)
    {
        internal Exception? Exception => Type is null ? (Exception?)Payload : null;

        internal bool IsNone => Payload is null && Type is null;
    }
}
