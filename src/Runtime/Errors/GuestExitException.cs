using System.Globalization;

namespace WasmBindgen;

/// <summary>
/// The guest called WASI's <c>proc_exit</c>, with any code including 0. A guest whose <c>main</c> returns 0 may return
/// from <c>_start</c> instead.
/// </summary>
public sealed class GuestExitException : WasmException
{
    internal GuestExitException(int exitCode)
        : base(string.Create(CultureInfo.InvariantCulture, $"The guest exited with code {exitCode}.")) =>
        ExitCode = exitCode;

    /// <summary>The exit code; any 32-bit value.</summary>
    public int ExitCode { get; }
}
