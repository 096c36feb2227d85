using System.Text;
using WasmBindgen.Native;
using WasmBindgen.Wasi;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>What the store's guests see by WASI.</summary>
public sealed unsafe partial class Store
{
    private readonly Dictionary<Memory, WasiFiles> _wasiFiles = [];
    private bool _hasWasi;

    internal WasiOptions? Wasi { get; }

    /// <summary>Files, for the guest that calls; null when it can reach none.</summary>
    internal WasiFiles? WasiFiles(nint caller)
    {
        if (Wasi is not { Directories.Count: > 0 })
        {
            return null;
        }

        Memory memory = CallerMemory(caller);
        if (!_wasiFiles.TryGetValue(memory, out WasiFiles? files))
        {
            files = new WasiFiles(this, memory);
            _wasiFiles.Add(memory, files);
        }

        return files;
    }

    /// <summary>Must come before a guest calls a WASI function of the engine's, which would end the process. The store is entered.</summary>
    /// <exception cref="DirectoryNotFoundException">A directory is not there, or cannot be opened.</exception>
    internal void EnsureWasi()
    {
        if (_hasWasi)
        {
            return;
        }

        WasiOptions options = Wasi ?? new WasiOptions();
        nint config = wasi_config_new();
        try
        {
            SetTexts(options.Arguments, (count, texts) => wasi_config_set_argv(config, count, texts));
            SetTexts(options.Environment.Keys, (count, names) =>
                SetTexts(options.Environment.Values, (_, values) => wasi_config_set_env(config, count, names, values)));
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

        EngineMessage.ThrowIfFailed(wasmtime_context_set_wasi(Context, config));
        _hasWasi = true;
    }

    private static void Open(nint config, WasiDirectory directory)
    {
        const nuint Read = 1;
        const nuint ReadAndWrite = 3;
        nuint rights = directory.IsReadOnly ? Read : ReadAndWrite;
        if (EngineLibrary.Version.Major >= 48)
        {
            rights = directory.IsReadOnly ? 0u : 1u; // whether it can be changed, in place of both rights
        }

        if (!Directory.Exists(directory.HostPath) || wasi_config_preopen_dir(config, directory.HostPath, directory.GuestPath, rights, rights) == 0)
        {
            throw new DirectoryNotFoundException($"The directory `{directory.HostPath}`, which the guest is to see as `{directory.GuestPath}`, cannot be opened.");
        }
    }

    private delegate byte SetTextsCallback(nuint count, byte** texts);

    /// <summary>Hands over texts as C has them, which the engine copies.</summary>
    private static byte SetTexts(IEnumerable<string> texts, SetTextsCallback set)
    {
        byte[][] all = [.. texts.Select(static text => text.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("An argument or environment variable for the guest holds U+0000.")
            : Encoding.UTF8.GetBytes(text + '\0'))];
        byte[] bytes = GC.AllocateUninitializedArray<byte>(all.Sum(static text => text.Length) + 1, pinned: true);
        nint[] pointers = GC.AllocateArray<nint>(all.Length + 1, pinned: true);
        fixed (byte* first = bytes)
        fixed (nint* pointer = pointers)
        {
            int start = 0;
            for (int i = 0; i < all.Length; i++)
            {
                all[i].CopyTo(bytes, start);
                pointers[i] = (nint)(first + start);
                start += all[i].Length;
            }

            return set((nuint)all.Length, (byte**)pointer) != 0 ? (byte)1 : throw new ArgumentException("The engine refused the guest's arguments or environment.");
        }
    }
}
