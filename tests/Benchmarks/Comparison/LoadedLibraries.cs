using System.Globalization;

namespace WasmBindgen.Benchmarks;

/// <summary>
/// Where the system loaded the engine and the CLR, which nobody chooses: calls from guest to host take some six cycles
/// more when the two are far from each other.
/// </summary>
internal static class LoadedLibraries
{
    /// <summary>The library that this process uses, wherever it was found.</summary>
    internal static (string Path, ulong Address) Engine => Find("wasmtime");

    /// <summary>
    /// Whether they lie so that such a call is slow: in different 128 GiB regions of the address space, however close
    /// to each other.
    /// </summary>
    internal static bool AreFar => Find("libcoreclr.so").Address >> 37 != Engine.Address >> 37;

    private static (string Path, ulong Address) Find(string name)
    {
        string line = File.ReadLines("/proc/self/maps").First(
            line => Path.GetFileName(line).Contains(name, StringComparison.Ordinal)
                && !line.EndsWith(".dll", StringComparison.Ordinal));
        return (
            line[line.IndexOf('/')..],
            ulong.Parse(line.AsSpan(0, line.IndexOf('-')), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
