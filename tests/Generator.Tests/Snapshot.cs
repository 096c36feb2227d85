using System.Runtime.CompilerServices;
using WasmBindgen.Tests;

namespace WasmBindgen.Generator.Tests;

/// <summary>Whole generated files, compared with those that were reviewed.</summary>
internal static class Snapshot
{
    internal static readonly string Folder = Repository.PathOf("tests", "Generator.Tests", "Snapshots");

    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    /// <summary>Compares all files of a run with <c>Snapshots/{scenario}.{hint name}.verified.txt</c>.</summary>
    internal static void Verify(GeneratorRun run, [CallerMemberName] string scenario = "")
    {
        Directory.CreateDirectory(Folder);
        Dictionary<string, string> texts = run.Files.ToDictionary(
            file => Path.Combine(Folder, $"{scenario}.{file.Key}.verified.txt"), file => Scrub(file.Value));
        foreach (string stale in Directory.GetFiles(Folder, scenario + ".*.verified.txt").Where(
            path => !texts.ContainsKey(path)))
        {
            Assert.True(Update, $"{stale} is generated no more: delete it.");
            File.Delete(stale);
        }

        foreach ((string path, string text) in texts)
        {
            Compare(path, text);
        }
    }

    /// <summary>Compares a text with <c>{folder}/{name}.verified.txt</c>.</summary>
    internal static void Verify(string folder, string name, string text) =>
        Compare(Path.Combine(folder, name + ".verified.txt"), Scrub(text));

    /// <summary>Compares a text with a file that has its own extension.</summary>
    internal static void VerifyFile(string path, string text) => Compare(path, text);

    private static void Compare(string path, string text)
    {
        string received = path.EndsWith(".verified.txt", StringComparison.Ordinal)
            ? path.Replace(".verified.txt", ".received.txt", StringComparison.Ordinal)
            : path + ".received.txt";
        File.Delete(received);
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            return;
        }

        File.WriteAllText(Update ? path : received, text);
        Assert.True(
            Update,
            $"Generated text changed. Review it: diff {path} {received}\nThen accept it with UPDATE_SNAPSHOTS=1 dotnet "
                + "test");
    }

    /// <summary>The generator's version is no matter of review.</summary>
    private static string Scrub(string text) =>
        text.Replace(
            $"\"{typeof(ImportGenerator).Assembly.GetName().Version!.ToString(3)}\"",
            "\"(version)\"",
            StringComparison.Ordinal);
}
