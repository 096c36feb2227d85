namespace WasmBindgen;

/// <summary>
/// The base of the exceptions that this library throws for a guest, a module or the engine. An interrupt that a host
/// method throws arrives as itself, and need not derive from this class.
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

    /// <summary>Where the guest was when it was aborted; null if no guest was running.</summary>
    public GuestBacktrace? Backtrace => GuestBacktrace.Of(this);
}
