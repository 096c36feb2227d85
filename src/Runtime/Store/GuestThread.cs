namespace WasmBindgen;

/// <summary>
/// The thread that runs a store's asynchronous calls, one after the other. A thread of its own, not the pool's: a guest
/// may run for long, and the engine keeps a signal stack for each thread that ever ran one. It ends when it had nothing
/// to do for a while, and comes again.
/// </summary>
internal sealed class GuestThread(int stackSize) : TaskScheduler
{
    // Hidden: a task that a host method starts and waits for would wait for this very thread, as would what goes on
    // here after an await.
    private const TaskCreationOptions Options =
        TaskCreationOptions.DenyChildAttach
        | TaskCreationOptions.HideScheduler
        | TaskCreationOptions.RunContinuationsAsynchronously;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Queue<Task> _tasks = new();
    private bool _isOver;

    // Completed when the thread ends; null while there is none.
    private TaskCompletionSource? _end;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    internal Task Run(Action call, CancellationToken token) => Task.Factory.StartNew(call, token, Options, this);

    internal Task<T> Run<T>(Func<T> call, CancellationToken token) => Task.Factory.StartNew(call, token, Options, this);

    /// <summary>
    /// The store is disposed: the thread ends without more patience. Calls that come all the same get to know it as
    /// ever.
    /// </summary>
    /// <returns>Completed when it has ended.</returns>
    internal Task End()
    {
        lock (_tasks)
        {
            _isOver = true;
            Monitor.Pulse(_tasks);
            return _end?.Task ?? Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        lock (_tasks)
        {
            _tasks.Enqueue(task);
            Monitor.Pulse(_tasks);
            if (_end is null)
            {
                new Thread(RunTasks, stackSize) { IsBackground = true, Name = "WasmBindgen guest" }.UnsafeStart();
                _end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <inheritdoc/>
    // whoever waits stays on a thread of its own
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_tasks)
        {
            return [.. _tasks];
        }
    }

    private void RunTasks()
    {
        while (Next() is { } task)
        {
            TryExecuteTask(task);
        }
    }

    /// <returns>Null when the thread is to end.</returns>
    private Task? Next()
    {
        lock (_tasks)
        {
            while (_tasks.Count == 0)
            {
                if (_isOver || (!Monitor.Wait(_tasks, Patience) && _tasks.Count == 0))
                {
                    _end!.SetResult();
                    _end = null;
                    return null;
                }
            }

            return _tasks.Dequeue();
        }
    }
}
