using System.Runtime.InteropServices;
using WasmBindgen.Native;

namespace WasmBindgen.Loading;

/// <summary>
/// Finds, loads and checks the engine's native library, once per process, when the first <see cref="Engine"/> is
/// created.
/// </summary>
internal static class EngineLibrary
{
    /// <summary>Set to the path of a Wasmtime C API library, to use only that.</summary>
    internal const string PathVariable = "WASMBINDGEN_WASMTIME";

    private static readonly object Gate = new();
    private static volatile bool s_ready;
    private static nint s_library;
    private static string? s_refusal;

    /// <summary>The engine's version. Only valid after <see cref="EnsureLoaded"/>.</summary>
    internal static Version Version { get; private set; } = new();

    /// <summary>The library. Only valid after <see cref="EnsureLoaded"/>.</summary>
    internal static nint Handle => s_library;

    private static string FileName =>
        OperatingSystem.IsWindows() ? "wasmtime.dll"
        : OperatingSystem.IsMacOS() ? "libwasmtime.dylib"
        : "libwasmtime.so";

    /// <exception cref="EngineLoadException">No library was found, or the one found cannot be used.</exception>
    /// <exception cref="PlatformNotSupportedException">There is none for this platform.</exception>
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
        if (!Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
        {
            throw NotServed(); // the layouts are 64-bit, and guests' memories are little-endian
        }

        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } chosen)
        {
            path = Path.GetFullPath(chosen);
            return TryLoad(path, out nint library, out string problem) ? library : throw NotUsable(chosen, problem);
        }

        // .NET's own search knows where packages put native libraries: beside the app, in its package folders, inside a
        // single file, beside a plug-in. It does not report where it looked, so the places are reconstructed when it
        // has failed.
        path = FileName;
        if (NativeLibrary.TryLoad(NativeMethods.Library, typeof(EngineLibrary).Assembly, null, out nint found))
        {
            return found;
        }

        throw IsServed ? NotFound(PlacesSearched()) : NotServed();
    }

    private static bool TryLoad(string path, out nint library, out string problem)
    {
        library = 0;
        problem = "no such file";
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            library = NativeLibrary.Load(path);
            return true;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            problem = exception.Message.Trim();
            return false;
        }
    }

    private static List<string> PlacesSearched()
    {
        var searched = new List<string>();
        string directories = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (string directory in directories.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Select(Path.TrimEndingDirectorySeparator)
            .Distinct())
        {
            string file = Path.Combine(directory, FileName);
            searched.Add(
                $"{file}: {(TryLoad(file, out _, out string problem) ? "it loads, but was not asked for" : problem)}");
        }

        searched.Add($"{FileName}, by the system's loader: not found");
        return searched;
    }

    private static EngineLoadException NotUsable(string chosen, string problem) =>
        new($"""
            Wasmtime's native library was not loaded. Only the place in the environment variable was tried:
              - {PathVariable}={chosen}: {problem}
            What to do: set {PathVariable} to a Wasmtime {EngineGeneration.Major} C API library, or unset it.
            """);

    private static EngineLoadException NotFound(List<string> places) =>
        new($"""
            Wasmtime's native library was not found. Tried, in this order:
            {string.Join('\n', places.Select(place => "  - " + place))}
            What to do: the library comes from the NuGet package Wasmtime, on which WasmBindgen depends.
            Check that ExcludeAssets or PrivateAssets do not remove it, and that all output of the build or of
            `dotnet publish` was copied. Or set {PathVariable} to the path of a Wasmtime {EngineGeneration.Major}
            C API library.
            """);

    /// <summary>Whether the package Wasmtime has a library for this platform.</summary>
    private static bool IsServed =>
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64
        && (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() || (OperatingSystem.IsLinux() && !IsMusl));

    private static bool IsMusl =>
        RuntimeInformation.RuntimeIdentifier is var rid
        && (rid.Contains("musl", StringComparison.Ordinal) || rid.StartsWith("alpine", StringComparison.Ordinal));

    private static PlatformNotSupportedException NotServed()
    {
        string platform =
            $"{RuntimeInformation.RuntimeIdentifier} ({RuntimeInformation.ProcessArchitecture} process)";
        return new($"""
            There is no Wasmtime library for {platform}.
            The NuGet package Wasmtime has libraries for Linux with glibc, macOS and Windows, each on x64 and arm64.
            What to do: run on one of these (a Debian or Ubuntu container instead of Alpine, a 64-bit process), or,
            on a 64-bit little-endian platform, build Wasmtime {EngineGeneration.Major}'s C API and set {PathVariable}
            to its path.
            """);
    }

    /// <returns>Null, or the reason why this library must not be used.</returns>
    private static string? Vet(string path)
    {
        foreach (string symbol in
            (string[])["wasm_engine_new_with_config", "wasmtime_module_serialize", "wasmtime_wat2wasm"])
        {
            if (!NativeLibrary.TryGetExport(s_library, symbol, out _))
            {
                return $"{path} is not Wasmtime's C API library: it has no `{symbol}`. {Remedy}";
            }
        }

        Version? version = EngineVersionProbe.Read(s_library);
        if (version is null)
        {
            return $"The version of {path} cannot be determined, so its memory layouts are unknown. {Remedy}";
        }

        if (version.Major != EngineGeneration.Major)
        {
            return $"{path} is Wasmtime {version}, whose memory layouts are not known here; "
                + $"using it could corrupt memory. {Remedy}";
        }

        if (!NativeLibrary.TryGetExport(s_library, EngineGeneration.NewestSymbol, out _))
        {
            return $"{path} is not a released Wasmtime {version}, or was built without the component model: "
                + $"it has no `{EngineGeneration.NewestSymbol}`. {Remedy}";
        }

        Version = version;
        return null;
    }

    private static string Remedy =>
        $"This version of WasmBindgen works with Wasmtime {EngineGeneration.Major}: use the NuGet package Wasmtime "
        + $"that it depends on, or set {PathVariable} to a C API library of that version.";
}
