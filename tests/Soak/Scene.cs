using System.Diagnostics;

namespace WasmBindgen.Soak;

/// <summary>One store with its guest, in which some calls are made.</summary>
internal sealed class Scene : IDisposable
{
    internal const int MaxPages = 64;

    internal Scene(Generation generation, Random random, Tally tally, bool isForgotten)
    {
        Generation = generation;
        Random = random;
        Tally = tally;
        IsForgotten = isForgotten;
        Store = new Store(
            generation.Engine, new StoreOptions { Fuel = long.MaxValue, MaxMemoryBytes = MaxPages * 65536 });
        Store.SetHost(Host);
        Guest = Host.Guest = new Guest(generation.Guest.Instantiate(Store));
    }

    internal Generation Generation { get; }

    internal Random Random { get; }

    internal Tally Tally { get; }

    internal Store Store { get; }

    internal Host Host { get; } = new();

    internal Guest Guest { get; }

    /// <summary>Whether the store is not disposed, but left to the garbage collector.</summary>
    internal bool IsForgotten { get; }

    public void Dispose()
    {
        if (!IsForgotten)
        {
            Store.Dispose();
        }
    }

    /// <summary>The error with which a call must end.</summary>
    internal E Expect<E>(Action call)
        where E : Exception
    {
        try
        {
            call();
        }
        catch (E error)
        {
            Tally.Error(typeof(E).Name);
            return error;
        }

        throw new WrongException($"no {typeof(E).Name}");
    }

    internal void ExpectError(GuestErrorKind kind, GuestError error)
    {
        Check(error.Kind == kind, $"{error.Kind} instead of {kind}");
        Tally.Error($"GuestResult.{kind}");
    }

    /// <summary>Notes by how much a call outlived its limit.</summary>
    internal void NoteOverrun(long since, TimeSpan limit) =>
        Tally.WorstOverrun.Note(Stopwatch.GetElapsedTime(since) - limit);

    internal static void Check(bool isRight, string wrong)
    {
        if (!isRight)
        {
            throw new WrongException(wrong);
        }
    }

    internal static void Equal<T>(T expected, T actual) =>
        Check(EqualityComparer<T>.Default.Equals(expected, actual), $"{actual} instead of {expected}");
}

internal sealed class WrongException(string message) : Exception(message);
