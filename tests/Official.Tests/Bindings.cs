using System.Globalization;
using WasmBindgen;

// Not below WasmBindgen, as the program of a user is not: there its Engine, Store and so on would hide the package's.
namespace OfficialTests;

public sealed class StopException(string message) : Exception(message);

public sealed record Person(string Name, int Age);

public enum Reason
{
    None,
    Full,
}

[WasmImport("env")]
public sealed partial class Env
{
    public List<string> Log { get; } = [];

    /// <summary>What <see cref="Nest"/> does.</summary>
    public Action Inner { get; set; } = static () => { };

    public int Add(int a, int b) => a + b;

    public void Say(string text) => Log.Add(text);

    public string Greet(string name) => $"Hello, {name}!";

    public Person Older(Person person) => person with { Age = person.Age + 1 };

    [Interrupts<StopException>]
    public void Stop(string message) => throw new StopException(message);

    public Interrupt<Reason> StopByValue() => Interrupt.With(Reason.Full);

    public void Fail() => _ = int.Parse("not declared", CultureInfo.InvariantCulture);

    public void Nest() => Inner();

    public void Sleep(CancellationToken token)
    {
        token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
        token.ThrowIfCancellationRequested();
    }

    public int Size(Memory memory, Caller caller, Store store)
    {
        Assert.Same(store, caller.Store);
        Assert.Same(memory, caller.GetMemory("memory"));
        return memory.GetSpan(0, 16).Length;
    }

    public async Task<int> Later(int value)
    {
        await Task.Delay(1);
        return value + 1;
    }
}

/// <summary>Each store has a host object of its own.</summary>
[WasmImport("tenant")]
public sealed partial class Tenant(int id)
{
    public int Id() => id;
}

[WasmImport("static")]
public static partial class Static
{
    public static int Twice(int value) => 2 * value;
}

[WasmExport]
public sealed partial class Guest
{
    public partial int CallAdd(int a, int b);

    public partial int CallTwice(int value);

    public partial Task<int> CallLater(int value);

    [WasmName("call_stop")]
    public partial Task StopLater(string message);

    public partial int CallId();

    public partial void CallSay(string text);

    public partial string CallGreet(string name);

    public partial Person CallOlder(Person person);

    public partial void CallStop(string message);

    [WasmName("call_stop")]
    public partial GuestResult TryStop(string message);

    public partial void CallStopByValue();

    [WasmName("call_stop_by_value")]
    public partial GuestResult TryStopByValue();

    public partial void CallFail();

    public partial void CallNest();

    /// <summary>A function that the tests define with the package itself.</summary>
    public partial void CallPlain();

    public partial int CallSize();

    public partial void CallSleep(CancellationToken token);

    public partial void Trap();

    [WasmName("trap")]
    public partial GuestResult TryTrap();

    public partial void Forever(CancellationToken token);

    [WasmName("forever"), Timeout(50)]
    public partial void ForeverInTime();

    [WasmName("forever"), Fuel(1000)]
    public partial void ForeverOnFuel();

    [WasmName("forever")]
    public partial void ForeverUnlimited();

    public partial int Counter { get; set; }

    public partial Memory Memory { get; }
}

[WasmExport]
public sealed partial class ExitingGuest
{
    public partial void End(int code);
}

[WasmExport]
public sealed partial class Picky
{
    public partial long CallAdd(int a, int b);

    public partial void Nothing();
}
