using System.Runtime.CompilerServices;
using Wasmtime;

// Outside of WasmBindgen, whose Engine, Store and so on would hide the package's.
namespace Benchmarks.Package;

/// <summary>
/// The calls as one makes them with the managed half of package Wasmtime, written as its documentation shows.
/// </summary>
internal sealed class PackageCalls : IDisposable
{
    // as the other columns compile guests
    private readonly Engine _engine = new(new Config().WithEpochInterruption(true));
    private readonly Store _store;
    private readonly Store _valueStore;
    private readonly Func<int, int> _f;
    private readonly Func<int, int> _callAdd;
    private readonly Action _callStop;
    private readonly Action _callStopAgain;
    private readonly Action<int, int> _callText;
    private readonly Action<int, int> _callBytes;
    private readonly Action<int> _callOne;

    internal PackageCalls()
    {
        Instance guest = Instantiate(WasmBindgen.Benchmarks.World.GuestPath, out _store);
        _f = guest.GetFunction<int, int>("f")!;
        _callAdd = guest.GetFunction<int, int>("call_add")!;
        _callStop = guest.GetAction("call_stop")!;
        _callStopAgain = guest.GetAction("call_stop_again")!;

        Instance values = Instantiate(WasmBindgen.Benchmarks.ValueBenchmarks.GuestPath, out _valueStore);
        values.GetAction("prepare")!();
        _callText = values.GetAction<int, int>("call_text")!;
        _callBytes = values.GetAction<int, int>("call_bytes")!;
        _callOne = values.GetAction<int>("call_one")!;
    }

    public void Dispose()
    {
        _valueStore.Dispose();
        _store.Dispose();
        _engine.Dispose();
    }

    internal void HostToGuest(int count)
    {
        Func<int, int> f = _f;
        for (int i = 0; i < count; i++)
        {
            if (f(i) != i + 1)
            {
                throw new InvalidOperationException("f returned something else.");
            }
        }
    }

    internal void HostToGuestApart(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (F(_f, i) != i + 1)
            {
                throw new InvalidOperationException("f returned something else.");
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static int F(Func<int, int> f, int value) => f(value);
    }

    internal void GuestToHost(int count) => _callAdd(count);

    internal void Text(int count, int length) => _callText(count, length);

    internal void Bytes(int count, int length) => _callBytes(count, length);

    internal void Record(int count) => _callOne(count);

    internal void Interrupt(int count) => Interrupt(_callStop, count);

    internal void InterruptAgain(int count) => Interrupt(_callStopAgain, count);

    private static void Interrupt(Action stop, int count)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                stop();
            }
            catch (WasmtimeException exception) when (exception.InnerException is WasmBindgen.Benchmarks.StopException)
            {
            }
        }
    }

    private static void DefineFunctions(Linker linker)
    {
        var again = new WasmBindgen.Benchmarks.StopException();
        linker.DefineFunction("env", "add", (int a, int b) => a + b);
        linker.DefineFunction("env", "stop", () => throw new WasmBindgen.Benchmarks.StopException());
        linker.DefineFunction("env", "stop_again", () => throw again);
        linker.DefineFunction("env", "stop_by_value", () => throw new WasmBindgen.Benchmarks.StopException());
        linker.DefineFunction("env", "with_memory", (Caller caller) => GC.KeepAlive(caller.GetMemory("memory")));
        linker.DefineFunction("env", "first_byte", (Caller caller, int address, int length) =>
            (int)caller.GetMemory("memory")!.GetSpan(address, length)[0]);
        linker.DefineFunction("tenant", "add", (int a, int b) => a + b);
        linker.DefineFunction("values", "text", (Caller caller, int address, int length) =>
            caller.GetMemory("memory")!.ReadString(address, length).Length);
        linker.DefineFunction("values", "bytes", (Caller caller, int address, int length) =>
            caller.GetMemory("memory")!.GetSpan(address, length).Length);
        linker.DefineFunction("values", "give", (int area) => { });
        linker.DefineFunction(
            "values", "one", (Caller caller, int address, int length, int id, double weight, int isOn, long amount) =>
                new WasmBindgen.Benchmarks.Item(
                    caller.GetMemory("memory")!.ReadString(address, length), id, weight, isOn != 0, (ulong)amount).Id);
        linker.DefineFunction("values", "many", (int address, int length) => length);
    }

    private Instance Instantiate(string path, out Store store)
    {
        using Module module = Module.FromTextFile(_engine, path);
        using var linker = new Linker(_engine);
        DefineFunctions(linker);
        store = new Store(_engine);
        store.SetEpochDeadline(1UL << 62);
        return linker.Instantiate(store, module);
    }
}
