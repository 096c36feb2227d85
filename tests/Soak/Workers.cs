using System.Diagnostics;

namespace WasmBindgen.Soak;

/// <summary>
/// The threads that play scenes until they are stopped. Between scenes they pause when asked to, so that what is
/// measured then is what the library keeps, and not what happens to be in use.
/// </summary>
internal sealed class Workers : IDisposable
{
    private const int Count = 8;
    private const int CallsInScene = 60;
    private const int ScenesOfGeneration = 400;

    internal static readonly (string Name, int Weight, Action<Scene> Run)[] All =
        [.. Values.Scenarios, .. Endings.Scenarios, .. Worlds.Scenarios];

    private readonly ReaderWriterLockSlim _pause = new();
    private readonly Tally _tally;
    private readonly Thread[] _threads;
    private readonly Lock _gate = new();
    private Generation _generation = new(memoryLimitInterrupts: false);
    private int _scenes;
    private readonly string?[] _running = new string?[Count];
    private volatile bool _isStopped;

    internal Workers(Tally tally)
    {
        _tally = tally;
        _threads = [.. Enumerable.Range(0, Count).Select(
            number => new Thread(() => Work(number)) { Name = $"worker {number}", IsBackground = true }),
            new Thread(Sleep) { IsBackground = true }];
        Array.ForEach(_threads, static thread => thread.Start());
    }

    /// <summary>Runs something while no scene is played. Ends the process if a scene never ends.</summary>
    internal void Pause(Action action)
    {
        if (!_pause.TryEnterWriteLock(TimeSpan.FromMinutes(2)))
        {
            Console.WriteLine($"WRONG  these never end: {string.Join(", ", _running)}");
            Environment.Exit(1);
        }

        try
        {
            action();
        }
        finally
        {
            _pause.ExitWriteLock();
        }
    }

    public void Dispose()
    {
        _isStopped = true;
        Pause(static () => { });
        Array.ForEach(_threads, static thread => thread.Join());
        _generation.Dispose();
        _pause.Dispose();
    }

    /// <summary>
    /// By how much a thread that only sleeps is late on this machine, under this load. No deadline is more punctual.
    /// </summary>
    private void Sleep()
    {
        var time = TimeSpan.FromMilliseconds(10);
        while (!_isStopped)
        {
            long begin = Stopwatch.GetTimestamp();
            Thread.Sleep(time);
            _tally.WorstSleep.Note(Stopwatch.GetElapsedTime(begin) - time);
        }
    }

    private void Work(int number)
    {
        var random = new Random(number);
        while (!_isStopped && !_tally.IsFull)
        {
            _pause.EnterReadLock();
            try
            {
                using Generation generation = CurrentGeneration();
                Play(generation, random, ref _running[number]);
            }
            catch (Exception error)
            {
                _tally.Wrong(error.ToString());
            }
            finally
            {
                _pause.ExitReadLock();
            }
        }
    }

    private void Play(Generation generation, Random random, ref string? running)
    {
        using var scene = new Scene(generation, random, _tally, isForgotten: random.Next(20) == 0);
        for (int i = 0; i < CallsInScene && !_isStopped; i++)
        {
            Action<Scene> run = Choose(random, out running);
            try
            {
                run(scene);
                Scene.Equal(i + 1, scene.Guest.Add(i, 1)); // whatever happened before, the guest is fine
            }
            catch (Exception error)
            {
                _tally.Wrong($"{running}: {error}");
            }

            _tally.Call(running);
        }

        running = null;
    }

    private static Action<Scene> Choose(Random random, out string name)
    {
        int at = random.Next(All.Sum(static scenario => scenario.Weight));
        int i = 0;
        for (; at >= All[i].Weight; i++)
        {
            at -= All[i].Weight;
        }

        name = All[i].Name;
        return All[i].Run;
    }

    private Generation CurrentGeneration()
    {
        lock (_gate)
        {
            if (++_scenes % ScenesOfGeneration == 0)
            {
                Generation old = _generation;
                _generation = new Generation(!old.MemoryLimitInterrupts);
                old.Dispose();
            }

            _generation.Use();
            return _generation;
        }
    }
}
