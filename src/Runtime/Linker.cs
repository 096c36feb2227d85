using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using WasmBindgen.Wasi;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// Provides what modules import, by name. Host functions belong to no store, so one linker serves any number of stores
/// and threads. A memory, global, table or instance binds the linker to its store. Defining waits until instantiations
/// on other threads have ended.
/// </summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed unsafe partial class Linker : IDisposable
{
    private const string NoBindings =
        "The class of this object has no generated part: give it [WasmImport] and make it partial. If it has both, the "
        + "generator did not run: WasmBindgen.Generator must be among the project's analyzers.";

    private readonly LinkerHandle _handle;
    private readonly Dictionary<(string Module, string Name), Definition> _definitions = [];

    // Only for host functions: what they need from the modules that import them.
    private readonly Dictionary<(string Module, string Name), GuestRequirement> _requirements = [];

    // Of the linker's store.
    private ImmutableDictionary<(string Module, string Name), wasmtime_extern_t> _items =
        ImmutableDictionary<(string Module, string Name), wasmtime_extern_t>.Empty;

    // The engine allows nothing else while a definition changes. A start function may instantiate through the same
    // linker again.
    private readonly ReaderWriterLockSlim _access = new(LockRecursionPolicy.SupportsRecursion);
    private Store? _store;
    private bool _allowShadowing;
    private bool _hasWasi;

    /// <summary>Creates a linker in which nothing is defined.</summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public Linker(Engine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Engine = engine;
        _handle = new LinkerHandle(wasmtime_linker_new(engine.Handle));
        wasmtime_linker_allow_shadowing(_handle, 1); // it is decided here what may be replaced
    }

    /// <summary>
    /// For definitions in a linker of the official package, which is not instantiated here, and checked only by the
    /// engine.
    /// </summary>
    internal Linker(nint linker, bool isBorrowed)
    {
        Engine = new Engine(consumesFuel: false);
        _handle = new LinkerHandle(linker, isBorrowed);
        _allowShadowing = true;
    }

    /// <summary>Creates a linker with the host functions of another one.</summary>
    internal Linker(Linker other)
    {
        Engine = other.Engine;
        _handle = new LinkerHandle(wasmtime_linker_clone(other._handle));
        _definitions = new(other._definitions);
        _requirements = new(other._requirements);
        _tags = new(other._tags);
        _hasWasi = other._hasWasi;
    }

    /// <summary>The engine that the linker was made with.</summary>
    public Engine Engine { get; }

    /// <summary>
    /// Whether a later definition may replace an earlier one of the same name; otherwise that is a
    /// <see cref="LinkException"/>.
    /// </summary>
    public bool AllowShadowing
    {
        get => _allowShadowing;
        set => Change(() => _allowShadowing = value);
    }

    /// <summary>
    /// Gets a line for each call of a host function that is defined while this is set, with its arguments and what it
    /// ended with, such as <c>env.log(level: 2, message: "hello") = 5</c>. For tests and for finding faults: functions
    /// that are traced are slower, others are not. Null, which is the default, for none.
    /// </summary>
    /// <remarks>
    /// It is called on the thread of the guest's call, during that call. If it throws, the guest is ended by a
    /// <see cref="HostFunctionException"/>.
    /// </remarks>
    public Action<string>? Trace { get; set; }

    private string DebuggerDisplay => $"{_definitions.Count} definitions{(_handle.IsClosed ? ", disposed" : "")}";

    private LinkerHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _handle;
        }
    }

    /// <summary>
    /// Defines the functions of a host object. The object is kept alive as long as the linker and every store that uses
    /// the functions.
    /// </summary>
    /// <returns>This linker.</returns>
    /// <exception cref="LinkException">
    /// A function of that name is defined already, and <see cref="AllowShadowing"/> is off. None is then defined.
    /// </exception>
    public Linker Define(IWasmImports host)
    {
        ArgumentNullException.ThrowIfNull(host);
        host.AddTo(this);
        return this;
    }

    /// <summary>
    /// Says what is missing where the compiler would only say that the host object is no <see cref="IWasmImports"/>.
    /// </summary>
    /// <exception cref="ArgumentException">Always.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete(NoBindings, error: true)]
    public Linker Define(object host) => throw new ArgumentException(NoBindings, nameof(host));

    /// <summary>
    /// Defines the functions of a host class of which each store has its own object; see
    /// <see cref="Store.SetHost{T}"/>. One linker and one <see cref="InstancePre"/> then serve many tenants.
    /// </summary>
    /// <returns>This linker.</returns>
    /// <exception cref="LinkException">
    /// A function of that name is defined already, and <see cref="AllowShadowing"/> is off. None is then defined.
    /// </exception>
    public Linker DefinePerStore<T>()
        where T : class, IWasmImports
    {
        T.AddPerStoreTo(this);
        return this;
    }

    /// <summary>Defines a memory under a name, and binds this linker to its store.</summary>
    /// <returns>This linker.</returns>
    /// <exception cref="LinkException">
    /// That name is defined already, and <see cref="AllowShadowing"/> is off.
    /// </exception>
    /// <exception cref="InvalidOperationException">The linker is bound to another store.</exception>
    public Linker Define(string module, string name, Memory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return Define(
            module, name, memory.Store, memory.PresentType, new() { kind = ExternKind.Memory, item = memory.Native });
    }

    /// <summary>
    /// Defines a shared memory under a name. It belongs to no store, so this linker can serve others.
    /// </summary>
    /// <returns>This linker.</returns>
    /// <exception cref="LinkException">
    /// That name is defined already, and <see cref="AllowShadowing"/> is off.
    /// </exception>
    /// <exception cref="ArgumentException">The memory belongs to another engine.</exception>
    public Linker Define(string module, string name, SharedMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ThrowIfOtherEngine(memory.Engine, nameof(memory));
        using SharedMemory.Use use = memory.Hold();
        using var store = new Store(Engine); // the engine asks for one, and forgets it
        return Define(
            module,
            name,
            store,
            memory.PresentType,
            new() { kind = ExternKind.SharedMemory, shared_memory = use.Native },
            bindsToStore: false);
    }

    /// <summary>Defines a global under a name, and binds this linker to its store.</summary>
    /// <inheritdoc cref="Define(string, string, Memory)"/>
    public Linker Define(string module, string name, Global global)
    {
        ArgumentNullException.ThrowIfNull(global);
        return Define(
            module, name, global.Store, global.Type, new() { kind = ExternKind.Global, item = global.Native });
    }

    /// <summary>Defines a table under a name, and binds this linker to its store.</summary>
    /// <inheritdoc cref="Define(string, string, Memory)"/>
    public Linker Define(string module, string name, Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Define(
            module, name, table.Store, table.PresentType, new() { kind = ExternKind.Table, item = table.Native });
    }

    /// <summary>Defines a function of an instance under a name, and binds this linker to its store.</summary>
    /// <inheritdoc cref="Define(string, string, Memory)"/>
    public Linker Define(string module, string name, Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Define(
            module, name, function.Store, function.Type, new() { kind = ExternKind.Func, func = function.Native });
    }

    /// <summary>
    /// Defines everything that an instance exports, under one module name, and binds this linker to its store.
    /// </summary>
    /// <returns>This linker.</returns>
    /// <exception cref="LinkException">
    /// One of the names is defined already, and <see cref="AllowShadowing"/> is off.
    /// </exception>
    /// <exception cref="InvalidOperationException">The linker is bound to another store.</exception>
    public Linker Define(string module, Instance instance)
    {
        byte[] moduleName = Utf8Name.Encode(module);
        ArgumentNullException.ThrowIfNull(instance);
        Store store = instance.Store;
        ImmutableArray<ExportType> exports = instance.Exports;
        Change(() =>
        {
            ThrowIfForeign(store);
            foreach (ExportType export in exports)
            {
                ThrowIfTaken(module, export.Name);
            }

            DefineIn(store, () =>
            {
                wasmtime_instance_t native = instance.Native;
                fixed (byte* first = moduleName)
                {
                    return wasmtime_linker_define_instance(
                        Handle, store.Context, first, (nuint)moduleName.Length, &native);
                }
            });
            foreach (ExportType export in exports)
            {
                Register(module, export.Name, new(export.Type));
                if (instance.Find(export.Name, out wasmtime_extern_t item))
                {
                    _items = _items.SetItem((module, export.Name), item);
                }
            }
        });
        return this;
    }

    /// <summary>
    /// Defines WASI preview 1, for guests compiled for <c>wasm32-wasi</c>. What such a guest sees of the host is set by
    /// its store's <see cref="StoreOptions.Wasi"/>. When it exits, the call ends with a
    /// <see cref="GuestExitException"/>. Instantiating a reactor then calls its <c>_initialize</c>.
    /// </summary>
    /// <returns>This linker.</returns>
    /// <exception cref="LinkException">
    /// One of its functions is defined already, and <see cref="AllowShadowing"/> is off.
    /// </exception>
    public Linker DefineWasi()
    {
        Change(() =>
        {
            _ = Engine.WasiTemplate;
            DefineFunctions(WasiFunction.Module, WasiFunctions.All);
            _hasWasi = true;
        });
        return this;
    }

    /// <summary>Releases the linker. Instances and stores that use its functions stay usable.</summary>
    public void Dispose() => _handle.Dispose();

    /// <summary>Defines the engine's own WASI, unchanged.</summary>
    internal void DefineEngineWasi() =>
        Change(() => EngineMessage.ThrowIfFailed(wasmtime_linker_define_wasi(Handle)));

    private Linker Define(
        string module,
        string name,
        Store store,
        ExternType type,
        wasmtime_extern_t item,
        bool bindsToStore = true)
    {
        byte[] moduleName = Utf8Name.Encode(module);
        byte[] itemName = Utf8Name.Encode(name);
        Change(() =>
        {
            if (bindsToStore)
            {
                ThrowIfForeign(store);
            }

            ThrowIfTaken(module, name);
            Store? bound = _store;
            DefineIn(store, () =>
            {
                wasmtime_extern_t native = item;
                fixed (byte* firstOfModule = moduleName)
                fixed (byte* firstOfName = itemName)
                {
                    return wasmtime_linker_define(
                        Handle,
                        store.Context,
                        firstOfModule,
                        (nuint)moduleName.Length,
                        firstOfName,
                        (nuint)itemName.Length,
                        &native);
                }
            });
            _store = bindsToStore ? store : bound;
            Register(module, name, new(type));
            _items = _items.SetItem((module, name), item);
        });
        return this;
    }

    /// <summary>Binds the linker to a store and defines something of it.</summary>
    private void DefineIn(Store store, Func<nint> define)
    {
        nint error;
        store.Enter();
        try
        {
            error = define();
            _store = store;
        }
        finally
        {
            store.Exit(); // also if another thread has disposed the linker meanwhile
        }

        EngineMessage.ThrowIfFailed(error);
    }

    private void Register(
        string module, string name, Definition definition, GuestRequirement? requirement = null)
    {
        ForgetAliases(module, name);
        _definitions[(module, name)] = definition;
        _items = _items.Remove((module, name));
        _tags.Remove((module, name));
        _requirements.Remove((module, name));
        if (requirement is not null)
        {
            _requirements.Add((module, name), requirement);
        }
    }

    [StackTraceHidden]
    private void Change(Action change)
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        if (_access.IsReadLockHeld)
        {
            throw new InvalidOperationException(
                "This linker cannot be changed by a start function that it is running.");
        }

        _access.EnterWriteLock();
        try
        {
            change();
        }
        finally
        {
            _access.ExitWriteLock();
        }
    }

    [StackTraceHidden]
    private void ThrowIfTaken(string module, string name)
    {
        if (!AllowShadowing
            && _definitions.TryGetValue((module, name), out Definition present)
            && present is { IsTrap: false, Origin: null })
        {
            throw new LinkException(
                $"`{module}.{name}` is already defined as {present.Type}. Set AllowShadowing to replace it.", []);
        }
    }

    /// <summary>The engine aborts the process when items of different engines or stores meet.</summary>
    [StackTraceHidden]
    private void ThrowIfForeign(Store store)
    {
        ThrowIfOtherEngine(store.Engine, nameof(store));
        if (_store is not null && _store != store)
        {
            throw new InvalidOperationException(
                "This linker is bound to another store: a memory, global, table or instance of that store was "
                + "defined in it.");
        }
    }

    [StackTraceHidden]
    private void ThrowIfForeign(Module module) => ThrowIfOtherEngine(module.Engine, nameof(module));

    [StackTraceHidden]
    private void ThrowIfOtherEngine(Engine engine, string name)
    {
        if (engine != Engine)
        {
            throw new ArgumentException($"The {name} and the linker belong to different engines.", name);
        }
    }
}
