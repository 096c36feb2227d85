using Wasmtime;

namespace OfficialTests;

/// <summary>Calls that end well, and errors: the same thunks and stubs as with the library's own objects.</summary>
public sealed class CallTests : IDisposable
{
    private readonly World _world;
    private readonly Store _store;
    private readonly Instance _instance;
    private readonly Guest _guest;
    private Action _plain = static () => { };

    public CallTests()
    {
        _world = new World(plain: () => _plain());
        (_store, _instance) = _world.Start(tenant: 1);
        _guest = new Guest(_instance);
    }

    public void Dispose()
    {
        _store.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void Scalars_strings_records_globals_and_memories_cross()
    {
        Assert.Equal(3, _guest.CallAdd(1, 2));
        Assert.Equal(8, _guest.CallTwice(4));
        _guest.CallSay("grüß dich");
        Assert.Equal(["grüß dich"], _world.Env.Log);
        Assert.Equal("Hello, you!", _guest.CallGreet("you"));
        Assert.Equal(new Person("Ada", 37), _guest.CallOlder(new Person("Ada", 36)));
        Assert.Equal(16, _guest.CallSize());
        _guest.Counter++;
        Assert.Equal(8, _instance.GetGlobal("counter")!.GetValue());
        Assert.Equal(65536, _guest.Memory.GetSpan(0, 65536).Length);
    }

    [Fact]
    public void Unconverted_call_sites_use_the_same_functions() =>
        Assert.Equal(3, _instance.GetFunction<int, int, int>("call_add")!(1, 2));

    [Fact]
    public async Task Calls_and_host_methods_may_be_asynchronous()
    {
        Assert.Equal(5, await _guest.CallLater(4));
        Assert.Equal("later", (await Assert.ThrowsAsync<StopException>(() => _guest.StopLater("later"))).Message);
        Assert.Equal(5, _instance.GetFunction<int, int>("call_later")!(4));
    }

    [Fact]
    public void Each_store_has_its_own_host()
    {
        (Store other, Instance instance) = _world.Start(tenant: 2);
        using (other)
        {
            Assert.Equal(1, _guest.CallId());
            Assert.Equal(2, new Guest(instance).CallId());
            other.SetHost(new Tenant(3));
            Assert.Equal(3, instance.GetFunction<int>("call_id")!());
        }
    }

    [Fact]
    public void A_store_without_a_host_says_what_to_do()
    {
        using var store = new Store(_world.Engine);
        var guest = new Guest(_world.Linker.Instantiate(store, _world.Module));
        var exception = Assert.Throws<InvalidOperationException>(() => guest.CallId());
        Assert.Contains("SetHost", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_does_not_fit_is_listed()
    {
        var exception = Assert.Throws<WasmBindgen.LinkException>(() => new Picky(_instance));
        Assert.Equal(["call_add", "nothing"], exception.Problems.Select(static problem => problem.Name));
    }

    [Fact]
    public void A_second_definition_is_refused_unless_shadowing_is_allowed()
    {
        var exception = Assert.Throws<WasmBindgen.LinkException>(() => _world.Linker.Define(new Env()));
        Assert.Contains("env", exception.Message, StringComparison.Ordinal);
        _world.Linker.AllowShadowing = true;
        Assert.Same(_world.Linker, _world.Linker.Define(new Env()));
    }

    [Fact]
    public void An_interrupt_arrives_as_the_same_object_with_its_backtraces()
    {
        var exception = Assert.Throws<StopException>(() => _guest.CallStop("now"));
        Assert.Equal("now", exception.Message);
        Assert.Contains(nameof(Env.Stop), exception.StackTrace, StringComparison.Ordinal);
        Assert.Equal(
            ["call_stop"], WasmBindgen.GuestBacktrace.Of(exception)!.Frames.Select(static frame => frame.FunctionName));
    }

    [Fact]
    public void An_interrupt_by_value_arrives_by_value()
    {
        WasmBindgen.GuestResult result = _guest.TryStopByValue();
        Assert.True(result.TryGetInterrupt(out Reason reason));
        Assert.Equal(Reason.Full, reason);
        Assert.Null(result.Error.Exception);
        Assert.Single(result.Error.Backtrace!.Frames);
        Assert.Equal(
            Reason.Full, Assert.Throws<WasmBindgen.GuestInterruptedException<Reason>>(_guest.CallStopByValue).Error);
        Assert.True(_guest.TryStop("now").TryGetInterrupt(out StopException? stopped));
        Assert.Equal("now", stopped!.Message);
    }

    [Fact]
    public void What_was_not_declared_arrives_wrapped()
    {
        var exception = Assert.Throws<WasmBindgen.HostFunctionException>(_guest.CallFail);
        Assert.Equal(("env", "fail"), (exception.Module, exception.Function));
        Assert.IsType<FormatException>(exception.InnerException);
    }

    [Fact]
    public void A_trap_arrives_with_its_code()
    {
        Assert.Equal(WasmBindgen.TrapCode.Unreachable, Assert.Throws<WasmBindgen.TrapException>(_guest.Trap).Code);
        Assert.Equal(WasmBindgen.TrapCode.Unreachable, _guest.TryTrap().Error.TrapCode);
    }

    [Fact]
    public void Bad_memory_arrives_with_the_parameter()
    {
        var exception = Assert.Throws<WasmtimeException>(() => _instance.GetAction<int, int>("call_say")!(65530, 100));
        Assert.Equal("env.say", Assert.IsType<WasmBindgen.GuestMemoryException>(exception.InnerException).Function);
    }

    [Fact]
    public void An_unconverted_call_site_finds_the_exception_as_the_inner_one()
    {
        Assert.IsType<StopException>(Assert.Throws<WasmtimeException>(_instance.GetAction("run")!).InnerException);
        Assert.IsType<FormatException>(
            Assert.Throws<WasmtimeException>(_instance.GetAction("call_fail")!).InnerException);
        var byValue = Assert.Throws<WasmtimeException>(_instance.GetAction("call_stop_by_value")!);
        Assert.Equal(
            Reason.Full, Assert.IsType<WasmBindgen.GuestInterruptedException<Reason>>(byValue.InnerException).Error);
    }

    [Fact]
    public void No_later_failure_is_taken_for_an_earlier_one()
    {
        Action run = _instance.GetAction("run")!;
        Action trap = _instance.GetAction("trap")!;
        Assert.Throws<WasmtimeException>(run);
        Assert.Null(Assert.Throws<TrapException>(trap).InnerException);
        Assert.Throws<WasmtimeException>(run);
        Assert.Throws<WasmBindgen.TrapException>(_guest.Trap);
        Assert.Throws<StopException>(() => _guest.CallStop(""));
        Assert.Null(Assert.Throws<TrapException>(trap).InnerException);

        // Within one call of ours, a call of the package fails and is caught, and then the guest traps by itself.
        _world.Env.Inner = () =>
        {
            Assert.Throws<WasmtimeException>(run);
            trap();
        };
        var wrapped = Assert.Throws<WasmBindgen.HostFunctionException>(_guest.CallNest);
        Assert.IsType<TrapException>(wrapped.InnerException);
    }

    [Fact]
    public void Callbacks_of_the_package_arrive_at_converted_call_sites()
    {
        _plain = static () => throw new FormatException("plain");
        var exception = Assert.Throws<WasmBindgen.HostFunctionException>(_guest.CallPlain);
        Assert.Equal("plain", exception.InnerException!.Message);
        Assert.Throws<WasmBindgen.TrapException>(_guest.Trap);

        _plain = () => _guest.CallStop("through it");
        Assert.Equal("through it", Assert.Throws<StopException>(_guest.CallPlain).Message);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Nested_calls_keep_the_exception(bool isOuterConverted, bool isInnerConverted)
    {
        var stop = new StopException("deep");
        int depth = 0;
        _world.Env.Inner = () =>
        {
            if (depth++ == 2)
            {
                throw stop;
            }

            if (isInnerConverted)
            {
                _guest.CallNest();
            }
            else
            {
                _instance.GetAction("call_nest")!();
            }
        };
        if (isOuterConverted)
        {
            Assert.Same(stop, Assert.Throws<WasmBindgen.HostFunctionException>(_guest.CallNest).InnerException);
        }
        else
        {
            Assert.Same(stop, Assert.Throws<WasmtimeException>(_instance.GetAction("call_nest")!).InnerException);
        }

        Assert.Throws<WasmBindgen.TrapException>(_guest.Trap);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_declared_interrupt_passes_through_host_methods_that_declare_nothing(bool isInnerConverted)
    {
        _world.Env.Inner = isInnerConverted ? () => _guest.CallStop("inner") : _instance.GetAction("run")!;
        Assert.Throws<StopException>(_guest.CallNest);
        Assert.True(isInnerConverted || _guest.TryStopByValue().TryGetInterrupt(out Reason _));
        _world.Env.Inner = isInnerConverted ? _guest.CallStopByValue : _instance.GetAction("call_stop_by_value")!;
        Assert.Throws<WasmBindgen.GuestInterruptedException<Reason>>(_guest.CallNest);
    }

    [Fact]
    public void A_trap_of_an_inner_call_passes_on_only_between_typed_calls()
    {
        Action nest = _instance.GetAction("call_nest")!;
        _world.Env.Inner = _guest.Trap;
        Assert.Throws<WasmBindgen.TrapException>(_guest.CallNest);
        Assert.IsType<WasmBindgen.TrapException>(Assert.Throws<WasmtimeException>(nest).InnerException);
        _world.Env.Inner = _instance.GetAction("trap")!;
        Assert.IsType<TrapException>(Assert.Throws<WasmBindgen.HostFunctionException>(_guest.CallNest).InnerException);
        Assert.IsType<TrapException>(Assert.Throws<WasmtimeException>(nest).InnerException);
    }

    [Fact]
    public void A_host_method_may_catch_what_an_inner_call_ended_with()
    {
        _world.Env.Inner = () =>
        {
            Assert.Throws<StopException>(() => _guest.CallStop(""));
            Assert.Throws<WasmtimeException>(_instance.GetAction("run")!);
            Assert.Equal(3, _guest.CallAdd(1, 2));
        };
        _guest.CallNest();
        _instance.GetAction("call_nest")!();
    }

    [Fact]
    public void The_exit_of_a_guest_with_the_package_s_WASI_arrives_as_such()
    {
        using Module module = Module.FromText(
            _world.Engine,
            "exit",
            """
            (module
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (func (export "end") (param i32) (call $exit (local.get 0))))
            """);
        using var linker = new Linker(_world.Engine);
        linker.DefineWasi();
        using var store = new Store(_world.Engine);
        store.SetWasiConfiguration(new WasiConfiguration());
        var guest = new ExitingGuest(linker.Instantiate(store, module));
        Assert.Equal(3, Assert.Throws<WasmBindgen.GuestExitException>(() => guest.End(3)).ExitCode);
        Assert.Equal(0, Assert.Throws<WasmBindgen.GuestExitException>(() => guest.End(0)).ExitCode);
    }
}
