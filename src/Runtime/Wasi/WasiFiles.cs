using System.Text;
using WasmBindgen.Wasi;

namespace WasmBindgen;

/// <summary>
/// Files in memory, which guests see as a directory: <see cref="WasiDirectory(WasiFiles, string, bool)"/>. Paths are
/// those in that directory, such as <c>sub/file.txt</c>.
/// </summary>
/// <remarks>
/// Any number of stores may have it, and use the same files. It may be used by any thread at any time, also while
/// guests run.
/// </remarks>
public sealed class WasiFiles
{
    internal WasiTree Tree { get; } = new();

    /// <summary>
    /// The most bytes that all files together may have, where each file and directory counts 1024 more; 64 MiB by
    /// default. Beyond it, a guest gets the errno <c>nospc</c>.
    /// </summary>
    public long MaxBytes
    {
        get => Tree.MaxBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Tree.MaxBytes = value;
        }
    }

    /// <summary>Where the times of files come from; the system's clock by default.</summary>
    public TimeProvider Clock
    {
        get => Tree.Clock;
        init => Tree.Clock = value ?? throw new ArgumentNullException(nameof(Clock));
    }

    /// <summary>The paths of all files, sorted by their characters. Directories are not listed.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (Tree)
            {
                return
                [
                    .. Tree.Root.Descendants()
                        .OfType<WasiFile>()
                        .Select(static file => file.Path)
                        .Order(StringComparer.Ordinal),
                ];
            }
        }
    }

    /// <summary>
    /// A copy of a file's bytes. When set, the file and its directories are created if they do not exist.
    /// </summary>
    /// <exception cref="ArgumentException">The path is not one of names with <c>/</c> between them.</exception>
    /// <exception cref="FileNotFoundException">There is no such file to read.</exception>
    /// <exception cref="IOException">
    /// A directory is where the file should be, or the other way around, or there is no room by
    /// <see cref="MaxBytes"/>.
    /// </exception>
    public byte[] this[string path]
    {
        get
        {
            NamesIn(path);
            lock (Tree)
            {
                return WasiPath.Find(path, Tree.Root, out WasiPath found) == WasiErrno.Success
                    && found.Node is WasiFile file
                    ? file.Bytes.ToArray()
                    : throw new FileNotFoundException($"There is no file `{path}` in this WasiFiles.", path);
            }
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            string[] names = NamesIn(path);
            lock (Tree)
            {
                ThrowIfNoRoom(path, names, value.Length);
                WasiFolder folder = FolderOf(path, names.AsSpan()[..^1]);
                var file = FindOrCreate(folder, path, names[^1], isFolder: false) as WasiFile
                    ?? throw new IOException($"`{path}` is a directory.");
                ThrowIfFailed(Tree.SetLength(file, (ulong)value.Length), path);
                value.CopyTo(file.Bytes);
            }
        }
    }

    /// <summary>A file's bytes as text, which is UTF-8.</summary>
    /// <exception cref="ArgumentException">The path is not one of names with <c>/</c> between them.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public string ReadText(string path) => Encoding.UTF8.GetString(this[path]);

    /// <summary>Sets a file's bytes to text in UTF-8.</summary>
    /// <exception cref="ArgumentException">The path is not one of names with <c>/</c> between them.</exception>
    /// <exception cref="IOException">
    /// A directory is where the file should be, or the other way around, or there is no room by
    /// <see cref="MaxBytes"/>.
    /// </exception>
    public void WriteText(string path, string text) => this[path] = Encoding.UTF8.GetBytes(text);

    /// <summary>Creates a directory, and those that it is in. It may exist.</summary>
    /// <exception cref="ArgumentException">The path is not one of names with <c>/</c> between them.</exception>
    /// <exception cref="IOException">
    /// A file is where a directory should be, or there is no room by <see cref="MaxBytes"/>.
    /// </exception>
    public void CreateDirectory(string path)
    {
        string[] names = NamesIn(path);
        lock (Tree)
        {
            ThrowIfNoRoom(path, names, 0);
            FolderOf(path, names);
        }
    }

    private static string[] NamesIn(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] names = path.Split('/');
        return names.All(WasiPath.IsName)
            ? names
            : throw new ArgumentException($"`{path}` is not a path of names with `/` between them.", nameof(path));
    }

    /// <summary>The directory of these names, which is created if it does not exist.</summary>
    private WasiFolder FolderOf(string path, ReadOnlySpan<string> names)
    {
        WasiFolder folder = Tree.Root;
        foreach (string name in names)
        {
            folder = FindOrCreate(folder, path, name, isFolder: true) as WasiFolder ?? throw new IOException(
                $"`{path}` needs a directory where the file `{folder.Entries[name].Path}` is.");
        }

        return folder;
    }

    private WasiNode FindOrCreate(WasiFolder folder, string path, string name, bool isFolder)
    {
        if (!folder.Entries.ContainsKey(name))
        {
            ThrowIfFailed(Tree.Create(folder, name, isFolder), path);
        }

        return folder.Entries[name];
    }

    /// <summary>Refuses what would be created in part.</summary>
    private void ThrowIfNoRoom(string path, string[] names, long length)
    {
        WasiNode? node = Tree.Root;
        int missing = 0;
        foreach (string name in names)
        {
            node = (node as WasiFolder)?.Entries.GetValueOrDefault(name);
            missing += node is null ? 1 : 0;
        }

        ThrowIfFailed(Tree.Check(path.Length + 1, missing, length - ((node as WasiFile)?.Length ?? 0)), path);
    }

    private void ThrowIfFailed(int errno, string path)
    {
        if (errno != WasiErrno.Success)
        {
            throw new IOException(errno == WasiErrno.NameTooLong
                ? $"The path `{path}` is too long."
                : $"There is no room for `{path}`: MaxBytes is {MaxBytes}.");
        }
    }
}
