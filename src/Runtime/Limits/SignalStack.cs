using System.Runtime.InteropServices;

namespace WasmBindgen;

/// <summary>The stack on which signal handlers of a thread run, on Linux.</summary>
/// <remarks>
/// The engine wants a larger one than the CLR gives its threads. It would install one of its own when a thread first
/// runs a guest, and free that when the thread ends. The CLR, which then finds another stack than its own, does not
/// free its own: two mappings stay for each thread that has run a guest and ended. After 32,000 such threads the system
/// refuses further mappings, and the process ends. So this installs a large one before the engine does, frees the
/// CLR's, and has the thread free the large one when it ends.
/// </remarks>
internal static unsafe partial class SignalStack
{
    // What the engine wants, or else it installs its own.
    private const nuint Size = 64 * 4096;
    private const int Disabled = 2;
    private const int IsBadAddress = 14;

    // All from one place: another allocator may stand in for the C library's.
    private static readonly delegate* unmanaged[Cdecl]<nint*, nuint, nuint, int> s_allocate;
    private static readonly delegate* unmanaged[Cdecl]<nint, void> s_free;
    private static readonly uint s_atThreadEnd;

    static SignalStack()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        nint program = NativeLibrary.GetMainProgramHandle();
        if (NativeLibrary.TryGetExport(program, "posix_memalign", out nint allocate)
            && NativeLibrary.TryGetExport(program, "free", out nint free)
            && pthread_key_create(out s_atThreadEnd, free) == 0)
        {
            s_allocate = (delegate* unmanaged[Cdecl]<nint*, nuint, nuint, int>)allocate;
            s_free = (delegate* unmanaged[Cdecl]<nint, void>)free;
        }
    }

    /// <summary>Must be called in each thread before it first runs a guest. Does nothing elsewhere.</summary>
    internal static void Enlarge()
    {
        Stack old;
        if (s_allocate == null || sigaltstack(null, &old) != 0 || (old.Flags & Disabled) != 0 || old.Size >= Size
            || !IsOfClr(old))
        {
            return;
        }

        nint memory;
        if (s_allocate(&memory, (nuint)Environment.SystemPageSize, Size) != 0)
        {
            return;
        }

        var enlarged = new Stack { Memory = memory, Size = Size };
        if (pthread_setspecific(s_atThreadEnd, memory) != 0)
        {
            s_free(memory);
        }
        else if (sigaltstack(&enlarged, null) == 0)
        {
            _ = munmap(old.Memory, old.Size);
        }
    }

    /// <summary>
    /// The CLR's is a mapping whose first page is a guard that cannot be read. That of a thread which another language
    /// has made belongs to it, and is left alone.
    /// </summary>
    private static bool IsOfClr(in Stack stack) =>
        stack.Memory % Environment.SystemPageSize == 0
        && access(stack.Memory, 0) != 0 && Marshal.GetLastPInvokeError() == IsBadAddress;

    [LibraryImport("libc")]
    private static partial int sigaltstack(Stack* stack, Stack* previous);

    /// <summary>Asks for the file of a name; tells when the name's own address cannot be read.</summary>
    [LibraryImport("libc", SetLastError = true)]
    private static partial int access(nint path, int mode);

    [LibraryImport("libc")]
    private static partial int munmap(nint address, nuint length);

    [LibraryImport("libc")]
    private static partial int pthread_key_create(out uint key, nint destructor);

    [LibraryImport("libc")]
    private static partial int pthread_setspecific(uint key, nint value);

    /// <summary><c>stack_t</c>.</summary>
    private struct Stack
    {
        internal nint Memory;
        internal int Flags;
        internal nuint Size;
    }
}
