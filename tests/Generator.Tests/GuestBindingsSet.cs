namespace WasmBindgen.Generator.Tests;

/// <summary>Classes with all shapes of values, and what is written of them for guests.</summary>
internal static class GuestBindingsSet
{
    /// <summary>What all languages have: the Canonical ABI, by names that WIT has too.</summary>
    internal const string Canonical =
        """
        using System;
        using System.Collections.Generic;
        using System.Text;
        using System.Threading.Tasks;
        using WasmBindgen;

        namespace Demo;

        public enum Color { Red, Green, DarkBlue }
        [Flags] public enum Rights { None = 0, Read = 1, Write = 2, All = 3 }
        public readonly record struct Point(int X, double Y);
        public sealed record Person(string Name, Point? Home, Color[] Colors, Rights Rights);
        [WasmVariant] public abstract record Shape
        {
            public sealed record Circle(float Radius) : Shape;
            public sealed record Line(Point From, Point To) : Shape;
            public sealed record Nothing : Shape;
        }
        public sealed class Denied { public static Denied Instance { get; } = new(); }

        [WasmImport("env", Naming = Naming.KebabCase)]
        public sealed partial class Env
        {
            public Interrupt<Denied> EarlyExit(int code) => Interrupt.With(Denied.Instance);
            public void Log(string message, bool isError) { }
            public Rune Scalars(
                sbyte a, byte b, short c, ushort d, uint e, long f, ulong g, float h, double i, Rune j) => j;
            public Color Colors(Color one, Rights rights) => one;
            public string Name() => "";
            public Task<int> Wait(int milliseconds) => Task.FromResult(milliseconds);
        }

        [WasmImport("demo:plugin/store")]
        public sealed partial class Store
        {
            public Person? Find(string name, ReadOnlySpan<byte> key) => null;
            public void Put(Person person, (int, string) pair, List<Shape> shapes) { }
            public Result<Point, string> Move(Point point, int? by) => point;
            public Result<Unit, Unit> Try() => Result<Unit, Unit>.Ok(default);
            public void Many(Point a, Point b, Point c, Point d, Point e, Point f, Point g, Point h, string last) { }
            public Shape Draw(Shape shape, Result<int, int> either, Result<Unit, string> message) => shape;
            public Counter Open(Borrow<Counter> counter, Counter given) => given;
        }

        [WasmResource, WasmImport("demo:plugin/counters")]
        public sealed partial class Counter
        {
            public Counter(int start) { }
            public int Increment(int by) => by;
            public static Counter Merge(Counter left, Borrow<Counter> right) => left;
        }

        [WasmExport(Naming = Naming.KebabCase)]
        public sealed partial class Guest
        {
            public partial int Run(int a, int b);
            public partial string Greet(string name, in Point at);
            public partial GuestResult<List<Point>> Corners(Shape shape);
            public partial void Stop();
            public partial Memory Memory { get; }
        }

        [WasmExport(Naming = Naming.KebabCase)]
        public sealed partial class SameGuest
        {
            public partial GuestResult<int> Run(int c, int d);
        }
        """;

    /// <summary>What plain C has besides.</summary>
    internal const string Conventions =
        """
        using System;
        using WasmBindgen;

        namespace Demo;

        public enum Level : short { Low = -5, High = 700 }
        [Flags] public enum Wide : ulong { One = 1, Last = 0x8000_0000_0000_0000 }
        public enum Deep : long { Lowest = long.MinValue }
        public delegate int Comparison(int left, int right);
        [WasmRecord] public struct Spot { public int X; public byte Y; }

        [WasmImport("c.\"d\""), GuestAllocator("malloc", "free")]
        public sealed partial class C
        {
            [return: CString] public string? Home([CString] string? name) => name;
            public void Texts([Utf16] string wide, [Latin1] string narrow, [Utf16] string? none) { }
            [return: Packed] public byte[] Read(int register) => [];
            public int Sum(GuestPointer<Spot> spots, GuestPointer<byte> bytes, GuestPointer<Guid> others) => 0;
            public void Change(ref Spot spot, out double half, Span<int> view) => half = 0;
            public int Sort([TableIndex("__indirect_function_table")] Comparison compare, int[] compareLen) => 0;
            public Level Levels(Level level, Wide wide, Deep deep) => level;
            [Errno<InvalidOperationException>(5)] public void Fail(string[] names) { }
            [WasmName("Odd name!")] public void Odd(Memory<short> result, int @int) { }
            public int Index([TableIndex("table")] Comparison compare) => 0;
        }

        [WasmExport, GuestAllocator("malloc", "free(address)")]
        public sealed partial class CGuest
        {
            [return: CString] public partial string? Home([CString] string? name);
            public partial void Change(ref Spot spot);
        }
        """;

    /// <summary>What AssemblyScript has of its own.</summary>
    internal const string Scripts =
        """
        using System.Runtime.Intrinsics;
        using WasmBindgen;

        namespace Demo;

        public enum Unit { Metre, Mile }
        public delegate void Tick();

        [AssemblyScript, WasmImport("env")]
        public sealed partial class Env
        {
            public void Abort(string? message, string? file, uint line, uint column) { }
            public string Join(string[] parts, int @in) => "";
            [return: ScriptArray(ScriptArrayKind.TypedArray)] public double[] Numbers(int count) => [];
            [return: ScriptArray(ScriptArrayKind.StaticArray)] public string?[]? Words(Unit unit) => null;
            [return: ScriptArray(ScriptArrayKind.ArrayBuffer)] public byte[] Bytes(bool[] bits) => [];
            public Vector128<int> Vector(Vector128<float> lanes) => default;
            public object? Keep(object value) => null;
            public void Every(Tick tick) { }
        }

        [WasmImport("other")]
        public sealed partial class Other { public void Abort() { } }

        [AssemblyScript, WasmExport(Naming = Naming.CamelCase)]
        public sealed partial class Guest
        {
            public partial string Greet(string name);
            [WasmName("odd_name")] public partial void OddName(Unit unit);
            public partial int Counter { get; set; }
            public partial double Fixed { get; }
            public partial Memory Memory { get; }
            public partial Table Table { get; }
        }
        """;

    internal static string Text(string classes, string item, string key)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(classes), item);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        return run.Output.Assembly.GetAttributes()
            .Select(static attribute => attribute.ConstructorArguments)
            .Where(arguments => (string?)arguments[0].Value == "WasmGuestBindings:" + key)
            .Select(static arguments => (string)arguments[1].Value!)
            .Single();
    }
}
