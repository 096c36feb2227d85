namespace WasmBindgen;

/// <summary>
/// The native engine was not found or cannot be used. The message lists what was tried and says what to do.
/// </summary>
public sealed class EngineLoadException : WasmException
{
    internal EngineLoadException(string message)
        : base(message)
    {
    }
}
