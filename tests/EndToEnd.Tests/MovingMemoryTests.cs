namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("moving")]
public sealed partial class MovingHost
{
    internal Action Grow { get; set; } = static () => { };

    public void GiveOut(out int result)
    {
        Grow();
        result = 42;
    }

    public void Increment(ref int value)
    {
        Grow();
        value++;
    }

    public void Look(ref int value) => Grow();

    public int Sum(ReadOnlySpan<int> numbers)
    {
        Grow();
        return numbers[0] + numbers[1];
    }

    public void Fill(Span<int> numbers)
    {
        Grow();
        numbers.Fill(7);
    }
}

/// <summary>Host methods that run the guest, whose memory moves, before they use what they were given.</summary>
public sealed class MovingMemoryTests : IDisposable
{
    private const string Wat = """
        (module
          (import "moving" "give_out" (func $give_out (param i32)))
          (import "moving" "increment" (func $increment (param i32)))
          (import "moving" "look" (func $look (param i32)))
          (import "moving" "sum" (func $sum (param i32 i32) (result i32)))
          (import "moving" "fill" (func $fill (param i32 i32)))
          (memory (export "memory") 1)
          (func (export "grow") (drop (memory.grow (i32.const 16))))
          (func (export "grow_and_write") (drop (memory.grow (i32.const 16))) (i32.store (i32.const 8) (i32.const 99)))
          (func (export "out") (result i32) (call $give_out (i32.const 8)) (i32.load (i32.const 8)))
          (func (export "ref") (result i32)
            (i32.store (i32.const 8) (i32.const 41)) (call $increment (i32.const 8)) (i32.load (i32.const 8)))
          (func (export "look") (result i32) (call $look (i32.const 8)) (i32.load (i32.const 8)))
          (func (export "sum") (result i32)
            (i32.store (i32.const 8) (i32.const 40)) (i32.store (i32.const 12) (i32.const 2))
            (call $sum (i32.const 8) (i32.const 2)))
          (func (export "fill") (result i32)
            (call $fill (i32.const 8) (i32.const 6))
            (i32.mul (i32.load (i32.const 8)) (i32.load (i32.const 28)))))
        """;

    private readonly World _world = new(
        new EngineOptions { MemoryReservation = 0, MemoryReservationForGrowth = 0, MemoryGuardSize = 0 });

    private readonly MovingHost _host = new();
    private readonly Instance _instance;

    public MovingMemoryTests()
    {
        _world.Linker.Define(_host);
        _instance = _world.Instantiate(Wat);
        Function grow = _instance.GetFunction("grow")!;
        _host.Grow = () => grow.Call();
    }

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("out", 42)]
    [InlineData("ref", 42)]
    [InlineData("sum", 42)]
    [InlineData("fill", 49)]
    public void What_the_method_was_given_is_good_all_the_same(string function, int result)
    {
        Function run = _instance.GetFunction(function)!;
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(result, run.Call()[0].AsInt32());
        }
    }

    [Fact]
    public void What_the_guest_writes_meanwhile_stays()
    {
        Function grow = _instance.GetFunction("grow_and_write")!;
        _host.Grow = () => grow.Call();
        Assert.Equal(99, _instance.GetFunction("look")!.Call()[0].AsInt32());
    }
}
