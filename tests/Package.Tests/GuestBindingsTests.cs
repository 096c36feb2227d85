namespace WasmBindgen.Package.Tests;

/// <summary>Projects with <c>WasmGuestBindings</c> items: when the files are written, and when they are not.</summary>
[Collection(nameof(Feed))]
public sealed class GuestBindingsTests(Feed feed)
{
    private const string Classes = """
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env", Naming = Naming.KebabCase)]
        public sealed partial class Env { public void Log(string message) { } }

        [WasmExport]
        public sealed partial class Guest { public partial int Run(int a, int b); }
        """;

    [Fact]
    public void Files_are_written_when_their_texts_have_changed()
    {
        string project = Write("writing ü", """
            <WasmGuestBindings Include="guest\plug-in.h;../writing ü/guest/plugin.rs;plugin.ts" />
            <WasmGuestBindings Include="guest/plugin.wit" Package="demo:x@1.0.0" Classes="Env;Demo.Guest" />
            """);
        Assert.Contains("4 written, 0 unchanged", Build(project), StringComparison.Ordinal);
        Assert.Contains(
            "void env_log(const uint8_t *message", Text(project, "guest/plug-in.h"), StringComparison.Ordinal);
        Assert.Contains("pub fn log(message", Text(project, "guest/plugin.rs"), StringComparison.Ordinal);
        Assert.Contains("declare function log(message", Text(project, "plugin.ts"), StringComparison.Ordinal);
        Assert.Contains("package demo:x@1.0.0;", Text(project, "guest/plugin.wit"), StringComparison.Ordinal);

        DateTime time = File.GetLastWriteTimeUtc(feed.PathOf(project, "plugin.ts"));
        string again = Build(project);
        Assert.Contains("0 written, 4 unchanged", again, StringComparison.Ordinal);
        Assert.Contains("""Skipping target "CoreCompile" """, again, StringComparison.Ordinal);
        Assert.Equal(time, File.GetLastWriteTimeUtc(feed.PathOf(project, "plugin.ts")));

        // what version control may make of it, and what somebody did
        File.WriteAllText(feed.PathOf(project, "plugin.ts"), Text(project, "plugin.ts").ReplaceLineEndings("\r\n"));
        File.AppendAllText(feed.PathOf(project, "guest/plug-in.h"), "// mine");
        Assert.Contains("1 written, 3 unchanged", Build(project), StringComparison.Ordinal);

        feed.Write($"{project}/Classes.cs", Classes.Replace("int Run", "long Run", StringComparison.Ordinal));
        Assert.Contains("4 written, 0 unchanged", Build(project), StringComparison.Ordinal);
        Assert.Contains("int64_t plug_in_run(", Text(project, "guest/plug-in.h"), StringComparison.Ordinal);

        feed.Dotnet(project, "clean");
        Assert.True(File.Exists(feed.PathOf(project, "guest/plugin.wit")));
    }

    [Fact]
    public void What_cannot_be_written_is_an_error()
    {
        string project = Write("refusing", """<WasmGuestBindings Include="plugin.wit" />""");
        feed.Write($"{project}/Classes.cs", Classes.Replace(
            "public void Log", "[WasmName(\"log_it\")] public void Log", StringComparison.Ordinal));
        Assert.Contains(
            "error WBG0429: 'Demo.Env.Log' cannot be written to 'plugin.wit', as 'log_it' is no name of WIT",
            Assert.Single(feed.ErrorsOf(project)),
            StringComparison.Ordinal);
        Assert.False(File.Exists(feed.PathOf(project, "plugin.wit")));

        project = Write("misnaming", """<WasmGuestBindings Include="plugin.go;plugin.h;a#b.h" />""");
        string[] errors = [.. feed.ErrorsOf(project)];
        Assert.Equal(2, errors.Length);
        Assert.Contains(errors, static error => error.Contains(
            "error WBG0428: The bindings for guests cannot be written to 'plugin.go': the name of the file ends in "
                + "none of .wit, .h, .rs and .ts",
            StringComparison.Ordinal));
        Assert.Contains(errors, static error => error.Contains(
            "'a#b.h': the compiler cannot be told a path with #, ;, ? or |", StringComparison.Ordinal));
        Assert.True(File.Exists(feed.PathOf(project, "plugin.h")));
    }

    [Fact]
    public void A_broken_assembly_is_an_error()
    {
        const string Message =
            "WBG0428: The bindings for guests cannot be written to 'plugin.h': the assembly cannot be read: ";
        string project = Write("breaking bindings", """<WasmGuestBindings Include="plugin.h" />""");
        feed.Dotnet(project, "build");
        string assembly = feed.PathOf(project, "obj", "Debug", "net10.0", "app.dll");
        File.Delete(assembly);
        Assert.Contains(Message, Only(), StringComparison.Ordinal);
        File.WriteAllText(assembly, "text");
        Assert.Contains(Message, Only(), StringComparison.Ordinal);

        string Only()
        {
            (int exitCode, string output) =
                Feed.Run("dotnet", feed.PathOf(project), ["msbuild", "-t:WasmBindgenWriteGuestBindings"]);
            Assert.NotEqual(0, exitCode);
            return Assert.Single(output.Split('\n'), static line => line.Contains("error", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Several_frameworks_may_write_one_file()
    {
        string project = Write("sharing", """<WasmGuestBindings Include="plugin.h" />""");
        string file = feed.PathOf(project, "app.csproj");
        File.WriteAllText(file, File.ReadAllText(file).Replace(
            "<TargetFramework>net10.0</TargetFramework>",
            "<TargetFrameworks>net8.0;net10.0</TargetFrameworks>",
            StringComparison.Ordinal));
        Build(project);
        Assert.Contains("env_log", Text(project, "plugin.h"), StringComparison.Ordinal);
    }

    private string Write(string name, string items)
    {
        feed.Write($"{name}/app.csproj", Consumer.Project(feed.Version, items: items));
        feed.Write($"{name}/Program.cs", "Console.WriteLine();");
        feed.Write($"{name}/Classes.cs", Classes);
        return name;
    }

    private string Text(string project, string path) => File.ReadAllText(feed.PathOf(project, path));

    private string Build(string project) => feed.Dotnet(project, "build", "-v:n");
}
