using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace WasmBindgen.Benchmarks;

/// <summary>floor.c, compiled against the library that this process uses, and run in a process of its own.</summary>
internal static class Floor
{
    private static string Program => Path.Combine(AppContext.BaseDirectory, "floor");

    internal static bool TryCompile(string engine)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "floor.c");
        string rpath = $"-Wl,-rpath,{Path.GetDirectoryName(engine)}";
        foreach (string compiler in (string[])["cc", "gcc", "clang"])
        {
            try
            {
                using var process = Process.Start(compiler, ["-O2", "-o", Program, source, engine, rpath]);
                process.WaitForExit();
                if (process.ExitCode != 0)
                {
                    Console.Error.WriteLine($"{compiler} could not compile {source}.");
                }

                return process.ExitCode == 0;
            }
            catch (Win32Exception)
            {
                // not installed: try the next
            }
        }

        Console.Error.WriteLine(
            "compare needs a C compiler (cc, gcc or clang) in the PATH, to measure the engine without .NET. On Debian: "
                + "apt-get install gcc libc6-dev.");
        return false;
    }

    /// <returns>Nanoseconds a call, by the names that it gives them.</returns>
    internal static Dictionary<string, double> Run(int cpu)
    {
        var start = new ProcessStartInfo(
            Program,
            [World.GuestPath, ValueBenchmarks.GuestPath, cpu.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.Split(' '))
                .ToDictionary(
                    static words => words[0], static words => double.Parse(words[1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"floor ended with exit code {process.ExitCode}.");
    }
}
