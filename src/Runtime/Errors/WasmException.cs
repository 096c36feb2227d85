namespace WasmBindgen;

/// <summary>
/// The base of what this library throws for a guest, a module or the engine. A host method's own interrupt arrives as
/// itself and need not derive from this.
/// </summary>
public class WasmException : Exception
{
    /// <summary>Creates the exception.</summary>
    public WasmException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public WasmException(string? message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public WasmException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Where the guest was when it was aborted; null when no guest was running.</summary>
    public GuestBacktrace? Backtrace => GuestBacktrace.Of(this);
}
