using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Wasi;

/// <summary>What a store's guests see by WASI.</summary>
internal sealed unsafe class StoreWasi(Store store, WasiOptions options)
{
    private readonly Dictionary<Memory, EngineWasi> _engine = [];
    private bool _isSet;

    internal WasiOptions Options => options;

    /// <summary>Whether there can be descriptors that are none of ours.</summary>
    internal bool HasFiles => options.Directories.Count > 0;

    internal WasiDescriptors Descriptors { get; } = new();

    /// <summary>The engine's WASI, for the guest that calls.</summary>
    internal EngineWasi Engine(nint caller)
    {
        Memory memory = store.Callers.Memory(caller);
        if (!_engine.TryGetValue(memory, out EngineWasi? wasi))
        {
            wasi = store.Engine.WasiTemplate.For(memory);
            _engine.Add(memory, wasi);
        }

        return wasi;
    }

    /// <summary>
    /// Must come before a guest calls a WASI function of the engine's, which would end the process. The store is
    /// entered.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">A directory is not there, or cannot be opened.</exception>
    internal void Ensure()
    {
        if (_isSet)
        {
            return;
        }

        nint config = wasi_config_new();
        try
        {
            string[] arguments = [.. options.Arguments.Select(Checked)];
            // once: names and values must be as many
            KeyValuePair<string, string>[] variables = [.. options.Environment];
            string[] names = [.. variables.Select(static variable => Checked(variable.Key))];
            string[] values = [.. variables.Select(static variable => Checked(variable.Value))];
            if (wasi_config_set_argv(config, (nuint)arguments.Length, arguments) == 0
                || wasi_config_set_env(config, (nuint)names.Length, names, values) == 0)
            {
                throw new ArgumentException("The engine refused the guest's arguments or environment.");
            }

            foreach (WasiDirectory directory in options.Directories)
            {
                Open(config, directory);
            }
        }
        catch
        {
            wasi_config_delete(config);
            throw;
        }

        EngineMessage.ThrowIfFailed(wasmtime_context_set_wasi(store.Context, config));
        _isSet = true;
    }

    private static void Open(nint config, WasiDirectory directory)
    {
        byte isMutable = (byte)(directory.IsReadOnly ? 0 : 1);
        string hostPath = Checked(directory.HostPath);
        string guestPath = Checked(directory.GuestPath);
        if (!Directory.Exists(hostPath) || wasi_config_preopen_dir(config, hostPath, guestPath, isMutable) == 0)
        {
            throw new DirectoryNotFoundException(
                $"The directory `{hostPath}`, which the guest is to see as `{guestPath}`, "
                + "cannot be opened.");
        }
    }

    /// <summary>C's strings end with the first zero.</summary>
    private static string Checked(string? text) =>
        text is null ? throw new ArgumentException("An argument, variable or path in WasiOptions is null.")
        : text.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("An argument, variable or path in WasiOptions holds U+0000.")
        : text;
}
