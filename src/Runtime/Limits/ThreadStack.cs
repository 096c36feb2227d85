using System.Runtime.InteropServices;

namespace WasmBindgen;

/// <summary>
/// The stack of a thread. The engine counts a guest's stack from where the host calls it, and does not look how much
/// the thread has left; a guest that goes beyond that ends the process.
/// </summary>
internal static unsafe partial class ThreadStack
{
    /// <summary>What the host and .NET need below a guest's stack, to get out again.</summary>
    internal const int Reserve = 128 << 10;

    /// <summary>The lowest address of the present thread's stack; 0 if the system does not tell.</summary>
    internal static nuint Floor()
    {
        if (OperatingSystem.IsWindows())
        {
            GetCurrentThreadStackLimits(out nuint low, out _);
            return low;
        }

        if (OperatingSystem.IsMacOS())
        {
            nint self = pthread_self();
            return pthread_get_stackaddr_np(self) - pthread_get_stacksize_np(self);
        }

        const int EnoughForPthreadAttr = 16;
        ulong* attributes = stackalloc ulong[EnoughForPthreadAttr];
        if (pthread_getattr_np(pthread_self(), attributes) != 0)
        {
            return 0;
        }

        nuint address = 0;
        _ = pthread_attr_getstack(attributes, &address, out _);
        _ = pthread_attr_destroy(attributes);
        return address;
    }

    [LibraryImport("libc")]
    private static partial nint pthread_self();

    [LibraryImport("libc")]
    private static partial int pthread_getattr_np(nint thread, ulong* attributes);

    [LibraryImport("libc")]
    private static partial int pthread_attr_getstack(ulong* attributes, nuint* address, out nuint size);

    [LibraryImport("libc")]
    private static partial int pthread_attr_destroy(ulong* attributes);

    [LibraryImport("libc")]
    private static partial nuint pthread_get_stackaddr_np(nint thread);

    [LibraryImport("libc")]
    private static partial nuint pthread_get_stacksize_np(nint thread);

    [LibraryImport("kernel32")]
    private static partial void GetCurrentThreadStackLimits(out nuint low, out nuint high);
}
