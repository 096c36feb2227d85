namespace WasmBindgen.Package.Tests;

/// <summary>A theory that needs the linker with which NativeAOT makes a program.</summary>
public sealed class NativeAotTheoryAttribute : TheoryAttribute
{
    public NativeAotTheoryAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] linkers = ["clang", "gcc"];
        if (!linkers.Any(linker => folders.Any(folder => File.Exists(Path.Combine(folder, linker)))))
        {
            Skip = "NativeAOT links with clang or gcc, and neither is on the PATH.";
        }
    }
}
