using System.Globalization;

namespace WasmBindgen;

/// <summary>
/// The guest ended itself by WASI's <c>proc_exit</c>, with 0 too. A guest whose <c>main</c> returns 0 may return from
/// <c>_start</c> instead.
/// </summary>
public sealed class GuestExitException : WasmException
{
    internal GuestExitException(int exitCode)
        : base(string.Create(CultureInfo.InvariantCulture, $"The guest exited with code {exitCode}.")) =>
        ExitCode = exitCode;

    /// <summary>The code, any 32 bits.</summary>
    public int ExitCode { get; }
}
