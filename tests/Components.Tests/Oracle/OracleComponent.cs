using System.Text;
using static WasmBindgen.Components.Tests.OracleMethods;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// A component by the engine's own component API, the implementation that ours is held against, with what its imports
/// get. One error in a store makes it useless, so each case takes a new instance.
/// </summary>
internal sealed unsafe class OracleComponent : IDisposable
{
    private static readonly nint Shared = NewEngine();
    private readonly nint _component;
    private readonly List<HostFunction> _functions = [];
    private readonly List<HostResourceType> _resources = [];

    /// <summary>Compiles a component's text.</summary>
    /// <exception cref="InvalidOperationException">It is no component that the engine takes.</exception>
    internal OracleComponent(string wat)
    {
        Vec binary;
        byte[] text = Encoding.UTF8.GetBytes(wat);
        fixed (byte* first = text)
        {
            Check(wasmtime_wat2wasm(first, (nuint)text.Length, &binary), wat);
        }

        nint component;
        nint error = wasmtime_component_new(Shared, (byte*)binary.Data, binary.Size, &component);
        wasm_byte_vec_delete(&binary);
        Check(error, wat);
        _component = component;
    }

    /// <summary>What an imported function does.</summary>
    /// <returns>The result, or null where the function has none.</returns>
    internal delegate WitValue? Host(OracleInstance instance, WitValue[] arguments);

    internal nint Native => _component;

    internal IEnumerable<HostResourceType> Resources => _resources;

    /// <summary>
    /// Defines a function for all instances to come, in the imported instance of that name, or "" for none.
    /// </summary>
    internal OracleComponent Define(string instance, string name, Host host)
    {
        _functions.Add(new(instance, name, host));
        return this;
    }

    /// <summary>
    /// Defines a resource of the host for all instances to come. Its number tells it from others; the destructor gets
    /// the representation of one whose owner in the guest drops it.
    /// </summary>
    internal OracleComponent DefineResource(string instance, string name, uint type, Action<uint>? destructor = null)
    {
        _resources.Add(new(instance, name, type, destructor));
        return this;
    }

    /// <exception cref="OracleTrapException">An import is missing, or a start function has trapped.</exception>
    internal OracleInstance Instantiate() => new(Shared, this, _functions, _resources);

    public void Dispose() => wasmtime_component_delete(_component);

    /// <summary>The message of an error, which is deleted.</summary>
    internal static string Take(nint error)
    {
        Vec message;
        wasmtime_error_message(error, &message);
        string text = ValCodec.ReadName(message);
        wasm_byte_vec_delete(&message);
        wasmtime_error_delete(error);
        return text;
    }

    private static void Check(nint error, string wat)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"{Take(error)}\n{wat}");
        }
    }

    private static nint NewEngine()
    {
        nint config = wasm_config_new();
        wasmtime_config_wasm_component_model_set(config, 1);
        // Without it, a stream that reaches a callback ends the process.
        wasmtime_config_concurrency_support_set(config, 0);
        return wasm_engine_new_with_config(config);
    }

    internal sealed record HostFunction(string Instance, string Name, Host Host);

    internal sealed record HostResourceType(string Instance, string Name, uint Type, Action<uint>? Destructor);
}

/// <summary>The engine has refused to go on: a trap, or an error of a host function.</summary>
internal sealed class OracleTrapException(string message, Exception? cause) : Exception(message, cause)
{
    private const string CausedBy = "Caused by:";

    /// <summary>Why, without the backtrace that the engine puts before it.</summary>
    internal string Reason => Message[(Message.LastIndexOf(CausedBy, StringComparison.Ordinal) is var index and >= 0
        ? index + CausedBy.Length
        : 0)..].Trim();
}
