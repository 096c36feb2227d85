[assembly: WasmBindgen.WitType(
    "demo:mine/api#stamp", typeof(DateTimeOffset), Marshaller = typeof(WasmBindgen.EndToEnd.Tests.Stamps))]

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Types of one's own in place of those of WIT.</summary>
public sealed class WitTypeTests
{
    private const string Guest = """
        (module
          (memory (export "memory") 1)
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
          (func (export "demo:mine/api#next") (param $s i64) (param $n i32) (param $by i32) (result i32)
            (i64.store (i32.const 16) (i64.add (local.get $s) (i64.extend_i32_u (local.get $by))))
            (i32.store (i32.const 24) (local.get $n))
            (i32.const 16))
          (func (export "demo:mine/api#flip") (param $x f64) (param $y f64) (result i32)
            (f64.store (i32.const 16) (local.get $y))
            (f64.store (i32.const 24) (local.get $x))
            (i32.const 16))
          (func (export "demo:mine/api#last") (param $p i32) (param $n i32) (result i32)
            (i32.store8 (i32.const 16) (i32.ne (local.get $n) (i32.const 0)))
            (memory.copy
              (i32.const 24)
              (i32.add (local.get $p) (i32.mul (i32.sub (local.get $n) (i32.const 1)) (i32.const 16)))
              (i32.mul (i32.ne (local.get $n) (i32.const 0)) (i32.const 16)))
            (i32.const 16))
          (func (export "demo:mine/api#other") (param i32) (result i32) (i32.xor (local.get 0) (i32.const 1))))
        """;

    [Fact]
    public void They_cross_as_those_of_WIT()
    {
        using var world = new World();
        OwnWorld.ApiExports api = new OwnWorld(world.Instantiate(Guest)).Api;
        DateTimeOffset now = DateTimeOffset.UnixEpoch.AddSeconds(5).AddMicroseconds(7);
        Assert.Equal(now.AddSeconds(3), api.Next(now, 3));
        Assert.Equal(new OwnPoint(2, 1), api.Flip(new OwnPoint(1, 2)));
        Assert.Equal(new OwnPlace(3, 4), api.Last([new(1, 2), new(3, 4)]));
        Assert.Null(api.Last([]));
        Assert.Equal(OwnLevel.High, api.Other(OwnLevel.Low));
    }
}

[WasmWorld("Wit/mine.wit")]
internal sealed partial class OwnWorld;

[WitType("demo:mine/api#point")]
internal sealed record OwnPoint(double X, double Y);

[WitType("demo:mine/api#place")]
internal sealed partial record OwnPlace;

[WitType("demo:mine/api#level")]
internal enum OwnLevel
{
    Low,
    High,
}

internal sealed class Stamps : IWasmMarshaller<DateTimeOffset, (ulong Seconds, uint Nanoseconds)>
{
    public static DateTimeOffset FromGuest((ulong Seconds, uint Nanoseconds) value) =>
        DateTimeOffset.FromUnixTimeSeconds((long)value.Seconds).AddTicks(value.Nanoseconds / 100);

    public static (ulong Seconds, uint Nanoseconds) ToGuest(DateTimeOffset value) =>
        ((ulong)value.ToUnixTimeSeconds(), (uint)(value.Ticks % TimeSpan.TicksPerSecond * 100));
}
