using System.Globalization;

namespace WasmBindgen.EndToEnd.Tests.Go;

/// <summary>A guest that Go made.</summary>
public sealed class GoTests(GoModule module) : IClassFixture<GoModule>, IDisposable
{
    private readonly GoProgram _program = new(module);

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Output()
    {
        Assert.Equal(0, _program.Run("hello"));
        Assert.Equal(("hello, guest\n", "and goodbye\n"), (_program.Output, _program.Errors));
    }

    [Fact]
    public void Exit_codes() => Assert.Equal(3, _program.Run("exit"));

    [Fact]
    public void Panics()
    {
        Assert.Equal(2, _program.Run("panic"));
        Assert.Contains("panic: no more", _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_of_the_host()
    {
        _program.Global["add"] = ScriptObject.OfFunction(static arguments =>
            (double)arguments[0]! + (double)arguments[1]!);
        _program.Global["upper"] = ScriptObject.OfFunction(static arguments =>
            ((string)arguments[0]!).ToUpperInvariant());
        _program.Global["reverse"] = ScriptObject.OfFunction(static arguments =>
            new ScriptBytes([.. Enumerable.Reverse(((ScriptBytes)arguments[0]!).Data)]));
        _program.Global["fail"] = ScriptObject.OfFunction(static arguments =>
            throw new ScriptException($"failed {arguments[0]}"));
        Assert.Equal((0, ""), (_program.Run("call"), _program.Errors));
        Assert.Equal("JavaScript error: failed for a reason\n", _program.Output);
    }

    [Fact]
    public void Calls_of_the_guest()
    {
        Assert.Null(_program.Run("serve"));
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(2.0 * i, _program.Call("double", i));
        }

        Assert.Equal(1000.0, _program.Call("depth", 1000));
        _program.Call("end");
        Assert.Equal(0, _program.Continue());
        Assert.Equal("served\n", _program.Output);
    }

    [Fact]
    public void Calls_of_both_inside_one_another()
    {
        _program.Global["again"] = ScriptObject.OfFunction(arguments => _program.Call("countdown", arguments[0]));
        Assert.Null(_program.Run("serve"));
        Assert.Equal("zero!!!!!!!!!!", _program.Call("countdown", 10));
        _program.Global["again"] = ScriptObject.OfFunction(_ => _program.Call("exit", 5));
        Assert.Equal(
            5,
            Assert.Throws<GuestInterruptedException<GoExit>>(() => _program.Call("countdown", 10)).Error.Code);
    }

    [Fact]
    public void Goroutines_go_on_when_the_host_lets_them()
    {
        var lines = new List<object?>();
        _program.Global["print"] = ScriptObject.OfFunction(arguments =>
        {
            lines.Add(arguments[0]);
            return null;
        });
        Assert.Null(_program.Run("serve"));
        _program.Call("later", "one");
        _program.Call("later", "two");
        Assert.Null(_program.Continue());
        Assert.Equal(["one", "two"], lines.Order());
    }

    [Fact]
    public void Time()
    {
        Assert.Equal(0, _program.Run("sleep"));
        Assert.InRange(
            DateTime.UtcNow - DateTime.Parse(_program.Output, CultureInfo.InvariantCulture).ToUniversalTime(),
            TimeSpan.Zero,
            TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Values_that_the_guest_has_forgotten_are_released()
    {
        Assert.Null(_program.Run("serve"));
        int before = _program.ReferenceCount;
        for (int i = 0; i < 1000; i++)
        {
            _program.Call("double", i);
        }

        Assert.InRange(_program.ReferenceCount - before, 1000, int.MaxValue);
        _program.Call("collect");
        _program.Call("collect");
        Assert.InRange(_program.ReferenceCount - before, int.MinValue, 100);
    }

    [Fact]
    public void A_program_that_waits_in_vain_says_so()
    {
        Assert.Null(_program.Run("serve"));
        Assert.Equal(2, _program.Abandon());
        Assert.Contains("all goroutines are asleep - deadlock!", _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_without_end_is_stopped()
    {
        _program.Store.Timeout = TimeSpan.FromMilliseconds(500);
        GuestTimeoutException timeout = Assert.Throws<GuestTimeoutException>(() => _program.Run("spin"));
        Assert.NotEmpty(timeout.Backtrace!.Frames);
    }
}
