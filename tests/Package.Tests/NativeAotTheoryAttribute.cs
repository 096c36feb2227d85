namespace WasmBindgen.Package.Tests;

/// <summary>A theory that needs the linker with which NativeAOT makes a program.</summary>
public sealed class NativeAotTheoryAttribute : TheoryAttribute
{
    public NativeAotTheoryAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(static folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc"))))
        {
            Skip = "NativeAOT links with clang or gcc, and neither is on the PATH.";
        }
    }
}
