using static WasmBindgen.Generator.Tests.DiagnosticTest;

namespace WasmBindgen.Generator.Tests;

/// <summary>Records and variants whose members make it hard to take them apart, or impossible.</summary>
public sealed class RecordTests
{
    [Fact]
    public async Task Members_whose_names_differ_by_case_alone()
    {
        GeneratorRun run = await GeneratorTest.VerifyAsync(
            """
            using WasmBindgen;
            public record Pair(int x, int X);
            [WasmImport("env")] public sealed partial class Env { public Pair A(Pair a) => a; }
            """);
        string text = Assert.Single(run.Files.Values);
        Assert.Contains("slots[0].S32 = memory.FromUser(value.x);", text, StringComparison.Ordinal);
        Assert.Contains("slots[1].S32 = memory.FromUser(value.X);", text, StringComparison.Ordinal);
    }

    /// <summary>Each field has a local, which no other name of the method is.</summary>
    [Fact]
    public Task Members_named_like_what_is_in_the_generated_text() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;
        public record Names(int Slots, int slots_, string Memory, int Address, int Value, int Number, int Class, int Var, int _, int __, int WitNames);
        [WasmRecord] public struct Fields { public int value; public int Value; public int @int { get; set; } public string Global; public int WasmAbi; }
        [WasmVariant] public abstract record Value
        {
            public record Number(int number, int Number_) : Value;
            public record Slots(int Memory) : Value;
            public record Memory_ : Value;
            public record Value_(int Value) : Value;
            public record Class(int @class) : Value;
            public record WitValue(int A) : Value;
        }
        [WasmImport("env")] public sealed partial class Env { public Names A(Names a, Fields b, Value c, (int slots, string memory) d) => a; }
        [WasmExport] public sealed partial class Guest { public partial Names A(Names a, Fields b, Value c, (int slots, string memory) d); }
        """);

    [Fact]
    public Task Members_that_hide_others() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;
        public record Above(int X);
        public record Below(int X, long Y) : Above(X) { public new int X { get; init; } = X; }
        [WasmImport("env")] public sealed partial class Env { public Below A(Below a) => a; }
        """);

    [Fact]
    public Task WBG0101_members_that_generated_code_cannot_use() => ReportsAsync(
        "'ByReference' cannot be made of what shows in it: it needs a constructor whose parameters are public "
            + "properties, or public ones that can be set",
        """
        using WasmBindgen;
        [WasmRecord] public class ByReference { public ByReference(ref int x, out int y) { X = x; y = 1; Y = y; } public int X { get; } public int Y { get; } }
        public record Unreadable(int X) { public int X { private get; init; } = X; }
        [WasmRecord] public class Above { public int X { get; set; } }
        [WasmRecord] public class Hiding : Above { public new int X { get; set; } }
        [WasmRecord] public class HidingAsAnother : Above { public HidingAsAnother(int x) { base.X = x; } public new long X => base.X; }
        [WasmImport("env")] public sealed partial class Env
        {
            public void A(ByReference {|WBG0101:a|}, Unreadable {|WBG0101:b|}, Hiding {|WBG0101:c|}, HidingAsAnother {|WBG0101:d|}) { }
        }
        """);

    [Fact]
    public Task WBG0101_structs_that_are_more_than_their_members() => ReportsAsync(
        "only numbers, and structs of public fields or properties of such, can be viewed where they lie",
        """
        using System;
        using System.Runtime.CompilerServices;
        using WasmBindgen;
        [WasmRecord, InlineArray(4)] public struct Repeated { public int X; }
        [WasmRecord] public struct Telling { public int X; public event Action Changed { add { } remove { } } public event Action Told; public void Tell() => Told(); }
        [WasmRecord] public struct Capturing(int x) { public int X = x; public int Y = 0; public int Sum() => x + Y; }
        [WasmImport("env")] public sealed partial class Env
        {
            public void A(Span<Repeated> {|WBG0101:a|}, ReadOnlySpan<Telling> {|WBG0101:b|}, Span<Capturing> {|WBG0101:c|}) { }
        }
        """);

    [Fact]
    public Task WBG0101_a_case_of_a_case() => ReportsAsync(
        "its case 'Filled' derives from another case, which would take its place",
        """
        using WasmBindgen;
        [WasmVariant] public abstract record Shape { public record Circle(int Radius) : Shape; public record Filled(int Radius, int Colour) : Circle(Radius); }
        [WasmImport("env")] public sealed partial class Env { public void A(Shape {|WBG0101:a|}) { } }
        """);

    [Fact]
    public Task WBG0101_the_reason_is_told_again() => ReportsAsync(
        "Parameter 'c' of 'A' has type 'Inner', which cannot cross between host and guest ('Outer' contains itself, "
            + "which has no end in memory)",
        """
        using WasmBindgen;
        public record Outer(Inner Inner);
        public record Inner(Outer[] Outers);
        [WasmImport("env")] public sealed partial class Env { public void A(Outer {|WBG0101:a|}, Outer[] {|WBG0101:b|}, Inner {|WBG0101:c|}) { } }
        """);
}
