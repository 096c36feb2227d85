using System.Runtime.InteropServices;
using WasmBindgen.Native.Handles;

namespace WasmBindgen.Native;

// wasi.h, and the parts of store.h and linker.h that are about it
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint wasi_config_new();

    [LibraryImport(Library)]
    internal static partial void wasi_config_delete(nint config);

    /// <summary>Copies the texts.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte wasi_config_set_argv(nint config, nuint count, string[] arguments);

    /// <summary>Copies the texts. There must be as many values as names.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte wasi_config_set_env(nint config, nuint count, string[] names, string[] values);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte wasi_config_preopen_dir(
        nint config, string hostPath, string guestPath, byte isMutable);

    /// <summary>Takes ownership of the config.</summary>
    [LibraryImport(Library)]
    internal static partial nint wasmtime_context_set_wasi(nint context, nint config);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_linker_define_wasi(LinkerHandle linker);
}
