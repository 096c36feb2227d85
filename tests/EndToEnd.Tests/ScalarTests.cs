using System.Globalization;
using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

public enum Level
{
    Low = -2,
    Middle = 0,
    High,
    Top = 7,
}

public enum Wide : ulong
{
    None,
    All = ulong.MaxValue,
}

[Flags]
public enum Rights : byte
{
    None = 0,
    Read = 1,
    Write = 2,
    Execute = 8,
}

/// <summary>Echoes each scalar, and keeps what it saw as text, so that no conversion hides.</summary>
[WasmImport("scalars")]
public sealed partial class ScalarHost
{
    public object? Seen { get; private set; }

    public bool Bool(bool value) => Keep(value);

    public sbyte S8(sbyte value) => Keep(value);

    public byte U8(byte value) => Keep(value);

    public short S16(short value) => Keep(value);

    public ushort U16(ushort value) => Keep(value);

    public int S32(int value) => Keep(value);

    public uint U32(uint value) => Keep(value);

    public long S64(long value) => Keep(value);

    public ulong U64(ulong value) => Keep(value);

    public float F32(float value) => Keep(value);

    public double F64(double value) => Keep(value);

    [WasmName("char")]
    public Rune Scalar(Rune value) => Keep(value);

    public Level Level(Level value) => Keep(value);

    public Wide Wide(Wide value) => Keep(value);

    public Rights Rights(Rights value) => Keep(value);

    private T Keep<T>(T value)
    {
        Seen = value;
        return value;
    }
}

/// <summary>Calls a guest that passes each scalar to the host and gives back what the host returned.</summary>
[WasmExport]
public sealed partial class ScalarGuest
{
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

    [WasmName("char")]
    public partial Rune Scalar(Rune value);

    public partial Level Level(Level value);

    public partial Wide Wide(Wide value);

    public partial Rights Rights(Rights value);

    // The same functions with the core type, to pass bits that the C# type does not have.
    [WasmName("raw_u8")]
    public partial int RawU8(int value);

    [WasmName("raw_char")]
    public partial int RawChar(int value);

    // Results that the guest makes up.
    [WasmName("identity")]
    public partial Rune BadChar(int value);
}

/// <summary>The same exports again, seen with core types: what the guest really got and gave.</summary>
public sealed class ScalarTests : IDisposable
{
    private static readonly (string Name, string Core)[] Functions =
    [
        ("bool", "i32"), ("s8", "i32"), ("u8", "i32"), ("s16", "i32"), ("u16", "i32"), ("s32", "i32"), ("u32", "i32"),
        ("s64", "i64"), ("u64", "i64"), ("f32", "f32"), ("f64", "f64"), ("char", "i32"), ("level", "i32"),
        ("wide", "i64"),
        ("rights", "i32"),
    ];

    private readonly World _world = new();
    private readonly ScalarHost _host = new();
    private readonly ScalarGuest _guest;
    private readonly Instance _instance;

    public ScalarTests()
    {
        _world.Linker.Define(_host);
        _instance = _world.Instantiate(Wat());
        _guest = new ScalarGuest(_instance);
    }

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bool_crosses(bool value) => Check(value, _guest.Bool);

    [Theory]
    [InlineData(sbyte.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(sbyte.MaxValue)]
    public void S8_crosses(sbyte value) => Check(value, _guest.S8);

    [Theory]
    [InlineData(0)]
    [InlineData(0x80)]
    [InlineData(byte.MaxValue)]
    public void U8_crosses(byte value) => Check(value, _guest.U8);

    [Theory]
    [InlineData(short.MinValue)]
    [InlineData(-1)]
    [InlineData(short.MaxValue)]
    public void S16_crosses(short value) => Check(value, _guest.S16);

    [Theory]
    [InlineData(0)]
    [InlineData(0x8000)]
    [InlineData(ushort.MaxValue)]
    public void U16_crosses(ushort value) => Check(value, _guest.U16);

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void S32_crosses(int value) => Check(value, _guest.S32);

    [Theory]
    [InlineData(0u)]
    [InlineData(0x8000_0000u)]
    [InlineData(uint.MaxValue)]
    public void U32_crosses(uint value) => Check(value, _guest.U32);

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    public void S64_crosses(long value) => Check(value, _guest.S64);

    [Theory]
    [InlineData(0ul)]
    [InlineData(0x8000_0000_0000_0000ul)]
    [InlineData(ulong.MaxValue)]
    public void U64_crosses(ulong value) => Check(value, _guest.U64);

    [Theory]
    [InlineData(0u)]
    [InlineData(0x8000_0000u)] // -0
    [InlineData(1u)] // the smallest subnormal
    [InlineData(0x7f7f_ffffu)] // the largest finite
    [InlineData(0x7f80_0000u)] // infinity
    [InlineData(0x7fc1_2345u)] // a quiet NaN with a payload
    public void F32_crosses_bit_by_bit(uint bits)
    {
        float result = _guest.F32(BitConverter.UInt32BitsToSingle(bits));
        Assert.Equal(bits, BitConverter.SingleToUInt32Bits(result));
        Assert.Equal(bits, BitConverter.SingleToUInt32Bits((float)_host.Seen!));
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(0x8000_0000_0000_0000ul)]
    [InlineData(1ul)]
    [InlineData(0x7fef_ffff_ffff_fffful)]
    [InlineData(0xfff0_0000_0000_0000ul)]
    [InlineData(0x7ff8_1234_5678_9abcul)]
    public void F64_crosses_bit_by_bit(ulong bits)
    {
        double result = _guest.F64(BitConverter.UInt64BitsToDouble(bits));
        Assert.Equal(bits, BitConverter.DoubleToUInt64Bits(result));
        Assert.Equal(bits, BitConverter.DoubleToUInt64Bits((double)_host.Seen!));
    }

    [Theory]
    [InlineData(0)]
    [InlineData('A')]
    [InlineData(0xD7FF)]
    [InlineData(0xE000)]
    [InlineData(0x10FFFF)]
    public void Char_crosses(int scalar) => Check(new Rune(scalar), _guest.Scalar);

    [Theory]
    [InlineData(Level.Low)]
    [InlineData(Level.Middle)]
    [InlineData(Level.High)]
    [InlineData(Level.Top)]
    public void Enum_crosses(Level value) => Check(value, _guest.Level);

    [Theory]
    [InlineData(Wide.None)]
    [InlineData(Wide.All)]
    public void Enum_of_64_bits_crosses(Wide value) => Check(value, _guest.Wide);

    [Theory]
    [InlineData(Rights.None)]
    [InlineData(Rights.Read | Rights.Execute)]
    public void Flags_cross(Rights value) => Check(value, _guest.Rights);

    [Fact]
    public void Upper_bits_of_narrow_integers_are_dropped()
    {
        Assert.Equal(0x34, _guest.RawU8(0x7fff_1234));
        Assert.Equal((byte)0x34, _host.Seen);
        Assert.Equal(-1, Raw("s8", 0x1234_00ff));
        Assert.Equal((sbyte)-1, _host.Seen);
        Assert.Equal(-2, Raw("s16", 0x1234_fffe));
        Assert.Equal((short)-2, _host.Seen);
        Assert.Equal(0xfffe, Raw("u16", 0x1234_fffe));
        Assert.Equal((ushort)0xfffe, _host.Seen);
        Assert.Equal(1, Raw("bool", 256));
        Assert.Equal(true, _host.Seen);
    }

    [Fact]
    public void Flags_that_no_member_has_are_dropped()
    {
        Assert.Equal(0b1011, Raw("rights", -1));
        Assert.Equal(Rights.Read | Rights.Write | Rights.Execute, _host.Seen);
    }

    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDFFF)]
    [InlineData(0x110000)]
    [InlineData(-1)]
    public void Char_that_is_no_scalar_value_aborts_the_guest(int value)
    {
        var fault = Assert.Throws<GuestMemoryException>(() => _guest.RawChar(value));
        Assert.Equal(GuestMemoryFault.InvalidChar, fault.Fault);
        Assert.Equal("scalars.char", fault.Function);
        Assert.Equal("value", fault.Parameter);
        Assert.Null(_host.Seen);
        Assert.NotEmpty(fault.Backtrace!.Frames);
    }

    [Theory]
    [InlineData("level", 2)]
    [InlineData("level", -1)]
    [InlineData("level", 8)]
    public void Enum_value_that_is_no_member_aborts_the_guest(string function, int value)
    {
        var fault = Assert.Throws<GuestMemoryException>(() => Raw(function, value));
        Assert.Equal(GuestMemoryFault.InvalidDiscriminant, fault.Fault);
        Assert.Equal("scalars." + function, fault.Function);
        Assert.Contains(value.ToString(CultureInfo.InvariantCulture), fault.Message, StringComparison.Ordinal);
        Assert.Null(_host.Seen);
    }

    [Fact]
    public void A_bad_result_of_the_guest_names_the_function_and_the_result()
    {
        var fault = Assert.Throws<GuestMemoryException>(() => _guest.BadChar(0xD800));
        Assert.Equal("identity", fault.Function);
        Assert.Equal("return", fault.Parameter);
        Assert.Equal(new Rune('x'), _guest.BadChar('x'));
    }

    private static string Wat()
    {
        var wat = new StringBuilder("(module\n");
        foreach ((string name, string core) in Functions)
        {
            wat.AppendLine(
                CultureInfo.InvariantCulture,
                $"  (import \"scalars\" \"{name}\" (func ${name} (param {core}) (result {core})))");
        }

        foreach ((string name, string core) in Functions)
        {
            wat.AppendLine(
                CultureInfo.InvariantCulture,
                $"  (func (export \"{name}\") (param {core}) (result {core}) (call ${name} (local.get 0)))");
        }

        wat.AppendLine("""
              (func (export "raw_u8") (param i32) (result i32) (call $u8 (local.get 0)))
              (func (export "raw_char") (param i32) (result i32) (call $char (local.get 0)))
              (func (export "identity") (param i32) (result i32) (local.get 0))
            )
            """);
        return wat.ToString();
    }

    private int Raw(string function, int value) => _instance.GetFunction(function)!.Call(value)[0].AsInt32();

    private void Check<T>(T value, Func<T, T> call)
    {
        Assert.Equal(value, call(value));
        Assert.Equal(value, _host.Seen);
    }
}
