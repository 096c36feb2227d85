using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace WasmBindgen.Benchmarks;

/// <summary>A program in C, compiled against the library of this process, and run in a process of its own.</summary>
/// <param name="name">That of its source.</param>
internal sealed class Floor(string name)
{
    private readonly string _program = Path.Combine(AppContext.BaseDirectory, name);

    internal bool TryCompile() => TryCompile(["-o", _program]);

    /// <summary>Compiles it as a library too, for this process.</summary>
    /// <returns>A handle of the library.</returns>
    internal nint Load()
    {
        string library = $"{_program}.so";
        return TryCompile(["-shared", "-fPIC", "-o", library])
            ? NativeLibrary.Load(library)
            : throw new InvalidOperationException($"{name} cannot be compiled as a library.");
    }

    /// <param name="cpu">The processor that it runs on.</param>
    /// <param name="guests">The paths of its guests.</param>
    /// <returns>Nanoseconds a call, by the names that it gives them.</returns>
    internal Dictionary<string, double> Run(int cpu, params string[] guests)
    {
        var start = new ProcessStartInfo(_program, [.. guests, cpu.ToString(CultureInfo.InvariantCulture)])
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
            : throw new InvalidOperationException($"{name} ended with exit code {process.ExitCode}.");
    }

    private bool TryCompile(string[] output)
    {
        string source = $"{_program}.c";
        string engine = LoadedLibraries.Engine.Path;
        string rpath = $"-Wl,-rpath,{Path.GetDirectoryName(engine)}";
        foreach (string compiler in (string[])["cc", "gcc", "clang"])
        {
            try
            {
                using var process = Process.Start(compiler, ["-O2", .. output, source, engine, rpath]);
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
            "A C compiler (cc, gcc or clang) is needed in the PATH, to measure the engine without .NET. On Debian: "
                + "apt-get install gcc libc6-dev.");
        return false;
    }
}
