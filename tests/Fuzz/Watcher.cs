using System.Diagnostics;

namespace WasmBindgen.Fuzz;

/// <summary>
/// What the command line says. <c>Progress</c> is the file in which the worker notes its input; null for the program
/// that watches it.
/// </summary>
internal sealed record Settings(int Seconds, int Seed, string? Only, long? Input, string? Progress)
{
    /// <summary>How to run an input again.</summary>
    internal string Again(string part, long input) =>
        $"dotnet run -c Release --project tests/Fuzz -- --seed {Seed} --only {part} --input {input}";
}

/// <summary>Runs the inputs in a process of their own, and reports if that crashes or hangs.</summary>
internal static class Watcher
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60); // even on a machine that is busy

    internal static int Run(Settings settings)
    {
        string progress = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(
                Environment.ProcessPath!,
                [
                    "--worker", progress, "--seconds", $"{settings.Seconds}", "--seed", $"{settings.Seed}",
                    .. settings.Only is { } part ? ["--only", part] : Array.Empty<string>(),
                    .. settings.Input is { } input ? ["--input", $"{input}"] : Array.Empty<string>(),
                ]);
            using Process worker = Process.Start(start)!;
            string seen = "";
            var since = Stopwatch.StartNew();
            while (!worker.WaitForExit(500))
            {
                string now = Progress.Read(progress);
                if (now != seen)
                {
                    (seen, since) = (now, Stopwatch.StartNew());
                }
                else if (since.Elapsed > s_longest)
                {
                    worker.Kill();
                    return Report(settings, seen, $"it still ran after {s_longest.TotalSeconds} seconds");
                }
            }

            return worker.ExitCode is 0 or Worker.FoundFault
                ? worker.ExitCode
                : Report(settings, Progress.Read(progress), $"the process ended with exit code {worker.ExitCode}");
        }
        finally
        {
            File.Delete(progress);
        }
    }

    private static int Report(Settings settings, string progress, string what)
    {
        string[] words = progress.Split(' ');
        string again = words.Length == 2 ? settings.Again(words[0], long.Parse(words[1], null)) : "at the start";
        Console.WriteLine($"Fuzz: {what}: {again}");
        return Worker.FoundFault;
    }
}

/// <summary>The file in which the worker notes what it is about to run.</summary>
internal sealed class Progress(string path) : IDisposable
{
    private const int Width = 40;

    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Dispose() => _file.Dispose();

    internal void Write(string part, long input)
    {
        Span<byte> line = stackalloc byte[Width];
        line.Fill((byte)' ');
        _ = System.Text.Encoding.ASCII.GetBytes($"{part} {input}", line);
        RandomAccess.Write(_file.SafeFileHandle, line, 0);
    }

    internal static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().TrimEnd();
    }
}
