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
    /// <param name="inMemory">What <see cref="WasiCall.CallFile"/> does for a descriptor in memory.</param>
    private WasiFunction(
        string name,
        string parameters,
        Func<WasiCall, int>? implementation = null,
        Func<WasiCall, WasiOpenNode, int>? inMemory = null)
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
        Implementation = implementation ?? (static call => call.CallFile());
        InMemory = inMemory;
        DescriptorSlot = Arguments
            .TakeWhile(static argument => !argument.IsDescriptor)
            .Sum(static argument => argument.Slots.Length);
    }

    /// <summary>A function for files: the engine does it for those of the host.</summary>
    private WasiFunction(string name, string parameters, Func<WasiCall, WasiOpenNode, int> inMemory)
        : this(name, parameters, null, inMemory)
    {
    }

    /// <summary><c>fd_close</c>.</summary>
    internal static WasiFunction Close { get; } = new("fd_close", "fd:fd", WasiDescriptors.Close);

    /// <summary>All of them.</summary>
    internal static ImmutableArray<WasiFunction> All { get; } =
    [
        new("args_get", "argv:address argv_buf:address", WasiArguments.Arguments),
        new("args_sizes_get", "count:address size:address", WasiArguments.ArgumentSizes),
        new("environ_get", "environ:address environ_buf:address", WasiArguments.Environment),
        new("environ_sizes_get", "count:address size:address", WasiArguments.EnvironmentSizes),
        new("clock_res_get", "id:i32 resolution:address", WasiClock.Resolution),
        new("clock_time_get", "id:i32 precision:i64 time:address", WasiClock.Time),
        new("fd_advise", "fd:fd offset:i64 len:i64 advice:advice", WasiFileFunctions.Advise),
        new("fd_allocate", "fd:fd offset:i64 len:i64", WasiFileFunctions.Allocate),
        Close,
        new("fd_datasync", "fd:fd", WasiFileFunctions.Sync),
        new("fd_fdstat_get", "fd:fd stat:fdstat*", WasiFileFunctions.Status),
        new("fd_fdstat_set_flags", "fd:fd flags:fdflags", WasiFileFunctions.SetFlags),
        new(
            "fd_fdstat_set_rights",
            "fd:fd fs_rights_base:rights fs_rights_inheriting:rights",
            WasiFileFunctions.SetRights),
        new("fd_filestat_get", "fd:fd buf:filestat*", WasiFileFunctions.FileStatus),
        new("fd_filestat_set_size", "fd:fd size:i64", WasiFileFunctions.SetSize),
        new("fd_filestat_set_times", "fd:fd atim:i64 mtim:i64 fst_flags:fstflags", WasiFileFunctions.SetTimes),
        new("fd_pread", "fd:fd iovs:iovec[] offset:i64 nread:u32*", WasiFileFunctions.ReadAt),
        new("fd_prestat_get", "fd:fd buf:prestat*", WasiFileFunctions.GivenPathLength),
        new("fd_prestat_dir_name", "fd:fd path:u8[]", WasiFileFunctions.GivenPath),
        new("fd_pwrite", "fd:fd iovs:ciovec[] offset:i64 nwritten:u32*", WasiFileFunctions.WriteAt),
        new("fd_read", "fd:fd iovs:iovec[] nread:u32*", WasiStreams.Read, WasiFileFunctions.Read),
        new("fd_readdir", "fd:fd buf:dirent[] cookie:i64 bufused:u32*", WasiFileFunctions.List),
        new("fd_renumber", "fd:fd to:fd", WasiDescriptors.Renumber),
        new("fd_seek", "fd:fd offset:i64 whence:whence newoffset:u64*", WasiFileFunctions.Seek),
        new("fd_sync", "fd:fd", WasiFileFunctions.Sync),
        new("fd_tell", "fd:fd offset:u64*", WasiFileFunctions.Tell),
        new("fd_write", "fd:fd iovs:ciovec[] nwritten:u32*", WasiStreams.Write, WasiFileFunctions.Write),
        new("path_create_directory", "fd:fd path:path", WasiPathFunctions.CreateDirectory),
        new("path_filestat_get", "fd:fd flags:lookupflags path:path buf:filestat*", WasiPathFunctions.FileStatus),
        new(
            "path_filestat_set_times",
            "fd:fd flags:lookupflags path:path atim:i64 mtim:i64 fst_flags:fstflags",
            WasiPathFunctions.SetTimes),
        new(
            "path_link",
            "old_fd:fd old_flags:lookupflags old_path:path new_fd:fd new_path:path",
            WasiPathFunctions.Link),
        new(
            "path_open",
            "fd:fd dirflags:lookupflags path:path oflags:oflags fs_rights_base:rights fs_rights_inheriting:rights "
                + "fdflags:fdflags opened_fd:fd*",
            WasiDescriptors.Open,
            WasiPathFunctions.Open),
        new("path_readlink", "fd:fd path:path buf:u8[] bufused:u32*", WasiPathFunctions.ReadLink),
        new("path_remove_directory", "fd:fd path:path", WasiPathFunctions.RemoveDirectory),
        new("path_rename", "fd:fd old_path:path new_fd:fd new_path:path", WasiPathFunctions.Rename),
        new("path_symlink", "old_path:path fd:fd new_path:path", WasiPathFunctions.Link),
        new("path_unlink_file", "fd:fd path:path", WasiPathFunctions.UnlinkFile),
        new("poll_oneoff", "in:address out:address nsubscriptions:i32 nevents:address", WasiPoll.Poll),
        new("proc_exit", "rval:i32", static call => throw new GuestExitException(call.Signed(0))),
        new("proc_raise", "sig:signal"),
        new("random_get", "buf:address buf_len:i32", WasiRandom.Fill),
        new("sched_yield", ""),
        new("sock_accept", "fd:fd flags:fdflags result:fd*", WasiFileFunctions.OfSocket),
        new(
            "sock_recv",
            "fd:fd ri_data:iovec[] ri_flags:riflags ro_datalen:u32* ro_flags:u16*",
            WasiFileFunctions.OfSocket),
        new("sock_send", "fd:fd si_data:ciovec[] si_flags:siflags so_datalen:u32*", WasiFileFunctions.OfSocket),
        new("sock_shutdown", "fd:fd how:sdflags", WasiFileFunctions.OfSocket),
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

    /// <summary>What it does for a descriptor in memory, whose tree is locked; returns the errno.</summary>
    internal Func<WasiCall, WasiOpenNode, int>? InMemory { get; }

    /// <summary>The slot of its first descriptor, if it has any.</summary>
    internal int DescriptorSlot { get; }
}
