using System.Diagnostics;
using System.Security.Cryptography;

namespace WasmBindgen.EndToEnd.Tests.Go;

/// <summary>The program has ended.</summary>
public readonly record struct GoExit(int Code);

/// <summary>What a program for <c>GOOS=js</c> exports.</summary>
[WasmExport(Memory = "mem")]
public sealed partial class GoGuest
{
    [WasmName("mem")]
    public partial Memory Memory { get; }

    public partial void Run(int argumentCount, int arguments);

    public partial void Resume();

    [WasmName("getsp")]
    public partial int StackPointer();
}

/// <summary>What Go's runtime asks of its host. Each function gets the address of its stack frame.</summary>
[WasmImport("go", Prefix = "runtime.", Naming = Naming.CamelCase, Memory = "mem")]
public sealed partial class GoRuntime
{
    private readonly PriorityQueue<int, long> _timeouts = new();
    private readonly HashSet<int> _pending = [];
    private int _lastTimeout;

    public MemoryStream Output { get; } = new();

    public MemoryStream Errors { get; } = new();

    public Interrupt<GoExit> WasmExit(GuestPointer<long> frame) => Interrupt.With(new GoExit((int)frame[1]));

    public void WasmWrite(GuestPointer<long> frame) =>
        (frame[1] == 1 ? Output : Errors).Write(frame.Memory.Slice(frame[2], (int)frame[3]));

    public void ResetMemoryDataView(int frame) { }

    public void Nanotime1(GuestPointer<long> frame) =>
        frame[1] = (long)Stopwatch.GetElapsedTime(0).TotalNanoseconds;

    public void Walltime(GuestPointer<long> frame)
    {
        long ticks = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks;
        frame[1] = ticks / TimeSpan.TicksPerSecond;
        frame.Set(2, (int)(ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick));
    }

    public void ScheduleTimeoutEvent(GuestPointer<long> frame)
    {
        const int Late = 1; // a timer may be a little early
        _pending.Add(++_lastTimeout);
        _timeouts.Enqueue(_lastTimeout, Environment.TickCount64 + frame[1] + Late);
        frame.Set(2, _lastTimeout);
    }

    public void ClearTimeoutEvent(GuestPointer<long> frame) => _pending.Remove((int)frame[1]);

    public void GetRandomData(GuestPointer<long> frame) => RandomNumberGenerator.Fill(frame.Slice(1));

    /// <summary>Waits for the next timeout.</summary>
    /// <returns>Whether there is one.</returns>
    [WasmIgnore]
    public bool WaitForTimeout()
    {
        while (_timeouts.TryPeek(out int timeout, out long time))
        {
            if (_pending.Contains(timeout)) // until the guest has noticed it
            {
                Thread.Sleep((int)Math.Max(0, time - Environment.TickCount64));
                return true;
            }

            _timeouts.Dequeue();
        }

        return false;
    }
}
