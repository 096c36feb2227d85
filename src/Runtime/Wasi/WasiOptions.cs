namespace WasmBindgen;

/// <summary>What a guest that uses WASI preview 1 sees of the host: nothing but what is given here.</summary>
public sealed record WasiOptions
{
    /// <summary>The arguments, of which the first is the program's name by custom.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// What the guest reads as its standard input; null for nothing. For the host's own,
    /// <see cref="Console.OpenStandardInput()"/>.
    /// </summary>
    public Stream? StandardInput { get; init; }

    /// <summary>
    /// Where the guest's standard output goes; null for nowhere. A <see cref="MemoryStream"/> captures it,
    /// <see cref="Console.OpenStandardOutput()"/> is the host's own. It is flushed when the guest writes, and stays
    /// open.
    /// </summary>
    public Stream? StandardOutput { get; init; }

    /// <summary>
    /// Where the guest's standard error goes; null for nowhere. May be the same as <see cref="StandardOutput"/>.
    /// </summary>
    public Stream? StandardError { get; init; }

    /// <summary>The directories that the guest can reach, and all that is in them.</summary>
    public IReadOnlyList<WasiDirectory> Directories { get; init; } = [];
}

/// <summary>A directory of the host's that a guest can reach.</summary>
/// <param name="HostPath">Where it is.</param>
/// <param name="GuestPath">What the guest calls it, such as <c>/data</c> or <c>.</c>.</param>
/// <param name="IsReadOnly">Whether the guest can only read in it.</param>
public sealed record WasiDirectory(string HostPath, string GuestPath, bool IsReadOnly = false);
