using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary>
/// The functions of <c>wasi_snapshot_preview1</c>: their types, and those that this library implements itself.
/// </summary>
/// <remarks>
/// The engine's <c>proc_exit</c> refuses codes above 125, its streams cannot be .NET streams, and its sleep ignores
/// limits. Source: WASI preview 1,
/// <see href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md">docs.md</see>.
/// </remarks>
internal static unsafe class WasiFunctions
{
    internal const string Module = "wasi_snapshot_preview1";

    // errno
    internal const int Success = 0;
    internal const int BadDescriptor = 8;
    internal const int BadAddress = 21;
    internal const int Invalid = 28;
    internal const int InputOutput = 29;
    internal const int TooManyFiles = 33;

    // The parameters of each: i for i32, I for i64. All return an errno, except proc_exit.
    private const string Signatures = """
        args_get ii, args_sizes_get ii, environ_get ii, environ_sizes_get ii, clock_res_get ii, clock_time_get iIi,
        fd_advise iIIi, fd_allocate iII, fd_close i, fd_datasync i, fd_fdstat_get ii, fd_fdstat_set_flags ii,
        fd_fdstat_set_rights iII, fd_filestat_get ii, fd_filestat_set_size iI, fd_filestat_set_times iIIi,
        fd_pread iiiIi, fd_prestat_get ii, fd_prestat_dir_name iii, fd_pwrite iiiIi, fd_read iiii, fd_readdir iiiIi,
        fd_renumber ii, fd_seek iIii, fd_sync i, fd_tell ii, fd_write iiii, path_create_directory iii,
        path_filestat_get iiiii, path_filestat_set_times iiiiIIi, path_link iiiiiii, path_open iiiiiIIii,
        path_readlink iiiiii, path_remove_directory iii, path_rename iiiiii, path_symlink iiiii, path_unlink_file iii,
        poll_oneoff iiii, proc_exit i, proc_raise i, random_get ii, sched_yield -, sock_accept iii, sock_recv iiiiii,
        sock_send iiiii, sock_shutdown ii
        """;

    /// <summary>The parameters of <c>path_open</c>.</summary>
    internal static ReadOnlySpan<ValueKind> OpenParameters =>
    [
        ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32,
        ValueKind.I64, ValueKind.I64, ValueKind.I32, ValueKind.I32,
    ];

    /// <summary>The name and type of each function.</summary>
    internal static IEnumerable<(string Name, FunctionType Type)> All { get; } =
    [
        .. Signatures
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(static line => line.Split(' '))
            .Select(static words => (
                words[0],
                new FunctionType(
                    [
                        .. words[1]
                            .Where(char.IsAsciiLetter)
                            .Select(static kind => kind == 'i' ? ValueKind.I32 : ValueKind.I64)
                    ],
                    words[0] == "proc_exit" ? [] : [ValueKind.I32]))),
    ];

    /// <summary>Defines the functions that this library implements.</summary>
    internal static void DefineOwn(Linker linker)
    {
        ReadOnlySpan<ValueKind> errno = [ValueKind.I32];
        var functions = new HostFunctions(linker, Module, host: null);
        functions.Define("proc_exit", [ValueKind.I32], [], &ProcExit);
        functions.Define("fd_read", [ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32], errno, &FdRead);
        functions.Define("fd_write", [ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32], errno, &FdWrite);
        functions.Define("path_open", OpenParameters, errno, &PathOpen);
        functions.Define("random_get", [ValueKind.I32, ValueKind.I32], errno, &RandomGet);
        functions.Define("fd_close", [ValueKind.I32], errno, &FdClose);
        functions.Define("fd_renumber", [ValueKind.I32, ValueKind.I32], errno, &FdRenumber);
        functions.Define(
            "poll_oneoff", [ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32], errno, &PollOneoff);
        functions.Complete();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint ProcExit(nint host, nint caller, Slot* slots, nuint count) =>
        HostCall.Interrupt(caller, new GuestExitException(slots[0].S32), Module, "proc_exit");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint FdRead(nint host, nint caller, Slot* slots, nuint count) =>
        Run(caller, slots, "fd_read", &Read);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint FdWrite(nint host, nint caller, Slot* slots, nuint count) =>
        Run(caller, slots, "fd_write", &Write);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint PathOpen(nint host, nint caller, Slot* slots, nuint count) =>
        Run(caller, slots, "path_open", &Open);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint RandomGet(nint host, nint caller, Slot* slots, nuint count) =>
        Run(caller, slots, "random_get", &Fill);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint FdClose(nint host, nint caller, Slot* slots, nuint count) =>
        Run(caller, slots, "fd_close", &Close);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint FdRenumber(nint host, nint caller, Slot* slots, nuint count) =>
        Run(caller, slots, "fd_renumber", &Renumber);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint PollOneoff(nint host, nint caller, Slot* slots, nuint count) =>
        Run(caller, slots, "poll_oneoff", &Poll);

    /// <summary>Runs a function that leaves its errno in the first slot. No exception leaves a thunk.</summary>
    private static nint Run(
        nint caller, Slot* slots, string function, delegate*<Store, nint, Slot*, void> implementation)
    {
        try
        {
            implementation(Store.Of(caller), caller, slots);
            return 0;
        }
        catch (Exception exception)
        {
            return HostCall.Abort(caller, exception, Module, function);
        }
    }

    private static void Read(Store store, nint caller, Slot* slots)
    {
        switch (store.Wasi.Descriptors[slots[0].U32])
        {
            case WasiStream.Input:
                slots[0].S32 = WasiStreams.Read(caller, slots, store.Wasi.Options.StandardInput);
                break;
            case WasiStream.None when store.Wasi.HasFiles:
                store.Wasi.Engine(caller).Read(slots);
                break;
            default:
                slots[0].S32 = BadDescriptor;
                break;
        }
    }

    private static void Write(Store store, nint caller, Slot* slots)
    {
        switch (store.Wasi.Descriptors[slots[0].U32])
        {
            case WasiStream.Output:
                slots[0].S32 = WasiStreams.Write(caller, slots, store.Wasi.Options.StandardOutput);
                break;
            case WasiStream.Error:
                slots[0].S32 = WasiStreams.Write(caller, slots, store.Wasi.Options.StandardError);
                break;
            case WasiStream.None when store.Wasi.HasFiles:
                store.Wasi.Engine(caller).Write(slots);
                break;
            default:
                slots[0].S32 = BadDescriptor;
                break;
        }
    }

    private static void Open(Store store, nint caller, Slot* slots) =>
        store.Wasi.Descriptors.Open(store.Wasi.Engine(caller), slots);

    private static void Fill(Store store, nint caller, Slot* slots) =>
        slots[0].S32 = WasiRandom.Fill(store, caller, slots[0].U32, slots[1].U32);

    private static void Close(Store store, nint caller, Slot* slots) =>
        store.Wasi.Descriptors.Close(store.Wasi.Engine(caller), slots);

    private static void Renumber(Store store, nint caller, Slot* slots) =>
        store.Wasi.Descriptors.Renumber(store.Wasi.Engine(caller), slots);

    private static void Poll(Store store, nint caller, Slot* slots) =>
        slots[0].S32 = WasiPoll.Poll(store, caller, slots);
}
