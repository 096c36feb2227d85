namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("traces")]
public sealed partial class TraceHost
{
    [Interrupts<QuotaException>]
    public void Stop() => throw new QuotaException("stop");

    [Interrupts<QuotaException>]
    public async Task StopLater()
    {
        await Task.Yield();
        throw new QuotaException("later");
    }

    public void Fail() => throw new NotSupportedException();

    public void Take(List<string> texts)
    {
    }
}

[WasmExport]
public sealed partial class TraceGuest
{
    public partial void Trap();

    public partial void Stop();

    [WasmName("stop")]
    public partial GuestResult TryStop();

    public partial void StopLater();

    public partial void Fail();

    public partial void Take();

    public partial List<string> Give();

    [WasmName("trap"), Timeout(10_000)]
    public partial void TrapInTime();
}

[WasmExport]
public sealed partial class MissingGuest
{
    public partial void Missing();
}

/// <summary>A stack trace tells of the host's own code, and not of what lies between that and the guest.</summary>
public sealed class StackTraceTests : IDisposable
{
    private readonly World _world = new();
    private readonly Instance _instance;
    private readonly TraceGuest _guest;

    public StackTraceTests()
    {
        _world.Linker.Define(new TraceHost());
        _instance = _world.Instantiate("""
            (module
              (import "traces" "stop" (func $stop))
              (import "traces" "stop_later" (func $stop_later))
              (import "traces" "fail" (func $fail))
              (import "traces" "take" (func $take (param i32 i32)))
              (memory (export "memory") 1)
              (data (i32.const 8) "\ff\ff\ff\ff\01\00\00\00")
              (func (export "trap") unreachable)
              (func (export "stop") (call $stop))
              (func (export "stop_later") (call $stop_later))
              (func (export "fail") (call $fail))
              (func (export "take") (call $take (i32.const 8) (i32.const 1)))
              (func (export "give") (result i32)
                (i32.store (i32.const 32) (i32.const 8)) (i32.store (i32.const 36) (i32.const 1)) (i32.const 32)))
            """);
        _guest = new TraceGuest(_instance);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Nothing_of_the_library_is_left()
    {
        Assert.Equal(["TraceHost.Stop", Here], Trace<QuotaException>(() => _guest.Stop()));
        Assert.Equal(["TraceHost.Stop", Here], Trace<QuotaException>(() => _guest.TryStop().Unwrap()));
        Assert.Equal([Here], Trace<TrapException>(() => _guest.Trap()));
        Assert.Equal([Here], Trace<TrapException>(() => _guest.TrapInTime()));
        Assert.Equal([Here], Trace<HostFunctionException>(() => _guest.Fail()));
        Assert.Equal([Here], Trace<GuestMemoryException>(() => _guest.Take()));
        Assert.Equal([Here], Trace<GuestMemoryException>(() => _guest.Give()));
        Assert.Equal([Here], Trace<LinkException>(() => _ = new MissingGuest(_instance)));
        Assert.Equal(["TraceHost.StopLater", Here], Trace<QuotaException>(() => _guest.StopLater()));
        _world.Store.Dispose();
        Assert.Equal([Here], Trace<ObjectDisposedException>(() => _guest.Trap()));
    }

    [Fact]
    public void What_the_host_calls_itself_stays()
    {
        Function trap = _instance.GetFunction("trap")!;
        string trace = Assert.Throws<TrapException>(() => trap.Call()).StackTrace!;
        Assert.StartsWith("   at WasmBindgen.Function.Call(", trace, StringComparison.Ordinal);
    }

    private const string Here = nameof(StackTraceTests);

    /// <summary>
    /// The methods of a trace from inside to the test, without what is generated: stubs and thunks.
    /// </summary>
    private static string[] Trace<TException>(Action call)
        where TException : Exception
    {
        IEnumerable<string> frames = Assert.Throws<TException>(call).StackTrace!.Split('\n')
            .Where(static line => line.StartsWith("   at ", StringComparison.Ordinal))
            .Select(static line => line["   at ".Length..].Split('(')[0])
            .TakeWhile(static method => !method.StartsWith("Xunit", StringComparison.Ordinal));
        return [.. frames
            .Where(static method => !method.StartsWith("System.", StringComparison.Ordinal))
            .Select(static method => method.Replace("WasmBindgen.EndToEnd.Tests.", "", StringComparison.Ordinal))
            .Where(static method => !method.Contains(".Thunks.", StringComparison.Ordinal)
                && !method.Contains("Guest.", StringComparison.Ordinal))
            .Select(static method => method.StartsWith(Here, StringComparison.Ordinal) ? Here : method)
            .Distinct()];
    }
}
