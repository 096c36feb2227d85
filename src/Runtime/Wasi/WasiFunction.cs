using System.Collections.Immutable;

namespace WasmBindgen.Wasi;

/// <summary>A function of <c>wasi_snapshot_preview1</c>.</summary>
/// <remarks>
/// Source: WASI preview 1,
/// <see href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md">docs.md</see>.
/// </remarks>
internal sealed class WasiFunction
{
    internal const string Module = "wasi_snapshot_preview1";

    /// <param name="name">Its name.</param>
    /// <param name="parameters">Each as <c>name:kind</c>, separated by spaces.</param>
    /// <param name="implementation">What it does; returns the errno. Null: the engine does it.</param>
    private WasiFunction(string name, string parameters, Func<WasiCall, int>? implementation = null)
    {
        Name = name;
        Arguments =
        [
            .. parameters
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(static parameter => parameter.Split(':'))
                .Select(static parts => new WasiParameter(parts[0], parts[1])),
        ];
        Parameters = [.. Arguments.SelectMany(static argument => argument.Slots)];
        Results = name == "proc_exit" ? [] : [ValueKind.I32];
        Implementation = implementation ?? (static call => call.CallEngine());
    }

    /// <summary><c>fd_fdstat_get</c>.</summary>
    internal static WasiFunction DescriptorStatus { get; } = new("fd_fdstat_get", "fd:i32 stat:fdstat*");

    /// <summary>All of them.</summary>
    internal static ImmutableArray<WasiFunction> All { get; } =
    [
        new("args_get", "argv:address argv_buf:address", WasiArguments.Arguments),
        new("args_sizes_get", "count:address size:address", WasiArguments.ArgumentSizes),
        new("environ_get", "environ:address environ_buf:address", WasiArguments.Environment),
        new("environ_sizes_get", "count:address size:address", WasiArguments.EnvironmentSizes),
        new("clock_res_get", "id:i32 resolution:address", WasiClock.Resolution),
        new("clock_time_get", "id:i32 precision:i64 time:address", WasiClock.Time),
        new("fd_advise", "fd:i32 offset:i64 len:i64 advice:advice"),
        new("fd_allocate", "fd:i32 offset:i64 len:i64"),
        new("fd_close", "fd:i32", WasiDescriptors.Close),
        new("fd_datasync", "fd:i32"),
        DescriptorStatus,
        new("fd_fdstat_set_flags", "fd:i32 flags:fdflags"),
        new("fd_fdstat_set_rights", "fd:i32 fs_rights_base:rights fs_rights_inheriting:rights"),
        new("fd_filestat_get", "fd:i32 buf:filestat*"),
        new("fd_filestat_set_size", "fd:i32 size:i64"),
        new("fd_filestat_set_times", "fd:i32 atim:i64 mtim:i64 fst_flags:fstflags"),
        new("fd_pread", "fd:i32 iovs:iovec[] offset:i64 nread:u32*"),
        new("fd_prestat_get", "fd:i32 buf:prestat*"),
        new("fd_prestat_dir_name", "fd:i32 path:u8[]"),
        new("fd_pwrite", "fd:i32 iovs:ciovec[] offset:i64 nwritten:u32*"),
        new("fd_read", "fd:i32 iovs:iovec[] nread:u32*", WasiStreams.Read),
        new("fd_readdir", "fd:i32 buf:dirent[] cookie:i64 bufused:u32*"),
        new("fd_renumber", "fd:i32 to:i32", WasiDescriptors.Renumber),
        new("fd_seek", "fd:i32 offset:i64 whence:whence newoffset:u64*"),
        new("fd_sync", "fd:i32"),
        new("fd_tell", "fd:i32 offset:u64*"),
        new("fd_write", "fd:i32 iovs:ciovec[] nwritten:u32*", WasiStreams.Write),
        new("path_create_directory", "fd:i32 path:path"),
        new("path_filestat_get", "fd:i32 flags:lookupflags path:path buf:filestat*"),
        new(
            "path_filestat_set_times",
            "fd:i32 flags:lookupflags path:path atim:i64 mtim:i64 fst_flags:fstflags"),
        new("path_link", "old_fd:i32 old_flags:lookupflags old_path:path new_fd:i32 new_path:path"),
        new(
            "path_open",
            "fd:i32 dirflags:lookupflags path:path oflags:oflags fs_rights_base:rights fs_rights_inheriting:rights "
                + "fdflags:fdflags opened_fd:u32*",
            WasiDescriptors.Open),
        new("path_readlink", "fd:i32 path:path buf:u8[] bufused:u32*"),
        new("path_remove_directory", "fd:i32 path:path"),
        new("path_rename", "fd:i32 old_path:path new_fd:i32 new_path:path"),
        new("path_symlink", "old_path:path fd:i32 new_path:path"),
        new("path_unlink_file", "fd:i32 path:path"),
        new("poll_oneoff", "in:address out:address nsubscriptions:i32 nevents:address", WasiPoll.Poll),
        new("proc_exit", "rval:i32", static call => throw new GuestExitException(call.Signed(0))),
        new("proc_raise", "sig:signal"),
        new("random_get", "buf:address buf_len:i32", WasiRandom.Fill),
        new("sched_yield", ""),
        new("sock_accept", "fd:i32 flags:fdflags result:u32*"),
        new("sock_recv", "fd:i32 ri_data:iovec[] ri_flags:riflags ro_datalen:u32* ro_flags:u16*"),
        new("sock_send", "fd:i32 si_data:ciovec[] si_flags:siflags so_datalen:u32*"),
        new("sock_shutdown", "fd:i32 how:sdflags"),
    ];

    internal string Name { get; }

    /// <summary>What the slots of <see cref="Parameters"/> are.</summary>
    internal ImmutableArray<WasiParameter> Arguments { get; }

    /// <summary>Whether it reads or writes the guest's memory.</summary>
    internal bool NeedsMemory => Arguments.Any(static argument => argument.IsInMemory);

    /// <summary>Names and forms of its parameters and result, for traces.</summary>
    internal string Signature =>
        string.Join(' ', Arguments.Select(static argument => $"{argument.Name}:{argument.Form}")) + " >u32";

    internal ValueKind[] Parameters { get; }

    internal ValueKind[] Results { get; }

    internal Func<WasiCall, int> Implementation { get; }
}
