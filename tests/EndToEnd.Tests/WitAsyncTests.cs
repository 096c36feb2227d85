using Demo.Plugin;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>The asynchronous contracts of WIT.</summary>
public sealed class WitAsyncTests
{
    [Fact]
    public async Task A_guest_waits_for_what_a_contract_returns()
    {
        using var world = new World();
        using Module module = Module.FromText(world.Engine, "guest", WitGuests.Plugin);
        var log = new Lines();
        var guest = AsyncPlugin.Instantiate(world.Store, module, new(log));
        Assert.Equal(2u, await guest.Api.Greet("hello", 2, default));
        Assert.Equal(["hello", "hello"], log.All);
    }

    [Fact]
    public async Task A_contract_gets_the_token_of_the_guest_s_call()
    {
        using var world = new World();
        using Module module = Module.FromText(world.Engine, "guest", WitGuests.Plugin);
        var guest = AsyncPlugin.Instantiate(world.Store, module, new(new Lines { Delay = Timeout.Infinite }));
        using var source = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => guest.Api.Greet("hello", 2, source.Token));
    }

    [Fact]
    public async Task A_class_may_have_other_methods_than_the_contract()
    {
        using var world = new World();
        using Module module = Module.FromText(world.Engine, "guest", WitGuests.Plugin);
        var log = new AsyncLog();
        var guest = AsyncPlugin.Instantiate(world.Store, module, new(log));
        Assert.Equal(5u, await guest.Api.Greet("hello", 1, default));
        ILogAsync contract = log;
        Assert.Equal(2u, await contract.Write(Severity.Info, "ab"));
    }

    private sealed class Lines : ILogAsync
    {
        public List<string> All { get; } = [];

        public int Delay { get; init; } = 1;

        public async ValueTask<uint> Write(Severity level, string message, CancellationToken cancellationToken)
        {
            await Task.Delay(Delay, cancellationToken);
            All.Add(message);
            return (uint)All.Count;
        }
    }
}

[WasmWorld("Wit/plugin.wit", World = "plugin", Async = true)]
internal sealed partial class AsyncPlugin
{
    public sealed partial class ApiExports
    {
        public partial Task<uint> Greet(string name, uint times, CancellationToken token);
    }
}

[WasmImport("demo:plugin/log", Wit = "Wit/plugin.wit", Async = true)]
internal sealed partial class AsyncLog
{
    public async Task<uint> Write(Severity level, string message)
    {
        await Task.Yield();
        return (uint)message.Length;
    }
}
