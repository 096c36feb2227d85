namespace WasmBindgen.EndToEnd.Tests;

public sealed class TrapTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    public static TheoryData<TrapCode, string> Traps => new()
    {
        { TrapCode.StackOverflow, "(func $f (export \"f\") (call $f))" },
        { TrapCode.MemoryOutOfBounds, "(memory 1) (func (export \"f\") (drop (i32.load (i32.const 65536))))" },
        { TrapCode.HeapMisaligned, "(memory 1) (func (export \"f\") (drop (i32.atomic.load (i32.const 1))))" },
        { TrapCode.TableOutOfBounds, "(table 1 funcref) (func (export \"f\") (drop (table.get (i32.const 1))))" },
        { TrapCode.IndirectCallToNull, "(table 1 funcref) (func (export \"f\") (call_indirect (i32.const 0)))" },
        {
            TrapCode.BadSignature,
            "(table funcref (elem $g)) (func $g (param i32)) (func (export \"f\") (call_indirect (i32.const 0)))"
        },
        { TrapCode.IntegerOverflow, "(func (export \"f\") (drop (i32.div_s (i32.const 0x80000000) (i32.const -1))))" },
        { TrapCode.IntegerDivisionByZero, "(func (export \"f\") (drop (i32.div_u (i32.const 1) (i32.const 0))))" },
        { TrapCode.BadConversionToInteger, "(func (export \"f\") (drop (i32.trunc_f32_s (f32.const nan))))" },
        { TrapCode.Unreachable, "(func (export \"f\") unreachable)" },
        {
            TrapCode.AtomicWaitNonSharedMemory,
            "(memory 1) (func (export \"f\") (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 0))))"
        },
    };

    [Theory]
    [MemberData(nameof(Traps))]
    public void Each_trap_has_its_code(TrapCode code, string body)
    {
        Function function = _world.Instantiate($"(module {body})").GetFunction("f")!;
        for (int i = 0; i < 2; i++)
        {
            var trap = Assert.Throws<TrapException>(() => function.Call());
            Assert.Equal(code, trap.Code);
            Assert.StartsWith("The guest trapped: ", trap.Message, StringComparison.Ordinal);
            Assert.NotEmpty(trap.Backtrace!.Frames);
        }
    }

    [Fact]
    public void A_stack_overflow_has_the_innermost_frames()
    {
        Function function = _world.Instantiate("(module (func $f (export \"f\") (call $f)))").GetFunction("f")!;
        var trap = Assert.Throws<TrapException>(() => function.Call());

        Assert.Equal(GuestBacktrace.MaxFrames, trap.Backtrace!.Frames.Count);
        Assert.True(trap.Backtrace.IsTruncated);
        Assert.EndsWith("…", trap.Backtrace.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Recursion_through_the_host_ends_with_a_stack_overflow_too()
    {
        var host = new InterruptHost();
        _world.Linker.Define(host);
        Instance instance = _world.Instantiate("""
            (module
              (import "env" "call" (func $call (param i32) (result i32)))
              (func $f (export "f") (param i32) (result i32) (call $call (i32.add (local.get 0) (i32.const 1)))))
            """);
        Function function = instance.GetFunction("f")!;
        int depth = 0;
        host.OnCall = value =>
        {
            depth = value;
            return function.Call(value)[0].AsInt32();
        };
        Assert.Equal(TrapCode.StackOverflow, Assert.Throws<TrapException>(() => function.Call(0)).Code);
        Assert.InRange(depth, 10, 100_000);
    }

    [Fact]
    public void A_trap_in_a_start_function_arrives_from_Instantiate() =>
        Assert.Equal(
            TrapCode.Unreachable,
            Assert.Throws<TrapException>(() => _world.Instantiate("(module (func $s unreachable) (start $s))")).Code);

    [Fact]
    public void A_data_segment_that_does_not_fit_is_a_trap() =>
        Assert.Equal(TrapCode.MemoryOutOfBounds, Assert.Throws<TrapException>(() =>
            _world.Instantiate("(module (memory 1) (data (i32.const 65536) \"x\"))")).Code);

    [Fact]
    public void Fuel_that_is_used_up_is_an_exception_of_its_own()
    {
        using var world = new World(new EngineOptions { ConsumeFuel = true }, new StoreOptions { Fuel = 1_000 });
        Function loop = world.Instantiate("(module (func (export \"f\") (loop (br 0))))").GetFunction("f")!;
        var exception = Assert.Throws<OutOfFuelException>(() => loop.Call());
        Assert.Equal(TrapCode.OutOfFuel, exception.Code);
        Assert.Equal(0ul, world.Store.Fuel);
        world.Store.Fuel = 50;
        Assert.Throws<OutOfFuelException>(() => loop.Call());
    }

    [Fact]
    public void Managed_faults_still_work_after_traps()
    {
        Function function = _world.Instantiate("(module (func (export \"f\") unreachable))").GetFunction("f")!;
        Assert.Throws<TrapException>(() => function.Call());
        string? nothing = null;
        Assert.Throws<NullReferenceException>(() => nothing!.Length);
        int zero = 0;
        Assert.Throws<DivideByZeroException>(() => 1 / zero);
        Assert.Throws<TrapException>(() => function.Call());
    }

    [Fact]
    public unsafe void Managed_faults_are_handled_on_the_thread_s_own_stack()
    {
        // The runtime's record of an exception that it handled elsewhere, on the signal stack, would stay behind, and
        // later garbage collections would look over live frames.
        int zero = 0;
        nint here = (nint)(&zero);
        nint distance = nint.MaxValue;
        try
        {
            _ = 1 / zero;
        }
        catch (DivideByZeroException) when (Measure(here, out distance))
        {
        }

        Assert.InRange(distance, 0, 256 * 1024);

        static bool Measure(nint from, out nint distance)
        {
            nint here;
            distance = Math.Abs((nint)(&here) - from);
            return true;
        }
    }
}
