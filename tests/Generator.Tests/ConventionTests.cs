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

    [Fact]
    public Task WBG0101_what_cannot_lie_in_memory_beside_more_than_16_slots() => ReportsAsync(
        "Parameter 'a' of 'A' has type 'object', which cannot cross between host and guest (more than 16 core "
            + "parameters lie in memory, where it cannot)",
        """
        using System;
        using System.Runtime.Intrinsics;
        using WasmBindgen;
        public record Many(string A, string B, string C, string D, string E, string F, string G, string H);
        [WasmImport("env")] public sealed partial class Env
        {
            public void A(object {|WBG0101:a|}, Many many, Func<int> {|WBG0101:b|}, [TableIndex] Action {|WBG0101:c|}, Vector128<int> {|WBG0101:d|}, ref int e) { }
            public void B(Many a) { }
        }
        [WasmExport] public sealed partial class Guest { public partial void A(object {|WBG0101:@object|}, Many a); public partial void B(Vector128<int> {|WBG0101:a|}, Many b); }
        """);

    [Fact]
    public Task WBG0102_several_results_of_what_has_no_parts() => ReportsAsync(
        "[MultiValue] is for a tuple or record",
        """
        using System;
        using System.Runtime.Intrinsics;
        using WasmBindgen;
        [WasmImport("env")] public sealed partial class Env { [return: MultiValue] public Vector128<int> {|WBG0102:A|}() => default; [return: MultiValue] public ReadOnlySpan<int> {|WBG0102:B|}() => default; }
        """);

    [Fact]
    public Task Vectors_beside_other_values() => GeneratorTest.VerifyAsync(
        """
        using System.Runtime.Intrinsics;
        using WasmBindgen;
        [WasmImport("env")] public sealed partial class Env { public Vector128<int> A(Vector128<float> a, string b) => default; }
        [WasmExport] public sealed partial class Guest { public partial Vector128<int> A(Vector128<float> a, string b); }
        """);

    [Fact]
    public Task Resources_that_guests_cannot_make() => GeneratorTest.VerifyAsync(
        """
        using System.Diagnostics.CodeAnalysis;
        using WasmBindgen;
        [WasmResource, WasmImport("env")] public abstract partial class Abstract { public Abstract(int a) { } public abstract int A(); }
        [WasmResource, WasmImport("env")] public static partial class Static { public static void A() { } }
        [WasmResource, WasmImport("env")] public sealed partial class Required
        {
            [SetsRequiredMembers] public Required(int a) => A = a;
            [SetsRequiredMembers, WasmName("other")] public Required(string a) => A = a.Length;
            [WasmIgnore] public Required() { }
            public required int A { get; init; }
        }
        """);

    [Fact]
    public Task WBG0102_a_resource_whose_constructor_leaves_something_unset() => ReportsAsync(
        "'Counter' returns 'Counter', which cannot cross between host and guest (no guest sets its required members): "
            + "give the constructor [SetsRequiredMembers], or mark the constructor [WasmIgnore]",
        """
        using WasmBindgen;
        [WasmResource, WasmImport("env")] public sealed partial class Counter { public {|WBG0102:Counter|}(int a) { } public required int A { get; init; } }
        """);

    [Fact]
    public Task WBG0101_parameters_of_no_known_type() => ReportsAsync(
        "Parameter '__arglist' of 'A' has type '__arglist', which cannot cross between host and guest (nobody knows "
            + "which types it has)",
        """
        using System.Runtime.InteropServices;
        using WasmBindgen;
        [WasmImport("env")] public sealed partial class Env
        {
            public void {|WBG0101:A|}(__arglist) { }
            public void B([TableIndex] int {|WBG0101:a|}) { }
            [UnmanagedCallersOnly] public static int NotForGuests(int a) => a;
        }
        """);
}
