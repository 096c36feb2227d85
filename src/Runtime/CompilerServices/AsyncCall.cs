using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// Runs an asynchronous host method to its end on the guest's thread: the guest waits, and the method's continuations
/// run here. Only generated code uses it.
/// </summary>
/// <remarks>
/// The context of a user interface would wait for this very thread, so it is set aside while the method runs. Work that
/// is still running when the method has ended continues in the thread pool.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public sealed class AsyncCall : SynchronizationContext, IDisposable
{
    private readonly SynchronizationContext? _outer = Current;

    // Shared with the outer call, which waits on the same thread: its continuations run while this call waits.
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = (Current as AsyncCall)?._work ?? new();
    private readonly long _begin = GuestBacktrace.Deliveries;
    private bool _isOver;

    /// <summary>Begins a call. Ends with <see cref="Dispose"/>.</summary>
    public static AsyncCall Begin()
    {
        var call = new AsyncCall();
        SetSynchronizationContext(call);
        return call;
    }

    /// <summary>Waits for the method. Throws its exception.</summary>
    public void Wait(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!task.IsCompleted)
        {
            task.ContinueWith(
                static (_, call) => ((AsyncCall)call!).Wake(),
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            while (Next(task) is { } work)
            {
                work.Callback(work.State);
            }
        }

        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (Exception exception) when (GuestBacktrace.TakeOver(exception, _begin))
        {
            throw; // never: the filter only records it
        }
    }

    /// <summary>Waits for the method's result. Throws its exception.</summary>
    public T Wait<T>(Task<T> task)
    {
        Wait((Task)task);
        return task.Result;
    }

    /// <inheritdoc cref="Wait(Task)"/>
    public void Wait(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
        {
            task.GetAwaiter().GetResult();
        }
        else
        {
            Wait(task.AsTask());
        }
    }

    /// <inheritdoc cref="Wait{T}(Task{T})"/>
    public T Wait<T>(ValueTask<T> task) =>
        task.IsCompletedSuccessfully ? task.GetAwaiter().GetResult() : Wait(task.AsTask());

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_work)
        {
            if (!_isOver)
            {
                _work.Enqueue((d, state));
                Monitor.Pulse(_work);
                return;
            }
        }

        base.Post(d, state);
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (Current == this)
        {
            base.Send(d, state);
            return;
        }

        // Through a task, which waits and throws as the caller expects.
        var done = new TaskCompletionSource();
        Post(
            _ =>
            {
                try
                {
                    d(state);
                    done.SetResult();
                }
                catch (Exception exception)
                {
                    done.SetException(exception);
                }
            },
            null);
        done.Task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Ends the call.</summary>
    public void Dispose()
    {
        SetSynchronizationContext(_outer);
        lock (_work)
        {
            _isOver = true;
        }

        if (_outer is AsyncCall)
        {
            return; // the outer call runs what is left
        }

        while (_work.TryDequeue(out var work))
        {
            base.Post(work.Callback, work.State);
        }
    }

    private void Wake()
    {
        lock (_work)
        {
            Monitor.Pulse(_work);
        }
    }

    /// <returns>Null when the method has ended.</returns>
    private (SendOrPostCallback Callback, object? State)? Next(Task task)
    {
        lock (_work)
        {
            while (!task.IsCompleted)
            {
                if (_work.TryDequeue(out var work))
                {
                    return work;
                }

                Monitor.Wait(_work);
            }

            return null;
        }
    }
}
