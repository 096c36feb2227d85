namespace WasmBindgen.Generator.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public async Task Import_of_all_scalars() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System.Text;
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env")]
        public sealed partial class Env
        {
            public void Nothing() { }
            public bool Bool(bool value) => value;
            public sbyte S8(sbyte value) => value;
            public byte U8(byte value) => value;
            public short S16(short value) => value;
            public ushort U16(ushort value) => value;
            public int S32(int value) => value;
            public uint U32(uint value) => value;
            public long S64(long value) => value;
            public ulong U64(ulong value) => value;
            public float F32(float value) => value;
            public double F64(double value) => value;
            public Rune Char(Rune value) => value;
            public double Several(bool first, long second, float third, Rune fourth) => second;
        }
        """));

    [Fact]
    public async Task Export_of_all_scalars() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System.Text;
        using WasmBindgen;

        namespace Demo;

        [WasmExport]
        public sealed partial class Guest
        {
            public partial void Nothing();
            public partial bool Bool(bool value);
            public partial sbyte S8(sbyte value);
            public partial byte U8(byte value);
            public partial short S16(short value);
            public partial ushort U16(ushort value);
            public partial int S32(int value);
            public partial uint U32(uint value);
            public partial long S64(long value);
            public partial ulong U64(ulong value);
            public partial float F32(float value);
            public partial double F64(double value);
            public partial Rune Char(Rune value);
            public partial double Several(bool first, long second, float third, Rune fourth);
            public partial void OnlyTakes(int first, int second);
            internal partial int OnlyReturns();
        }
        """));

    [Fact]
    public async Task Interrupts() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using System.IO;
        using WasmBindgen;

        namespace Demo;

        public class ExitException : Exception;
        public sealed class ExitCodeException : ExitException;
        public sealed class Failure<T> : Exception;

        [WasmImport("env")]
        public sealed partial class Env
        {
            [Interrupts<ExitCodeException>] public void Typed() { }
            [Interrupts] public int Untyped() => 1;
            [Interrupts<ExitCodeException>, Interrupts<IOException>] public void Several() { }
            [Interrupts<ExitCodeException>, Interrupts<ExitException>, Interrupts<FileNotFoundException>, Interrupts<IOException>] public void BaseTypes() { }
            [Interrupts<IOException>, Interrupts<Exception>] public void Everything() { }
            [Interrupts<Failure<int>>] public void Generic() { }
            public void None() { }
        }

        [WasmImport("whole")]
        [Interrupts<ExitException>]
        public sealed partial class Whole
        {
            public void OfClass() { }
            [Interrupts<ExitCodeException>] public void Narrower() { }
            [Interrupts<IOException>] public void Another() { }
            [Interrupts] public void Any() { }
        }
        """));

    [Fact]
    public async Task Injected_parameters() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System.Threading;
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env")]
        public sealed partial class Env
        {
            public void All(Caller caller, Memory memory, Store store, CancellationToken cancellation) { }
            public int Between(int a, Caller caller, int b, Memory? memory, long c) => a;
            public void ByReference(in Caller caller, in Memory memory) { }
        }
        """));

    [Fact]
    public async Task Static_class() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        namespace Demo;

        [WasmImport("math")]
        public static partial class Math
        {
            public static double Sin(double x) => System.Math.Sin(x);
            [Interrupts] public static void Log(this int number, Caller caller) { }
        }

        [WasmImport("env")]
        public sealed partial class StaticMethodOfObject
        {
            public static int Add(int a, int b) => a + b;
        }
        """));

    [Fact]
    public async Task Nested_classes() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        namespace Demo.Plugins
        {
            public static partial class Outer
            {
                internal readonly partial record struct Middle
                {
                    [WasmImport("env")] private sealed partial class Env { public void Log(int code) { } }
                }

                public partial interface IContract
                {
                    [WasmExport] public partial class Guest { public partial void Run(); }
                }
            }
        }
        """));

    [Fact]
    public async Task Record() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        [WasmImport("env")]
        public sealed partial record Env(string Name)
        {
            public int Length() => Name.Length;
        }

        [WasmExport]
        public partial record class Guest
        {
            public partial int Run();
        }
        """));

    [Fact]
    public async Task Keywords_and_local_names() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        namespace Demo.@new;

        [WasmImport("env")]
        public sealed partial class @class
        {
            public int @return(int @int, int @event, int record) => @int;
            public int Locals(int host, int caller, int slots, int count, int result, int exception) => host;
            public int Host_(int host_, int host, Caller caller) => host;
        }

        [WasmExport]
        public sealed partial class @object
        {
            public partial int @return(int @int, int @event, int record);
            public partial int Locals(int slots, int slots_, int exports, int instance, int _locals);
            public partial int @this { get; set; }
        }
        """));

    [Fact]
    public async Task Enums() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using WasmBindgen;

        namespace Demo;

        public enum Plain { A, B, C }
        public enum Gaps { A = 1, B = 2, C = 5, D = 7, E = 8, Again = 5 }
        public enum Negative : sbyte { Low = -128, Minus = -1, Zero, One, High = 127 }
        public enum Small : byte { A, B = 255 }
        public enum Huge : ulong { A, B, C = ulong.MaxValue }
        public enum Long : long { Low = long.MinValue, Zero = 0 }
        [Flags] public enum Bits { None, One = 1, Two = 2, Eight = 8 }
        [Flags] public enum ByteBits : byte { All = 0xff }
        [Flags] public enum LongBits : long { Low = 1, Top = long.MinValue }

        [WasmImport("env")]
        public sealed partial class Env
        {
            public Plain Plain(Plain value) => value;
            public Gaps Gaps(Gaps value) => value;
            public Negative Negative(Negative value) => value;
            public Small Small(Small value) => value;
            public Huge Huge(Huge value) => value;
            public Long Long(Long value) => value;
            public Bits Bits(Bits value) => value;
            public ByteBits ByteBits(ByteBits value) => value;
            public LongBits LongBits(LongBits value) => value;
        }

        [WasmExport]
        public sealed partial class Guest
        {
            public partial Plain Run(Gaps gaps, Huge huge, ByteBits bits);
            public partial Negative Level { get; set; }
        }
        """));

    [Fact]
    public async Task Names() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using System.Threading.Tasks;
        using WasmBindgen;

        namespace Demo;

        [WasmImport("snake")]
        public partial class Snake : IDisposable, IAsyncDisposable
        {
            public void EarlyExit() { }
            [WasmName("Exactly-This \"name\"")] public void Renamed() { }
            public void Overload(int a) { }
            [WasmName("overload_2")] public void Overload(int a, int b) { }
            [WasmIgnore] public string NotForGuests(string text) => text;
            internal void NotPublic() { }
            public int Property { get; set; }
            public override string ToString() => "";
            public void Dispose() { }
            public ValueTask DisposeAsync() => default;
            public static Snake operator +(Snake a, Snake b) => a;
        }

        [WasmImport("exact", Naming = Naming.Exact)]
        public partial class Exact { public void EarlyExit() { } }

        [WasmImport("camel", Naming = Naming.CamelCase)]
        public partial class Camel { public void EarlyExit() { } }

        [WasmImport("wasi:io/streams@0.2.0")]
        public partial class Component { public void EarlyExit() { } }

        [WasmImport("wasi:io/streams@0.2.0", Naming = Naming.SnakeCase)]
        public partial class ComponentInSnakeCase { public void EarlyExit() { } }

        [WasmExport("demo:plugin/api@1.0.0")]
        public partial class Interface { public partial int RunTwice(int value); }

        [WasmExport(Naming = Naming.KebabCase)]
        public partial class Guest
        {
            public partial void EarlyExit();
            public partial int HeapBase { get; }
            [WasmName("__heap_end")] public partial int HeapEnd { get; }
        }
        """));

    [Fact]
    public async Task Export_properties() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System.Text;
        using WasmBindgen;

        namespace Demo;

        public enum Level { Low, High }

        [WasmExport]
        public partial class Guest
        {
            public partial int Counter { get; set; }
            public partial double OnlyRead { get; }
            internal partial long OnlyWritten { set; }
            public virtual partial bool Flag { get; private protected set; }
            public partial Rune Letter { get; set; }
            public partial Level Level { get; set; }
            public partial Memory Memory { get; }
            public partial Table Table { get; }
            public partial Global Global { get; }
            public partial Function Function { get; }
        }
        """));

    /// <summary>Both namespaces in one file, whose types have the same names.</summary>
    [Fact]
    public async Task Official_package() => Snapshot.Verify(await GeneratorTest.VerifyAsync(GeneratorTest.Compile(
        """
        using Wasmtime;
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env")]
        public sealed partial class Env { public int Add(int a, int b) => a + b; }

        [WasmImport("static")]
        public static partial class Static { public static void Log(string text) { } }

        [WasmExport]
        public partial class Guest { public partial int Run(int a); }

        [WasmExport]
        public sealed partial class BigGuest : Guest { public partial void Stop(); }

        public static class Program
        {
            public static Guest Start(Wasmtime.Store store, Wasmtime.Linker linker, Wasmtime.Module module)
            {
                Static.AddTo(linker);
                return new BigGuest(linker.Define(new Env()).DefinePerStore<Env>().Instantiate(store, module));
            }
        }
        """).AddReferences(GeneratorTest.OfficialPackage)));

    [Fact]
    public async Task Parameters_by_reference() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env")]
        public sealed partial class Env
        {
            public int Add(in int a, ref readonly long b, int c = 3) => a;
        }

        [WasmExport]
        public sealed partial class Guest
        {
            public partial int Add(in int a, ref readonly long b, scoped in int c, int d = 3);
        }
        """));

    [Fact]
    public async Task Parts_in_several_files() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env")]
        public sealed partial class Env
        {
            public void First() { }
        #if true
            public void Included() { }
        #else
            public void Excluded() { }
        #endif
        }

        [WasmExport]
        public sealed partial class Guest { public partial int First(); }
        """,
        """
        namespace Demo;

        partial class Env { public void Second() { } }

        partial class Guest { public partial int Second(); }
        """));

    [Fact]
    public async Task Names_of_users_that_are_ours() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        namespace Demo.System.WasmBindgen
        {
            internal sealed class Slot; internal sealed class Linker; internal sealed class Exception; internal sealed class HostCall;
            internal enum ValueKind { A, B }

            [WasmImport("env")]
            internal sealed partial class Thunks
            {
                [Interrupts<global::System.InvalidOperationException>]
                public ValueKind Define(ValueKind kind, Caller caller) => kind;
                public int AddTo(int a) => a;
                public void Main() { }
                private sealed class System; private sealed class Thunks_;
            }

            [WasmExport]
            internal sealed partial class Guest
            {
                public partial ValueKind Slot(ValueKind kind);
                private readonly int _slot = 1;
                public int Other => _slot;
            }
        }
        """));

    [Fact]
    public async Task Interrupts_by_value() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using System.Text;
        using WasmBindgen;

        namespace Demo;

        public enum Code { A, B }
        public sealed record Reason(string Text);

        [WasmImport("env")]
        public sealed partial class Env
        {
            public Interrupt<Code> Always() => Interrupt.With(Code.A);
            public Interruptible<Reason> Maybe(int outcome) => Interrupt.With(new Reason(""));
            public Interruptible<int, Reason> MaybeResult(int a) => a;
            public Interruptible<Code, string> MaybeEnum(Code code) => code;
            public Interruptible<Rune, InvalidOperationException> MaybeRune(Rune rune) => rune;
            [Interrupts<Code>] public Interrupt<Code> Declared() => Interrupt.With(Code.B);
            [Interrupts<FormatException>] public Interruptible<Reason> Both() => Interrupt.With(new Reason(""));
        }
        """));

    [Fact]
    public async Task Results_with_errors() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System.Text;
        using WasmBindgen;

        namespace Demo;

        public enum Code { A, B }

        [WasmExport]
        public sealed partial class Guest
        {
            public partial GuestResult Run();
            [Fuel(500)] public partial GuestResult<int> Add(int a, int b);
            #region Documented by the generator all the same
            public partial GuestResult<Code> Last();
            #endregion
            /// <summary>Documented by its author.</summary>
            public partial void Own();
            public partial GuestResult<Rune> Locals(int slots, int error, int fault);
        }
        """));

    [Fact]
    public async Task Derived_classes() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env")] public partial class Env { public virtual int Add(int a) => a; }
        [WasmImport("more")] public sealed partial class More : Env { public override int Add(int a) => -a; public int Subtract(int a) => a; }

        [WasmExport] public partial class Guest { public partial int Run(); }
        [WasmExport] public sealed partial class BigGuest : Guest { public partial int Stop(); }
        """));

    [Fact]
    public void Every_file_is_of_a_test()
    {
        string[] tests =
        [
            .. new[] { typeof(SnapshotTests), typeof(GuestMemberTests), typeof(WitBindingTests) }
                .SelectMany(static type => type.GetMethods())
                .Select(static method => method.Name),
        ];
        Assert.All(
            Directory.GetFiles(Snapshot.Folder), path => Assert.Contains(Path.GetFileName(path).Split('.')[0], tests));
    }

    [Fact]
    public async Task Tokens_and_timeouts() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System.Threading;
        using WasmBindgen;

        namespace Demo;

        [WasmExport]
        public sealed partial class Guest
        {
            public partial int Token(int a, CancellationToken token);
            public partial void TokenAlone(CancellationToken slots = default);
            [Timeout(50)] public partial void Timed();
            [Timeout(50)] public partial GuestResult<int> Both(CancellationToken error);
        }
        """));

    [Fact]
    public async Task Strings_and_lists() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Text;
        using System.Threading;
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env")]
        public sealed partial class Env
        {
            public string Greet(string name, Caller caller) => name;
            public Interruptible<string?, int> Find(ReadOnlySpan<byte> key) => (string?)null;
            public int? Parse(in string memory, ImmutableArray<string> area, ReadOnlyMemory<byte> parameters) => null;
            public ReadOnlySpan<char> Text() => "";
            public Dictionary<string, int?> Index(IReadOnlyDictionary<Rune, string[]> names) => [];
        }

        [WasmExport]
        public sealed partial class Guest
        {
            public partial string Greet(string name);
            public partial GuestResult<List<long>> Numbers(int? memory, params string[] slots);
            [Timeout(50)] public partial void Timed(ReadOnlySpan<char> text, CancellationToken call = default);
        }
        """));

    [Fact]
    public async Task Records_and_variants() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using System.Text;
        using WasmBindgen;

        namespace Demo;

        public enum Colour : byte { Red, Green }
        [Flags] public enum Access : ushort { Read = 1, Write = 2 }
        public enum Sparse : short { Low = -5, High = 700 }
        public sealed record Person(string Name, Rune Mark, Colour? Favourite, (Access, Sparse) Both);
        [WasmRecord] public struct Point { public float X; public float Y { get; init; } public static int Count; }
        [WasmVariant] public abstract record Shape
        {
            public sealed record Dot : Shape;
            public sealed record Circle(Point Centre, double Radius) : Shape;
            public sealed record Named(Person Of) : Shape;
        }

        [WasmImport("env")]
        public sealed partial class Env
        {
            public Result<Shape, string> Draw(Person person, Point a, Point b, Point c, Point d, Shape shape, Person[] people) => "";
            public Point Move(Point point) => point;
        }

        [WasmExport]
        public sealed partial class Guest
        {
            public partial Shape Draw(Person[] people, Result<Unit, Colour> state);
        }
        """));

    [Fact]
    public async Task Resources_and_marshallers() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using WasmBindgen;

        namespace Demo;

        [WasmResource]
        [WasmImport("demo:app/files")]
        public sealed partial class OpenFile : IDisposable
        {
            public OpenFile(string self) { }
            public OpenFile? Parent(int handle) => null;
            public static Interruptible<OpenFile, int> Copy(OpenFile from, Borrow<OpenFile> to) => from;
            public void Dispose() { }
        }

        public sealed class UriMarshaller : IWasmMarshaller<Uri, string>
        {
            public static string ToGuest(Uri value) => value.AbsoluteUri;
            public static Uri FromGuest(string value) => new(value);
        }

        [WasmExport]
        public sealed partial class Guest
        {
            public partial void Use(Borrow<OpenFile> file);
            [return: WasmMarshaller(typeof(UriMarshaller))] public partial Uri Name([WasmMarshaller(typeof(UriMarshaller))] Uri? parent);
        }
        """));

    [Fact]
    public async Task Asynchronous_methods() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System.Threading.Tasks;
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env")]
        public sealed partial class Env
        {
            public Task Sleep(int call) => Task.Delay(call);
            [Fuel(100)] public async ValueTask<Interruptible<int, string>> Read() { await Task.Yield(); return 1; }
        }

        [WasmExport]
        public sealed partial class Guest
        {
            public partial Task<int> Run(int a, System.Threading.CancellationToken token);
            public partial Task Say(string call);
            public partial Task<GuestResult> Try();
        }
        """));

    [Fact]
    public async Task References_and_callbacks() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using WasmBindgen;

        namespace Demo;

        public delegate int Compare(long left, bool right);

        [WasmImport("env")]
        public sealed partial class Env
        {
            public object Make(int size) => new byte[size];
            public void Sort([TableIndex] Compare compare, [ExternRef] Uri? tag) { }
            public Action? Then(Action? first) => first;
        }

        [WasmExport]
        public sealed partial class Guest
        {
            public partial Compare Comparer(object? of);
        }
        """));

    [Fact]
    public async Task Memory_of_64_bits() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using System.Threading.Tasks;
        using WasmBindgen;

        namespace Demo;

        [Memory64]
        [WasmImport("env")]
        public sealed partial class Env
        {
            public void Log(string text, GuestPointer<byte> at, ref int count) { }
            public Task Write(ReadOnlyMemory<byte> data) => Task.CompletedTask;
            [return: MultiValue] public int[] Read(ReadOnlySpan<Point> points) => [];
        }

        public record struct Point(int X, int Y);

        [Memory64]
        [WasmExport]
        [GuestAllocator("malloc", "free")]
        public sealed partial class Guest
        {
            public partial int Find(string name, ReadOnlySpan<Point> among, out Point found);
            [return: MultiValue] public partial string Name(GuestPointer<int> id);
        }
        """));

    [Fact]
    public async Task Memories_and_allocators() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env", Memory = "mem")]
        [GuestAllocator("malloc(size, alignment)", "free(address, size, alignment)", Module = "main")]
        public sealed partial class Env
        {
            public string Greet(string name) => name;
            [WasmMemory("second")] public void Log(string text) { }
            public int Peek(Memory memory, Guest guest, int address) => memory.Read<int>(address);
        }

        [WasmExport(Memory = "mem")]
        [GuestAllocator("malloc", "free(size, address)")]
        public sealed partial class Guest
        {
            public partial int Length(string text);
            [WasmMemory("second")] public partial int Sum(int[] values);
        }
        """));

    [Fact]
    public async Task C_conventions() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using System.IO;
        using System.Runtime.Intrinsics;
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env")]
        [GuestAllocator("malloc", "free")]
        public sealed partial class Env
        {
            [return: CString] public string? Home([CString] string name, [Utf16] string wide, [Latin1] string narrow) => null;
            public void Sum(GuestPointer<int> values, ref int total, out double mean) => mean = total;
            [return: Packed] public byte[] Read() => [];
            [return: MultiValue] public (int, float, string) Three() => default;
            [Errno<FileNotFoundException>(44), Errno<IOException>(29), Interrupts<OperationCanceledException>] public void Save() { }
            [Errno<ArgumentException>(-1), Interrupts] public int Count() => 1;
            public Vector128<float> Negate(Vector128<float> v) => -v;
            public void Move(ref Point point, ReadOnlySpan<Point> by) => point.X += by[0].X;
        }

        public record struct Point(int X, int Y);

        [WasmExport]
        [GuestAllocator("malloc", "free")]
        public sealed partial class Guest
        {
            public partial int DivMod(int a, int b, out int quotient, ref Point point);
            public partial GuestResult TryDivMod(int a, int b, out int quotient);
            [return: MultiValue] public partial (int Quotient, int Remainder) Divide(int a, int b);
            [return: CString] public partial string Name([CString] string? key);
            public partial Vector128<byte> Shuffle(Vector128<byte> v);
        }
        """));

    [Fact]
    public async Task Guests_of_wasm_bindgen() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using WasmBindgen;

        namespace Demo;

        [RustWasmBindgen(ObjectHeap = true)]
        [WasmImport("./guest_bg.js", Prefix = "__wbindgen_")]
        public sealed partial class Env
        {
            public void ObjectDropRef(object? value) { }
            public object? ObjectCloneRef(Borrow<object?> value) => value.Value;
            public string? StringGet(Borrow<object?> value) => value.Value as string;
            public double? NumberGet([ExternRef] Exception value) => null;
        }

        [RustWasmBindgen(ObjectHeap = true)]
        [WasmExport]
        public sealed partial class Guest
        {
            public partial string? Render(string? text, ReadOnlySpan<double> numbers);
            public partial Result<byte[], Exception> Read(Borrow<object> source);
            public partial string[] Names(object[] values);
            public partial GuestResult<Result<Unit, object?>> Check(GuestPointer<int> self);
        }

        [RustWasmBindgen(ObjectTable = "__wbindgen_export_2")]
        [GuestAllocator("__wbindgen_export_0(size, alignment)", "__wbindgen_export_1(address, size, alignment)")]
        [WasmExport]
        public sealed partial class References
        {
            public partial Result<object, string> Parse(string text, object options, [TableIndex] object? extra);
            public partial int[]? Numbers(string[] names);
        }
        """));

    [Fact]
    public async Task Tags_and_globals_of_objects() => Snapshot.Verify(await GeneratorTest.VerifyAsync(
        """
        using System;
        using System.IO;
        using System.Text;
        using WasmBindgen;

        namespace Demo;

        public class LimitException(int limit) : Exception { public int Limit => limit; [WasmIgnore] public Uri? Help { get; init; } }
        public sealed class NamedException(string name, int limit) : LimitException(limit) { public string Name => name; }
        public sealed class PlaceException(Uri place) : Exception { public Uri Place => place; }

        [WasmImport("env")]
        [WasmTag<IOException>("env", "io")]
        public sealed partial class Env
        {
            [WasmTag<LimitException>("env", "limit"), Interrupts<ArgumentException>] public int Spend(int amount) => amount;
            [WasmTag<LimitException>("env", "limit"), WasmTag<NamedException>("env", "named")] public void Name() { }
            [WasmTag<PlaceException>("other", "place"), Errno<ArgumentException>(5)] public int Go() => 0;
            [WitError<ArgumentException>("too-many"), WitError<Exception>("other"), Interrupts<ArgumentNullException>]
            public Interruptible<Result<int, Refusal>, string> Take(int count) => (Result<int, Refusal>)count;
        }

        public enum Refusal { TooMany, Other }

        [WasmExport]
        public sealed partial class Guest
        {
            public partial object? Any { get; set; }
            public partial object Present { get; set; }
            [ExternRef] public partial StringBuilder? Text { get; private set; }
            [ExternRef] public partial IDisposable Fixed { get; }
            public partial SharedMemory Memory { get; }
        }
        """));
}
