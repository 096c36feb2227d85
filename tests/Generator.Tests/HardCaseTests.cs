using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Tests;

/// <summary>Valid code that is hard to continue. Each must compile without a warning.</summary>
public sealed class HardCaseTests
{
    [Fact]
    public async Task Keywords_as_type_and_namespace_names()
    {
        GeneratorRun run = await GeneratorTest.VerifyAsync(
            """
            using WasmBindgen;

            namespace Demo.@namespace
            {
                public partial class @event
                {
                    [WasmImport("env")]
                    public sealed partial class @class { public void @void(int @int, int record) { } }

                    [WasmExport]
                    public sealed partial class @object { public partial int @new(int @params); public partial int @in { get; set; } }
                }
            }
            """);
        Assert.Contains("\"void\"", run.Files.Values.First(), StringComparison.Ordinal);
    }

    [Fact]
    public Task Unicode_identifiers() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        namespace Démo.हिन्दी;

        [WasmImport("env")]
        public sealed partial class Größe { public int Füße(int größe) => größe; public int हिन्दी(int a‿b) => a‿b; }

        [WasmExport]
        public sealed partial class हिन्दी { public partial int Ünit(int é); }
        """);

    [Fact]
    public async Task Classes_whose_names_differ_by_case_or_namespace_alone()
    {
        GeneratorRun run = await GeneratorTest.VerifyAsync(
            """
            using WasmBindgen;

            namespace Demo
            {
                [WasmImport("env")] public sealed partial class Env { public void A() { } }
                [WasmImport("env")] public sealed partial class ENV { public void B() { } }
                [WasmExport] public sealed partial class Guest { public partial void C(); }
                [WasmExport] public sealed partial class GUEST { public partial void D(); }
            }

            namespace demo
            {
                [WasmImport("env")] public sealed partial class Env { public void E() { } }
            }

            namespace Demo.Other
            {
                [WasmImport("env")] public sealed partial class Env { public void F() { } }
            }
            """);
        Assert.Equal(6, run.Files.Count);
    }

    [Theory]
    [InlineData("partial struct")]
    [InlineData("readonly partial struct")]
    [InlineData("ref partial struct")]
    [InlineData("partial interface")]
    [InlineData("partial record")]
    [InlineData("sealed partial record class")]
    [InlineData("partial record struct")]
    [InlineData("static partial class")]
    [InlineData("abstract partial class")]
    public Task Nested_in_every_kind_of_type(string outer) => GeneratorTest.VerifyAsync(
        $$"""
        using WasmBindgen;

        public {{outer}} Outer
        {
            [WasmImport("env")] public sealed partial class Env { public int Add(int a, int b) => a + b; }
            [WasmImport("env")] private static partial class StaticEnv { public static int Add(int a, int b) => a + b; }
            [WasmExport] internal sealed partial class Guest { public partial int Run(int a); }
        }
        """);

    [Theory]
    [InlineData("partial class")]
    [InlineData("sealed partial class")]
    [InlineData("abstract partial class")]
    [InlineData("partial record")]
    [InlineData("sealed partial record class")]
    public Task Every_kind_of_class(string kind) => GeneratorTest.VerifyAsync(
        $$"""
        using WasmBindgen;
        [WasmImport("env")] internal {{kind}} Env { public int Add(int a, int b) => a + b; }
        [WasmExport] internal {{kind}} Guest { public partial int Run(int a); public partial Memory Memory { get; } }
        """);

    [Fact]
    public Task Members_with_the_names_of_generated_ones() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        [WasmImport("env")]
        internal sealed partial class Thunks
        {
            public void Define(int a) { }
            public int AddTo(int a) => a;
            public void AddPerStoreTo(int a) { }
            public void Thunks_() { }
            public void Equals(int a) { }
            public int ToString(int a) => a;
            public int GetType(int a) => a;
            public int Finalize(int a) => a;
            public int MemberwiseClone(int a) => a;
            public int Main(int a) => a;
            public void _() { }
            [WasmName("__")] public void __() { }
            public int host(int host) => host;
            public int caller(int caller) => caller;
            public int slots(int slots) => slots;
            public int count(int count) => count;
            public int result(int result) => result;
            public int exception(int exception) => exception;
            public int value(int value, int global, int System, int WasmBindgen) => value;
            [WasmName("define_2")] public int Define(int a, int b) => a;
        }

        [WasmExport]
        internal sealed partial class _run
        {
            private readonly int _slots = 1;
            public partial int Run(int _run, int slots);
            public partial int Slots(int slots, int slots_, int exports, int instance);
            [WasmName("other")] public partial int run(int _run_, int _slots);
            public partial int instance(int instance);
            public partial int exports { get; set; }
            public partial int Slot { get; set; }
            public int Hidden => _slots;
        }
        """);

    [Theory]
    [InlineData("a\\\"b\\\\c{d}")]
    [InlineData("first\\nsecond\\r\\nthird")]
    [InlineData("\\u2028\\u2029\\u0085")]
    [InlineData("\\0\\u0001\\uFFFE")]
    [InlineData("<a>&amp; -->]]>")]
    [InlineData("*/ \\u00fc \\U0001F600")]
    [InlineData("")]
    public Task Strange_names(string name) => GeneratorTest.VerifyAsync(
        $$"""
        using WasmBindgen;

        [WasmImport("{{name}}")] internal sealed partial class Env { [WasmName("{{name}}")] public void A() { } }
        [WasmImport("{{name}}")] internal static partial class StaticEnv { [WasmName("{{name}}")] public static void A() { } }
        [WasmExport] internal sealed partial class Guest { [WasmName("{{name}}")] public partial void A(); }
        [WasmExport] internal sealed partial class Other { [WasmName("{{name}}")] public partial int A { get; set; } }
        """);

    [Fact]
    public Task Checked_arithmetic() => GeneratorTest.VerifyAsync(GeneratorTest.Compile(
        GeneratorTest.CSharp13,
        GeneratorTest.Library.WithOverflowChecks(true),
        Enums));

    [Fact]
    public Task Enums_of_every_width() => GeneratorTest.VerifyAsync(Enums);

    private const string Enums =
        """
        using System;
        using WasmBindgen;

        internal enum S8 : sbyte { Low = sbyte.MinValue, Minus = -1, High = sbyte.MaxValue }
        internal enum U8 : byte { Zero, High = byte.MaxValue }
        internal enum S16 : short { Low = short.MinValue, High = short.MaxValue }
        internal enum U16 : ushort { Low = 1, High = ushort.MaxValue }
        internal enum S32 { Low = int.MinValue, Next, Zero = 0, High = int.MaxValue }
        internal enum U32 : uint { One = 1, High = uint.MaxValue }
        internal enum S64 : long { Low = long.MinValue, Next, High = long.MaxValue }
        internal enum U64 : ulong { Zero, One, Before = ulong.MaxValue - 1, High }
        [Flags] internal enum F8 : sbyte { None, Top = sbyte.MinValue }
        [Flags] internal enum F16 : ushort { Top = 0x8000 }
        [Flags] internal enum F32 : int { All = -1 }
        [Flags] internal enum F64 : long { Top = long.MinValue }
        [Flags] internal enum FU64 : ulong { Top = 1ul << 63 }

        [WasmImport("env")]
        internal sealed partial class Env
        {
            public S8 A(S8 x) => x; public U8 B(U8 x) => x; public S16 C(S16 x) => x; public U16 D(U16 x) => x;
            public S32 E(S32 x) => x; public U32 F(U32 x) => x; public S64 G(S64 x) => x; public U64 H(U64 x) => x;
            public F8 I(F8 x) => x; public F16 J(F16 x) => x; public F32 K(F32 x) => x; public F64 L(F64 x) => x; public FU64 M(FU64 x) => x;
        }

        [WasmExport]
        internal sealed partial class Guest
        {
            public partial S8 A(S8 x); public partial U8 B(U8 x); public partial S16 C(S16 x); public partial U16 D(U16 x);
            public partial S32 E(S32 x); public partial U32 F(U32 x); public partial S64 G(S64 x); public partial U64 H(U64 x);
            public partial F8 I(F8 x); public partial F16 J(F16 x); public partial F32 K(F32 x); public partial F64 L(F64 x); public partial FU64 M(FU64 x);
            public partial U64 N { get; set; }
        }
        """;

    [Theory]
    [InlineData("#nullable disable")]
    [InlineData("#nullable enable")]
    [InlineData("#nullable enable annotations")]
    public Task Nullable_contexts(string directive) => GeneratorTest.VerifyAsync(
        $$"""
        {{directive}}
        using System.Threading;
        using WasmBindgen;
        [WasmImport("env")] internal sealed partial class Env { public void A(Memory memory, Store store, Caller caller, CancellationToken token) { } }
        [WasmExport] internal sealed partial class Guest { public partial int A(int a); public partial Memory Memory { get; } }
        """);

    [Fact]
    public Task A_project_without_nullable() => GeneratorTest.VerifyAsync(GeneratorTest.Compile(
        GeneratorTest.CSharp13,
        GeneratorTest.Library.WithNullableContextOptions(NullableContextOptions.Disable),
        """
        using WasmBindgen;
        [WasmImport("env")] internal sealed partial class Env { public void A(Memory memory) { } }
        [WasmExport] internal sealed partial class Guest { public partial int A(int a); public partial Memory Memory { get; } }
        """));

    [Fact]
    public Task An_executable() => GeneratorTest.VerifyAsync(GeneratorTest.Compile(
        GeneratorTest.CSharp13,
        GeneratorTest.Library.WithOutputKind(OutputKind.ConsoleApplication),
        """
        using WasmBindgen;
        System.Console.WriteLine();
        [WasmImport("env")] internal sealed partial class Env { public void Main(int a) { } }
        """,
        """
        [WasmBindgen.WasmImport("env")] internal sealed partial class Other { public void Main() { } }
        """));

    [Fact]
    public Task Obsolete_and_conditional_members() => GeneratorTest.VerifyAsync(
        """
        using System;
        using System.Diagnostics;
        using WasmBindgen;

        [Obsolete] internal enum Old { A }
        [Obsolete("gone", error: true)] internal enum Gone { A }

        [WasmImport("env")]
        internal sealed partial class Env
        {
            [Obsolete] public void A() { }
            [Obsolete("no")] public Old B(Old old) => old;
            [Obsolete("no", error: true)] public void C(Gone gone) { }
            [Conditional("NEVER")] public void D(int a) { }
        }

        [Obsolete("no", error: true)]
        [WasmImport("env")]
        internal sealed partial class OldEnv { public void A() { } }

        [WasmExport]
        internal sealed partial class Guest
        {
            [Obsolete] public partial void A();
            [Obsolete("no", error: true)] public partial Gone B(Gone gone);
            [Obsolete] public partial Old C { get; set; }
        }

        [Obsolete("no", error: true)]
        [WasmExport]
        internal sealed partial class OldGuest { public partial Gone A(Gone a); }
        """);

    [Fact]
    public Task Inherited_bindings() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        public abstract class Above
        {
            protected int _run = 1;
            protected class Thunks { }
            public void AddTo(Linker linker) { }
        }

        [WasmImport("env")] public partial class Env : Above { public virtual int Add(int a) => a; }
        [WasmImport("more")] public partial class More : Env { public override int Add(int a) => a; public int Sub(int a) => a; }

        [WasmExport] public partial class Guest : Above { public partial int Run(int a); }
        [WasmExport] public sealed partial class BigGuest : Guest { public partial int Stop(int a); }
        [WasmExport] public abstract partial class Both { private protected int _stop; public abstract int Stop(int a); }
        """);

    [Fact]
    public Task Modifiers_with_comments_between_them() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        [WasmExport]
        public partial class Guest
        {
            public /* why */ virtual // because
                partial int Run(int a = 3, in int b = 4);

            protected
        #if true
                internal
        #endif
                partial int Counter { get; /* only here */ private protected set; }

            public unsafe partial int Unsafe();
            partial void Old();
        }
        """);

    [Fact]
    public Task Type_names_that_the_generated_text_uses() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        namespace Demo.System
        {
            internal sealed class Slot; internal sealed class Linker; internal sealed class Exception; internal sealed class ValueKind;
            internal sealed class HostCall; internal sealed class HostFunctions; internal sealed class UnmanagedCallersOnlyAttribute;
            internal enum Kind { A, B }

            namespace WasmBindgen { internal sealed class Slot; }

            namespace Deep
            {
                [WasmImport("env")]
                internal sealed partial class Env
                {
                    [Interrupts<global::System.ArgumentException>]
                    public Kind A(Kind kind, global::WasmBindgen.Caller caller) => kind;
                    private sealed class System; private sealed class Slot; private sealed class nint2;
                }

                [WasmExport]
                internal sealed partial class Guest
                {
                    public partial Kind A(Kind kind);
                    public partial Memory Memory { get; }
                    private sealed class Slot;
                }
            }
        }
        """);

    /// <summary>Before <c>::</c> nothing but an alias counts.</summary>
    [Theory]
    [InlineData("public sealed class WasmAbi { public struct Slot; } public enum WasmHost { ValueKind }")]
    [InlineData("namespace WasmAbi { public struct Slot; } namespace WasmHost { public enum ValueKind { I32 } }")]
    [InlineData(
        "namespace Demo { public sealed class WasmAbi { public struct Slot; } public enum WasmHost { ValueKind } }")]
    [InlineData(
        "namespace Demo.WasmAbi { public struct Slot; } namespace Demo.WasmHost { public enum ValueKind { I32 } }")]
    [InlineData(
        "namespace WasmBindgen { public struct Slot; public enum WasmAbi { Slot } namespace WasmHost { public enum "
            + "ValueKind { I32 } } }")]
    public Task Names_of_users_that_are_the_aliases(string names) => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        namespace Demo
        {
            public record Point(int WasmAbi, string WasmHost);

            [WasmImport("env")]
            public sealed partial class Env
            {
                public Point WasmAbi(Point point, int WasmAbi, string WasmHost) => point;
                public string WasmHost => "";
                private struct Slot;
            }

            [WasmExport]
            public sealed partial class Guest
            {
                public partial Point WasmAbi(Point point, int WasmAbi, string WasmHost);
                public partial GuestResult<int> Other(int WasmHost);
                public partial int WasmHost { get; set; }
                private struct Slot;
            }

            [WasmExport]
            public sealed partial class WasmHostGuest { public partial Memory WasmAbi { get; } private static class WasmHost { public struct Memory; } }
        }
        """,
        names);

    /// <summary>The attributes of both parts of a member are one list, and these stand once.</summary>
    [Fact]
    public Task Attributes_that_generated_members_have() => GeneratorTest.VerifyAsync(
        """
        using System.CodeDom.Compiler;
        using System.Diagnostics;
        using System.Diagnostics.CodeAnalysis;
        using WasmBindgen;

        public record Point(int X);

        [ExcludeFromCodeCoverage, GeneratedCode("a", "b"), StackTraceHidden]
        [WasmExport] public sealed partial class Guest
        {
            [ExcludeFromCodeCoverage] public partial int A(int a);
            [StackTraceHidden] public partial Point B(Point a);
            [GeneratedCode("a", "b")] public partial int C();
            [ExcludeFromCodeCoverage, GeneratedCode("a", "b"), StackTraceHidden] public partial int D();
            [ExcludeFromCodeCoverage] public partial int E { get; set; }
            [GeneratedCode("a", "b")] public partial Memory F { get; }
        }
        """);

    [Fact]
    public Task Cls_compliance() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        [assembly: System.CLSCompliant(true)]

        [WasmImport("env")] public sealed partial class Env { public int A(int a) => a; }
        [WasmImport("env")] public static partial class StaticEnv { public static int A(int a) => a; }
        [WasmExport] public sealed partial class Guest { public partial int A(int a); }
        """);

    [Fact]
    public Task Lower_case_type_names() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        #pragma warning disable CS8981
        [WasmImport("env")] public sealed partial class env { public int a(int b) => b; }
        [WasmExport] public sealed partial class guest { public partial int a(int a); }
        """);

    [Fact]
    public async Task Five_hundred_methods()
    {
        string methods = string.Concat(
            Enumerable.Range(0, 500).Select(static i => $"public int Method{i}(int a, long b) => a;\n"));
        string stubs = string.Concat(
            Enumerable.Range(0, 500).Select(static i => $"public partial int Method{i}(int a, long b);\n"));
        GeneratorRun run = await GeneratorTest.VerifyAsync(
            $$"""
            using WasmBindgen;
            [WasmImport("env")] public sealed partial class Env { {{methods}} }
            [WasmExport] public sealed partial class Guest { {{stubs}} }
            """);
        Assert.Equal(2, run.Files.Count);
    }

    [Fact]
    public Task Global_table_and_function_properties() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;
        [WasmExport] public sealed partial class Guest
        {
            public partial Memory Memory { get; }
            public partial Table Table { get; }
            public partial Global Global { get; }
            public partial Function Function { get; }
            public partial int OnlyGet { get; }
            public partial int OnlySet { set; }
        }
        """);

    [Fact]
    public Task Hand_written_partial_members_are_left_alone() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;
        [WasmExport] public sealed partial class Guest
        {
            public partial string Text(string text);
            public partial string Text(string text) => text;
            public partial string Name { get; }
            public partial string Name => "x";
            public partial int this[int i] { get; }
            public partial int this[int i] => i;
            public Guest(Instance instance, int other) : this(instance) { }
        }
        [WasmImport("env")] public sealed partial class Env
        {
            public partial int Twice(int a);
            public partial int Twice(int a) => 2 * a;
        }
        """);

    [Fact]
    public Task By_reference_parameters() => GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;
        [WasmImport("env")] public sealed partial class Env
        {
            public int A(in int a, ref readonly long b, in Caller caller, scoped in int c, in Memory memory) => a;
        }
        [WasmExport] public sealed partial class Guest { public partial int A(in int a, ref readonly long b, scoped in int c); }
        """);

    [Fact]
    public Task Records_with_required_members() => GeneratorTest.VerifyAsync(
        """
        using System.Diagnostics.CodeAnalysis;
        using WasmBindgen;
        public record Set { public required int A { get; init; } public int B { get; init; } }
        public record Mixed(int A) { public required int B { get; init; } [SetsRequiredMembers] public Mixed(int a, int b) : this(a) => B = b; }
        [WasmImport("env")] public sealed partial class Env { public Set A(Set a) => a; public Mixed B(Mixed a) => a; }
        [WasmExport] public sealed partial class Guest { public partial Set A(Set a); public partial Mixed B(Mixed a); }
        """);

    [Fact]
    public Task Interruptibles_of_what_may_be_null() => GeneratorTest.VerifyAsync(
        """
        #nullable enable
        using WasmBindgen;
        [WasmImport("env")] public sealed partial class Env
        {
            public Interruptible<string, int> A() => "";
            public Interruptible<string?, int> B() => default(string);
            public Interruptible<int?, int> C() => default(int?);
            public Interruptible<byte[], int> D() => new byte[1];
        }
        """);

    /// <summary>A class that is generated into hides nothing of what is around it.</summary>
    [Fact]
    public async Task Names_of_types_around_and_of_references_keep_their_meaning()
    {
        CSharpCompilation library = GeneratorTest.Compile("""
            namespace Lib;
            public static class Thunks { public const int Value = 4; }
            public struct Slots { public int N; }
            public static class WitPoint { public static int Q => 1; }
            """).WithAssemblyName("Lib");
        await GeneratorTest.VerifyAsync(GeneratorTest.Compile(
            """
            using Lib;
            using WasmBindgen;
            public record Point(int X);
            public partial class Outer
            {
                private const string _run = "run";
                private static readonly int _count = 3;
                private static int AddTo(int a) => a;
                [WasmImport("env")] public sealed partial class Env
                {
                    public int A(int a) => AddTo(a) + Thunks.Value;
                    public Point B(Point p) => new(WitPoint.Q);
                }
                [WasmExport] public sealed partial class Guest
                {
                    public partial int Run(int a);
                    public partial Point P(Point p);
                    public partial int Count { get; }
                    public string Name => _run;
                    public int Sum(Slots slots) => slots.N + _count + WitPoint.Q;
                }
            }
            """).AddReferences(library.ToMetadataReference()));
    }

    /// <summary>Numbers are those of C#, whatever the culture of the machine writes.</summary>
    [Fact]
    public async Task A_culture_with_another_minus_changes_nothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        CultureInfo.CurrentCulture = culture;
        try
        {
            await GeneratorTest.VerifyAsync("""
                using System.IO;
                using WasmBindgen;
                public enum Level { A = -5, B = -4, C = 9 }
                [WasmImport("env")] public sealed partial class Env { [Errno<IOException>(-5)] public int Read(Level level) => 1; }
                [WasmExport] public sealed partial class Guest { public partial Level Run(Level level); }
                """);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>A type that holds ever larger ones of itself never repeats.</summary>
    [Theory]
    [InlineData("public record Grow<T>(T Value, Grow<List<T>>? Next);")]
    [InlineData("public record Grow<T>(T Value, Grow<(T, T)>? Next);")]
    public async Task A_type_without_end_is_refused_at_once(string type)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(
            $$"""
            using System.Collections.Generic;
            using WasmBindgen;
            {{type}}
            [WasmImport("env")] public sealed partial class Env { public void N(Grow<int> n) { } public int Ok(int a) => a; }
            """));
        Assert.Contains(
            "nested too deeply",
            Assert.Single(await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output)).GetMessage(null),
            StringComparison.Ordinal);
        Assert.Contains("env.ok", Assert.Single(run.Files).Value, StringComparison.Ordinal);
    }
}
