using System.Runtime.InteropServices;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Loading;

/// <summary>A part of WebAssembly that an engine can be without.</summary>
/// <param name="Option">The name of the option.</param>
/// <param name="IsOn">Whether an engine with these options has it.</param>
/// <param name="Set">Sets it.</param>
internal sealed unsafe record WasmFeature(
    string Option, Func<EngineOptions, bool> IsOn, Action<nint, byte> Set)
{
    private static readonly EngineOptions Defaults = new();

    // What others need comes after them.
    private static readonly WasmFeature[] All =
    [
        new(
            nameof(EngineOptions.GarbageCollection),
            static o => o.GarbageCollection ?? true,
            wasmtime_config_wasm_gc_set),
        new(
            nameof(EngineOptions.FunctionReferences),
            static o => o.FunctionReferences ?? true,
            wasmtime_config_wasm_function_references_set),
        new(nameof(EngineOptions.Exceptions), static o => o.Exceptions ?? true, wasmtime_config_wasm_exceptions_set),
        new(
            nameof(EngineOptions.WideArithmetic),
            static o => o.WideArithmetic ?? true,
            wasmtime_config_wasm_wide_arithmetic_set),
        new(
            nameof(EngineOptions.StackSwitching),
            static o => o.StackSwitching ?? false,
            wasmtime_config_wasm_stack_switching_set),
        new(nameof(EngineOptions.TailCalls), static o => o.TailCalls ?? true, wasmtime_config_wasm_tail_call_set),
        new(nameof(EngineOptions.Threads), static o => o.Threads ?? true, wasmtime_config_wasm_threads_set),
        new(nameof(EngineOptions.Memory64), static o => o.Memory64 ?? true, wasmtime_config_wasm_memory64_set),
        new(
            nameof(EngineOptions.MultiMemory),
            static o => o.MultiMemory ?? true,
            wasmtime_config_wasm_multi_memory_set),
        new(nameof(EngineOptions.MultiValue), static o => o.MultiValue ?? true, wasmtime_config_wasm_multi_value_set),
        new(nameof(EngineOptions.BulkMemory), static o => o.BulkMemory ?? true, wasmtime_config_wasm_bulk_memory_set),
        new(
            nameof(EngineOptions.ReferenceTypes),
            static o => o.ReferenceTypes ?? true,
            static (config, value) =>
            {
                wasmtime_config_wasm_reference_types_set(config, value);
                wasmtime_config_wasm_component_model_async_set(config, value); // the engine aborts with this alone
            }),
        new(
            nameof(EngineOptions.RelaxedSimd),
            static o => o.RelaxedSimd ?? o.Simd ?? true,
            wasmtime_config_wasm_relaxed_simd_set),
        new(nameof(EngineOptions.Simd), static o => o.Simd ?? true, wasmtime_config_wasm_simd_set),
        new(
            nameof(EngineOptions.BranchHinting),
            static o => o.BranchHinting ?? true,
            wasmtime_config_wasm_branch_hinting_set),
        new(
            nameof(EngineOptions.CompactImports),
            static o => o.CompactImports ?? true,
            wasmtime_config_wasm_compact_imports_set),
    ];

    /// <summary>Whether the engine has stack switching for this platform.</summary>
    internal static bool CanSwitchStacks =>
        !OperatingSystem.IsWindows() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Sets what options say. They must not contradict each other.</summary>
    internal static void SetAll(nint config, EngineOptions options)
    {
        foreach (WasmFeature feature in All)
        {
            bool isOn = feature.IsOn(options);
            if (isOn != feature.IsOn(Defaults))
            {
                feature.Set(config, (byte)(isOn ? 1 : 0));
            }
        }

        if (options.RelaxedSimdDeterministic is { } deterministic)
        {
            wasmtime_config_wasm_relaxed_simd_deterministic_set(config, (byte)(deterministic ? 1 : 0));
        }

        wasmtime_config_shared_memory_set(config, (byte)(options.SharedMemories == true ? 1 : 0));
    }

    /// <summary>
    /// What an engine would need for a module that it refused; empty if the module is invalid for other reasons. Found
    /// by trying: the engine's message is for people.
    /// </summary>
    internal static IReadOnlyList<string> FindMissing(EngineOptions options, ReadOnlySpan<byte> module)
    {
        List<WasmFeature> off = [.. All.Where(feature => !feature.IsOn(options))];
        if (!CanSwitchStacks)
        {
            off.RemoveAll(static feature => feature.Option == nameof(EngineOptions.StackSwitching));
        }

        if (off.Count == 0 || !IsValid(options, off, module))
        {
            return [];
        }

        foreach (WasmFeature feature in off.ToArray())
        {
            WasmFeature[] fewer = [.. off.Where(other => other != feature)];
            bool isNeeded = feature.Option == nameof(EngineOptions.Simd)
                && fewer.Any(static other => other.Option == nameof(EngineOptions.RelaxedSimd));
            if (!isNeeded && IsValid(options, fewer, module))
            {
                off.Remove(feature);
            }
        }

        return [.. off.Select(static feature => feature.Option)];
    }

    /// <summary>Whether a module is valid for an engine that has some features more.</summary>
    private static bool IsValid(EngineOptions options, IReadOnlyList<WasmFeature> more, ReadOnlySpan<byte> module)
    {
        nint config = wasm_config_new();
        SetAll(config, options);
        foreach (WasmFeature feature in more)
        {
            feature.Set(config, 1);
        }

        wasmtime_config_signals_based_traps_set(config, 0); // it runs nothing
        using var engine = new Native.Handles.EngineHandle(wasm_engine_new_with_config(config));
        fixed (byte* first = module)
        {
            nint error = wasmtime_module_validate(engine, first, (nuint)module.Length);
            if (error != 0)
            {
                wasmtime_error_delete(error);
            }

            return error == 0;
        }
    }
}
