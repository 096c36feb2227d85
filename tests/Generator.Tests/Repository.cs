namespace WasmBindgen.Tests;

/// <summary>Files of the repository that tests read, found from where the tests run.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    internal static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "WasmBindgen.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName
            ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
