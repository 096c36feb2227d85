namespace WasmBindgen.EndToEnd.Tests.Emscripten;

[WasmExport]
public sealed partial class CppGuest
{
    public partial int Caught(int what);

    public partial int CaughtOften(int count);

    public partial int Rethrown(int what);

    public partial void Uncaught(int what);

    public partial int Living();

    [WasmName("stackSave")]
    public partial int StackTop();
}

/// <summary>A guest that emscripten made of C++, with exceptions that its glue would throw and catch.</summary>
public sealed class CppTests : IDisposable
{
    private readonly World _world = new();
    private readonly CppHost _host = new();
    private readonly CppGuest _guest;

    public CppTests()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Guests", "emscripten.cpp.wasm");
        using Module module = Module.FromFile(_world.Engine, path);
        _world.Linker.Define(_host).DefineUnknownImportsAsTraps(module).DefineInvokes<CppThrow>(module);
        Instance instance = _world.Linker.Instantiate(_world.Store, module);
        new EmscriptenStart(instance).CallCtors();
        _guest = new CppGuest(instance);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Handlers_by_type()
    {
        int top = _guest.StackTop();
        Assert.Equal((0, 5, 7, -1), (_guest.Caught(0), _guest.Caught(1), _guest.Caught(2), _guest.Caught(3)));
        Assert.Equal((0, 0, top), (_guest.Living(), _host.Count, _guest.StackTop()));
    }

    [Fact]
    public void Exceptions_thrown_on()
    {
        Assert.Equal(107, _guest.Rethrown(2));
        Assert.Equal((0, 0), (_guest.Living(), _host.Count));
    }

    [Fact]
    public void Ten_thousand_exceptions()
    {
        Assert.Equal(70_000, _guest.CaughtOften(10_000));
        Assert.Equal((0, 0), (_guest.Living(), _host.Count));
    }

    [Fact]
    public void An_exception_that_nothing_handles_leaves_the_guest()
    {
        CppThrow exception =
            Assert.Throws<GuestInterruptedException<CppThrow>>(() => _guest.Uncaught(1)).Error;
        Assert.NotEqual(0u, exception.Address);
        Assert.Equal(5, _guest.Caught(1));
    }
}
