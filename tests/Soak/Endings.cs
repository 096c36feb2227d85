using System.Diagnostics;
using static WasmBindgen.Soak.Scene;

namespace WasmBindgen.Soak;

/// <summary>Calls that end with an error, which must be the right one.</summary>
internal static class Endings
{
    internal static readonly (string Name, int Weight, Action<Scene> Run)[] Scenarios =
    [
        ("interrupts by exception", 10, InterruptsByException), ("interrupts by value", 10, InterruptsByValue),
        ("undeclared exceptions", 5, UndeclaredExceptions), ("errno", 5, Errnos), ("bad addresses", 5, BadAddresses),
        ("forged handles", 5, ForgedHandles), ("traps", 10, Traps), ("stack overflow", 2, StackOverflow),
        ("timeouts", 1, Timeouts), ("timeouts of host methods", 1, TimeoutsOfHostMethods),
        ("cancellation", 1, Cancellation), ("cancelled tasks", 1, CancelledTasks), ("fuel", 5, FuelUsedUp),
        ("memory limits", 3, MemoryLimits),
    ];

    private static void InterruptsByException(Scene scene)
    {
        StopException error = scene.Expect<StopException>(() => scene.Guest.Stop(7));
        Check(ReferenceEquals(error, scene.Host.Prepared), "another exception");
        Equal(7, error.Code);
        Equal("soak.stop", $"{GuestBacktrace.Of(error)?.Import?.Module}.{GuestBacktrace.Of(error)?.Import?.Name}");
    }

    private static void InterruptsByValue(Scene scene)
    {
        Equal(5, scene.Guest.Charge(5));
        GuestResult<int> result = scene.Guest.TryCharge(-3);
        scene.ExpectError(GuestErrorKind.Interrupt, result.Error);
        Check(result.TryGetInterrupt(out Bill bill) && bill.Amount == -3, "another bill");
        Equal(-4, scene.Expect<GuestInterruptedException<Bill>>(() => scene.Guest.Charge(-4)).Error.Amount);
    }

    private static void UndeclaredExceptions(Scene scene) => Check(
        ReferenceEquals(
            scene.Expect<HostFunctionException>(scene.Guest.Fail).InnerException, scene.Host.Prepared),
        "another exception");

    private static void Errnos(Scene scene)
    {
        Equal(-9, scene.Guest.Find(9));
        Equal(2, scene.Guest.Find(-1));
    }

    private static void BadAddresses(Scene scene) => Equal(
        GuestMemoryFault.OutOfBounds, scene.Expect<GuestMemoryException>(scene.Guest.BadText).Fault);

    private static void ForgedHandles(Scene scene) => Equal(
        GuestMemoryFault.InvalidHandle, scene.Expect<GuestMemoryException>(() => scene.Guest.Forge()).Fault);

    private static void Traps(Scene scene)
    {
        TrapException error = scene.Expect<TrapException>(() => scene.Guest.Divide(0));
        Equal(TrapCode.IntegerDivisionByZero, error.Code);
        Equal(2, error.Backtrace?.Frames.Count);
        Equal("inner", error.Backtrace?.Frames[0].FunctionName);
        GuestResult<int> result = scene.Guest.TryDivide(0);
        scene.ExpectError(GuestErrorKind.Trap, result.Error);
        Equal(2, result.Error.Backtrace?.Frames.Count);
    }

    private static void StackOverflow(Scene scene) =>
        Equal(TrapCode.StackOverflow, scene.Expect<TrapException>(scene.Guest.Overflow).Code);

    private static void Timeouts(Scene scene)
    {
        TimeSpan limit = TimeSpan.FromMilliseconds(scene.Random.Next(1, 20));
        scene.Store.Timeout = limit;
        long begin = Stopwatch.GetTimestamp();
        if (scene.Random.Next(2) == 0)
        {
            scene.Expect<GuestTimeoutException>(scene.Guest.Spin);
        }
        else
        {
            scene.ExpectError(GuestErrorKind.Timeout, scene.Guest.TrySpin(default).Error);
        }

        scene.NoteOverrun(begin, limit);
        scene.Store.Timeout = null;
    }

    private static void TimeoutsOfHostMethods(Scene scene)
    {
        TimeSpan limit = TimeSpan.FromMilliseconds(scene.Random.Next(1, 20));
        scene.Store.Timeout = limit;
        long begin = Stopwatch.GetTimestamp();
        scene.Expect<GuestTimeoutException>(() => scene.Guest.WaitFor(default));
        scene.NoteOverrun(begin, limit);
        scene.Store.Timeout = null;
    }

    private static void Cancellation(Scene scene)
    {
        using var canceller = new Canceller(scene.Random);
        if (scene.Random.Next(2) == 0)
        {
            Equal(canceller.Token, scene.Expect<OperationCanceledException>(
                () => scene.Guest.WaitFor(canceller.Token)).CancellationToken);
        }
        else
        {
            scene.ExpectError(GuestErrorKind.Cancelled, scene.Guest.TrySpin(canceller.Token).Error);
        }

        scene.NoteOverrun(canceller.CancelledAt, TimeSpan.Zero);
    }

    private static void CancelledTasks(Scene scene)
    {
        using var canceller = new Canceller(scene.Random);
        GuestResult result = scene.Guest.SpinOnItsThread(canceller.Token).GetAwaiter().GetResult();
        scene.ExpectError(GuestErrorKind.Cancelled, result.Error);
        scene.NoteOverrun(canceller.CancelledAt, TimeSpan.Zero);
    }

    private static void FuelUsedUp(Scene scene) => scene.Expect<OutOfFuelException>(scene.Guest.SpinOnFuel);

    private static void MemoryLimits(Scene scene)
    {
        if (scene.Generation.MemoryLimitInterrupts)
        {
            scene.Expect<GuestOutOfMemoryException>(() => scene.Guest.Grow(Scene.MaxPages));
        }
        else
        {
            Equal(-1, scene.Guest.Grow(Scene.MaxPages));
        }
    }

    /// <summary>Cancels a token soon, from a thread of its own: the pool's may be busy.</summary>
    private sealed class Canceller : IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly Thread _thread;
        private long _cancelledAt;

        internal Canceller(Random random)
        {
            TimeSpan after = TimeSpan.FromMilliseconds(random.Next(1, 20));
            _thread = new Thread(() =>
            {
                Thread.Sleep(after);
                Volatile.Write(ref _cancelledAt, Stopwatch.GetTimestamp());
                _source.Cancel();
            });
            _thread.Start();
        }

        internal CancellationToken Token => _source.Token;

        internal long CancelledAt => Volatile.Read(ref _cancelledAt);

        public void Dispose()
        {
            _thread.Join();
            _source.Dispose();
        }
    }
}
