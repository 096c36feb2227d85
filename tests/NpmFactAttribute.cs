namespace WasmBindgen.Tests;

/// <summary>A test of what npm gets.</summary>
public sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(static folder => File.Exists(Path.Combine(folder, "npm"))))
        {
            Skip = "npm gets these guests, and it is not on the PATH.";
        }
    }
}
