using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Tests;

/// <summary>Names and marks of the user's that generated code must get along with.</summary>
public sealed class NameTests
{
    /// <summary>With 255 bytes in a name, as file systems have, and three bytes in a letter.</summary>
    [Fact]
    public void Files_have_names_that_every_file_system_takes()
    {
        string outer = string.Concat(Enumerable.Range(0, 40).Select(
            static i => $"public partial class {new string('日', 40)}{i} {{ "));
        string classes = string.Concat(
            Enumerable.Range(0, 3).Select(static i => $$"""
                [WasmBindgen.WasmImport("env")] public partial class Host{{i}} { public void A() { } }
                [WasmBindgen.WasmExport] public partial class Guest{{i}} { public partial void A(); }

                """));
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(outer + classes + new string('}', 40)));
        Assert.Equal(6, run.Files.Count);
        Assert.All(
            run.Files.Keys, static name => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(name), 1, 255));
        Assert.Contains(run.Files.Keys, static name => name.Contains("Guest2.WasmExport", StringComparison.Ordinal));
    }

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
        public static class User { public static void Use(Linker linker) { linker.Define(new AddTo()).Define(new Property()).Define(new Nested()).Define(new Method()); } }
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

    /// <summary>The author's own pragma or attribute covers his code, and the generated part is his code too.</summary>
    [Theory]
    [InlineData("Obsolete(\"old\", DiagnosticId = \"DEMO001\")")]
    [InlineData("System.Diagnostics.CodeAnalysis.Experimental(\"DEMO001\")")]
    public async Task Types_and_members_that_are_marked_by_an_id_of_their_own(string mark)
    {
        const string Library =
            """
            using System;
            using WasmBindgen;
            namespace Marked
            {
                [MARK] public enum Mode { A, B }
                [MARK] public record Point(int X);
                [MARK] public class Stop : Exception;
                [MARK] public class Errno : Exception;
                [MARK] public static class Outer { public record Inner(int X); }
                [MARK] public delegate int Compare(int a, int b);
                [MARK] public sealed class Uris : IWasmMarshaller<Uri, string> { public static string ToGuest(Uri value) => ""; public static Uri FromGuest(string value) => null!; }
                public record ByProperty([property: MARK] int X);
                public record ByConstructor { [MARK] public ByConstructor(int x) => X = x; public int X { get; } }
                [WasmRecord] public class ByAccessor { public int X { [MARK] get; set; } }
                public enum ByMember { A, [MARK] B }
                [WasmVariant] public abstract record ByCase { public record A(int X) : ByCase; [MARK] public record B(int X) : ByCase; }
            }
            """;
        string binding =
            """
            using System;
            using System.Collections.Generic;
            using Marked;
            using WasmBindgen;
            #pragma warning disable DEMO001
            [WasmImport("a")] public sealed partial class A { public void Set(Mode m) { } }
            [WasmImport("b")] public sealed partial class B { public Point? P(List<(int, Point)> p) => null; }
            [WasmImport("c")] public sealed partial class C { [Interrupts<Stop>] public void S() { } }
            [WasmImport("d")] public sealed partial class D { [Errno<Marked.Errno>(1)] public void S() { } }
            [WasmImport("e")] public sealed partial class E { public void S(Outer.Inner a) { } }
            [WasmImport("f")] public sealed partial class F { public void S(Compare a) { } }
            [WasmImport("g")] public sealed partial class G { public void S([WasmMarshaller(typeof(Uris))] Uri a) { } }
            [WasmImport("h")] public sealed partial class H { public ByProperty S(ByProperty a) => a; }
            [WasmImport("i")] public sealed partial class I { public ByConstructor S(ByConstructor a) => a; }
            [WasmImport("j")] public sealed partial class J { public ByAccessor S(ByAccessor a) => a; }
            [WasmImport("k")] public sealed partial class K { public ByMember S(ByMember a) => a; }
            [WasmImport("l")] public sealed partial class L { public ByCase S(ByCase a) => a; }
            [WasmImport("m")] public sealed partial class M { [MARK] public int S(int a) => a; }
            [MARK, WasmImport("n")] public sealed partial class N { public int S(int a) => a; }
            [WasmImport("o")] public sealed partial class O { public Interruptible<int, Point> S() => 1; public void T(ReadOnlySpan<Flat> a, ref Flat b) { } }
            [WasmImport("p"), Interrupts<Stop>] public static partial class P { public static void S() { } }
            [MARK] public partial class Around { [WasmImport("q")] public sealed partial class Q { public int S(int a) => a; } [WasmExport] public sealed partial class R { public partial int Run(); } }
            [WasmExport] public sealed partial class S { public partial Mode Run(Mode m); }
            [WasmExport] public sealed partial class T { [MARK] public partial Point Run(); public partial Mode Level { get; set; } }
            [WasmExport] public sealed partial class U { public partial GuestResult<ByProperty> Run(Point[] p, Compare? c); }
            [MARK, WasmExport] public partial class V { public partial int Run(); }
            [WasmExport] public sealed partial class W : V { public partial int Stop(); }
            [MARK] public record struct Flat(int X);
            """;
        await GeneratorTest.VerifyAsync(
            Library.Replace("MARK", mark, StringComparison.Ordinal),
            binding.Replace("MARK", mark, StringComparison.Ordinal));

        // A whole assembly of them.
        CSharpCompilation library = GeneratorTest.Compile(
            Library.Replace("[MARK]", "", StringComparison.Ordinal).Replace(
                "[property: MARK]", "", StringComparison.Ordinal),
            """[assembly: System.Diagnostics.CodeAnalysis.Experimental("DEMO001")]""");
        CSharpCompilation user = GeneratorTest.Compile(binding.Replace("MARK", mark, StringComparison.Ordinal))
            .AddReferences(library.WithAssemblyName("Library").ToMetadataReference());
        await GeneratorTest.VerifyAsync(user);
    }

    [Fact]
    public async Task A_file_has_only_pragmas_that_it_needs()
    {
        GeneratorRun run = await GeneratorTest.VerifyAsync(
            """
            using WasmBindgen;
            public record Point(int X);
            [WasmImport("env")] public sealed partial class Env { public Point A(Point point, string text) => point; }
            [WasmExport] public sealed partial class Guest { public partial Point A(Point point, string text); public partial int B { get; set; } }
            """);
        Assert.All(run.Files.Values, static text => Assert.DoesNotContain("#pragma", text, StringComparison.Ordinal));
    }

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
