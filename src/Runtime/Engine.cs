using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using WasmBindgen.Loading;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using WasmBindgen.Wasi;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// The compiler and its settings. Safe for any number of threads; one is enough for a process. Modules, linkers and
/// stores work together only if they belong to the same engine. They keep it alive: it may be disposed before them (C
/// API: engines are reference-counted).
/// </summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed partial class Engine : IDisposable
{
    // The engine's default for guests, and the room for host code beside a larger one: .NET's default stack on Linux.
    private const int EngineStack = 512 * 1024;
    private const long HostStack = 8 << 20;

    private const long DefaultFunctionComplexity = 4_000_000;
    private const long DefaultModuleComplexity = 100_000_000;

    private readonly EngineHandle _handle;
    private readonly EngineOptions _options = new();
    private EngineWasi.Template? _wasi;

    /// <summary>Creates an engine with the default settings.</summary>
    /// <exception cref="EngineLoadException">
    /// The native library was not found, or is of a version that cannot be used.
    /// </exception>
    public Engine()
        : this(new EngineOptions())
    {
    }

    /// <summary>Creates an engine.</summary>
    /// <exception cref="EngineLoadException">
    /// The native library was not found, or is of a version that cannot be used.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size in <paramref name="options"/> is negative, or the stack is empty.
    /// </exception>
    /// <exception cref="ArgumentException">A setting needs another one.</exception>
    public Engine(EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // The engine aborts the process on invalid settings, so they are checked first.
        if (options.MaxWasmStack is { } stack)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stack, nameof(options.MaxWasmStack));
        }

        ThrowIfNegative(options.MaxFunctionComplexity, nameof(options.MaxFunctionComplexity));
        ThrowIfNegative(options.MaxModuleComplexity, nameof(options.MaxModuleComplexity));
        ThrowIfNegative(options.MemoryReservation, nameof(options.MemoryReservation));
        ThrowIfNegative(options.MemoryReservationForGrowth, nameof(options.MemoryReservationForGrowth));
        ThrowIfNegative(options.MemoryGuardSize, nameof(options.MemoryGuardSize));
        if (options.Optimization is { } level && !Enum.IsDefined(level))
        {
            throw new ArgumentOutOfRangeException(nameof(options), level, "There is no such optimization level.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(
            options.InterruptionResolution, TimeSpan.FromMilliseconds(1), nameof(options.InterruptionResolution));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            options.InterruptionResolution, TimeSpan.FromHours(1), nameof(options.InterruptionResolution));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.OverdueAfter, TimeSpan.Zero, nameof(options.OverdueAfter));

        if (options is { MemoryLimitInterrupts: true, Interruption: false })
        {
            throw new ArgumentException(
                "EngineOptions.MemoryLimitInterrupts needs EngineOptions.Interruption.", nameof(options));
        }

        if (options is { Simd: false, RelaxedSimd: true })
        {
            throw new ArgumentException("EngineOptions.RelaxedSimd needs EngineOptions.Simd.", nameof(options));
        }

        if (options.StackSwitching == true && !WasmFeature.CanSwitchStacks)
        {
            throw new PlatformNotSupportedException("The engine has StackSwitching on x64 only, and not on Windows.");
        }

        if (!Enum.IsDefined(options.Profiling) || !CanProfile(options.Profiling))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Profiling, "There is no such profiling strategy on this platform.");
        }

        EngineLibrary.EnsureLoaded();
        if (options.Pooling is { } pool)
        {
            Pool.Check(options, pool);
        }

        _options = options;
        HasExceptions = options.Exceptions != false;
        ConsumesFuel = options.ConsumeFuel;
        MemoryLimitInterrupts = options.MemoryLimitInterrupts;
        CountsMemory = options.CountMemory || options.MemoryLimitInterrupts;
        MemoriesMove = options.MayMemoriesMove;
        WasmStack = options.MaxWasmStack ?? EngineStack;
        MaxFunctionComplexity = options.MaxFunctionComplexity ?? DefaultFunctionComplexity;
        MaxModuleComplexity = options.MaxModuleComplexity ?? DefaultModuleComplexity;
        ThreadStack = options.MaxWasmStack is > EngineStack
            ? (int)Math.Min(options.MaxWasmStack.Value + HostStack, int.MaxValue)
            : 0;
        _handle = new EngineHandle(wasm_engine_new_with_config(NewConfig(options)));
        if (options.SignalsBasedTraps)
        {
            HostSignals.Mend();
        }

        Ticker = options.Interruption
            ? new EpochTicker(_handle, options.InterruptionResolution, options.OverdueAfter)
            : null;
    }

    /// <summary>
    /// Raised when a call has not ended <see cref="EngineOptions.OverdueAfter"/> after it was cancelled or timed out.
    /// Guest code itself always ends, so a host method holds the call up, or a single guest instruction on a lot of
    /// memory. The call is not abandoned, and ends as soon as it can.
    /// </summary>
    /// <remarks>
    /// Raised once per call, for calls that begin while there is a handler. A handler costs each such call one object.
    /// Handlers run on a separate thread, never on the call's; an exception that they throw ends the process, as on any
    /// such thread.
    /// </remarks>
    public event EventHandler<CallOverdueEventArgs>? CallOverdue;

    /// <summary>The version of the native engine.</summary>
    /// <exception cref="EngineLoadException">
    /// The native library was not found, or is of a version that cannot be used.
    /// </exception>
    public static Version WasmtimeVersion
    {
        get
        {
            EngineLibrary.EnsureLoaded();
            return EngineLibrary.Version;
        }
    }

    private string DebuggerDisplay => _handle.IsClosed
        ? "disposed"
        : $"interruption: {(Ticker is null ? "off" : "on")}, fuel: {(ConsumesFuel ? "on" : "off")}";

    internal bool ConsumesFuel { get; }

    internal bool MemoryLimitInterrupts { get; }

    /// <summary>Whether this library creates the memories.</summary>
    internal bool CountsMemory { get; }

    /// <summary>Whether memories may lie elsewhere when they have grown.</summary>
    internal bool MemoriesMove { get; }

    /// <summary>What a guest's stack may use of a thread's, in bytes.</summary>
    internal int WasmStack { get; }

    /// <summary>Whether there can be memories that several stores use.</summary>
    internal bool HasSharedMemories => _options.SharedMemories == true;

    /// <summary>Whether guests can catch exceptions.</summary>
    internal bool HasExceptions { get; } = true;

    internal long MaxFunctionComplexity { get; } = DefaultFunctionComplexity;

    internal long MaxModuleComplexity { get; } = DefaultModuleComplexity;

    /// <summary>The stack of threads that run guests, in bytes; 0 for .NET's default.</summary>
    internal int ThreadStack { get; }

    /// <summary>Whether there is a handler for overdue calls.</summary>
    internal bool IsWatching => CallOverdue is not null;

    /// <summary>Makes guests check whether they must stop; null when they cannot be stopped.</summary>
    internal EpochTicker? Ticker { get; }

    /// <summary>
    /// For guests that use WASI. Created before there can be any, so that it still exists after the engine is disposed.
    /// </summary>
    internal EngineWasi.Template WasiTemplate => _wasi ??= new EngineWasi.Template(this);

    internal EngineHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _handle;
        }
    }

    /// <summary>Releases the engine. Modules, linkers and stores made with it stay usable.</summary>
    public void Dispose() => _handle.Dispose();

    internal void TellOverdue(CallOverdueEventArgs call) => CallOverdue?.Invoke(this, call);

    /// <returns>A config that <c>wasm_engine_new_with_config</c> consumes.</returns>
    private static nint NewConfig(EngineOptions options)
    {
        nint config = wasm_config_new();

        wasmtime_config_epoch_interruption_set(config, ToByte(options.Interruption));
        wasmtime_config_consume_fuel_set(config, ToByte(options.ConsumeFuel));
        wasmtime_config_debug_info_set(config, ToByte(options.DebugInfo));
        wasmtime_config_cranelift_nan_canonicalization_set(config, ToByte(options.NanCanonicalization));
        if (options.ParallelCompilation is { } parallel)
        {
            wasmtime_config_parallel_compilation_set(config, ToByte(parallel));
        }

        if (options.Optimization is { } level)
        {
            wasmtime_config_cranelift_opt_level_set(config, (byte)level);
        }

        if (options.MaxWasmStack is { } stack)
        {
            wasmtime_config_max_wasm_stack_set(config, (nuint)stack);

            // Not used, but the engine aborts the process when it is less than the other.
            wasmtime_config_async_stack_size_set(config, Math.Max((nuint)stack, 2 << 20));
        }

        if (options.MemoryReservation is { } reservation)
        {
            wasmtime_config_memory_reservation_set(config, (ulong)reservation);
        }

        if (options.MemoryReservationForGrowth is { } growth)
        {
            wasmtime_config_memory_reservation_for_growth_set(config, (ulong)growth);
        }

        if (options.MemoryGuardSize is { } guard)
        {
            wasmtime_config_memory_guard_size_set(config, (ulong)guard);
        }

        wasmtime_config_memory_may_move_set(config, ToByte(options.MayMemoriesMove));

        if (options.CountMemory || options.MemoryLimitInterrupts)
        {
            LimitedMemory.Use(config, options);
        }

        WasmFeature.SetAll(config, options);
        wasmtime_config_signals_based_traps_set(config, ToByte(options.SignalsBasedTraps));
        wasmtime_config_profiler_set(config, (byte)options.Profiling);
        if (options.Pooling is { } pool)
        {
            Pool.Use(config, options, pool);
        }

        if (options.CacheDirectory is { } directory)
        {
            UseCache(config, directory);
        }

        return config;
    }

    /// <summary>What options must be on for a module that the engine refused; empty if no option helps.</summary>
    internal string OptionsFor(ReadOnlySpan<byte> module) =>
        WasmFeature.FindMissing(_options, module) is { Count: > 0 } missing
            ? $" (it needs {string.Join(" and ", missing.Select(static option => $"EngineOptions.{option}"))})"
            : "";

    /// <summary>The sizes of its pool, for the end of a message; empty for none.</summary>
    internal string PoolInWords => _options.Pooling is { } pool ? Pool.InWords(pool) : "";

    private static bool CanProfile(ProfilingStrategy strategy) => strategy switch
    {
        ProfilingStrategy.JitDump => OperatingSystem.IsLinux(),
        ProfilingStrategy.VTune => RuntimeInformation.ProcessArchitecture == Architecture.X64,
        ProfilingStrategy.PerfMap => !OperatingSystem.IsWindows(),
        _ => true,
    };

    /// <summary>The engine reads the place of its cache from a file.</summary>
    /// <exception cref="ArgumentException">The engine cannot use the directory.</exception>
    private static void UseCache(nint config, string directory)
    {
        string file = Path.GetTempFileName();
        try
        {
            // JSON's escapes are among those of a TOML string.
            string path = JsonEncodedText.Encode(Path.GetFullPath(directory)).ToString();
            File.WriteAllText(file, $"[cache]\ndirectory = \"{path}\"\n");
            nint error = wasmtime_config_cache_config_load(config, file);
            if (error != 0)
            {
                wasm_config_delete(config);
                throw new ArgumentException(
                    $"The engine cannot keep compiled modules in `{directory}`: {EngineMessage.TakeLine(error)}",
                    nameof(directory));
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static byte ToByte(bool value) => (byte)(value ? 1 : 0);

    [StackTraceHidden]
    private static void ThrowIfNegative(long? size, string name)
    {
        if (size is < 0)
        {
            throw new ArgumentOutOfRangeException(name, size, "A size cannot be negative.");
        }
    }
}
