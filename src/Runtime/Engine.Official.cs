using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <content>Engines of the official package.</content>
public sealed partial class Engine
{
    private static readonly ConditionalWeakTable<object, Engine> Adopted = [];

    /// <summary>Stands for an engine that is not known yet: no object of the package reveals it.</summary>
    internal Engine(bool consumesFuel)
    {
        ConsumesFuel = consumesFuel;
        _handle = new EngineHandle(0);
        _handle.SetHandleAsInvalid();
    }

    /// <exception cref="InvalidOperationException">Its guests cannot be stopped.</exception>
    private Engine(SafeHandle official)
    {
        _handle = new EngineHandle(wasmtime_engine_clone(official));
        using var store = new Store(this);
        ConsumesFuel = store.HasFuel;
        if (!Stops(store))
        {
            throw new InvalidOperationException(OfficialPackage.NeedsInterruption);
        }

        var options = new EngineOptions();
        Ticker = new EpochTicker(_handle, options.InterruptionResolution, options.OverdueAfter);
    }

    /// <summary>The one object for an engine of the official package.</summary>
    /// <exception cref="InvalidOperationException">Its guests cannot be stopped.</exception>
    internal static Engine Adopt(object engine, SafeHandle handle) => Adopted.GetValue(engine, _ => new Engine(handle));

    /// <summary>
    /// Nothing reveals how an engine compiles, so this tests it: a guest whose deadline has passed must end at its
    /// first instruction.
    /// </summary>
    private bool Stops(Store store)
    {
        // (module (func $f) (start $f))
        ReadOnlySpan<byte> binary =
        [
            0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
            0x01, 0x04, 0x01, 0x60, 0x00, 0x00,
            0x03, 0x02, 0x01, 0x00,
            0x08, 0x01, 0x00,
            0x0a, 0x04, 0x01, 0x02, 0x00, 0x0b,
        ];
        using Module module = Module.FromBytes(this, "probe", binary);
        using var linker = new Linker(this);
        if (ConsumesFuel)
        {
            store.Fuel = 1000;
        }

        try
        {
            linker.Instantiate(store, module);
            return false;
        }
        catch (TrapException exception) when (exception.Code == TrapCode.Interrupt)
        {
            return true;
        }
    }
}
