namespace WasmBindgen.Fuzz.Misuse;

/// <summary>
/// Objects used in any order, disposed at any time, mixed with those of other stores and engines: by the host, by host
/// methods in the middle of calls, by other threads and by finalizers. Each operation does what it should or throws
/// what its documentation says. With several threads, the same input need not do the same again.
/// </summary>
internal sealed class MisusePart : IPart
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    public void Run(Chance any, Tally tally)
    {
        var pool = new Pool(tally) { IsShared = any.OneIn(2) };
        Pool.Random = any;
        if (!any.OneIn(4))
        {
            Operations.Begin(pool);
        }

        int operations = 20 + any.Below(100);
        Thread[] others = [];
        if (pool.IsShared)
        {
            others = [.. Enumerable.Range(0, 2).Select(_ => Start(pool, new Chance(any), operations))];
        }

        Use(pool, any, operations);
        if (!others.All(static other => other.Join(s_longest)))
        {
            throw new FaultException("A thread does not come back.");
        }

        pool.Clear();
        if (any.OneIn(20))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        if (Pool.Fault is { } fault)
        {
            throw new FaultException("What an operation threw is not documented.", fault);
        }
    }

    public void Dispose()
    {
    }

    private static Thread Start(Pool pool, Chance any, int operations)
    {
        var thread = new Thread(() => Use(pool, any, operations)) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static void Use(Pool pool, Chance any, int operations)
    {
        Pool.Random = any;
        for (int i = 0; i < operations && Pool.Fault is null; i++)
        {
            pool.Step();
        }
    }
}
