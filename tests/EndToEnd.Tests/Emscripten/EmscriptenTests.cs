namespace WasmBindgen.EndToEnd.Tests.Emscripten;

/// <summary>Guests that emscripten made.</summary>
public abstract class EmscriptenTests : IDisposable
{
    private readonly World _world = new(
        new EngineOptions { ConsumeFuel = true }, new StoreOptions { Fuel = 1_000_000_000_000 });

    private readonly EmscriptenHost _host = new();
    private readonly EmscriptenCheck _check = new();
    private readonly EmscriptenGuest _guest;

    protected EmscriptenTests(string file, bool hasGlue)
    {
        using Module module = Module.FromFile(_world.Engine, Path.Combine(AppContext.BaseDirectory, "Guests", file));
        _world.Linker.Define(_host).Define(_check).DefineWasi().DefineInvokes<LongJump>(module);
        Instance instance = _world.Linker.Instantiate(_world.Store, module);
        if (hasGlue)
        {
            new EmscriptenStart(instance).CallCtors(); // malloc needs it too
        }

        _guest = new EmscriptenGuest(instance);
    }

    public void Dispose()
    {
        _world.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Constructors() => Assert.Equal(42, _guest.IsReady());

    [Fact]
    public void Jumps()
    {
        int top = _guest.StackTop();
        Assert.Equal(7, _guest.JumpFrom(10, 7));
        Assert.Equal(1, _guest.JumpFrom(0, 1));
        Assert.Equal(8, _guest.JumpTwice(8));
        Assert.Equal((3.5, -1), (_guest.SumOrNothing(1, 0.5f, 2), _guest.SumOrNothing(-1, 0, 0)));
        Assert.Equal(top, _guest.StackTop());
    }

    [Fact]
    public void A_hundred_thousand_jumps()
    {
        int top = _guest.StackTop();
        Assert.Equal(100_000, _guest.JumpOften(100_000));
        Assert.Equal((top, 0), (_guest.StackTop(), _host.Growths.Count)); // nothing of its stack or heap is lost
    }

    [Fact]
    public void A_jump_creates_no_exception_and_next_to_nothing_else()
    {
        const int Jumps = 10_000;
        const int LessThanAnObject = 12;
        _guest.JumpOften(Jumps);
        int thread = Environment.CurrentManagedThreadId;
        int exceptions = 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        long before = GC.GetAllocatedBytesForCurrentThread();
        _guest.JumpOften(Jumps);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        AppDomain.CurrentDomain.FirstChanceException -= Count;
        Assert.Equal(0, exceptions);
        Assert.InRange(allocated, 0, Jumps * LessThanAnObject); // a garbage collection counts a rest as allocated

        void Count(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs e)
        {
            exceptions += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        }
    }

    [Fact]
    public void A_jump_that_nothing_waits_for_leaves_the_guest()
    {
        GuestError error = _guest.JumpOut().Error;
        Assert.True(error.TryGetInterrupt(out LongJump? jump));
        Assert.Same(LongJump.Instance, jump);
        Assert.Equal("_emscripten_throw_longjmp", error.Backtrace!.Import!.Name);
        Assert.Equal(7, _guest.JumpFrom(10, 7));
    }

    [Fact]
    public void Other_errors_end_the_guest_below_a_setjmp_as_elsewhere()
    {
        int check = _guest.Function(3);
        Assert.Equal(4, _guest.Guarded(check, 4));
        Assert.Same(_guest.Memory, _check.Memory);
        _check.Answer = static value => throw new CheckException(value);
        CheckException interrupt = Assert.Throws<CheckException>(() => _guest.Guarded(check, 4));
        Assert.Equal(4, interrupt.Value);
        GuestBacktrace backtrace = GuestBacktrace.Of(interrupt)!;
        Assert.Equal("check", backtrace.Import!.Name);
        Assert.Equal(["guarded"], backtrace.Frames.Select(static frame => frame.FunctionName));

        _check.Answer = static value => throw new FormatException();
        HostFunctionException undeclared = Assert.Throws<HostFunctionException>(() => _guest.Guarded(check, 4));
        Assert.Equal(("check", true), (undeclared.Function, undeclared.InnerException is FormatException));

        TrapException trap = Assert.Throws<TrapException>(() => _guest.Guarded(_guest.Function(1), 4));
        Assert.Equal(TrapCode.Unreachable, trap.Code);
        Assert.Equal(["fault", "guarded"], trap.Backtrace!.Frames.Select(static frame => frame.FunctionName));
        Assert.Equal(7, _guest.JumpFrom(10, 7));
    }

    [Fact]
    public void Limits_reach_below_a_setjmp()
    {
        int spin = _guest.Function(2);
        GuestResult<int> timedOut = _guest.TryGuarded(spin, 0);
        Assert.Equal(GuestErrorKind.Timeout, timedOut.Error.Kind);
        GuestTimeoutException timeout = Assert.IsType<GuestTimeoutException>(timedOut.Error.ToException());
        Assert.Equal(["spin", "guarded"], timeout.Backtrace!.Frames.Select(static frame => frame.FunctionName));

        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(5));
        GuestResult<int> cancelled = _guest.TryGuarded(spin, 0, source.Token);
        Assert.Equal(GuestErrorKind.Cancelled, cancelled.Error.Kind);

        _world.Store.Fuel = 100_000;
        Assert.Throws<OutOfFuelException>(() => _guest.Guarded(spin, 0));
        _world.Store.Fuel = 1_000_000;
        Assert.Equal(7, _guest.JumpFrom(10, 7));
    }

    [Fact]
    public void Calls_of_the_host_below_a_setjmp_may_call_the_guest()
    {
        int check = _guest.Function(3);
        _check.Answer = value => value == 0 ? _guest.JumpFrom(5, 6) : _guest.Guarded(check, value - 1) + 1;
        Assert.Equal(26, _guest.Guarded(check, 20));
        Assert.Equal(27, _guest.Guarded(_guest.Function(4), 20));
    }

    [Fact]
    public void What_passes_through_a_host_method_is_not_caught()
    {
        int check = _guest.Function(3);
        _check.Answer = _ => _guest.JumpOut() is { IsOk: false } result ? throw result.Error.ToException() : 0;
        GuestResult<int> passed = _guest.TryGuarded(check, 4);
        Assert.True(passed.Error.TryGetInterrupt<LongJump>(out _));
        Assert.Equal(7, _guest.JumpFrom(10, 7));
    }

    [Fact]
    public void The_heap_grows()
    {
        Assert.Equal(4 * 65_536, _guest.Memory.Length);
        Assert.Equal(33, _guest.Fill(1_000_000, 33));
        Assert.InRange(_guest.Memory.Length, 1_000_000, 2_000_000);
        Assert.NotEmpty(_host.Growths);
        Assert.Equal(-1, _guest.Fill(100_000_000, 33)); // more than the memory's maximum
        Assert.Equal(7, _guest.Copy(10_000));
    }
}

/// <summary>With glue, whose part the host classes take.</summary>
public sealed class EmscriptenGlueTests() : EmscriptenTests("emscripten.c.wasm", hasGlue: true);

/// <summary>Without glue: <c>-o guest.wasm</c>.</summary>
public sealed class EmscriptenReactorTests() : EmscriptenTests("emscripten.c.reactor.wasm", hasGlue: false);

public sealed class EmscriptenMinifiedTests
{
    [Fact]
    public void Short_names()
    {
        using var world = new World();
        using Module module = Module.FromFile(
            world.Engine, Path.Combine(AppContext.BaseDirectory, "Guests", "emscripten.c.minified.wasm"));
        world.Linker.Define(new MinifiedHost()).DefineUnknownImportsAsTraps(module).DefineInvokes<LongJump>(module);
        var guest = new MinifiedGuest(world.Linker.Instantiate(world.Store, module));
        guest.CallCtors();
        Assert.Equal((42, 33, 7), (guest.IsReady(), guest.Fill(1_000_000, 33), guest.Copy(10_000)));
        Assert.Equal(TrapCode.UnknownImport, guest.JumpFrom(1, 2).Error.TrapCode); // nothing tells what it is
    }
}
