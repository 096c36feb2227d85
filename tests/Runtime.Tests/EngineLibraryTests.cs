using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using WasmBindgen.Native;

namespace WasmBindgen.Runtime.Tests;

/// <summary>How the engine's library is found and vetted. A process loads it once, so each case is a process of its own.</summary>
public sealed class EngineLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_version_is_told() => Assert.InRange(Engine.WasmtimeVersion.Major, 34, 50);

    [Fact]
    public void The_library_beside_the_program_is_found()
    {
        (int code, string output) = RunHello(null);
        Assert.Equal(0, code);
        Assert.Equal("The guest says: adding\n2 + 3 = 5\n", output);
    }

    [Fact]
    public void A_path_in_the_environment_wins()
    {
        string copy = Path.Combine(_folder, "elsewhere.so");
        File.Copy(Library, copy);
        (int code, string output) = RunHello(copy);
        Assert.True(code == 0, output);
    }

    [Fact]
    public void A_path_in_the_environment_that_leads_nowhere_is_said_and_nothing_else_is_tried()
    {
        (int code, string output) = RunHello(Path.Combine(_folder, "none.so"));
        Assert.NotEqual(0, code);
        Assert.Contains("EngineLoadException", output, StringComparison.Ordinal);
        Assert.Contains("none.so: no such file", output, StringComparison.Ordinal);
        Assert.Contains("What to do", output, StringComparison.Ordinal);
        Assert.DoesNotContain("runtimes/linux-x64/native/libwasmtime.so: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_is_said()
    {
        string path = Path.Combine(_folder, "text.so");
        File.WriteAllText(path, "no library");
        (int code, string output) = RunHello(path);
        Assert.NotEqual(0, code);
        Assert.Contains("EngineLoadException", output, StringComparison.Ordinal);
        Assert.Contains("text.so", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_not_wasmtime_is_said()
    {
        string other = Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so").Single();
        (int code, string output) = RunHello(other);
        Assert.NotEqual(0, code);
        Assert.Contains("is not Wasmtime's C API library", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99.0.12")]
    [InlineData("33.0.12")]
    public void A_version_with_unknown_layouts_is_refused(string version)
    {
        // The real library, in which only the version that it writes into compiled modules is another one.
        Version real = Engine.WasmtimeVersion;
        byte[] bytes = File.ReadAllBytes(Library);
        byte[] from = Encoding.ASCII.GetBytes(real.ToString());
        byte[] to = Encoding.ASCII.GetBytes(version);
        Assert.Equal(from.Length, to.Length);
        int replaced = 0;
        for (int at = 0, next; (next = bytes.AsSpan(at).IndexOf(from)) >= 0; at += next + 1, replaced++)
        {
            to.CopyTo(bytes, at + next);
        }

        Assert.NotEqual(0, replaced);
        string path = Path.Combine(_folder, "patched.so");
        File.WriteAllBytes(path, bytes);
        (int code, string output) = RunHello(path);
        Assert.NotEqual(0, code);
        Assert.Contains($"is Wasmtime {version}, whose memory layouts are not known here", output, StringComparison.Ordinal);
        Assert.DoesNotContain("The guest says", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_library_every_place_tried_is_listed()
    {
        string app = Path.Combine(_folder, "app");
        Directory.CreateDirectory(app);
        foreach (string file in Directory.GetFiles(HelloFolder))
        {
            File.Copy(file, Path.Combine(app, Path.GetFileName(file)));
        }

        (int code, string output) = RunHello(null, app);
        Assert.NotEqual(0, code);
        Assert.Contains($"{app}/runtimes/linux-x64/native/libwasmtime.so: no such file", output, StringComparison.Ordinal);
        Assert.Contains($"{app}/libwasmtime.so: no such file", output, StringComparison.Ordinal);
        Assert.Contains("through the app's packages and the system's loader: not found", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0\a36.0.12", "36.0.12")]
    [InlineData("\0\u000250", "50.0")]
    [InlineData("\0\u000240trailing", "40.0")]
    public void The_engine_section_tells_the_version(string section, string version) =>
        Assert.Equal(Version.Parse(version), EngineVersionProbe.ParseVersion(Encoding.ASCII.GetBytes(section)));

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\u0001\u000236")]
    [InlineData("\0\u000936")]
    [InlineData("\0\u0003abc")]
    public void An_engine_section_that_is_not_understood_tells_nothing(string section) =>
        Assert.Null(EngineVersionProbe.ParseVersion(Encoding.ASCII.GetBytes(section)));

    /// <summary>The table of the C API reference, by the versions in which numbers moved.</summary>
    [Theory]
    [InlineData(34, 0, TrapCode.StackOverflow)]
    [InlineData(34, 11, TrapCode.AlwaysTrapAdapter)]
    [InlineData(34, 12, TrapCode.OutOfFuel)]
    [InlineData(34, 20, TrapCode.DisabledOpcode)]
    [InlineData(34, 21, TrapCode.Unknown)]
    [InlineData(36, 10, TrapCode.Interrupt)]
    [InlineData(36, 12, TrapCode.OutOfFuel)]
    [InlineData(36, 19, TrapCode.NoAsyncResult)]
    [InlineData(36, 20, TrapCode.UnhandledTag)]
    [InlineData(36, 22, TrapCode.DisabledOpcode)]
    [InlineData(41, 23, TrapCode.AsyncDeadlock)]
    [InlineData(41, 24, TrapCode.Unknown)]
    [InlineData(42, 11, TrapCode.OutOfFuel)]
    [InlineData(42, 12, TrapCode.AtomicWaitNonSharedMemory)]
    [InlineData(42, 18, TrapCode.NoAsyncResult)]
    [InlineData(42, 22, TrapCode.AsyncDeadlock)]
    [InlineData(42, 49, TrapCode.Unknown)]
    [InlineData(47, 49, TrapCode.UncaughtException)]
    public void Trap_codes_are_mapped_by_version(int major, byte code, TrapCode expected) =>
        Assert.Equal(expected, TrapCodes.Map(code, major));

    private static string Library => Path.Combine(HelloFolder, "runtimes/linux-x64/native/libwasmtime.so");

    /// <summary>samples/Hello as this build made it: .../tests/X/bin/Debug/net10.0 beside .../samples/Hello/bin/Debug/net10.0.</summary>
    private static string HelloFolder
    {
        get
        {
            string own = AppContext.BaseDirectory.TrimEnd('/');
            string configuration = Path.GetFileName(Path.GetDirectoryName(own)!);
            string root = Path.GetFullPath(Path.Combine(own, "../../../../.."));
            return Path.Combine(root, "samples/Hello/bin", configuration, Path.GetFileName(own));
        }
    }

    private static (int ExitCode, string Output) RunHello(string? library, string? folder = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder ?? HelloFolder, "Hello.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[EngineLibrary.PathVariable] = library;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
