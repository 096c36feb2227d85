namespace WasmBindgen.Wasi;

/// <summary>The errors of WASI functions that this library reports itself: <c>errno</c>.</summary>
internal static class WasiErrno
{
    internal const int Success = 0;
    internal const int BadDescriptor = 8;
    internal const int Invalid = 28;
    internal const int InputOutput = 29;
    internal const int TooManyFiles = 33;
    internal const int NameTooLong = 37;
}
