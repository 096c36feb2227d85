using System.Runtime.InteropServices;

namespace WasmBindgen.Native;

/// <summary>Finds, loads and vets the engine's native library, once a process. The first <see cref="Engine"/> asks for it.</summary>
internal static partial class EngineLibrary
{
    /// <summary>Set to the path of a Wasmtime C API library to use that and nothing else.</summary>
    internal const string PathVariable = "WASMBINDGEN_WASMTIME";

    /// <summary>AppContext switch that leaves the engine's reading of RUST_BACKTRACE alone.</summary>
    internal const string KeepRustBacktraceSwitch = "WasmBindgen.KeepRustBacktrace";

    private const int OldestMajor = 34;
    private const int NewestMajor = 50;

    private static readonly object Gate = new();
    private static volatile bool s_ready;
    private static nint s_library;
    private static string? s_refusal;

    /// <summary>The engine's version. Only valid after <see cref="EnsureLoaded"/>.</summary>
    internal static Version Version { get; private set; } = new();

    /// <exception cref="EngineLoadException">No library was found, or the one found cannot be used.</exception>
    internal static void EnsureLoaded()
    {
        if (s_ready)
        {
            return;
        }

        lock (Gate)
        {
            if (s_ready)
            {
                return;
            }

            // A refused library stays refused: native entry points may already be bound to it.
            if (s_refusal is null && s_library == 0)
            {
                QuietRustBacktraces();
                s_library = Find(out string path);
                NativeLibrary.SetDllImportResolver(
                    typeof(EngineLibrary).Assembly,
                    static (name, _, _) => name == NativeMethods.Library ? s_library : 0);
                s_refusal = Vet(path);
            }

            if (s_refusal is not null)
            {
                throw new EngineLoadException(s_refusal);
            }

            s_ready = true;
        }
    }

    private static nint Find(out string path)
    {
        var tried = new List<string>();
        string? chosen = Environment.GetEnvironmentVariable(PathVariable);
        if (!string.IsNullOrEmpty(chosen))
        {
            path = Path.GetFullPath(chosen);
            return TryLoad(path, $"{PathVariable}={chosen}", tried, out nint library) ? library : throw NotFound(tried);
        }

        foreach (string candidate in OwnFiles())
        {
            if (TryLoad(candidate, candidate, tried, out nint library))
            {
                path = candidate;
                return library;
            }
        }

        // The default search: the packages that the app was built with (its .deps.json), then the system's loader.
        path = FileName;
        if (NativeLibrary.TryLoad(NativeMethods.Library, typeof(EngineLibrary).Assembly, null, out nint system))
        {
            return system;
        }

        tried.Add($"{FileName}, through the app's packages and the system's loader: not found");
        throw NotFound(tried);
    }

    private static string FileName =>
        OperatingSystem.IsWindows() ? "wasmtime.dll" : OperatingSystem.IsMacOS() ? "libwasmtime.dylib" : "libwasmtime.so";

    private static IEnumerable<string> OwnFiles()
    {
        string app = AppContext.BaseDirectory;
        yield return Path.Combine(app, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", FileName);
        yield return Path.Combine(app, FileName);
    }

    private static bool TryLoad(string path, string shown, List<string> tried, out nint library)
    {
        library = 0;
        if (!File.Exists(path))
        {
            tried.Add($"{shown}: no such file");
            return false;
        }

        try
        {
            library = NativeLibrary.Load(path);
            return true;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            tried.Add($"{shown}: {exception.Message}");
            return false;
        }
    }

    private static EngineLoadException NotFound(List<string> tried) =>
        new($"""
            Wasmtime's native library was not found. Tried, in this order:
            {string.Join('\n', tried.Select(place => "  - " + place))}
            What to do: set {PathVariable} to the path of a Wasmtime C API library ({OldestMajor} to 36), put {FileName} into runtimes/{RuntimeInformation.RuntimeIdentifier}/native beside the app, or reference the NuGet package Wasmtime for its native assets.
            """);

    /// <returns>Null, or why this library must not be used.</returns>
    private static string? Vet(string path)
    {
        foreach (string symbol in (string[])["wasm_engine_new_with_config", "wasmtime_module_serialize", "wasmtime_linker_define_func_unchecked", "wasmtime_wat2wasm"])
        {
            if (!NativeLibrary.TryGetExport(s_library, symbol, out _))
            {
                return $"{path} is not Wasmtime's C API library: it has no `{symbol}`. Set {PathVariable} to one of version {OldestMajor} to 36.";
            }
        }

        Version? version = EngineVersionProbe.Read();
        if (version is null)
        {
            return $"The version of {path} cannot be told, so its memory layouts are not known. Use Wasmtime {OldestMajor} to 36.";
        }

        if (version.Major is < OldestMajor or > NewestMajor)
        {
            return $"{path} is Wasmtime {version}, whose memory layouts are not known here; using it could corrupt memory. Use Wasmtime {OldestMajor} to 36 (up to {NewestMajor} works for core modules).";
        }

        Version = version;
        return null;
    }

    /// <summary>
    /// With RUST_BACKTRACE set, every trap in the engine captures a native backtrace that nobody reads, at ten times the cost.
    /// RUST_LIB_BACKTRACE=0 wins over it, must stand in the C environment (which .NET's own does not reach on Unix), and must
    /// be there before the engine looks.
    /// </summary>
    private static void QuietRustBacktraces()
    {
        if (AppContext.TryGetSwitch(KeepRustBacktraceSwitch, out bool keep) && keep)
        {
            return;
        }

        const string Variable = "RUST_LIB_BACKTRACE";
        if (!OperatingSystem.IsWindows())
        {
            _ = setenv(Variable, "0", overwrite: 0);
        }
        else if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "0");
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
