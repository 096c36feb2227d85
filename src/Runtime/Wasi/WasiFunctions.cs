using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary>The functions of <c>wasi_snapshot_preview1</c>: their types, and those that are not left to the engine.</summary>
/// <remarks>
/// The engine's <c>proc_exit</c> refuses codes above 125, and its streams cannot be .NET's. Source: WASI preview 1,
/// <see href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md">docs.md</see>.
/// </remarks>
internal static unsafe class WasiFunctions
{
    internal const string Module = "wasi_snapshot_preview1";

    private const int Success = 0;
    private const int BadDescriptor = 8;
    private const int BadAddress = 21;
    private const int InputOutput = 29;

    private const uint MaxVectors = 1024;
    private const uint EnoughBytes = 1 << 20;

    // The parameters of each: i for i32, I for i64. All return an errno, but for proc_exit.
    private const string Signatures = """
        args_get ii, args_sizes_get ii, environ_get ii, environ_sizes_get ii, clock_res_get ii, clock_time_get iIi,
        fd_advise iIIi, fd_allocate iII, fd_close i, fd_datasync i, fd_fdstat_get ii, fd_fdstat_set_flags ii, fd_fdstat_set_rights iII,
        fd_filestat_get ii, fd_filestat_set_size iI, fd_filestat_set_times iIIi, fd_pread iiiIi, fd_prestat_get ii, fd_prestat_dir_name iii,
        fd_pwrite iiiIi, fd_read iiii, fd_readdir iiiIi, fd_renumber ii, fd_seek iIii, fd_sync i, fd_tell ii, fd_write iiii,
        path_create_directory iii, path_filestat_get iiiii, path_filestat_set_times iiiiIIi, path_link iiiiiii, path_open iiiiiIIii,
        path_readlink iiiiii, path_remove_directory iii, path_rename iiiiii, path_symlink iiiii, path_unlink_file iii,
        poll_oneoff iiii, proc_exit i, proc_raise i, random_get ii, sched_yield -, sock_accept iii, sock_recv iiiiii, sock_send iiiii, sock_shutdown ii
        """;

    /// <summary>Name and type of each.</summary>
    internal static IEnumerable<(string Name, FunctionType Type)> All { get; } =
    [
        .. Signatures.Split(',', StringSplitOptions.TrimEntries).Select(static line => line.Split(' ')).Select(static words => (
            words[0],
            new FunctionType(
                [.. words[1].Where(char.IsAsciiLetter).Select(static kind => kind == 'i' ? ValueKind.I32 : ValueKind.I64)],
                words[0] == "proc_exit" ? [] : [ValueKind.I32]))),
    ];

    /// <summary>Defines those that are not the engine's.</summary>
    internal static void DefineOwn(Linker linker)
    {
        var functions = new HostFunctions(linker, Module, host: null);
        functions.Define("proc_exit", [ValueKind.I32], [], &ProcExit);
        functions.Define("fd_write", [ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32], [ValueKind.I32], &FdWrite);
        functions.Define("fd_read", [ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32], [ValueKind.I32], &FdRead);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint ProcExit(nint host, nint caller, Slot* slots, nuint count) =>
        HostCall.Interrupt(caller, new GuestExitException(slots[0].S32), Module, "proc_exit");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint FdWrite(nint host, nint caller, Slot* slots, nuint count)
    {
        try
        {
            WasiOptions? wasi = Store.Of(caller).Wasi;
            slots[0].S32 = slots[0].U32 switch
            {
                0 => BadDescriptor,
                1 => Write(caller, slots, wasi?.StandardOutput ?? Stream.Null),
                2 => Write(caller, slots, wasi?.StandardError ?? Stream.Null),
                _ => Store.Of(caller).WasiFiles(caller) is { } files ? files.Write(slots) : BadDescriptor,
            };
            return 0;
        }
        catch (Exception exception)
        {
            return HostCall.Abort(caller, exception, Module, "fd_write");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint FdRead(nint host, nint caller, Slot* slots, nuint count)
    {
        try
        {
            WasiOptions? wasi = Store.Of(caller).Wasi;
            slots[0].S32 = slots[0].U32 switch
            {
                0 => Read(caller, slots, wasi?.StandardInput ?? Stream.Null),
                1 or 2 => BadDescriptor,
                _ => Store.Of(caller).WasiFiles(caller) is { } files ? files.Read(slots) : BadDescriptor,
            };
            return 0;
        }
        catch (Exception exception)
        {
            return HostCall.Abort(caller, exception, Module, "fd_read");
        }
    }

    private static int Write(nint caller, Slot* slots, Stream stream)
    {
        Memory memory = HostCall.Memory(caller);
        uint written = 0;
        try
        {
            // A guest may name the same bytes again and again, and nothing interrupts this loop.
            for (uint i = 0; i < Math.Min(slots[2].U32, MaxVectors) && written < EnoughBytes; i++)
            {
                Span<byte> part = Part(memory, slots[1].U32, i);
                stream.Write(part);
                written += (uint)part.Length;
            }

            stream.Flush();
        }
        catch (IOException)
        {
            return InputOutput;
        }
        catch (GuestMemoryException)
        {
            return BadAddress;
        }

        return Report(memory, slots[3].U32, written);
    }

    /// <summary>One read, as of a file: it may give less than there is room for.</summary>
    private static int Read(nint caller, Slot* slots, Stream stream)
    {
        Memory memory = HostCall.Memory(caller);
        uint read = 0;
        try
        {
            for (uint i = 0; i < Math.Min(slots[2].U32, MaxVectors) && read == 0; i++)
            {
                read = (uint)stream.Read(Part(memory, slots[1].U32, i));
            }
        }
        catch (IOException)
        {
            return InputOutput;
        }
        catch (GuestMemoryException)
        {
            return BadAddress;
        }

        return Report(memory, slots[3].U32, read);
    }

    /// <summary>The bytes of one <c>iovec</c>: address and length, which lie one after the other.</summary>
    private static Span<byte> Part(Memory memory, uint vectors, uint index)
    {
        long vector = vectors + (8L * index);
        uint length = memory.Read<uint>(vector + 4);
        return length > int.MaxValue
            ? throw GuestMemoryException.TooLong(memory.Read<uint>(vector), length)
            : memory.GetSpan(memory.Read<uint>(vector), (int)length);
    }

    private static int Report(Memory memory, uint address, uint count)
    {
        try
        {
            memory.Write(address, count);
            return Success;
        }
        catch (GuestMemoryException)
        {
            return BadAddress;
        }
    }
}
