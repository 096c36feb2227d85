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
}
