namespace WasmBindgen.EndToEnd.Tests.Go;

/// <summary>Guests that pass what no program of Go does.</summary>
public sealed class GoHostileTests : IDisposable
{
    private const int Frame = 64;
    private const long NotANumber = 0x7FF80000L << 32;

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("runtime.wasmWrite", -8)]
    [InlineData("runtime.wasmWrite", 65_536 - 16)]
    [InlineData("runtime.wasmWrite", Frame, 1L, 65_536L, 1L)]
    [InlineData("runtime.wasmWrite", Frame, 1L, 0L, -1L)]
    [InlineData("runtime.getRandomData", Frame, long.MinValue, 8L)]
    [InlineData("runtime.nanotime1", 65_528)]
    [InlineData("syscall/js.stringVal", Frame, 65_530L, 8L)]
    [InlineData("syscall/js.valueGet", Frame, NotANumber | 99)]
    [InlineData("syscall/js.valueGet", Frame, NotANumber | 0xFFFFFFFF)]
    [InlineData("syscall/js.valueGet", Frame, 1L)]
    [InlineData("syscall/js.valueGet", Frame, NotANumber | 5, 0L, long.MaxValue)]
    [InlineData("syscall/js.valueIndex", Frame, NotANumber | 2, 0L)]
    [InlineData("syscall/js.valueSetIndex", Frame, NotANumber | 5, 0L, 0L)]
    [InlineData("syscall/js.valueCall", Frame, NotANumber | 5, 0L, 1L, 8L, 0x7FFFFFFFL)]
    [InlineData("syscall/js.valueNew", Frame, NotANumber | 5, 0L, 0L)]
    [InlineData("syscall/js.valueLoadString", Frame, NotANumber | 5, 0L, 0L)]
    [InlineData("syscall/js.finalizeRef", Frame, NotANumber | 7)]
    public void Bad_frames_and_values_are_faults(string function, int frame, params long[] slots)
    {
        _world.Linker.Define(new GoRuntime()).Define(new GoScript());
        var guest = new GoGuest(_world.Instantiate($"""
            (module
              (import "go" "{function}" (func $function (param i32)))
              (memory (export "mem") 1)
              (func (export "run") (param i32 i32) (call $function (local.get 0)))
              (func (export "resume"))
              (func (export "getsp") (result i32) (i32.const -8)))
            """));
        slots.CopyTo(guest.Memory.GetSpan<long>(Frame + 8, slots.Length));
        GuestMemoryException fault = Assert.Throws<GuestMemoryException>(() => guest.Run(frame, 0));
        Assert.Equal("go." + function, fault.Function);
    }
}
