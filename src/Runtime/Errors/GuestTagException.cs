using System.Collections.Immutable;

namespace WasmBindgen;

/// <summary>
/// The guest threw a WebAssembly exception that nothing caught. One that a host method threw as a
/// <see cref="WasmTagAttribute{TException}"/> arrives as itself instead.
/// </summary>
public sealed class GuestTagException : TrapException
{
    // What a message shows of an exception with many values.
    private const int MaxShown = 8;

    private readonly UncaughtTag _uncaught;

    internal GuestTagException(UncaughtTag uncaught)
        : base(TrapCode.UncaughtException, Describe(uncaught)) => _uncaught = uncaught;

    /// <summary>
    /// The module of the tag: the import module if a host method throws it too, otherwise the name of the module that
    /// exports it. Null if the tag has no name.
    /// </summary>
    public string? Module => _uncaught.Module;

    /// <summary>The name under which the tag is imported from the host or exported; null if neither.</summary>
    public string? Name => _uncaught.Name;

    /// <summary>The tag's type.</summary>
    public TagType Tag => _uncaught.Type;

    /// <summary>
    /// What the guest threw, in order: an object that it got from the host is that object. A value of the guest's own
    /// heap has only its kind.
    /// </summary>
    public ImmutableArray<WasmValue> Values => _uncaught.Values;

    private static string Describe(UncaughtTag uncaught)
    {
        string tag = uncaught.Name is null
            ? $"a `{uncaught.Type}` without a name"
            : $"`{Printable.Name($"{uncaught.Module}.{uncaught.Name}")}`";
        string values = string.Join(", ", uncaught.Values.Take(MaxShown));
        string rest = uncaught.Values.Length > MaxShown ? ", …" : "";
        return $"The guest threw a WebAssembly exception that nothing caught: {tag} ({values}{rest}).";
    }
}

/// <summary>An uncaught WebAssembly exception.</summary>
internal sealed record UncaughtTag(string? Module, string? Name, TagType Type, ImmutableArray<WasmValue> Values);
