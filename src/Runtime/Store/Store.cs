using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using WasmBindgen.Wasi;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// Holds instances with their memories, tables and globals, which live exactly as long as the store. One thread at a
/// time may use it; another one at the same moment gets an <see cref="InvalidOperationException"/> (the engine itself
/// does not check).
/// </summary>
public sealed unsafe partial class Store : IDisposable, IAsyncDisposable
{
    private readonly StoreHandle _handle;
    private readonly StoreOptions _options;
    // Few, and most stores have one or none: a dictionary would cost more than the search.
    private (Type Type, object Host)[] _hosts = [];
    private Failures? _failures;
    private ExceptionTable? _exceptions;
    private GuestThread? _thread;
    private StoreWasi? _wasi;
    private readonly nuint _stackNeed;
    private int _ownInstances;
    private int _ownMemories;

    /// <summary>Creates a store without limits beyond the engine's.</summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public Store(Engine engine)
        : this(engine, StoreOptions.Default)
    {
    }

    /// <summary>Creates a store.</summary>
    /// <exception cref="ArgumentException">
    /// A limit is negative, or fuel or the total of memory is limited, and the engine does not count it.
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

        if (options.MaxTotalMemory is not null && !engine.CountsMemory)
        {
            throw new ArgumentException(
                "MaxTotalMemory needs an engine with EngineOptions.CountMemory.", nameof(options));
        }

        ThrowIfNegative(options.MaxMemoryBytes, nameof(options.MaxMemoryBytes));
        ThrowIfNegative(options.MaxTotalMemory, nameof(options.MaxTotalMemory));
        ThrowIfNegative(options.MaxTableElements, nameof(options.MaxTableElements));
        ThrowIfNegative(options.MaxInstances, nameof(options.MaxInstances));
        ThrowIfNegative(options.MaxTables, nameof(options.MaxTables));
        ThrowIfNegative(options.MaxMemories, nameof(options.MaxMemories));

        Engine = engine;
        _options = options;
        _stackNeed = (nuint)engine.WasmStack + ThreadStack.Reserve;
        EngineHandle nativeEngine = engine.Handle;

        // The engine's store has only a weak reference to this object: while a call runs, the caller's stack keeps it
        // alive, and a finalizer that calls a guest still finds it. The engine gives the reference back when it deletes
        // the store.
        nint self = StoreReference.To(this);
        nint store = wasmtime_store_new(nativeEngine, self, &StoreReference.Free);
        _handle = new StoreHandle(store, this);
        Context = wasmtime_store_context(store);
        Callers = new CallerExports(this);
        Limits = new CallLimits(this);
        if (engine.Ticker is not null)
        {
            CallLimits.Listen(store, Context, self);
        }

        if (engine.CountsMemory)
        {
            MemoryLimiter = new MemoryLimiter(this, options, engine.MemoryLimitInterrupts);
            TakesCare = MemoryLimiter.Interrupts;
        }

        if (Telemetry.HearsGuestCalls)
        {
            Observer = new CallObserver(this);
            TakesCare = true;
        }

        SetLimits();
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
    /// The remaining fuel, in the engine's units (about one per instruction). At 0 the guest ends with an
    /// <see cref="OutOfFuelException"/>. May be set at any time, even in a host method.
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

    /// <summary>
    /// How long an outermost call into this store's guests may take, start functions included; null for no limit. After
    /// that time the guest ends with a <see cref="GuestTimeoutException"/>, at most
    /// <see cref="EngineOptions.InterruptionResolution"/> late. A change applies from the next call on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    /// <exception cref="InvalidOperationException">
    /// The engine was made without <see cref="EngineOptions.Interruption"/>.
    /// </exception>
    public TimeSpan? Timeout
    {
        get => Limits.Timeout;
        set
        {
            if (value is { } timeout)
            {
                if (timeout <= TimeSpan.Zero)
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(value), timeout, "A timeout is a positive time, or null for none.");
                }

                RequireInterruption();
            }

            Limits.Timeout = value;
            TakesCare = value is not null
                || Death is not null
                || MemoryLimiter is { Interrupts: true }
                || Observer is not null;
        }
    }

    internal nint Context { get; }

    /// <summary>The limits of the running calls.</summary>
    internal CallLimits Limits { get; }

    /// <summary>The exports of the instances that call the host.</summary>
    internal CallerExports Callers { get; }

    /// <summary>The instances of components, which live as long as it.</summary>
    internal List<ComponentInstance> Components => field ??= [];

    /// <summary>Whether components end with their first failure.</summary>
    internal bool PoisonsComponents => _options.PoisonAfterTrap;

    /// <summary>The failures of its calls.</summary>
    internal Failures Failures => _failures ??= new Failures(this, _options.EndsWithFailure);

    /// <summary>The limit of its memories, if this library enforces it.</summary>
    internal MemoryLimiter? MemoryLimiter { get; }

    /// <summary>Its fuel; only while the store is entered, and if <see cref="Engine"/> uses fuel.</summary>
    internal FuelTank Tank => new(Context);

    /// <summary>The objects of which this store's guests hold handles.</summary>
    internal ResourceTable Resources => ResourcesOrNull ??= new ResourceTable();

    internal ResourceTable? ResourcesOrNull { get; private set; }

    /// <summary>The externrefs and callbacks that cross.</summary>
    internal DelegateTable Delegates => field ??= new DelegateTable(this);

    internal FunctionTables Tables => field ??= new FunctionTables(this);

    internal ObjectHeap Objects => ObjectsOrNull ??= new ObjectHeap();

    internal ObjectHeap? ObjectsOrNull { get; private set; }

    internal ObjectTables ObjectTables => field ??= new ObjectTables(this);

    internal ReferenceTable References => ReferencesOrNull ??= new ReferenceTable(this);

    internal ReferenceTable? ReferencesOrNull { get; private set; }

    /// <summary>The WebAssembly exceptions of guests and host methods.</summary>
    internal ExceptionTable Exceptions => _exceptions ??= new ExceptionTable(this);

    /// <summary>The thread that runs asynchronous calls.</summary>
    internal GuestThread Thread =>
        _thread ?? Interlocked.CompareExchange(ref _thread, new GuestThread(Engine.ThreadStack), null) ?? _thread;

    /// <summary>What its guests see through WASI.</summary>
    internal StoreWasi Wasi => _wasi ??= new StoreWasi(this, _options.Wasi ?? new WasiOptions());

    /// <summary>The store has ended: what its guests had open of files in memory is closed.</summary>
    internal void CloseFiles() => _wasi?.Descriptors.CloseNodes();

    /// <summary>The error of every further call, if the store's guests have ended for good.</summary>
    internal GuestError? Death => IsDisposed ? null : _failures?.Death;

    /// <summary>Whether a call that begins now ends at once with <see cref="Death"/>.</summary>
    internal bool IsDead => TakesCare && Death is not null;

    /// <summary>Whether calls must check more than the store's gate.</summary>
    internal bool TakesCare { get; set; }

    /// <summary>
    /// Whether a call that begins now is limited by <see cref="Timeout"/> or its memory, or cannot begin at all.
    /// </summary>
    internal bool LimitsCalls =>
        TakesCare && (IsDead || Limits.IsTimed || MemoryLimiter is { Interrupts: true } || Observer is not null);

    /// <summary>What follows calls; null if nobody listened when the store was made.</summary>
    internal CallObserver? Observer { get; }

    /// <summary>
    /// The error that a thunk left for the call site, between its return to the engine and the engine's return to us.
    /// </summary>
    internal PendingError Pending { get; set; }

    /// <summary>
    /// The import that the pending error comes from; both null if the error only passes through, or has no host
    /// function.
    /// </summary>
    internal (string? Module, string? Function) PendingImport { get; set; }

    /// <summary>
    /// Sets the host object that functions defined with <see cref="Linker.DefinePerStore{T}"/> use in this store.
    /// Replaces the previous one. An object of a derived class also serves the base class, unless that has its own.
    /// </summary>
    public void SetHost<T>(T host)
        where T : class, IWasmImports
    {
        ArgumentNullException.ThrowIfNull(host);
        Enter();
        int index = Array.FindIndex(_hosts, static known => known.Type == typeof(T));
        _hosts = index < 0 ? [.. _hosts, default] : [.. _hosts]; // another thread's finalizer may read the old one
        _hosts[index < 0 ? ^1 : index] = (typeof(T), host);
        Exit();
    }

    /// <summary>
    /// Lets the engine find the externrefs that no guest holds any more, and releases their objects. The engine also
    /// does so when its own heap is full, but that can take many small references to large objects.
    /// </summary>
    public void CollectReferences()
    {
        Enter();
        nint error = wasmtime_context_gc(Context);
        Exit();
        EngineMessage.ThrowIfFailed(error);
    }

    /// <summary>The store whose guest called the host.</summary>
    internal static Store Of(nint caller)
    {
        object data = GCHandle.FromIntPtr(wasmtime_context_get_data(wasmtime_caller_context(caller))).Target!;
        return data.GetType() == typeof(Store) ? Unsafe.As<Store>(data) : OfOther(data);
    }

    /// <summary>
    /// Takes a delegate back that was passed to a guest, which keeps it until then, or until the store ends. The places
    /// that it had in the guest's tables are free again.
    /// </summary>
    /// <param name="callback">The delegate, or one that is equal to it.</param>
    /// <returns>Whether a guest had it.</returns>
    /// <remarks>
    /// The guest must not call it any more. If it does, the call fails with an <see cref="ObjectDisposedException"/>,
    /// or reaches a delegate of the same type that was passed later.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Another thread is using the store.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public bool Release(Delegate callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Enter();
        try
        {
            return Delegates.Release(callback);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>The object that <see cref="SetHost{T}"/> set.</summary>
    [StackTraceHidden]
    internal T Host<T>()
        where T : class
    {
        foreach ((Type type, object host) in _hosts)
        {
            if (type == typeof(T))
            {
                return Unsafe.As<T>(host);
            }
        }

        return DerivedHost<T>() ?? throw GuestBacktrace.BeginInFlight(new InvalidOperationException(
                $"The guest called a function of {typeof(T)}, but its store has no such host object: "
                + "call store.SetHost(…) before the guest runs."));
    }

    private T? DerivedHost<T>()
        where T : class
    {
        foreach ((_, object host) in _hosts)
        {
            if (host is T found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a call into the guest failed. A call that was refused memory has failed, even if it returned.
    /// </summary>
    internal bool HasFailed(nint error, nint trap) => (error | trap) != 0 || MemoryLimiter is { IsRefused: true };

    /// <summary>Ends a failed call into the guest: exits, and returns what to throw.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal ExceptionDispatchInfo FailureOf(nint error, nint trap)
    {
        GuestError failure = TakeFailure(error, trap);
        // an exception that existed before has its backtrace already
        return Failures.Capture(failure.Exception ?? failure.ToException());
    }

    /// <summary>Ends a failed call into the guest: exits, and returns the error.</summary>
    internal GuestError TakeFailure(nint error, nint trap)
    {
        GuestError failure = Failures.Read(error, trap);
        Exit();
        return failure;
    }

    /// <summary>The error that a thunk, a limit or a memory left for the call that now ends.</summary>
    internal PendingError TakePending(nint error, out (string? Module, string? Function) import)
    {
        PendingError pending = Official?.Take(this, error) ?? Pending;
        import = PendingImport;
        Pending = default;
        PendingImport = default;
        return MemoryLimiter?.Take() is { } refusal && pending.IsNone
            ? new PendingError(refusal, OutOfMemoryType.Instance)
            : pending;
    }

    /// <summary>Must be called before the engine creates an instance of a guest.</summary>
    internal void BeginInstance(Linkage linkage)
    {
        if (linkage.Module.HasSharedMemory && !Engine.HasSharedMemories)
        {
            throw new LinkException(
                $"Module `{Printable.Name(linkage.Module.Name)}` has a shared memory, which needs an engine with "
                + "EngineOptions.SharedMemories.",
                []);
        }

        MemoryLimiter?.BeginMemories();
        Callers.BeginInstance(linkage);
    }

    /// <summary>Must be called after the engine has created an instance of a guest.</summary>
    internal void NoteTags(Module module, wasmtime_instance_t instance)
    {
        if (module.ExportsTags)
        {
            Exceptions.NoteExports(module, instance);
        }
    }

    /// <summary>The next instance is the library's own. It does not count, nor do so many of its memories.</summary>
    internal void BeginOwnInstance(int memories)
    {
        _ownInstances++;
        _ownMemories += memories;
        LimitedMemory.BeginFor(memories == 0 ? MemoryLimiter?.Store : null);
        SetLimits(limitsMemory: memories == 0);
    }

    /// <summary>Ends what <see cref="BeginOwnInstance"/> began.</summary>
    internal void EndOwnInstance() => SetLimits();

    [StackTraceHidden]
    internal void RequireFuel()
    {
        if (!Engine.ConsumesFuel)
        {
            throw new InvalidOperationException(
                Official is null ? "Fuel needs an engine with EngineOptions.ConsumeFuel." : OfficialPackage.NeedsFuel);
        }
    }

    [StackTraceHidden]
    internal void RequireInterruption()
    {
        if (Engine.Ticker is null)
        {
            throw new InvalidOperationException(Official is null
                ? "A call with a cancellation token or a timeout needs an engine with EngineOptions.Interruption."
                : OfficialPackage.NeedsInterruption);
        }
    }

    /// <summary>The limits that the store's author set, for the end of a message; empty for none.</summary>
    internal string LimitsInWords
    {
        get
        {
            IEnumerable<string> limits = new (string Name, long? Limit)[]
            {
                (nameof(StoreOptions.MaxInstances), _options.MaxInstances),
                (nameof(StoreOptions.MaxMemories), _options.MaxMemories),
                (nameof(StoreOptions.MaxMemoryBytes), _options.MaxMemoryBytes),
                (nameof(StoreOptions.MaxTotalMemory), _options.MaxTotalMemory),
                (nameof(StoreOptions.MaxTables), _options.MaxTables),
                (nameof(StoreOptions.MaxTableElements), _options.MaxTableElements),
            }.Where(static limit => limit.Limit is not null).Select(static limit => $"{limit.Name} = {limit.Limit}");
            return (limits.Any() ? $" (StoreOptions: {string.Join(", ", limits)})" : "") + Engine.PoolInWords;
        }
    }

    private void SetLimits(bool limitsMemory = true)
    {
        const long EngineDefault = -1;
        const long DefaultNumber = 10_000;
        wasmtime_store_limiter(
            _handle.DangerousGetHandle(),
            MemoryLimiter is null && limitsMemory ? _options.MaxMemoryBytes ?? EngineDefault : EngineDefault,
            _options.MaxTableElements ?? EngineDefault,
            Math.Min(_options.MaxInstances ?? DefaultNumber, int.MaxValue) + _ownInstances,
            _options.MaxTables ?? EngineDefault,
            Math.Min(_options.MaxMemories ?? DefaultNumber, int.MaxValue) + _ownMemories);
    }
}
