namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Asynchronous host methods whose guests call further ones.</summary>
public sealed class NestedAsyncTests : IDisposable
{
    private readonly World _world = new();
    private readonly AsyncHost _host = new();
    private readonly RunGuest _guest;

    public NestedAsyncTests()
    {
        _world.Linker.Define(_host);
        _guest = new RunGuest(
            _world.Instantiate("""(module (import "async" "run" (func $run)) (func (export "run") (call $run)))"""));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task An_inner_method_may_wait_for_what_an_outer_one_has_begun()
    {
        Task? begun = null;
        int thread = 0;
        var threads = new List<int>();
        _host.OnRun = () =>
        {
            thread = Environment.CurrentManagedThreadId;
            begun = BeginAsync();
            _host.OnRun = () => begun;
            _guest.Run();
            return Task.CompletedTask;
        };
        await _guest.RunLater().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal([thread, thread], threads);

        async Task BeginAsync()
        {
            await Task.Delay(10);
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Yield();
            threads.Add(Environment.CurrentManagedThreadId);
        }
    }
}
