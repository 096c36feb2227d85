using System.Text;
using System.Text.Unicode;

namespace WasmBindgen.Wasi;

/// <summary>Where a path leads in memory.</summary>
/// <param name="Folder">The directory of the last name.</param>
/// <param name="Name">The last name; empty if the path ends with <c>.</c> or <c>..</c>.</param>
/// <param name="Node">What is there; null if nothing is.</param>
/// <param name="EndsWithSlash">Whether it can only be a directory.</param>
internal readonly record struct WasiPath(WasiFolder Folder, string Name, WasiNode? Node, bool EndsWithSlash)
{
    // As on Linux, in bytes.
    private const int MaxLength = 4095;
    private const int MaxName = 255;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The errno for what must exist.</summary>
    internal int Existing => Node is null ? WasiErrno.NoEntry
        : EndsWithSlash && Node is WasiFile ? WasiErrno.NotDirectory
        : WasiErrno.Success;

    /// <summary>Follows a guest's path.</summary>
    /// <param name="call">The call.</param>
    /// <param name="start">The directory where it starts, and which it must not leave.</param>
    /// <param name="slot">The slot of its address; the next one is of its length.</param>
    /// <param name="changes">Whether the call changes what is there.</param>
    /// <param name="path">Where it leads.</param>
    /// <returns>The errno.</returns>
    internal static int Find(WasiCall call, WasiOpenNode start, int slot, bool changes, out WasiPath path)
    {
        path = default;
        ReadOnlySpan<byte> bytes = call.Part("path", call.Number(slot), call.Number(slot + 1));
        return start.Node is not WasiFolder folder ? WasiErrno.BadDescriptor
            : changes && start.IsReadOnly ? WasiErrno.NotPermitted
            : bytes.Length > MaxLength ? WasiErrno.NameTooLong
            : !Utf8.IsValid(bytes) ? WasiErrno.IllegalBytes
            : Find(Encoding.UTF8.GetString(bytes), folder, out path);
    }

    /// <summary>Like <see cref="Find(WasiCall, WasiOpenNode, int, bool, out WasiPath)"/>, to what exists.</summary>
    internal static int FindNode(WasiCall call, WasiOpenNode start, int slot, bool changes, out WasiPath path)
    {
        int errno = Find(call, start, slot, changes, out path);
        return errno == WasiErrno.Success ? path.Existing : errno;
    }

    /// <summary>Follows a path.</summary>
    /// <returns>The errno.</returns>
    internal static int Find(string text, WasiFolder start, out WasiPath path)
    {
        path = new WasiPath(start, "", start, text.EndsWith('/'));
        if (text is "")
        {
            return WasiErrno.NoEntry;
        }

        if (text.Contains('\0'))
        {
            return WasiErrno.Invalid;
        }

        if (text[0] == '/')
        {
            return WasiErrno.NotPermitted;
        }

        foreach (string name in text.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (path.Node is not WasiFolder folder)
            {
                return path.Node is null ? WasiErrno.NoEntry : WasiErrno.NotDirectory;
            }

            if (name == ".." && folder == start)
            {
                return WasiErrno.NotPermitted;
            }

            if (IsTooLong(name))
            {
                return WasiErrno.NameTooLong;
            }

            path = name switch
            {
                "." => path with { Folder = folder, Name = "" },
                ".." => path with { Folder = folder.Folder!, Name = "", Node = folder.Folder },
                _ => path with { Folder = folder, Name = name, Node = folder.Entries.GetValueOrDefault(name) },
            };
        }

        return WasiErrno.Success;
    }

    /// <summary>Whether something may have this name.</summary>
    internal static bool IsName(string text) =>
        text is not ("" or "." or "..") && !text.Contains('\0') && !IsTooLong(text);

    /// <exception cref="ArgumentException">The host gave half of a surrogate pair.</exception>
    private static bool IsTooLong(string name) => s_strict.GetByteCount(name) > MaxName;
}
