namespace WasmBindgen.Generator.Tests;

/// <summary>Names and marks of the user's that generated code must get along with.</summary>
public sealed class NameTests
{
    [Fact]
    public Task Parameters_with_the_names_of_generated_members() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;
        public record Point(int X);
        public record Size(int X);
        [WasmImport("env"), GuestAllocator("malloc")]
        public sealed partial class Env
        {
            public void A(string Allocation, string handles, Point WitPoint) { }
            public void B(int WitSize, Size size, (int, int) WitTuple) { }
            public Point WitPoint_(Point point) => point;
        }
        """);

    [Fact]
    public Task Members_named_AddTo() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;
        [WasmImport("env")] public sealed partial class AddTo { public int A() => 1; }
        [WasmImport("env")] public sealed partial class Property { public int AddTo { get; set; } public void A() { } }
        [WasmImport("env")] public sealed partial class Nested { public static class AddTo { } public void A() { } }
        [WasmImport("env")] public sealed partial class Method { [WasmIgnore] public void AddTo(Linker linker) { } public void A() { } }
        [WasmImport("env")] public static partial class Field { public static readonly int AddTo = 1; public static void A() { } }
        public static class User { public static void Use(Linker linker) { linker.Define(new AddTo()).Define(new Property()).Define(new Nested()).Define(new Method()); Field.AddTo_(linker); } }
        """);

    [Fact]
    public Task Obsolete_types_and_members_that_are_errors_elsewhere() => GeneratorTest.VerifyAsync(
        """
        using System;
        using System.Collections.Generic;
        using WasmBindgen;

        [Obsolete("no", error: true)] public enum Gone { A }
        [Obsolete("no", error: true)] public record GonePoint(int X);
        public record Generic<T>(T Value);
        public record Point([property: Obsolete("no", error: true)] int X, int Y);
        public record Made { [Obsolete("no", error: true)] public Made(int x) => X = x; public int X { get; init; } }
        [WasmVariant] public abstract record Shape { public record Circle([property: Obsolete("no", error: true)] int Radius) : Shape; }

        [WasmImport("env")]
        public sealed partial class Env
        {
            [Obsolete("no", error: true)] public void A(GonePoint a, List<Gone> b, (Gone, Gone[]) c, Generic<Gone> d, Func<Gone> e) { }
            public Point B(Point a, Made b, Shape c) => a;
        }

        [WasmExport]
        public sealed partial class Guest
        {
            [Obsolete("no", error: true)] public partial GonePoint A(GonePoint a, List<Gone> b, (Gone, Gone[]) c, Generic<Gone> d);
            public partial Point B(Point a, Made b, Shape c);
        }
        """);

    [Fact]
    public Task Protected_members_of_a_sealed_class() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;
        #pragma warning disable CS0628
        [WasmExport] public sealed partial class Guest { protected partial int A(); private protected partial string B(); }
        """);

    [Fact]
    public Task Types_with_the_names_of_generated_ones() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;
        public record Slots(int X);
        public record Point(int X);
        public record WitPoint(int X);
        public static class Thunks { public record WitSlots(int X); }
        [WasmImport("env")] public sealed partial class Env { public Slots A(Slots a, Point b, WitPoint c, Thunks.WitSlots d) => a; }
        [WasmExport] public sealed partial class Guest { public partial Slots A(Slots a, Point b, WitPoint c, Thunks.WitSlots d); }
        """);

    [Fact]
    public Task Attributes_that_say_more_of_null_than_types() => GeneratorTest.VerifyAsync(
        """
        using System.Diagnostics.CodeAnalysis;
        using WasmBindgen;
        public record Text { [AllowNull] public string A { get; set; } = ""; [MaybeNull] public string B { get; set; } = ""; [DisallowNull] public string? C { get; set; } }
        [WasmImport("env")] public sealed partial class Env { [return: MaybeNull] public string A([DisallowNull] string? a, [AllowNull] string b, Text c) => a; }
        """);
}
