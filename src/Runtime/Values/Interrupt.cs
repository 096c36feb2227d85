namespace WasmBindgen;

/// <summary>Makes the interrupts that host methods return.</summary>
public static class Interrupt
{
    /// <summary>An interrupt with this error.</summary>
    public static Interrupt<TError> With<TError>(TError error) => new(error);
}

/// <summary>
/// What a host method returns that always aborts the guest: the call site gets <see cref="Error"/>, and no exception is
/// thrown or created on the way. A call site that returns a <see cref="GuestResult"/> reads it; one that throws gets a
/// <see cref="GuestInterruptedException{TError}"/>, or the error itself when it is an exception.
/// </summary>
/// <remarks>
/// <code>
/// public Interrupt&lt;ExitCode&gt; EarlyExit() => Interrupt.With(new ExitCode(1));
/// </code>
/// An error does not convert by itself: in <c>ok ? value : error</c> C# would take either for the other.
/// </remarks>
/// <typeparam name="TError">Any type.</typeparam>
public readonly struct Interrupt<TError>
{
    internal Interrupt(TError error)
    {
        Error = error;
        IsSet = true;
    }

    /// <summary>What the call site gets.</summary>
    public TError Error { get; }

    /// <summary>
    /// Whether it was made, rather than being a <c>default</c> that a conditional expression took for one.
    /// </summary>
    internal bool IsSet { get; }

    /// <summary>The error.</summary>
    public override string ToString() => $"interrupt: {GuestError.TextOf(Error)}";
}
