namespace WasmBindgen.Wasi;

/// <summary>The errors of WASI functions that this library reports itself: <c>errno</c>.</summary>
internal static class WasiErrno
{
    internal const int Success = 0;
    internal const int BadDescriptor = 8;
    internal const int Busy = 10;
    internal const int Exists = 20;
    internal const int FileTooLarge = 22;
    internal const int IllegalBytes = 25;
    internal const int Invalid = 28;
    internal const int InputOutput = 29;
    internal const int IsDirectory = 31;
    internal const int TooManyFiles = 33;
    internal const int NameTooLong = 37;
    internal const int NoEntry = 44;
    internal const int NoSpace = 51;
    internal const int NotDirectory = 54;
    internal const int NotEmpty = 55;
    internal const int NotSocket = 57;
    internal const int NotSupported = 58;
    internal const int NotPermitted = 63;
    internal const int OtherDevice = 75;
}
