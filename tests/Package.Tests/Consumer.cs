using System.Runtime.InteropServices;

namespace WasmBindgen.Package.Tests;

/// <summary>
/// A user's program: what the README shows, with strings, a trap and a deadline, as careful code would be written.
/// </summary>
internal static class Consumer
{
    internal const string Output = """
        The guest says: early
        Exited early with exit code: 1
        It trapped: Unreachable
        It was stopped.
        Hello, Wörld

        """;

    internal const string Program = """"
        using WasmBindgen;

        namespace Consumer;

        internal static class Program
        {
            private static void Main(string[] arguments)
            {
                if (arguments.Length > 0)
                {
                    Console.WriteLine($".NET {Environment.Version.Major}, Wasmtime {Engine.WasmtimeVersion.Major}");
                }

                using Engine engine = new();
                using Module module = Module.FromText(engine, "guest", Guest.Text);
                using Linker linker = new(engine);
                linker.Define(new Env());
                using Store store = new(engine);
                Guest guest = new(linker.Instantiate(store, module));
                try
                {
                    guest.Run(1, 7);
                }
                catch (ExitCodeException exception)
                {
                    Console.WriteLine($"Exited early with exit code: {exception.Code}");
                }

                GuestResult trapped = guest.Fail();
                Console.WriteLine($"It trapped: {trapped.Error.TrapCode}");
                try
                {
                    guest.Spin();
                }
                catch (GuestTimeoutException)
                {
                    Console.WriteLine("It was stopped.");
                }

                Console.WriteLine(guest.Greet("Wörld"));
            }
        }

        internal sealed class ExitCodeException : Exception
        {
            public ExitCodeException()
            {
            }

            public ExitCodeException(string message)
                : base(message)
            {
            }

            public ExitCodeException(string message, Exception innerException)
                : base(message, innerException)
            {
            }

            public ExitCodeException(int code)
                : base($"exit code {code}") => Code = code;

            public int Code { get; }
        }

        [WasmImport("env")]
        internal sealed partial class Env
        {
            private readonly string _who = "guest";

            [Interrupts<ExitCodeException>]
            public void EarlyExit() => throw new ExitCodeException(_who.Length - 4);

            public void Log(string message) => Console.WriteLine($"The {_who} says: {message}");
        }

        [WasmExport]
        internal sealed partial class Guest
        {
            internal const string Text = """
                (module
                  (import "env" "early_exit" (func $early_exit))
                  (import "env" "log" (func $log (param i32 i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 8) "early")
                  (data (i32.const 16) "Hello, ")
                  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 23))
                  (func (export "run") (param i32 i32) (result i32)
                    (call $log (i32.const 8) (i32.const 5))
                    (call $early_exit)
                    (i32.add (local.get 0) (local.get 1)))
                  (func (export "fail") (unreachable))
                  (func (export "spin") (loop (br 0)))
                  (func (export "greet") (param i32 i32) (result i32)
                    (i32.store (i32.const 0) (i32.const 16))
                    (i32.store (i32.const 4) (i32.add (local.get 1) (i32.const 7)))
                    (i32.const 0)))
                """;

            public partial int Run(int a, int b);

            public partial GuestResult Fail();

            [Timeout(50)]
            public partial void Spin();

            public partial string Greet(string name);
        }
        """";

    internal static string ThisRuntime =>
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    /// <summary>The program as a library, for others to call.</summary>
    internal static string Library => Program
        .Replace("internal static class Program", "public static class Program", StringComparison.Ordinal)
        .Replace("private static void Main", "public static void Main", StringComparison.Ordinal);

    /// <summary>A project file; <paramref name="version"/> is that of the package, null for none.</summary>
    internal static string Project(string? version, string properties = "", string items = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <TrimmerSingleWarn>false</TrimmerSingleWarn>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {(version is null ? "" : $"""<PackageReference Include="WasmBindgen" Version="{version}" />""")}
            {items}
          </ItemGroup>
        </Project>
        """;
}
