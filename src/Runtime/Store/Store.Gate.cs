using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace WasmBindgen;

/// <summary>
/// Who is inside the store: the engine checks nothing, and two threads in one store would corrupt it.
/// </summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed partial class Store
{
    private const long Nobody = 0;
    private const long Disposed = -1;
    private const long Returned = -2;
    private const long Delivery = 1L << 24;
    private const long Reentry = 1L << 40;
    private const long Held = 1L << 61;
    private const long DisposeAtExit = 1L << 62;

    // Environment.CurrentManagedThreadId, which takes longer to ask for, plus a Delivery for each failure that reached
    // a call site on this thread, as many as there is room for below a Reentry; 0 before a thread's first entry into
    // any store.
    [ThreadStatic]
    private static long t_thread;

    // Who is inside, in one word so that a call writes it only twice: Nobody, Disposed, or what t_thread was at the
    // first entry plus a Reentry for each further one, plus DisposeAtExit. Only the thread inside changes it from other
    // than Nobody. Who is in a store of the official package holds it: Returned stands for Nobody there, and Held is
    // added. So the short ways in and out, which know of neither, leave such a store to the long ones.
    private long _gate;

    /// <summary>
    /// How often something began or ended inside something else: a guest may have run, and its memory moved, whenever
    /// this has changed.
    /// </summary>
    internal int Reentries { get; private set; }

    /// <summary>Whether no failure has reached a call site on this thread since it entered.</summary>
    internal bool IsEnteredSinceDelivery => (_gate & (Reentry - 1)) == t_thread;

    /// <summary>Whether somebody is inside.</summary>
    internal bool IsEntered => _gate is not (Nobody or Returned or Disposed);

    internal bool IsDisposed => _gate == Disposed;

    private string DebuggerDisplay => _gate switch
    {
        Disposed => "disposed",
        Nobody or Returned => "not in use",
        var gate => $"in use by thread {gate & (Delivery - 1)}",
    };

    /// <summary>Whether the present entry is the only one.</summary>
    internal bool IsOutermost => (_gate & ~(DisposeAtExit | Held)) < Reentry;

    /// <summary>
    /// Deletes the store and all that lives in it, and disposes the resources that its guests still own. From a host
    /// method of a running call this takes effect when the outermost call has ended.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread is using the store.</exception>
    public void Dispose()
    {
        if (TryEnd())
        {
            Release();
        }
    }

    /// <summary>
    /// As <see cref="Dispose"/>, but waits where that refuses or holds up its thread: for the calls that return tasks,
    /// those that have not had their turn yet too; for the end of the store's thread; and for the resources that are
    /// <see cref="IAsyncDisposable"/>. From a host method of a running call it waits for nothing, and takes effect when
    /// the outermost call has ended.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Another thread is using the store, for a call that returns no task.
    /// </exception>
    public async ValueTask DisposeAsync()
    {
        bool isEnd = _thread is null || _gate == Disposed || IsOwner(_gate, Environment.CurrentManagedThreadId)
            ? TryEnd()
            : await _thread.Run(TryEnd, CancellationToken.None).ConfigureAwait(false); // the last to have its turn
        if (isEnd)
        {
            Task threadEnd = Delete();
            await (ResourcesOrNull?.DisposeAllAsync() ?? Task.CompletedTask).ConfigureAwait(false);
            await threadEnd.ConfigureAwait(false);
        }
    }

    /// <summary>Must come before any use of <see cref="Context"/>, and <see cref="Exit"/> after it.</summary>
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
    internal void Close() => Volatile.Write(ref _gate, Disposed);

    private long Free => Official is null ? Nobody : Returned;

    /// <summary>What no call site took is nobody's. To look takes less time than to write.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DropPending()
    {
        if (!Pending.IsNone)
        {
            Pending = default;
        }
    }

    /// <returns>Whether nobody is inside, and from now on nobody can be.</returns>
    [StackTraceHidden]
    private bool TryEnd()
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
            throw InUse();
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
        Official?.Dispose();
        return _thread?.End() ?? Task.CompletedTask;
    }

    private static InvalidOperationException InUse() =>
        new(
            "This store is in use by another thread. A store may move between threads, but only one at a time may use "
            + "it.");

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
            t_thread = thread = thread == 0 ? Environment.CurrentManagedThreadId : thread;
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
        else if ((gate & DisposeAtExit) == 0)
        {
            DropPending();
            Volatile.Write(ref _gate, Returned);
            Official!.LetGo();
        }
        else
        {
            DropPending();
            Volatile.Write(ref _gate, Disposed);
            _failures?.Last.Read(); // or the backtrace of the call that now ends would go with the store
            Release();
            Official?.LetGo();
        }
    }
}
