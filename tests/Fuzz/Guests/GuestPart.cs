namespace WasmBindgen.Fuzz.Guests;

/// <summary>
/// Guests of every signature, honest and hostile. An input is an instance and some calls: whatever a hostile guest
/// does, a call ends with a value that its type has or with a documented error, and an honest one returns what it got.
/// </summary>
internal sealed class GuestPart : IPart
{
    private const int CallsOfInput = 20;

    private static readonly EngineOptions[] s_options =
    [
        new(),
        new() { MemoryReservation = 0, MemoryReservationForGrowth = 0 }, // memories move
        new() { ConsumeFuel = true },
        new() { MemoryLimitInterrupts = true },
        new() { Optimization = OptimizationLevel.None },
    ];

    private readonly Dictionary<(int Options, Family Family), (Engine Engine, Linker Linker)> _linkers = [];
    private readonly Dictionary<(int Options, string Text), Module> _modules = [];

    public void Run(Chance any, Tally tally)
    {
        Family family = any.Pick(Family.All);
        int options = any.Below(s_options.Length);
        bool isHostile = !any.OneIn(4);
        (Engine engine, Linker linker) = LinkerOf(options, family);
        string text = GuestText.Write(family, any, isHostile);
        Module module = ModuleOf(engine, options, text);
        bool endsWithFailure = any.OneIn(8);
        using var store = new Store(engine, new StoreOptions
        {
            Fuel = s_options[options].ConsumeFuel ? isHostile ? (ulong)any.Below(20_000) : 1_000_000 : null,
            MaxMemoryBytes = any.OneIn(2) ? 4 * 65536 : 64 << 20,
            EndsWithFailure = endsWithFailure,
        });
        if (any.OneIn(3))
        {
            store.Timeout = TimeSpan.FromSeconds(isHostile ? 0.05 : 10);
        }

        var session = new Session(family, any, tally, isHostile)
        {
            Store = store,
            EndsWithFailure = endsWithFailure,
            IsOdd = text.Contains(GuestText.OddMark, StringComparison.Ordinal),
        };
        store.SetHost(new ChaosHost(session));
        family.SetHost(store, session);
        try
        {
            Instance instance = linker.Instantiate(store, module);
            session.Memory = instance.GetMemory("memory");
            session.Guest = family.Bind(instance);
        }
        catch (Exception exception) when (isHostile && exception is LinkException or TrapException)
        {
            tally.Add("not linked");
            return;
        }

        for (int i = 0; i < CallsOfInput && !session.IsDisposed; i++)
        {
            session.Step();
        }
    }

    public void Dispose()
    {
        foreach (Module module in _modules.Values)
        {
            module.Dispose();
        }

        foreach ((Engine engine, Linker linker) in _linkers.Values)
        {
            linker.Dispose();
            engine.Dispose();
        }
    }

    private (Engine Engine, Linker Linker) LinkerOf(int options, Family family)
    {
        if (!_linkers.TryGetValue((options, family), out (Engine Engine, Linker Linker) made))
        {
            var engine = new Engine(s_options[options]);
            made = (engine, new Linker(engine).DefinePerStore<ChaosHost>());
            family.Define(made.Linker);
            _linkers.Add((options, family), made);
        }

        return made;
    }

    private Module ModuleOf(Engine engine, int options, string text)
    {
        if (!_modules.TryGetValue((options, text), out Module? module))
        {
            module = Module.FromText(engine, "guest", text);
            _modules.Add((options, text), module);
        }

        return module;
    }
}
