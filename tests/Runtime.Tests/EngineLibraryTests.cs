using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using WasmBindgen.Loading;
using WasmBindgen.Native;

namespace WasmBindgen.Runtime.Tests;

/// <summary>
/// How the engine's library is found and vetted. A process loads it once, so each case is a process of its own.
/// </summary>
public sealed class EngineLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_version_is_told() => Assert.Equal(50, Engine.WasmtimeVersion.Major);

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
        Assert.Contains("What to do: set WASMBINDGEN_WASMTIME", output, StringComparison.Ordinal);
        Assert.Contains("or unset it", output, StringComparison.Ordinal);
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

    [Fact]
    public void Another_generation_is_refused_by_its_name_before_anything_else_is_done_with_it()
    {
        // Has only what tells its version; calling anything else would end the process.
        (int code, string output) = RunHello(Path.Combine(AppContext.BaseDirectory, "OtherEngine", "libwasmtime51.so"));
        Assert.NotEqual(0, code);
        Assert.Contains("EngineLoadException", output, StringComparison.Ordinal);
        Assert.Contains(
            "libwasmtime51.so is Wasmtime 51.0, whose memory layouts are not known here",
            output,
            StringComparison.Ordinal);
        Assert.Contains("This version of WasmBindgen works with Wasmtime 50", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_distribution_s_runtime_identifier_does_no_harm()
    {
        (int code, string output) = RunHello(null, runtimeIdentifier: "ubuntu.24.04-x64");
        Assert.True(code == 0, output);
    }

    [Theory]
    [InlineData("linux-musl-x64")]
    [InlineData("alpine.3.20-x64")]
    public void A_platform_without_a_library_is_named(string runtimeIdentifier)
    {
        (int code, string output) = RunHello(null, CopyWithoutLibrary(), runtimeIdentifier);
        Assert.NotEqual(0, code);
        Assert.Contains("PlatformNotSupportedException", output, StringComparison.Ordinal);
        Assert.Contains(
            $"There is no Wasmtime library for {runtimeIdentifier} (X64 process)", output, StringComparison.Ordinal);
        Assert.Contains("What to do", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_library_every_place_tried_is_listed()
    {
        string app = CopyWithoutLibrary();
        (int code, string output) = RunHello(null, app);
        Assert.NotEqual(0, code);
        Assert.Contains("EngineLoadException", output, StringComparison.Ordinal);
        Assert.Contains($"{app}/libwasmtime.so: no such file", output, StringComparison.Ordinal);
        Assert.Contains("libwasmtime.so, by the system's loader: not found", output, StringComparison.Ordinal);
        Assert.Contains("What to do", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_library_is_said()
    {
        string app = CopyWithoutLibrary();
        File.WriteAllText(Path.Combine(app, "libwasmtime.so"), "no library");
        (int code, string output) = RunHello(null, app);
        Assert.NotEqual(0, code);
        Assert.Contains($"{app}/libwasmtime.so: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain($"{app}/libwasmtime.so: no such file", output, StringComparison.Ordinal);
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

    /// <summary>The engine itself tells what each of its codes means.</summary>
    [Theory]
    [InlineData(0, TrapCode.StackOverflow, "call stack exhausted")]
    [InlineData(11, TrapCode.OutOfFuel, "all fuel consumed by WebAssembly")]
    [InlineData(17, TrapCode.CannotEnterComponent, "cannot enter component instance")]
    [InlineData(25, TrapCode.InvalidChar, "invalid `char` bit pattern")]
    [InlineData(30, TrapCode.StringOutOfBounds, "string content out-of-bounds")]
    [InlineData(31, TrapCode.ListOutOfBounds, "list content out-of-bounds")]
    [InlineData(32, TrapCode.InvalidDiscriminant, "invalid variant discriminant")]
    [InlineData(43, TrapCode.UnsupportedCallbackCode, "unsupported callback code")]
    [InlineData(49, TrapCode.UncaughtException, "uncaught exception propagated out of component")]
    [InlineData(
        53, TrapCode.LiftDroppedStream, "cannot lift stream after being notified that the writable end dropped")]
    public unsafe void Trap_codes_have_the_engine_s_meaning(byte code, TrapCode expected, string text)
    {
        Assert.Equal(expected, EngineGeneration.ReadTrapCode(code));
        _ = Engine.WasmtimeVersion; // loads it
        nint library = NativeLibrary.Load(Library);
        nint trap =
            ((delegate* unmanaged[Cdecl]<byte, nint>)NativeLibrary.GetExport(library, "wasmtime_trap_new_code"))(code);
        wasm_byte_vec_t message;
        ((delegate* unmanaged[Cdecl]<nint, wasm_byte_vec_t*, void>)NativeLibrary.GetExport(
            library, "wasm_trap_message"))(trap, &message);
        Assert.Equal($"wasm trap: {text}", Encoding.UTF8.GetString(message.Bytes).TrimEnd('\0'));
        NativeMethods.wasm_byte_vec_delete(&message);
        NativeMethods.wasm_trap_delete(trap);
    }

    [Fact]
    public void Every_trap_code_has_a_number_of_its_own()
    {
        TrapCode[] read = [.. Enumerable.Range(0, 54).Select(static code => EngineGeneration.ReadTrapCode((byte)code))];
        TrapCode[] own = [TrapCode.Unknown, TrapCode.UnknownImport];
        Assert.Equal(Enum.GetValues<TrapCode>().Except(own).Order(), read.Order());
        Assert.Equal(TrapCode.Unknown, EngineGeneration.ReadTrapCode(54));
    }

    private string CopyWithoutLibrary()
    {
        string app = Path.Combine(_folder, "app");
        Directory.CreateDirectory(app);
        foreach (string file in Directory.GetFiles(HelloFolder).Where(static file => Path.GetExtension(file) != ".so"))
        {
            File.Copy(file, Path.Combine(app, Path.GetFileName(file)));
        }

        return app;
    }

    private static string Library => Path.Combine(HelloFolder, "libwasmtime.so");

    /// <summary>
    /// samples/Hello as this build made it: .../tests/X/bin/Debug/net8.0 and .../samples/Hello/bin/Debug/net10.0.
    /// </summary>
    private static string HelloFolder
    {
        get
        {
            string own = AppContext.BaseDirectory.TrimEnd('/');
            string configuration = Path.GetFileName(Path.GetDirectoryName(own)!);
            string root = Path.GetFullPath(Path.Combine(own, "../../../../.."));
            return Path.Combine(root, "samples/Hello/bin", configuration, "net10.0");
        }
    }

    private static (int ExitCode, string Output) RunHello(
        string? library, string? folder = null, string? runtimeIdentifier = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder ?? HelloFolder, "Hello.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[EngineLibrary.PathVariable] = library;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        if (runtimeIdentifier is not null)
        {
            start.Environment["DOTNET_RUNTIME_ID"] = runtimeIdentifier;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
