namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("env", Naming = Naming.Exact)]
public sealed partial class LongTextHost
{
    public void Utf8(string text)
    {
    }

    public void Wide([Utf16] string text)
    {
    }

    public void Narrow([Latin1] string text)
    {
    }

    public void Bytes(byte[] bytes)
    {
    }
}

/// <summary>Lengths inside the guest's memory that are more than .NET can hold.</summary>
public sealed class LongTextTests : IDisposable
{
    private readonly World _world = new();

    public LongTextTests() => _world.Linker.Define(new LongTextHost());

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("Utf8", 0x40000000, 0x40000000)]
    [InlineData("Narrow", 0x40000000, 0x40000000)]
    [InlineData("Wide", 0x40000000, 0x80000000)]
    [InlineData("Bytes", 0x7fffffff, 0x7fffffff)]
    public void Text_and_lists_beyond_what_NET_can_hold_are_the_guests_fault(string function, long count, long bytes)
    {
        Instance instance = _world.Instantiate($"""
            (module
              (import "env" "{function}" (func $f (param i32 i32)))
              (memory (export "memory") 32769)
              (func (export "run") (call $f (i32.const 0) (i32.const {count}))))
            """);
        var exception = Assert.Throws<GuestMemoryException>(() => instance.GetFunction("run")!.Call());
        Assert.Equal((GuestMemoryFault.TooLong, bytes), (exception.Fault, exception.Length));
        if (function == "Utf8")
        {
            Assert.Equal(GuestMemoryFault.TooLong, Assert.Throws<GuestMemoryException>(() => instance.GetMemory("memory")!.ReadString(0, (int)count)).Fault);
        }
    }
}
