using System.Runtime.Intrinsics;

namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("c", Naming = Naming.Exact)]
[GuestAllocator("malloc", "free")]
public sealed partial class CHost
{
    public List<string?> Seen { get; } = [];

    public GuestPointer<int> Kept { get; private set; }

    [return: CString]
    public string? Home([CString] string? name)
    {
        Seen.Add(name);
        return name is null ? null : $"/home/{name}";
    }

    public void Wide([Utf16] string text) => Seen.Add(text);

    public void Narrow([Latin1] string text) => Seen.Add(text);

    [return: Packed]
    public byte[] Read(int count) => [.. Enumerable.Range(1, count).Select(static i => (byte)i)];

    [return: MultiValue]
    public (int Quotient, long Remainder, double Exact) Divide(int a, int b) => (a / b, a % b, (double)a / b);

    public int Sum(GuestPointer<int> values, int count)
    {
        Kept = values;
        int sum = 0;
        foreach (int value in values.AsSpan(count))
        {
            sum += value;
        }

        values[1] = -1;
        return sum + (values + 2).Value;
    }

    public void Increment(ref int value, out double half)
    {
        value++;
        half = value / 2.0;
    }

    [Errno<FileNotFoundException>(44)]
    [Errno<IOException>(29)]
    [Interrupts<DirectoryNotFoundException>]
    public void Open(int what) => _ = what switch
    {
        0 => 0,
        1 => throw new FileNotFoundException(),
        2 => throw new EndOfStreamException(), // an IOException too
        3 => throw new DirectoryNotFoundException("aborted"), // an IOException, but declared apart
        _ => throw new NotSupportedException(),
    };
}

[WasmExport(Naming = Naming.Exact)]
[GuestAllocator("malloc", "free")]
public sealed partial class CGuest
{
    [WasmName("memory")]
    public partial Memory Memory { get; }

    [return: CString]
    public partial string? Home([CString] string? name);

    public partial void Wide([Utf16] string text);

    public partial void Narrow([Latin1] string text);

    [return: Packed]
    public partial byte[] Read(int count);

    [return: MultiValue]
    public partial (int Quotient, long Remainder, double Exact) Divide(int a, int b);

    public partial int Open(int what);

    public partial GuestPointer<int> Values(GuestPointer<int> start);

    public partial int Live { get; }
}

/// <summary>A guest over Rust's own allocator, which wants to know what it gets back.</summary>
[WasmExport]
[GuestAllocator("alloc", "dealloc(address, size)")]
public sealed partial class SizedGuest
{
    public partial int Length(string text, int[] numbers);

    public partial int Freed { get; }
}

/// <summary>A guest that allocates nothing, since it gets only addresses.</summary>
[WasmExport(Naming = Naming.Exact)]
public sealed partial class BareGuest
{
    public partial int Length((GuestPointer<byte> Start, int Length) buffer);
}

public sealed class CConventionTests : IDisposable
{
    // malloc never gives the same address twice; Live counts what is not freed.
    private const string Wat = """
        (module
          (import "c" "Home" (func $home (param i32) (result i32)))
          (import "c" "Wide" (func $wide (param i32 i32)))
          (import "c" "Narrow" (func $narrow (param i32 i32)))
          (import "c" "Read" (func $read (param i32) (result i64)))
          (import "c" "Divide" (func $divide (param i32 i32) (result i32 i64 f64)))
          (import "c" "Sum" (func $sum (param i32 i32) (result i32)))
          (import "c" "Increment" (func $increment (param i32 i32)))
          (import "c" "Open" (func $open (param i32) (result i32)))
          (memory (export "memory") 2)
          (global $next (mut i32) (i32.const 4096))
          (global $live (export "Live") (mut i32) (i32.const 0))
          (func (export "malloc") (param i32) (result i32)
            (global.set $live (i32.add (global.get $live) (i32.const 1)))
            (if (i32.gt_u (local.get 0) (i32.const 60000)) (then (return (i32.const 0))))
            (global.get $next)
            (global.set $next
              (i32.and (i32.add (i32.add (global.get $next) (local.get 0)) (i32.const 15)) (i32.const -8))))
          (func (export "free") (param i32) (global.set $live (i32.sub (global.get $live) (i32.const 1))))
          (func (export "Home") (param i32) (result i32) (call $home (local.get 0)))
          (func (export "Wide") (param i32 i32) (call $wide (local.get 0) (local.get 1)))
          (func (export "Narrow") (param i32 i32) (call $narrow (local.get 0) (local.get 1)))
          (func (export "Read") (param i32) (result i64) (call $read (local.get 0)))
          (func (export "Divide") (param i32 i32) (result i32 i64 f64) (call $divide (local.get 0) (local.get 1)))
          (func (export "Open") (param i32) (result i32) (call $open (local.get 0)))
          (func (export "Values") (param i32) (result i32) (i32.add (local.get 0) (i32.const 4)))
          (func (export "sum") (param i32) (result i32)
            (i32.store (i32.const 64) (i32.const 10)) (i32.store (i32.const 68) (i32.const 20))
            (i32.store (i32.const 72) (i32.const 30))
            (call $sum (local.get 0) (i32.const 3)))
          (func (export "increment") (param i32 i32) (call $increment (local.get 0) (local.get 1)))
          (func (export "endless") (drop (call $home (i32.const 131071)))))
        """;

    private readonly World _world = new();
    private readonly CHost _host = new();
    private readonly Instance _instance;
    private readonly CGuest _guest;

    public CConventionTests()
    {
        _world.Linker.Define(_host);
        _instance = _world.Instantiate(Wat);
        _guest = new CGuest(_instance);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void An_allocator_may_want_the_length_back()
    {
        var guest = new SizedGuest(_world.Instantiate("""
            (module
              (memory (export "memory") 1)
              (global $next (mut i32) (i32.const 1024))
              (global $freed (export "freed") (mut i32) (i32.const 0))
              (func (export "alloc") (param i32) (result i32)
                (global.get $next)
                (global.set $next (i32.add (global.get $next) (i32.const 64))))
              (func (export "dealloc") (param i32 i32)
                (global.set $freed (i32.add (i32.mul (global.get $freed) (i32.const 100)) (local.get 1))))
              (func (export "length") (param i32 i32 i32 i32) (result i32) (i32.add (local.get 1) (local.get 3))))
            """));
        Assert.Equal(7, guest.Length("hello", [1, 2]));
        Assert.Equal(508, guest.Freed); // five bytes, then eight
        Assert.Contains("dealloc", Assert.Throws<LinkException>(() => new SizedGuest(_world.Instantiate("""
            (module
              (memory (export "memory") 1)
              (global (export "freed") (mut i32) (i32.const 0))
              (func (export "alloc") (param i32) (result i32) (i32.const 0))
              (func (export "dealloc") (param i32))
              (func (export "length") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
            """))).Message);
    }

    [Fact]
    public void Text_in_the_encodings_of_C()
    {
        Assert.Equal("/home/größe", _guest.Home("größe"));
        Assert.Null(_guest.Home(null));
        _guest.Wide("w\ud800🦀");
        _guest.Narrow("naïve\0ÿ");
        Assert.Equal(["größe", null, "w\ud800🦀", "naïve\0ÿ"], _host.Seen);
        Assert.Throws<ArgumentException>(() => _guest.Narrow("ℵ"));
        Assert.Throws<ArgumentException>(() => _guest.Home("a\0b"));
    }

    [Fact]
    public void Arguments_are_freed_after_the_call_and_results_are_the_guests()
    {
        _guest.Wide("text");
        Assert.Equal(0, _guest.Live);
        _guest.Home("me");
        Assert.Equal(1, _guest.Live); // what the host method returned
    }

    [Fact]
    public void A_guest_without_memory_left_is_at_fault()
    {
        var exception = Assert.Throws<GuestMemoryException>(() => _guest.Wide(new string('x', 40_000)));
        Assert.Equal((GuestMemoryFault.InvalidValue, "text"), (exception.Fault, exception.Parameter));
    }

    [Fact]
    public void Text_without_an_end()
    {
        _guest.Memory.GetSpan()[131071] = 1;
        var exception = Assert.Throws<GuestMemoryException>(() => _instance.GetFunction("endless")!.Call());
        Assert.Equal(
            (GuestMemoryFault.OutOfBounds, "name", 131071), (exception.Fault, exception.Parameter, exception.Address));
    }

    [Fact]
    public void Packed_and_multiple_results()
    {
        Assert.Equal([1, 2, 3], _guest.Read(3));
        Assert.Empty(_guest.Read(0));
        Assert.Equal((3, 2L, 3.4), _guest.Divide(17, 5));
    }

    [Fact]
    public void Pointers_are_checked_when_they_are_used()
    {
        Function sum = _instance.GetFunction("sum")!;
        Assert.Equal(90, sum.Call(WasmValue.FromInt32(64))[0].AsInt32());
        Assert.Equal(-1, _guest.Memory.Read<int>(68));
        var exception = Assert.Throws<GuestMemoryException>(() => sum.Call(WasmValue.FromInt32(131064)));
        Assert.Equal(
            (GuestMemoryFault.OutOfBounds, "c.Sum", 131064L, 12L),
            (exception.Fault, exception.Function, exception.Address, exception.Length));
        // 2^32 - 1 of the guest's
        exception = Assert.Throws<GuestMemoryException>(
            () => new GuestPointer<int>(_guest.Memory, 64).AsSpan(-1).Length);
        Assert.Equal(
            (GuestMemoryFault.OutOfBounds, 64L, 4L * uint.MaxValue),
            (exception.Fault, exception.Address, exception.Length));
        Assert.Equal(68, _guest.Values(new GuestPointer<int>(_guest.Memory, 64)).Address);
        Assert.False(_guest.Values(default).IsNull);
        Assert.Throws<ArgumentException>(() => _guest.Values(new GuestPointer<int>(_guest.Memory, -1)));
        using var other = new World();
        var foreign = new Memory(other.Store, new MemoryType(1));
        Assert.Throws<ArgumentException>(() => _guest.Values(new GuestPointer<int>(foreign, 0)));
        Assert.Throws<OverflowException>(() => _host.Kept + long.MaxValue);
        Assert.Equal("0x40", new GuestPointer<byte>(_guest.Memory, 64).As<long>().ToString());
    }

    [Fact]
    public void Pointers_inside_other_values_need_no_allocator()
    {
        Instance bare = _world.Instantiate(
            "(module (memory (export \"memory\") 1) (func (export \"Length\") (param i32 i32) (result i32) (i32.add "
                + "(local.get 0) (local.get 1))))");
        Assert.Equal(64 + 3, new BareGuest(bare).Length((new GuestPointer<byte>(bare.GetMemory("memory")!, 64), 3)));
    }

    [Fact]
    public void References_are_numbers_in_the_guests_memory()
    {
        Function increment = _instance.GetFunction("increment")!;
        _guest.Memory.Write(64, 6);
        increment.Call(WasmValue.FromInt32(64), WasmValue.FromInt32(72));
        Assert.Equal((7, 3.5), (_guest.Memory.Read<int>(64), _guest.Memory.Read<double>(72)));
        foreach ((int value, int half, string parameter) in new[]
        {
            (66, 72, "value"),
            (64, 131068, "half"),
            (-4, 72, "value"),
        })
        {
            var exception = Assert.Throws<GuestMemoryException>(
                () => increment.Call(WasmValue.FromInt32(value), WasmValue.FromInt32(half)));
            Assert.Equal(parameter, exception.Parameter);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 44)]
    [InlineData(2, 29)]
    public void Declared_errors_are_numbers(int what, int code) => Assert.Equal(code, _guest.Open(what));

    [Fact]
    public void Error_by_error_the_guest_goes_on_or_is_aborted()
    {
        Assert.Equal("aborted", Assert.Throws<DirectoryNotFoundException>(() => _guest.Open(3)).Message);
        Assert.IsType<NotSupportedException>(Assert.Throws<HostFunctionException>(() => _guest.Open(4)).InnerException);
        Assert.Equal(44, _guest.Open(1));
    }

    [Fact]
    public void Missing_allocators_are_reported()
    {
        var exception = Assert.Throws<LinkException>(() => _world.Instantiate(
            """
            (module
              (import "c" "Home" (func (param i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "free") (param i64)))
            """));
        Assert.Equal([
            "malloc: missing, want func (param i32) (result i32), for the values of `c.Home`",
            "free: want func (param i32), for the values of `c.Home`, have func (param i64)",
        ],
            exception.Problems.Select(static problem => problem.ToString()));
    }
}

[WasmImport("c", Naming = Naming.Exact)]
public static partial class VectorHost
{
    public static Vector128<int> Negate(Vector128<int> vector) => -vector;
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class VectorGuest
{
    public partial Vector128<int> Negate(Vector128<int> vector);

    public partial Vector128<int> Labelled(Vector128<int> vector, string label);
}

public sealed class VectorTests
{
    [Fact]
    public void A_vector_takes_one_slot()
    {
        using var world = new World();
        VectorHost.AddTo(world.Linker);
        var guest = new VectorGuest(world.Instantiate("""
            (module
              (import "c" "Negate" (func $negate (param v128) (result v128)))
              (memory (export "memory") 1)
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 16))
              (func (export "Labelled") (param v128 i32 i32) (result v128)
                (i32x4.replace_lane 3 (local.get 0) (local.get 2)))
              (func (export "Negate") (param v128) (result v128) (call $negate (local.get 0))))
            """));
        Assert.Equal(Vector128.Create(-1, 2, int.MinValue, 0), guest.Negate(Vector128.Create(1, -2, int.MinValue, 0)));
        Assert.Equal(Vector128.Create(1, 2, 3, 5), guest.Labelled(Vector128.Create(1, 2, 3, 4), "label"));
    }
}
