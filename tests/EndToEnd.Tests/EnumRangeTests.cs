namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Numbers of enums that no member has, which C# lets a host make.</summary>
public sealed class EnumRangeTests
{
    private const string Guest = """
        (module
          (import "range_host" "color" (func $color (param i32) (result i32)))
          (import "range_host" "gap" (func $gap (param i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
          (func (export "plain") (param i32) (result i32) (local.get 0))
          (func (export "gaps") (param i32) (result i32) (local.get 0))
          (func (export "bits") (param i32) (result i32) (local.get 0))
          (func (export "named") (param i32 i32 i32) (result i32) (local.get 2))
          (func (export "list") (param i32 i32) (result i32) (i32.load8_u (local.get 0)))
          (func (export "bits_in_list") (param i32 i32) (result i32) (i32.load8_u (local.get 0)))
          (func (export "pair") (param i32 i32) (result i32) (local.get 1))
          (func (export "ask_color") (param i32) (result i32) (call $color (local.get 0)))
          (func (export "ask_gap") (param i32) (result i32) (call $gap (local.get 0))))
        """;

    [Fact]
    public void The_host_is_told_its_mistake_and_the_guest_is_not_called()
    {
        using var world = new World();
        world.Linker.Define(new RangeHost());
        var guest = new RangeGuest(world.Instantiate(Guest));
        Assert.Equal(1, guest.Plain(RangeColor.Green));
        Mistake("color", "99 is no member of WasmBindgen.EndToEnd.Tests.RangeColor.", () =>
            guest.Plain((RangeColor)99));
        Mistake("color", "-1 is no member of", () => guest.Plain((RangeColor)(-1)));
        Assert.Equal(7, guest.Gaps(RangeGap.Seven));
        Mistake("gap", "2 is no member of WasmBindgen.EndToEnd.Tests.RangeGap.", () => guest.Gaps((RangeGap)2));
        Mistake("color", "99 is no", () => guest.Named("x", (RangeColor)99));
        Mistake("colors[1]", "2 is no", () => guest.List([RangeColor.Red, (RangeColor)2]));
        Mistake("pair.Item2", "3 is no", () => guest.Pair((1, (RangeColor)3)));
        Assert.Equal(1, guest.Pair((0, RangeColor.Green)));
    }

    [Fact]
    public void Bits_without_a_name_are_dropped()
    {
        using var world = new World();
        world.Linker.Define(new RangeHost());
        var guest = new RangeGuest(world.Instantiate(Guest));
        Assert.Equal(2, guest.Bits(RangeBits.B | (RangeBits)0x40));
        Assert.Equal(3, guest.BitsInList([(RangeBits)0xff]));
    }

    [Fact]
    public void What_a_host_method_returns_is_checked_too()
    {
        using var world = new World();
        world.Linker.Define(new RangeHost());
        var guest = new RangeGuest(world.Instantiate(Guest));
        Assert.Equal(1, guest.AskColor(1));
        Assert.Equal(7, guest.AskGap(7));
        HostFunctionException error = Assert.Throws<HostFunctionException>(() => guest.AskColor(5));
        Assert.Equal("return", Assert.IsType<ArgumentException>(error.InnerException).ParamName);
        Assert.Throws<HostFunctionException>(() => guest.AskGap(2));
    }

    private static void Mistake(string parameter, string text, Action call)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(call);
        Assert.Equal(parameter, error.ParamName);
        Assert.StartsWith(text, error.Message, StringComparison.Ordinal);
    }
}

public enum RangeColor
{
    Red,
    Green,
}

public enum RangeGap
{
    One = 1,
    Seven = 7,
}

[Flags]
public enum RangeBits
{
    None = 0,
    A = 1,
    B = 2,
}

[WasmImport("range_host")]
public sealed partial class RangeHost
{
    public RangeColor Color(int number) => (RangeColor)number;

    public RangeGap Gap(int number) => (RangeGap)number;
}

[WasmExport]
public sealed partial class RangeGuest
{
    public partial int Plain(RangeColor color);

    public partial int Gaps(RangeGap gap);

    public partial int Bits(RangeBits bits);

    public partial int Named(string name, RangeColor color);

    public partial int List(RangeColor[] colors);

    public partial int BitsInList(RangeBits[] bits);

    public partial int Pair((int, RangeColor) pair);

    public partial int AskColor(int number);

    public partial int AskGap(int number);
}
