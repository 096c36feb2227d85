namespace WasmBindgen;

/// <summary>
/// The thread that runs a store's asynchronous calls, one after the other. It is not from the thread pool, as a guest
/// may run for long. It ends after a while without work, and is started again when needed.
/// </summary>
internal sealed class GuestThread(int stackSize) : TaskScheduler
{
    // HideScheduler: otherwise a task that a host method starts and waits for would wait for this very thread, as would
    // continuations after an await.
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
    /// Ends the thread without waiting for more work, because the store is disposed. Later calls still run, and find
    /// that out themselves.
    /// </summary>
    /// <returns>Completed when the thread has ended.</returns>
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
    // a thread that waits for a task does not run it
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

    /// <returns>Null when the thread should end.</returns>
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
