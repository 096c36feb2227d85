using System.Runtime.InteropServices;

namespace WasmBindgen.EndToEnd.Tests;

[WasmRecord]
public struct Spot
{
    public int X { get; set; }

    public int Y { get; set; }
}

/// <summary>With padding, which no copy may carry.</summary>
public readonly record struct Sample(byte Channel, double Value, Spot At);

/// <summary>In another order than it is declared to the guest.</summary>
[WasmRecord]
[StructLayout(LayoutKind.Explicit)]
public struct Turned
{
#pragma warning disable CA1051 // only fields have places
    [FieldOffset(4)]
    public int X;
    [FieldOffset(0)]
    public int Y;
#pragma warning restore CA1051
}

/// <summary>With a constructor that looks at what it gets, and so is not made by copying bytes.</summary>
public readonly record struct Even(int Number)
{
    public int Number { get; init; } = Number % 2 == 0
        ? Number
        : throw GuestMemoryException.InvalidValue($"{Number} is odd.");
}

[WasmImport("views")]
public sealed partial class ViewHost
{
    internal List<string> Seen { get; } = [];

    public int SumOfPoints(ReadOnlySpan<Spot> points)
    {
        int sum = 0;
        foreach (ref readonly Spot point in points)
        {
            sum += (point.X * 100) + point.Y;
        }

        return sum;
    }

    public void Mirror(Span<Spot> points)
    {
        foreach (ref Spot point in points)
        {
            point.X = -point.X;
        }
    }

    public async Task<double> Mean(ReadOnlyMemory<Sample> samples)
    {
        await Task.Yield();
        return samples.ToArray().Average(static sample => sample.Value + sample.Channel + sample.At.Y);
    }

    public void Move(ref Spot point, out Sample sample)
    {
        point.X++;
        sample = new Sample(7, point.X, point);
    }

    public void Turn(Turned[] turned) => Seen.Add(string.Join(' ', turned.Select(static one => $"{one.X},{one.Y}")));

    public int Halve(Even[] numbers) => numbers.Sum(static number => number.Number / 2);

    public Spot[] Copy(Spot[] points) => points;

    public Sample[] CopySamples(Sample[] samples) => samples;
}

[WasmExport]
[GuestAllocator("malloc", "free")]
public sealed partial class ReferenceGuest
{
    public partial Memory Memory { get; }

    public partial int Live { get; }

    public partial void DivMod(int a, int b, out int quotient, out long remainder);

    [WasmName("div_mod")]
    public partial GuestResult TryDivMod(int a, int b, out int quotient, out long remainder);

    public partial int Move(ref Spot point, string text, ref Sample @sample);

    [WasmName("move")]
    public partial int MoveAll(ref Spot memory, string slots, ref Sample call);

    public partial double Many(
        ref double a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m, int n, int o,
        int p, ref int q);

    public partial int Tail(Spot[] points);
}

/// <summary>Structs of numbers, which lie in the guest's memory as they do in the host's.</summary>
public sealed class StructViewTests : IDisposable
{
    private const string Wat = """
        (module
          (import "views" "sum_of_points" (func $sum (param i32 i32) (result i32)))
          (import "views" "mirror" (func $mirror (param i32 i32)))
          (import "views" "mean" (func $mean (param i32 i32) (result f64)))
          (import "views" "move" (func $move (param i32 i32)))
          (import "views" "turn" (func $turn (param i32 i32)))
          (import "views" "halve" (func $halve (param i32 i32) (result i32)))
          (import "views" "copy" (func $copy (param i32 i32 i32)))
          (import "views" "copy_samples" (func $copy_samples (param i32 i32 i32)))
          (memory (export "memory") 2)
          (global $next (mut i32) (i32.const 32768))
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
            (global.set $next (i32.add (global.get $next) (i32.const 4096)))
            (memory.fill (global.get $next) (i32.const 0xaa) (i32.const 4096))
            (global.get $next))
          (func (export "sum") (param i32 i32) (result i32) (call $sum (local.get 0) (local.get 1)))
          (func (export "mirror") (param i32 i32) (call $mirror (local.get 0) (local.get 1)))
          (func (export "mean") (param i32 i32) (result f64) (call $mean (local.get 0) (local.get 1)))
          (func (export "move") (param i32 i32) (call $move (local.get 0) (local.get 1)))
          (func (export "turn") (param i32 i32) (call $turn (local.get 0) (local.get 1)))
          (func (export "halve") (param i32 i32) (result i32) (call $halve (local.get 0) (local.get 1)))
          (func (export "copy") (param i32 i32) (call $copy (local.get 0) (local.get 1) (i32.const 8)))
          (func (export "copy_samples") (param i32 i32) (call $copy_samples (local.get 0) (local.get 1) (i32.const 8))))
        """;

    private const string ReferenceWat = """
        (module
          (memory (export "memory") 1)
          (global $next (mut i32) (i32.const 4096))
          (global $live (export "live") (mut i32) (i32.const 0))
          (func (export "malloc") (param i32) (result i32)
            (global.set $live (i32.add (global.get $live) (i32.const 1)))
            (global.get $next)
            (global.set $next
              (i32.and (i32.add (i32.add (global.get $next) (local.get 0)) (i32.const 7)) (i32.const -8))))
          (func (export "free") (param i32) (global.set $live (i32.sub (global.get $live) (i32.const 1))))
          (func (export "div_mod") (param i32 i32 i32 i32)
            (i32.store (local.get 2) (i32.div_s (local.get 0) (local.get 1)))
            (i64.store (local.get 3) (i64.extend_i32_s (i32.rem_s (local.get 0) (local.get 1)))))
          (func (export "move") (param $point i32) (param $text i32) (param $length i32) (param $sample i32)
            (result i32)
            (i32.store (local.get $point)
              (i32.add (i32.load (local.get $point)) (i32.load offset=16 (local.get $sample))))
            (f64.store offset=8 (local.get $sample) (f64.add (f64.load offset=8 (local.get $sample)) (f64.const 0.5)))
            (local.get $length))
          (func (export "many") (param i32) (result f64)
            (i32.store (i32.load offset=64 (local.get 0))
              (i32.add (i32.load (i32.load offset=64 (local.get 0))) (i32.load offset=60 (local.get 0))))
            (f64.store (i32.load (local.get 0)) (f64.const 0.25))
            (f64.const 1))
          (func (export "tail") (param i32 i32) (result i32)
            (i32.load offset=4 (i32.add (local.get 0) (i32.mul (i32.const 8) (i32.sub (local.get 1) (i32.const 1)))))))
        """;

    private readonly World _world = new();
    private readonly ViewHost _host = new();
    private readonly Instance _instance;
    private readonly ReferenceGuest _guest;

    public StructViewTests()
    {
        _world.Linker.Define(_host);
        _instance = _world.Instantiate(Wat);
        _guest = new ReferenceGuest(_world.Instantiate(ReferenceWat));
    }

    private Memory Memory => _instance.GetMemory("memory")!;

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Spans_of_structs_show_them_where_they_lie()
    {
        WritePoints(64, (1, 2), (3, 4));
        Assert.Equal(406, Call("sum", 64, 2).AsInt32());
        Call("mirror", 64, 2);
        Assert.Equal([-1, 2, -3, 4], Memory.GetSpan<int>(64, 4).ToArray());
        Assert.Equal(0, Call("sum", 0x20000, 0).AsInt32());
    }

    [Theory]
    [InlineData("sum", 66, 1, GuestMemoryFault.Misaligned)]
    [InlineData("sum", 0x1fffc, 1, GuestMemoryFault.OutOfBounds)]
    [InlineData("sum", 0, 0x20000000, GuestMemoryFault.OutOfBounds)]
    [InlineData("mean", 68, 1, GuestMemoryFault.Misaligned)]
    [InlineData("mean", 0x1fff0, 1, GuestMemoryFault.OutOfBounds)]
    public void Their_own_alignment_and_size_count(string function, int address, int count, GuestMemoryFault fault) =>
        Assert.Equal(fault, Assert.Throws<GuestMemoryException>(() => Call(function, address, count)).Fault);

    [Fact]
    public void Structs_with_padding_and_in_one_another_lie_as_the_guest_has_them()
    {
        WriteSample(128, 1, 0.5, 9);
        WriteSample(152, 2, 1.5, 11);
        Assert.Equal(12.5, Call("mean", 128, 2).AsDouble());
    }

    [Fact]
    public void References_are_to_structs_too()
    {
        WritePoints(64, (41, 5));
        Call("move", 64, 128);
        Assert.Equal(42, Memory.Read<int>(64));
        Assert.Equal(
            (7, 42.0, 42, 5),
            (Memory.Read<byte>(128), Memory.Read<double>(136), Memory.Read<int>(144), Memory.Read<int>(148)));
        Assert.Equal("sample", Assert.Throws<GuestMemoryException>(() => Call("move", 64, 132)).Parameter);
        Assert.Equal("point", Assert.Throws<GuestMemoryException>(() => Call("move", 0x1fffc, 128)).Parameter);
    }

    [Fact]
    public void A_struct_that_lies_otherwise_is_copied_field_by_field()
    {
        WritePoints(64, (1, 2), (3, 4));
        Call("turn", 64, 2);
        Assert.Equal("1,2 3,4", Assert.Single(_host.Seen));
    }

    [Fact]
    public void A_struct_with_code_of_its_own_is_made_by_that()
    {
        WritePoints(64, (2, 40), (6, 7));
        Assert.Equal(24, Call("halve", 64, 3).AsInt32());
        var fault = Assert.Throws<GuestMemoryException>(() => Call("halve", 64, 4));
        Assert.Equal(("numbers[3]", GuestMemoryFault.InvalidValue), (fault.Parameter, fault.Fault));
    }

    [Fact]
    public void Copies_carry_no_padding()
    {
        WritePoints(64, (1, 2), (3, 4));
        Call("copy", 64, 2);
        Assert.Equal([1, 2, 3, 4], Memory.GetSpan<int>(Memory.Read<uint>(8), 4).ToArray());

        Memory.GetSpan(128, 24).Fill(0x55);
        WriteSample(128, 1, 0.5, 9);
        Call("copy_samples", 128, 1);
        Span<byte> copy = Memory.GetSpan(Memory.Read<uint>(8), 24);
        Assert.Equal(1, copy[0]);
        Assert.Equal(Enumerable.Repeat((byte)0xaa, 7), copy[1..8].ToArray()); // what lay there before
        Assert.Equal(Memory.GetSpan(136, 16).ToArray(), copy[8..].ToArray());
    }

    [Fact]
    public void A_guest_s_function_changes_what_it_gets_by_reference()
    {
        _guest.DivMod(17, -5, out int quotient, out long remainder);
        Assert.Equal((-3, 2L), (quotient, remainder));
        var point = new Spot { X = 1, Y = 2 };
        var sample = new Sample(3, 4, new Spot { X = 5, Y = 6 });
        Assert.Equal(4, _guest.Move(ref point, "text", ref sample));
        Assert.Equal((6, 2, new Sample(3, 4.5, new Spot { X = 5, Y = 6 })), (point.X, point.Y, sample));
        Assert.Equal(0, _guest.MoveAll(ref point, "", ref sample));
        Assert.Equal((11, 5.0), (point.X, sample.Value));
        Assert.Equal(0, _guest.Live); // and all is freed
        double a = 0;
        int q = 40;
        Assert.Equal(1, _guest.Many(ref a, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 2, ref q));
        Assert.Equal((0.25, 42), (a, q));
        Assert.Equal(8, _guest.Tail([new Spot { X = 5, Y = 6 }, new Spot { X = 7, Y = 8 }]));
    }

    [Fact]
    public void A_call_that_fails_leaves_references_alone()
    {
        GuestResult result = _guest.TryDivMod(1, 0, out int quotient, out long remainder);
        Assert.Equal((TrapCode.IntegerDivisionByZero, 0, 0L), (result.Error.TrapCode, quotient, remainder));
        Assert.True(_guest.TryDivMod(7, 2, out quotient, out remainder).IsOk);
        Assert.Equal((3, 1L), (quotient, remainder));
    }

    private WasmValue Call(string function, params int[] arguments) =>
        _instance.GetFunction(function)!.Call([.. arguments.Select(WasmValue.FromInt32)]) is [var result]
            ? result
            : default;

    private void WritePoints(int address, params (int X, int Y)[] points)
    {
        for (int i = 0; i < points.Length; i++)
        {
            Memory.Write(address + (8 * i), points[i].X);
            Memory.Write(address + (8 * i) + 4, points[i].Y);
        }
    }

    private void WriteSample(int address, byte channel, double value, int y)
    {
        Memory.Write(address, channel);
        Memory.Write(address + 8, value);
        Memory.Write(address + 16, 0);
        Memory.Write(address + 20, y);
    }
}
