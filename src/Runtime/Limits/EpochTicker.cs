using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// Advances an engine's epoch, on which guests check whether they must stop. Its thread runs only while calls need it,
/// and a little longer, so that a series of short calls does not start it each time.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "Nobody can say when the last guest has run: the handle's finalizer ends the engine.")]
internal sealed class EpochTicker(EngineHandle engine, TimeSpan resolution, TimeSpan overdueAfter)
{
    private const int IdleTicks = 100;

    private readonly object _gate = new();

    // A reference of its own: guests may still run after the user's engine is disposed (engines are reference-counted).
    private readonly EngineHandle _engine = new(wasmtime_engine_clone(engine));
    private readonly HashSet<CallOverdueEventArgs> _watched = [];
    private readonly Dictionary<CancellationTokenSource, long> _deadlines = [];
    private int _users;
    private volatile bool _isRunning;

    /// <summary>Adds a call that needs the ticks.</summary>
    /// <returns>Whether the thread runs; if not, <see cref="Start"/> must be called.</returns>
    internal bool AddUser()
    {
        // The full fence of the increment pairs with the one in TryStop: one of the two sees the other.
        Interlocked.Increment(ref _users);
        return _isRunning;
    }

    internal void RemoveUser() => Interlocked.Decrement(ref _users);

    /// <summary>
    /// Cancels a token at a deadline, unless <see cref="Forget"/> comes before. The thread pool's timers would do so
    /// too late, when calls that wait have used its threads up, and too early by their coarser clock.
    /// </summary>
    /// <param name="deadline">As a <see cref="Stopwatch"/> timestamp.</param>
    /// <param name="source">The token's source.</param>
    internal void CancelAt(long deadline, CancellationTokenSource source)
    {
        lock (_deadlines)
        {
            _deadlines.Add(source, deadline);
        }
    }

    internal void Forget(CancellationTokenSource source)
    {
        lock (_deadlines)
        {
            _deadlines.Remove(source);
        }
    }

    /// <summary>Tells of a call if it does not end in time, unless <see cref="Unwatch"/> comes before.</summary>
    internal void Watch(CallOverdueEventArgs call)
    {
        lock (_watched)
        {
            _watched.Add(call);
        }
    }

    internal void Unwatch(CallOverdueEventArgs call)
    {
        lock (_watched)
        {
            _watched.Remove(call);
        }
    }

    /// <summary>Starts the thread for a user. If that fails, the user is removed.</summary>
    /// <exception cref="OutOfMemoryException">The system has no room for another thread.</exception>
    /// <exception cref="ObjectDisposedException">A finalizer has ended the engine already.</exception>
    internal void Start()
    {
        try
        {
            lock (_gate)
            {
                if (!_isRunning)
                {
                    StartThread();
                    _isRunning = true; // it cannot have stopped yet, as it has a user
                }
            }
        }
        catch
        {
            RemoveUser();
            throw;
        }
    }

    private void StartThread()
    {
        // When a finalizer calls a guest, the engine's own finalizer comes next, however alive this thread keeps it.
        bool isHeld = false;
        _engine.DangerousAddRef(ref isHeld);
        try
        {
            new Thread(Run) { IsBackground = true, Name = "WasmBindgen epochs" }.UnsafeStart();
        }
        catch
        {
            _engine.DangerousRelease();
            throw;
        }
    }

    private void Run()
    {
        for (int idle = 0; idle < IdleTicks || !TryStop();)
        {
            Thread.Sleep(resolution);
            wasmtime_engine_increment_epoch(_engine.DangerousGetHandle());
            Cancel();
            TellOverdue();
            idle = Volatile.Read(ref _users) == 0 ? idle + 1 : 0;
        }

        _engine.DangerousRelease();
    }

    private void Cancel()
    {
        lock (_deadlines)
        {
            long now = Stopwatch.GetTimestamp();
            foreach ((CancellationTokenSource source, long deadline) in _deadlines)
            {
                if (now >= deadline && TryRunAside("WasmBindgen cancellation", source.Cancel))
                {
                    _deadlines.Remove(source);
                }
            }
        }
    }

    private void TellOverdue()
    {
        lock (_watched)
        {
            _watched.RemoveWhere(call =>
                call.IsOverdue(overdueAfter)
                && TryRunAside("WasmBindgen overdue call", () => call.Store.Engine.TellOverdue(call)));
        }
    }

    /// <summary>
    /// Runs what may call the user's code, on a thread of its own: neither the clock nor the pool, which calls that are
    /// held up may have used up, should wait for it. What it throws is traced, as there is nobody else to be told.
    /// </summary>
    /// <returns>False when the system has no thread for it now.</returns>
    private static bool TryRunAside(string name, Action action)
    {
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (ObjectDisposedException)
            {
                // the call has ended meanwhile
            }
            catch (Exception exception)
            {
                Trace.TraceError($"{name}: {exception}");
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        try
        {
            thread.UnsafeStart();
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    private bool TryStop()
    {
        _isRunning = false;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _users) == 0)
        {
            return true;
        }

        lock (_gate)
        {
            // A call that came in the meantime may have started another thread already.
            if (_isRunning)
            {
                return true;
            }

            _isRunning = true;
            return false;
        }
    }
}
