namespace WasmBindgen.Benchmarks;

/// <summary>What the host methods interrupt the guest with.</summary>
public sealed class StopException : Exception;

/// <summary>What guest.wat imports from <c>env</c>.</summary>
[WasmImport("env")]
public sealed partial class Env
{
    private readonly StopException _stop = new();

    public int Add(int a, int b) => a + b;

    [Interrupts<StopException>]
    public void Stop() => throw new StopException();

    [Interrupts<StopException>]
    public void StopAgain() => throw _stop;

    public Interrupt<int> StopByValue() => Interrupt.With(1);

    public void WithMemory(Memory memory) => GC.KeepAlive(memory);

    public int FirstByte(Memory memory, int address, int length) => memory.GetSpan(address, length)[0];
}

/// <summary>What guest.wat imports from <c>tenant</c>: each store has a host object of its own.</summary>
[WasmImport("tenant")]
public sealed partial class Tenant
{
    public int Add(int a, int b) => a + b;
}

/// <summary>What guest.wat exports.</summary>
[WasmExport]
public sealed partial class Guest
{
    public partial int F(int value);

    public partial int CallAdd(int times);

    public partial int CallTenantAdd(int times);

    public partial void CallWithMemory(int times);

    public partial int CallFirstByte(int times);

    public partial void CallStop();

    public partial void CallStopAgain();

    public partial GuestResult CallStopByValue();

    public partial int G(int value, CancellationToken token);

    [Timeout(60_000), WasmName("g")]
    public partial int GInTime(int value);

    public partial void Trap();
}

/// <summary>An engine, the guest's module and a linker that has all it wants.</summary>
public sealed class World : IDisposable
{
    public World()
        : this(new EngineOptions())
    {
    }

    public World(EngineOptions options)
    {
        Engine = new Engine(options);
        Module = Module.FromTextFile(Engine, GuestPath);
        Linker = new Linker(Engine).Define(new Env()).DefinePerStore<Tenant>();
        Store = NewStore();
        Guest = new Guest(Linker.Instantiate(Store, Module));
    }

    public static string GuestPath => Path.Combine(AppContext.BaseDirectory, "guest.wat");

    public Engine Engine { get; }

    public Module Module { get; }

    public Linker Linker { get; }

    public Store Store { get; }

    /// <summary>The only instance in <see cref="Store"/>.</summary>
    public Guest Guest { get; }

    public Store NewStore()
    {
        var store = new Store(Engine);
        store.SetHost(new Tenant());
        return store;
    }

    public void Dispose()
    {
        Store.Dispose();
        Linker.Dispose();
        Module.Dispose();
        Engine.Dispose();
    }
}
