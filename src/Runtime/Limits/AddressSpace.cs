using System.Runtime.InteropServices;

namespace WasmBindgen;

/// <summary>
/// Pages of the process: first reserved without access, then made readable and writable from the front.
/// </summary>
internal static unsafe partial class AddressSpace
{
    /// <returns>The first page, or null.</returns>
    internal static byte* Reserve(nuint bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            const int Reserve = 0x2000;
            const int NoAccess = 0x01;
            return VirtualAlloc(null, bytes, Reserve, NoAccess);
        }

        const int NoAccessAtAll = 0;
        const int Private = 0x02;
        int anonymous = OperatingSystem.IsMacOS() ? 0x1000 : 0x20;
        int noReserve = OperatingSystem.IsMacOS() ? 0x40 : 0x4000;
        byte* pages = mmap(null, bytes, NoAccessAtAll, Private | anonymous | noReserve, -1, 0);
        return (nint)pages == -1 ? null : pages;
    }

    /// <summary>
    /// Makes the first bytes accessible. New ones are zero; bytes that were accessible before keep their content.
    /// </summary>
    /// <returns>Whether the system had enough memory.</returns>
    internal static bool Commit(byte* pages, nuint bytes)
    {
        if (bytes == 0)
        {
            return true;
        }

        if (OperatingSystem.IsWindows())
        {
            const int Commit = 0x1000;
            const int PageReadWrite = 0x04;
            return VirtualAlloc(pages, bytes, Commit, PageReadWrite) != null;
        }

        const int ReadWrite = 1 | 2;
        return mprotect(pages, bytes, ReadWrite) == 0;
    }

    internal static void Release(byte* pages, nuint bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            const int Release = 0x8000;
            _ = VirtualFree(pages, 0, Release);
        }
        else
        {
            _ = munmap(pages, bytes);
        }
    }

    [LibraryImport("libc")]
    private static partial byte* mmap(byte* address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc")]
    private static partial int mprotect(byte* address, nuint bytes, int protection);

    [LibraryImport("libc")]
    private static partial int munmap(byte* address, nuint bytes);

    [LibraryImport("kernel32")]
    private static partial byte* VirtualAlloc(byte* address, nuint bytes, int type, int protection);

    [LibraryImport("kernel32")]
    private static partial int VirtualFree(byte* address, nuint bytes, int type);
}
