using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using WasmBindgen.Loading;
using WasmBindgen.Native;

namespace WasmBindgen.Runtime.Tests;

/// <summary>
/// Each native object that the library owns is freed once: engines, modules, stores, errors, traps, types, vectors,
/// references and what the engine is to finalize. Counting/counting.c says how they are counted.
/// </summary>
public sealed class NativeObjectTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static string CountingLibrary => Path.Combine(AppContext.BaseDirectory, "Counting", "libcounting.so");

    internal static string SoakFolder => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "../../../../Soak/bin",
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!), "net10.0"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_native_object_is_freed_once()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return; // the counting library is for that alone
        }

        string counts = Path.Combine(_folder, "counts");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(SoakFolder, "WasmBindgen.Soak.dll"), "--once"])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                [EngineLibrary.PathVariable] = CountingLibrary,
                ["LD_LIBRARY_PATH"] = SoakFolder, // where the engine's own library is
                ["WASMBINDGEN_COUNTS"] = counts,
            },
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        foreach (string line in File.ReadLines(counts))
        {
            string[] parts = line.Split(' ');
            long[] numbers = [.. parts[1..].Select(static part => long.Parse(part, CultureInfo.InvariantCulture))];
            Assert.True(numbers is [> 0, _, 0] && numbers[0] == numbers[1], $"made, freed, freed wrongly: {line}");
        }
    }

    /// <summary>A function that is added to the bindings is either counted, or said here to own nothing.</summary>
    [Fact]
    public void Every_function_that_makes_or_frees_is_counted()
    {
        // What callbacks return at once (see counting.c).
        string[] notCounted = ["wasmtime_error_new", "wasmtime_trap_new"];
        string[] endings = ["_new", "_with_config", "_clone", "_delete", "_unroot"];
        string image = File.ReadAllText(CountingLibrary, Encoding.Latin1);
        string[] names = [.. typeof(NativeMethods).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(static method => method.Name)
            .Where(name => Array.Exists(endings, ending => name.EndsWith(ending, StringComparison.Ordinal)))
            .Except(notCounted)];
        Assert.Contains("wasmtime_store_new", names);
        Assert.All(names, name => Assert.Contains($"\0{name}\0", image, StringComparison.Ordinal));
    }
}
