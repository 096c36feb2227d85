namespace WasmBindgen;

/// <summary>
/// A host method threw an exception that it had not declared with <c>[Interrupts]</c>, which aborted the guest. The
/// original exception is the <see cref="Exception.InnerException"/>.
/// </summary>
public sealed class HostFunctionException : WasmException
{
    internal HostFunctionException(string module, string function, Exception exception)
        : base($"Host function `{module}.{function}` failed: {MessageOf(exception)}", exception)
    {
        Module = module;
        Function = function;
    }

    /// <summary>For a callback of the official package, whose names are not known.</summary>
    internal HostFunctionException(Exception exception)
        : base($"A callback defined with the Wasmtime package failed: {MessageOf(exception)}", exception)
    {
        Module = "";
        Function = "";
    }

    /// <summary>The import module of the host function; empty for a callback of the official package.</summary>
    public string Module { get; }

    /// <summary>The name of the host function in it; empty for a callback of the official package.</summary>
    public string Function { get; }

    /// <summary>
    /// An overridden message may throw too, but an exception on the way back to the engine would end the process.
    /// </summary>
    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception failure)
        {
            return $"{exception.GetType()}, whose message cannot be read ({failure.GetType()})";
        }
    }
}
