using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;

namespace WasmBindgen;

/// <summary>
/// A host function that is timed, and perhaps traced: the engine calls this, and this the thunk. Functions that nobody
/// observes are called directly.
/// </summary>
/// <param name="module">Its import module.</param>
/// <param name="function">The function.</param>
/// <param name="env">What its thunk gets; owned by this.</param>
/// <param name="trace">Gets a line for each call; null for none.</param>
[StackTraceHidden]
internal sealed unsafe class ObservedFunction(string module, HostFunction function, nint env, Action<string>? trace)
{
    private readonly string _name = Printable.Name($"{module}.{function.Name}");

    /// <summary>What the engine gets in place of <see cref="HostData.Free"/>.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Free(nint self)
    {
        var handle = GCHandle.FromIntPtr(self);
        HostData.Release(Of(self).Env);
        handle.Free();
    }

    /// <summary>What the engine gets in place of the function's thunk.</summary>
    internal static nint Thunk => (nint)(delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)&Call;

    private nint Env => env;

    /// <summary>No exception leaves it.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Call(nint self, nint caller, Slot* slots, nuint count) => Of(self).Run(caller, slots, count);

    private static ObservedFunction Of(nint self) =>
        Unsafe.As<ObservedFunction>(GCHandle.FromIntPtr(self).Target!);

    private nint Run(nint caller, Slot* slots, nuint count)
    {
        nint trap = 0;
        bool hasReturned = false;
        try
        {
            var store = Store.Of(caller);
            var text = trace is null ? null : new CallText(function, store, caller, slots);
            long start = Stopwatch.GetTimestamp();
            trap = ((delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)function.Thunk)(
                env, caller, slots, count);
            hasReturned = true;
            TimeSpan duration = Stopwatch.GetElapsedTime(start);
            object? error = trap == 0 ? null : store.Pending.IsNone ? store.Exceptions.Last : store.Pending.Payload;
            Telemetry.EndHostCall(_name, duration, trap == 0 ? null : TypeName(store.Pending, error));
            trace?.Invoke(_name + text!.End(slots, trap == 0 ? null : GuestError.TextOf(error) ?? "null"));
            return trap;
        }
        catch (Exception exception)
        {
            // The trace could not be written; what the function itself has ended with goes first.
            return hasReturned && trap != 0 ? trap : HostCall.Abort(caller, exception, module, function.Name);
        }
    }

    private static string TypeName(PendingError pending, object? error) =>
        (pending.Type?.ErrorType ?? error?.GetType())?.FullName ?? "Error";
}
