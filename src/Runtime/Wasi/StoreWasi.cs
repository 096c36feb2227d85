using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Wasi;

/// <summary>What a store's guests see through WASI.</summary>
internal sealed unsafe class StoreWasi(Store store, WasiOptions options)
{
    private readonly Dictionary<Memory, EngineWasi> _engine = [];
    private bool _isSet;

    internal WasiOptions Options => options;

    /// <summary>Whether there can be descriptors other than the standard streams.</summary>
    internal bool HasFiles => options.Directories.Count > 0;

    internal WasiDescriptors Descriptors { get; } = new(options.MaxOpenFiles);

    /// <summary>The engine's WASI for the calling guest.</summary>
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
    /// Must be called before a guest calls one of the engine's WASI functions, which would otherwise end the process.
    /// The store is entered.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">A directory does not exist, or cannot be opened.</exception>
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
            // read once, so that names and values have the same number
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
                $"The directory `{hostPath}`, which the guest should see as `{guestPath}`, "
                + "cannot be opened.");
        }
    }

    /// <summary>C strings end at the first zero.</summary>
    private static string Checked(string? text) =>
        text is null ? throw new ArgumentException("An argument, variable or path in WasiOptions is null.")
        : text.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("An argument, variable or path in WasiOptions contains U+0000.")
        : text;
}
