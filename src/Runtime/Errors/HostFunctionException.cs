namespace WasmBindgen;

/// <summary>
/// A host method threw an exception that it had not declared with <c>[Interrupts]</c>, which aborted the guest. The original
/// is the <see cref="Exception.InnerException"/>.
/// </summary>
public sealed class HostFunctionException : WasmException
{
    internal HostFunctionException(string module, string function, Exception exception)
        : base($"Host function `{module}.{function}` failed: {exception.Message}", exception)
    {
        Module = module;
        Function = function;
    }

    /// <summary>The import module of the host function.</summary>
    public string Module { get; }

    /// <summary>The name of the host function in it.</summary>
    public string Function { get; }
}
