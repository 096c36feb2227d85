using System.Text;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Wasi;

/// <summary>What a store's guests see through WASI.</summary>
internal sealed unsafe class StoreWasi(Store store, WasiOptions options)
{
    private EngineWasi? _engine;
    private bool _isSet;

    internal WasiOptions Options => options;

    internal WasiDescriptors Descriptors { get; } = new(options);

    internal WasiClock Clock { get; } = new(options.Clock);

    /// <summary>The guest's arguments, as C strings.</summary>
    internal byte[][] Arguments { get; } = [.. options.Arguments.Select(static text => CString(Checked(text)))];

    /// <summary>The guest's environment, as C strings.</summary>
    internal byte[][] Environment { get; } =
    [
        .. options.Environment.Select(
            static variable => CString($"{Checked(variable.Key)}={Checked(variable.Value)}")),
    ];

    /// <summary>The engine's WASI.</summary>
    internal EngineWasi Engine => _engine ??= store.Engine.WasiTemplate.For(store);

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
            foreach (WasiDirectory directory in options.Directories)
            {
                if (directory is null)
                {
                    throw new ArgumentException("A directory in WasiOptions is null.");
                }

                if (directory.Files is null)
                {
                    Open(config, directory);
                }
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

    /// <summary>C strings end at the first zero.</summary>
    internal static string Checked(string? text) =>
        text is null ? throw new ArgumentException("An argument, variable or path in WasiOptions is null.")
        : text.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("An argument, variable or path in WasiOptions contains U+0000.")
        : text;

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

    private static byte[] CString(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
