using System.Diagnostics.CodeAnalysis;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// Advances an engine's epoch, at which guests look whether they have to stop. Its thread runs only while calls need
/// it, and a little longer, so that a row of short calls does not start it each time.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "Nobody can say when the last guest has run: the handle's finalizer ends the engine.")]
internal sealed class EpochTicker(EngineHandle engine, TimeSpan resolution, TimeSpan overdueAfter)
{
    private const int IdleTicks = 100;

    private readonly object _gate = new();

    // An engine of its own to hold on to: guests run on after the user's is disposed (engines are reference-counted).
    private readonly EngineHandle _engine = new(wasmtime_engine_clone(engine));
    private readonly HashSet<CallOverdueEventArgs> _watched = [];
    private int _users;
    private volatile bool _isRunning;

    /// <summary>A call begins that needs it.</summary>
    /// <returns>Whether it runs; if not, <see cref="Start"/> must follow.</returns>
    internal bool AddUser()
    {
        // The full fence of the increment pairs with that in TryStop: one of the two sees the other.
        Interlocked.Increment(ref _users);
        return _isRunning;
    }

    internal void RemoveUser() => Interlocked.Decrement(ref _users);

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

    /// <summary>Starts its thread for a user, who is one no more if that fails.</summary>
    /// <exception cref="OutOfMemoryException">The system has no room for another thread.</exception>
    internal void Start()
    {
        try
        {
            lock (_gate)
            {
                if (!_isRunning)
                {
                    new Thread(Run) { IsBackground = true, Name = "WasmBindgen epochs" }.UnsafeStart();
                    _isRunning = true; // it does not stop before, as it has a user
                }
            }
        }
        catch
        {
            RemoveUser();
            throw;
        }
    }

    private void Run()
    {
        for (int idle = 0; idle < IdleTicks || !TryStop();)
        {
            Thread.Sleep(resolution);
            wasmtime_engine_increment_epoch(_engine.DangerousGetHandle());
            TellOverdue();
            idle = Volatile.Read(ref _users) == 0 ? idle + 1 : 0;
        }

        GC.KeepAlive(_engine);
    }

    /// <summary>
    /// On threads of their own: neither the clock nor the pool, which calls that are held up may have used up, should
    /// wait for a handler.
    /// </summary>
    private void TellOverdue()
    {
        lock (_watched)
        {
            _watched.RemoveWhere(call =>
            {
                bool isOverdue = call.IsOverdue(overdueAfter);
                if (isOverdue)
                {
                    new Thread(() => call.Store.Engine.TellOverdue(call))
                    {
                        IsBackground = true,
                        Name = "WasmBindgen overdue call"
                    }.UnsafeStart();
                }

                return isOverdue;
            });
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
            // Whoever came in the meantime may have started another thread already.
            if (_isRunning)
            {
                return true;
            }

            _isRunning = true;
            return false;
        }
    }
}
