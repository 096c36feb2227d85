using System.Reflection;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// A guest twice, by the engine's component API and by this library: each call must end the same, each time that the
/// host is called too.
/// </summary>
internal sealed class Both : IDisposable
{
    private static readonly Engine Engine = new();
    private readonly Guest _guest;
    private readonly Assembly _classes;
    private readonly int _number;
    private readonly OracleComponent _theirComponent;
    private readonly Component _ourComponent;
    private readonly Func<WitValue[], WitValue?> _host;
    private readonly Action<Linker>? _also;
    private List<string> _theirCalls = [];
    private List<string> _ourCalls = [];
    private Func<string, WitValue[], WitValue?> _again = null!;
    private OracleInstance? _theirs;
    private OurInstance? _ours;

    /// <summary>
    /// The host's function gives back its first parameter, unless it is told to do something else.
    /// </summary>
    internal Both(
        Guest guest, Assembly classes, int number, Func<WitValue[], WitValue?>? host = null, Hosts? also = null)
    {
        (_guest, _classes, _number, _host) = (guest, classes, number, host ?? (static arguments => arguments[0]));
        _also = also?.Ours;
        _theirComponent = new OracleComponent(guest.Wat);
        also?.Theirs(_theirComponent);
        if (guest.Import is not null)
        {
            _theirComponent.Define("host", "f", (instance, arguments) => Note(_theirCalls, arguments, instance.Call));
        }

        try
        {
            _ourComponent = Component.FromText(Engine, "guest", guest.Wat);
        }
        catch
        {
            _theirComponent.Dispose();
            throw;
        }
    }

    /// <summary>What must be possible after a trap; the engine allows nothing more.</summary>
    internal Action<OurInstance>? AfterTrap { get; set; }

    /// <summary>
    /// Does the same with many guests: classes for all of them are compiled together, one for all that have the same
    /// functions, which saves most of the time.
    /// </summary>
    internal static void ForEach<T>(
        IReadOnlyList<T> cases, Func<T, Guest> guestOf, Action<T, Both> test, Func<WitValue[], WitValue?>? host = null)
    {
        cases = RandomTypes.Some(cases);
        Guest[] guests = [.. cases.Select(guestOf)];
        string[] kinds = [.. guests.Select(static guest => guest.Kind)];
        List<string> numbers = [.. kinds.Distinct()];
        Assembly classes = Guest.Compile([.. guests.DistinctBy(static guest => guest.Kind)]);
        List<string> wrong = [];
        string first = "";
        for (int i = 0; i < guests.Length; i++)
        {
            try
            {
                using var both = new Both(guests[i], classes, numbers.IndexOf(kinds[i]), host);
                test(cases[i], both);
            }
            catch (Exception exception)
            {
                wrong.Add($"{cases[i]}: {exception.Message}");
                first = first.Length > 0 ? first : $"{exception.StackTrace}\n{guests[i].Wat}";
            }
        }

        Assert.True(
            wrong.Count == 0,
            $"{wrong.Count} of {guests.Length} are wrong:\n{string.Join('\n', wrong.Take(30))}\nThe first:\n{first}");
    }

    /// <summary>Calls both, and compares. After a trap, the next call is that of new instances.</summary>
    internal Ending Call(string path, params WitValue[] arguments)
    {
        Ending theirs = Ending.Of<OracleTrapException>(
            () => (_theirs ??= _theirComponent.Instantiate()).Call(path, arguments), static trap => trap.Reason);
        Ending ours = Ending.Of<WasmException>(
            () => (_ours ??= new OurInstance(
                Engine, _ourComponent, _guest, _classes, _number, values => Note(_ourCalls, values, CallOurs), _also))
                .Call(path, arguments),
            static exception => $"{exception.GetType().Name}: {exception.Message}");
        Assert.True(
            theirs.IsTrap == ours.IsTrap && Equals(theirs.Value, ours.Value),
            $"{path}({string.Join(", ", arguments.AsEnumerable())})\nTheirs: {theirs}\nOurs: {ours}");
        // A guest's error may be found before the host is called, which the engine calls first.
        Assert.Equal(theirs.IsTrap ? _theirCalls.Take(_ourCalls.Count) : _theirCalls, _ourCalls);
        if (theirs.IsTrap)
        {
            AfterTrap?.Invoke(_ours!);
            Renew();
        }

        return ours;
    }

    public void Dispose()
    {
        Renew();
        _theirComponent.Dispose();
        _ourComponent.Dispose();
    }

    /// <summary>Calls the instance that is calling the host.</summary>
    internal WitValue? CallAgain(string path, params WitValue[] arguments) => _again(path, arguments);

    private WitValue? CallOurs(string path, WitValue[] arguments) => _ours!.Call(path, arguments);

    private WitValue? Note(List<string> calls, WitValue[] arguments, Func<string, WitValue[], WitValue?> again)
    {
        _again = again;
        calls.Add(string.Join(", ", arguments.AsEnumerable()));
        return _host(arguments);
    }

    /// <summary>Ends the instances: the next call is that of new ones.</summary>
    internal void Renew()
    {
        (_ourCalls, _theirCalls) = ([], []);
        _theirs?.Dispose();
        _ours?.Dispose();
        (_theirs, _ours) = (null, null);
    }
}

/// <summary>What else the host has for a guest, on both sides.</summary>
internal sealed record Hosts(Action<OracleComponent> Theirs, Action<Linker> Ours);

/// <summary>How a call ended: with a value, which a function may not have, or with the words of a trap.</summary>
internal sealed record Ending(WitValue? Value, string? Trap)
{
    internal bool IsTrap => Trap is not null;

    internal static Ending Of<TTrap>(Func<WitValue?> call, Func<TTrap, string> words)
        where TTrap : Exception
    {
        try
        {
            return new Ending(call(), null);
        }
        catch (TTrap trap) when (trap is not LinkException) // which says that our classes are wrong
        {
            return new Ending(null, words(trap));
        }
    }

    public override string ToString() => Trap ?? $"{Value}";
}
