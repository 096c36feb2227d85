using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace WasmBindgen;

/// <summary>
/// Keeps track of the thread inside the store. The engine does not check that, and two threads in one store would
/// corrupt it.
/// </summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed partial class Store
{
    private const long Nobody = 0;
    private const long Disposed = -1;
    private const long Returned = -2;
    private const long Delivery = 1L << 24;
    private const long Reentry = 1L << 40;
    private const long EndAtExit = 1L << 60;
    private const long Held = 1L << 61;
    private const long DisposeAtExit = 1L << 62;

    // A cached Environment.CurrentManagedThreadId, plus a Delivery for each failure that reached a call site on this
    // thread, wrapping below a Reentry; 0 before the thread's first entry into any store.
    [ThreadStatic]
    private static long t_thread;

    // The lowest address of this thread's stack; known after its first entry into any store.
    [ThreadStatic]
    private static nuint t_floor;

    // Who is inside, in one word, so that a call writes it only twice: Nobody, Disposed, or the value of t_thread at
    // the first entry plus a Reentry for each further one, plus DisposeAtExit. Unless it is Nobody, only the thread
    // inside changes it; but another one may add EndAtExit, which that thread may overwrite. A store of the official
    // package is held while a thread is inside: it has Returned instead of Nobody, and Held is added. The fast paths
    // handle neither, and leave such a store to the slow ones.
    private long _gate;

    /// <summary>
    /// Counts nested entries and exits. When it has changed, a guest may have run, and its memory may have moved.
    /// </summary>
    internal int Reentries { get; private set; }

    /// <summary>
    /// Whether the thread, which has entered, has less stack left than a guest may use. The engine does not look; and
    /// it counts anew for each store, so that guests of several stores that call one another use any number of stacks.
    /// </summary>
    internal unsafe bool LacksStack
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            byte here;
            return (nuint)(&here) - t_floor < _stackNeed;
        }
    }

    /// <summary>Whether no failure has reached a call site on this thread since it entered the store.</summary>
    internal bool IsEnteredSinceDelivery => (_gate & (Reentry - 1)) == t_thread;

    /// <summary>Whether a thread is inside.</summary>
    internal bool IsEntered => _gate is not (Nobody or Returned or Disposed);

    internal bool IsDisposed => _gate == Disposed;

    private string DebuggerDisplay => _gate switch
    {
        Disposed => "disposed",
        Nobody or Returned => "not in use",
        var gate => $"in use by thread {gate & (Delivery - 1)}",
    };

    /// <summary>Whether the current entry is the only one.</summary>
    internal bool IsOutermost => (_gate & ~(DisposeAtExit | EndAtExit | Held)) < Reentry;

    /// <summary>
    /// Deletes the store and everything in it, and disposes the resources that its guests still own. In a host method
    /// of a running call, this takes effect when the outermost call has ended; and while another thread is in the
    /// store, when it has left.
    /// </summary>
    /// <remarks>
    /// It does not wait for another thread; <see cref="DisposeAsync"/> does. What the disposal of a resource throws is
    /// thrown here, after all have been disposed; if another thread is in the store, it is written to
    /// <see cref="Trace"/>.
    /// </remarks>
    public void Dispose()
    {
        switch (TryEnd())
        {
            case true:
                Release();
                break;
            case null:
                _ = EndLater(); // no exception, which would replace one that is on its way out
                break;
        }
    }

    /// <summary>
    /// Like <see cref="Dispose"/>, but waits without blocking: for all calls of other threads; for all that return
    /// tasks, including queued ones; for the end of the store's thread; and for the resources that are
    /// <see cref="IAsyncDisposable"/>. In a host method of a running call, it does not wait, and takes effect when the
    /// outermost call has ended.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        bool? isEnd = _thread is null || _gate == Disposed || IsOwner(_gate, Environment.CurrentManagedThreadId)
            ? TryEnd()
            : await _thread.Run(TryEnd, CancellationToken.None).ConfigureAwait(false); // the last in the queue
        while (isEnd is null)
        {
            // Another thread is inside. It must not be slowed down by an event for this rare case.
            await Task.Delay(TimeSpan.FromMilliseconds(10)).ConfigureAwait(false);
            isEnd = TryEnd();
        }

        if (isEnd.Value)
        {
            Task threadEnd = Delete();
            await (ResourcesOrNull?.DisposeAllAsync() ?? Task.CompletedTask).ConfigureAwait(false);
            await threadEnd.ConfigureAwait(false);
        }
    }

    private async Task EndLater()
    {
        try
        {
            await DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Trace.TraceError($"Disposal of a store: {exception}"); // there is nobody else to be told
        }
    }

    /// <summary>Must be called before any use of <see cref="Context"/>, and <see cref="Exit"/> afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [StackTraceHidden]
    internal void Enter()
    {
        long thread = t_thread;
        if (thread == 0 || Interlocked.CompareExchange(ref _gate, thread, Nobody) != Nobody)
        {
            EnterAgain(thread);
        }
    }

    /// <summary>
    /// A further entry of the thread that is inside, for what belongs to a running call, such as allocating for its
    /// values: that goes on even if a host method has disposed the store.
    /// </summary>
    internal void EnterWithin()
    {
        long gate = _gate;
        if (IsOwner(gate, t_thread))
        {
            _gate = gate + Reentry;
            Reentries++;
        }
        else
        {
            Enter(); // in a call that the official package makes, nobody has entered
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Exit()
    {
        if (_gate < Reentry)
        {
            DropPending();
            Volatile.Write(ref _gate, Nobody);
        }
        else
        {
            ExitAgain();
        }
    }

    /// <summary>
    /// The native store goes, by <see cref="Dispose"/> or with the objects of a program that forgot that: from now on
    /// nobody can enter, whom a finalizer brings back to life neither.
    /// </summary>
    /// <returns>False if a thread is inside, on which a finalizer has called a guest.</returns>
    internal bool TryClose()
    {
        long gate = Interlocked.CompareExchange(ref _gate, Disposed, Free);
        return gate == Free || gate == Disposed;
    }

    /// <summary>The error of a call that <see cref="LacksStack"/> keeps from being made.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal TrapException NoStack() => GuestBacktrace.BeginInFlight(TrapException.NoStackForIt(Engine.WasmStack));

    private long Free => Official is null ? Nobody : Returned;

    /// <summary>Drops an error that no call site took. A read is faster than a write.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DropPending()
    {
        if (!Pending.IsNone)
        {
            Pending = default;
        }
    }

    /// <returns>
    /// Whether no thread is inside and none can enter from now on, so that the store must be deleted; null if another
    /// thread is inside.
    /// </returns>
    private bool? TryEnd()
    {
        long gate = Interlocked.CompareExchange(ref _gate, Disposed, Free);
        if (gate == Free)
        {
            return true;
        }

        if (IsOwner(gate, Environment.CurrentManagedThreadId))
        {
            _gate = gate | DisposeAtExit;
        }
        else if (gate != Disposed)
        {
            // So that a thread that comes back at once does not keep the store for ever.
            Interlocked.CompareExchange(ref _gate, gate | EndAtExit, gate);
            return null;
        }

        return false;
    }

    private void Release()
    {
        Delete();
        ResourcesOrNull?.DisposeAll();
    }

    /// <returns>Completed when the store's thread has ended.</returns>
    private Task Delete()
    {
        _handle.Dispose();
        _failures?.Last.Dispose();
        _exceptions?.Dispose();
        Official?.Dispose();
        return _thread?.End() ?? Task.CompletedTask;
    }

    private static InvalidOperationException InUse() => new(
        "This store is in use by another thread. A store may move between threads, but only one at a time may use it.");

    /// <summary>A failure reaches a call site on this thread.</summary>
    internal static void NoteDelivery() =>
        t_thread = t_thread == 0 ? 0 : ((t_thread + Delivery) & (Reentry - Delivery)) | (t_thread & (Delivery - 1));

    private static bool IsOwner(long gate, long thread) => gate != Nobody && ((gate ^ thread) & (Delivery - 1)) == 0;

    [StackTraceHidden]
    private void EnterAgain(long thread)
    {
        long gate = _gate;
        if (!IsOwner(gate, thread))
        {
            if (thread == 0)
            {
                t_thread = thread = Environment.CurrentManagedThreadId;
                t_floor = ThreadStack.Floor();
                SignalStack.Enlarge();
            }

            gate = Interlocked.CompareExchange(ref _gate, Official is null ? thread : thread | Held, Free);
            if (gate == Free)
            {
                if (Official is not null)
                {
                    Hold();
                }

                return;
            }
        }

        bool isOwner = IsOwner(gate, thread);
        ObjectDisposedException.ThrowIf(gate == Disposed || (isOwner && (gate & DisposeAtExit) != 0), this);
        _gate = isOwner ? gate + Reentry : throw InUse();
        Reentries++;
    }

    /// <summary>The first entry into a store of the official package.</summary>
    [StackTraceHidden]
    private void Hold()
    {
        if (!Official!.TryHold())
        {
            Volatile.Write(ref _gate, Disposed);
            Release();
            throw new ObjectDisposedException(GetType().FullName);
        }
    }

    private void ExitAgain()
    {
        long gate = _gate;
        if (!IsOutermost)
        {
            _gate = gate - Reentry;
            Reentries++;
        }
        else if ((gate & (DisposeAtExit | EndAtExit)) == 0)
        {
            DropPending();
            Volatile.Write(ref _gate, Returned);
            Official!.LetGo();
        }
        else
        {
            DropPending();
            Volatile.Write(ref _gate, Disposed);
            _failures?.Last.Read(); // otherwise the backtrace of the call that now ends would be lost with the store
            Release();
            Official?.LetGo();
        }
    }
}
