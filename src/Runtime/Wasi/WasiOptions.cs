namespace WasmBindgen;

/// <summary>What a guest that uses WASI preview 1 sees of the host. By default, it sees nothing.</summary>
/// <remarks>
/// A property that is not nullable throws an <see cref="ArgumentNullException"/> when it is set to null.
/// </remarks>
public sealed record WasiOptions
{
    /// <summary>The arguments; by convention, the first is the program's name.</summary>
    public IReadOnlyList<string> Arguments
    {
        get;
        init => field = NotNull(value, nameof(Arguments));
    } = [];

    /// <summary>The environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment
    {
        get;
        init => field = NotNull(value, nameof(Environment));
    } = new Dictionary<string, string>();

    /// <summary>
    /// The guest's standard input; null for an empty one. <see cref="Console.OpenStandardInput()"/> is the host's own.
    /// </summary>
    public Stream? StandardInput { get; init; }

    /// <summary>
    /// The guest's standard output; null to discard it. A <see cref="MemoryStream"/> captures it,
    /// <see cref="Console.OpenStandardOutput()"/> is the host's own. The stream is flushed after each write, and stays
    /// open.
    /// </summary>
    public Stream? StandardOutput { get; init; }

    /// <summary>
    /// The guest's standard error; null to discard it. May be the same as <see cref="StandardOutput"/>.
    /// </summary>
    public Stream? StandardError { get; init; }

    /// <summary>The directories that the guest can access, with everything in them.</summary>
    public IReadOnlyList<WasiDirectory> Directories
    {
        get;
        init => field = NotNull(value, nameof(Directories));
    } = [];

    /// <summary>
    /// The most files and directories that the guest may have open at once; 256 by default. Beyond that, opening one
    /// fails with the errno <c>mfile</c>. The process has a limit for all its guests together.
    /// </summary>
    public int MaxOpenFiles { get; init; } = 256;

    /// <summary>
    /// The guest's clocks, and what its sleep waits for; the system's by default. Another one makes runs reproducible.
    /// </summary>
    public TimeProvider Clock
    {
        get;
        init => field = NotNull(value, nameof(Clock));
    } = TimeProvider.System;

    /// <summary>
    /// Where the guest's random bytes come from; null for the system's cryptographic generator. One with a seed makes
    /// runs reproducible. It is used by one thread at a time if only one store has it.
    /// </summary>
    public Random? Random { get; init; }

    private static T NotNull<T>(T value, string option)
        where T : class =>
        value ?? throw new ArgumentNullException(option);
}

/// <summary>A directory that a guest can access.</summary>
/// <param name="HostPath">Its path on the host; null for one in memory.</param>
/// <param name="GuestPath">Its path for the guest, such as <c>/data</c> or <c>.</c>.</param>
/// <param name="IsReadOnly">Whether the guest can only read from it.</param>
public sealed record WasiDirectory(string? HostPath, string GuestPath, bool IsReadOnly = false)
{
    /// <summary>A directory in memory.</summary>
    /// <param name="Files">What is in it.</param>
    /// <param name="GuestPath">Its path for the guest, such as <c>/data</c> or <c>.</c>.</param>
    /// <param name="IsReadOnly">Whether the guest can only read from it.</param>
    public WasiDirectory(WasiFiles Files, string GuestPath, bool IsReadOnly = false)
        : this((string?)null, GuestPath, IsReadOnly) =>
        this.Files = Files ?? throw new ArgumentNullException(nameof(Files));

    /// <summary>What is in a directory in memory; null for one of the host.</summary>
    public WasiFiles? Files { get; }
}
