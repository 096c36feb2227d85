using static WasmBindgen.Generator.Tests.DiagnosticTest;

namespace WasmBindgen.Generator.Tests;

/// <summary>Attributes that say how a value crosses, where they have a meaning and where they have none.</summary>
public sealed class ConventionTests
{
    private const string Uris = """
        public sealed class Uris : IWasmMarshaller<Uri, string> { public static string ToGuest(Uri value) => ""; public static Uri FromGuest(string value) => null!; }
        """;

    [Fact]
    public Task Text_that_may_be_null() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;
        [WasmImport("env")] public sealed partial class Env
        {
            public void A([Utf16] string? a, [Latin1] string? b, [CString] string? c) { }
            [return: Utf16] public string? B() => null;
        }
        [WasmExport] public sealed partial class Guest { public partial void A([Utf16] string? a, [Latin1] string? b, [CString] string? c); [return: Utf16] public partial string? B(); }
        """);

    [Fact]
    public async Task AssemblyScript_strings_are_what_a_marshaller_gives()
    {
        GeneratorRun run = await GeneratorTest.VerifyAsync(
            $$"""
            using System;
            using WasmBindgen;
            [AssemblyScript, WasmImport("env")] public sealed partial class Env { public void A([WasmMarshaller(typeof(Uris))] Uri a) { } }
            {{Uris}}
            """);
        Assert.Contains("WitAssemblyScriptString", Assert.Single(run.Files.Values), StringComparison.Ordinal);
    }

    [Fact]
    public Task WBG0101_conventions_that_a_class_or_record_does_not_have() => ReportsAsync(
        "the strings of an [AssemblyScript] class are AssemblyScript's",
        $$"""
        using System;
        using WasmBindgen;
        [AssemblyScript, WasmImport("env")] public sealed partial class Script { public void A([Utf16] string {|WBG0101:a|}, [WasmMarshaller(typeof(Uris))] Uri? {|WBG0101:b|}) { } }
        public record Number([CString] int A);
        public record Reference([ExternRef] Uri A);
        public record Function([TableIndex] Action A);
        public record Several([WasmMarshaller(typeof(Uris))] Uri[] A);
        [WasmImport("env")] public sealed partial class Env
        {
            public void A(Number {|WBG0101:a|}, Reference {|WBG0101:b|}, Function {|WBG0101:c|}, Several {|WBG0101:d|}) { }
        }
        {{Uris}}
        """);

    [Fact]
    public Task WBG0101_marshallers_that_generated_code_cannot_name() => ReportsAsync(
        "'Hidden' cannot be named in the generated part of 'Env'",
        """
        using System;
        using WasmBindgen;
        file sealed class Hidden : IWasmMarshaller<Uri, int> { public static int ToGuest(Uri value) => 0; public static Uri FromGuest(int value) => null!; }
        public sealed class Outer
        {
            private sealed class Inner : IWasmMarshaller<Uri, int> { public static int ToGuest(Uri value) => 0; public static Uri FromGuest(int value) => null!; }
            public record Link([WasmMarshaller(typeof(Inner))] Uri Target);
        }
        [WasmImport("env")] public sealed partial class Env
        {
            public void A([WasmMarshaller(typeof(Hidden))] Uri {|WBG0101:a|}, Outer.Link {|WBG0101:b|}) { }
            public void B([WasmMarshaller(typeof(Own))] Uri a) { }
            private sealed class Own : IWasmMarshaller<Uri, int> { public static int ToGuest(Uri value) => 0; public static Uri FromGuest(int value) => null!; }
        }
        """);
}
