namespace WasmBindgen;

/// <summary>Creates the interrupts that host methods return.</summary>
public static class Interrupt
{
    /// <summary>Creates an interrupt with an error.</summary>
    public static Interrupt<TError> With<TError>(TError error) => new(error);
}

/// <summary>
/// Returned by a host method that always aborts the guest. The call site gets <see cref="Error"/>, and no exception is
/// thrown or created on the way. A call that returns a <see cref="GuestResult"/> contains the error. Any other call
/// throws a <see cref="GuestInterruptedException{TError}"/>, or the error itself if it is an exception.
/// </summary>
/// <remarks>
/// <code>
/// public Interrupt&lt;ExitCode&gt; EarlyExit() => Interrupt.With(new ExitCode(1));
/// </code>
/// There is no implicit conversion from an error: in <c>ok ? value : error</c>, C# might convert one to the other's
/// type.
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
    /// Whether it was created with an error. False for a <c>default</c>, such as a conditional expression may produce.
    /// </summary>
    internal bool IsSet { get; }

    /// <summary>The error.</summary>
    public override string ToString() => $"interrupt: {GuestError.TextOf(Error)}";
}
