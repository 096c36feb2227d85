namespace WasmBindgen.Fuzz.Guests;

/// <summary>A host class and a guest class that has the same functions.</summary>
internal abstract class Family
{
    /// <summary>All that there are.</summary>
    internal static readonly Family[] All =
    [
        new Family<NumberHost, NumberGuest>(
            static s => new NumberHost(s), static i => new NumberGuest(i), NumberGuest.Calls),
        new Family<CanonicalHost, CanonicalGuest>(
            static s => new CanonicalHost(s), static i => new CanonicalGuest(i), CanonicalGuest.Calls),
        new Family<CHost, CGuest>(static s => new CHost(s), static i => new CGuest(i), CGuest.Calls),
        new Family<WideHost, WideGuest>(static s => new WideHost(s), static i => new WideGuest(i), WideGuest.Calls),
        new Family<ScriptHost, ScriptGuest>(
            static s => new ScriptHost(s), static i => new ScriptGuest(i), ScriptGuest.Calls),
        new Family<ReferenceHost, ReferenceGuest>(
            static s => new ReferenceHost(s), static i => new ReferenceGuest(i), ReferenceGuest.Calls),
        new Family<ResourceHost, ResourceGuest>(
            static s => new ResourceHost(s),
            static i => new ResourceGuest(i),
            ResourceGuest.Calls,
            static linker => Counter.AddTo(linker)),
    ];

    private IReadOnlyDictionary<string, string>? _exports;
    private Dictionary<string, string>? _imports;

    internal abstract string Name { get; }

    internal abstract int CallCount { get; }

    /// <summary>The types of the functions that the guest class wants, by name, in the text format.</summary>
    internal IReadOnlyDictionary<string, string> Exports => _exports ??= FindExports();

    /// <summary>The types of the host's functions, by name. Those of the guest class have the same names.</summary>
    internal IReadOnlyDictionary<string, string> Imports => _imports ??= FindImports();

    internal abstract void Define(Linker linker);

    internal abstract void SetHost(Store store, Session session);

    internal abstract object Bind(Instance instance);

    internal abstract void Call(int index, object guest, Session session);

    /// <summary>An empty guest lacks everything, and the error says the type of each.</summary>
    private Dictionary<string, string> FindExports()
    {
        using var engine = new Engine();
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        using Module module = Module.FromText(engine, "empty", "(module)");
        Instance instance = linker.Instantiate(store, module);
        try
        {
            Bind(instance);
            throw new FaultException($"An empty guest has all that {Name} needs.");
        }
        catch (LinkException exception)
        {
            return exception.Problems
                .Where(static problem => problem.Want.StartsWith("func", StringComparison.Ordinal))
                .Where(static problem => !problem.Want.Contains(", for the values", StringComparison.Ordinal))
                .DistinctBy(static problem => problem.Name)
                .ToDictionary(static problem => problem.Name, static problem => problem.Want);
        }
    }

    /// <summary>The same of imports, which nothing has the types of.</summary>
    private Dictionary<string, string> FindImports()
    {
        using var engine = new Engine();
        using var linker = new Linker(engine);
        Define(linker);
        string imports = string.Concat(
            Exports.Keys.Select(static name => $"(import \"env\" \"{name}\" (func (param v128 f32 v128)))"));
        using Module module = Module.FromText(engine, "wrong", $"(module {imports})");
        using var store = new Store(engine);
        try
        {
            linker.Instantiate(store, module);
            throw new FaultException($"{Name} has functions of a type that nobody uses.");
        }
        catch (LinkException exception)
        {
            return exception.Problems
                .Where(static problem => problem.Have?.StartsWith("func", StringComparison.Ordinal) == true)
                .DistinctBy(static problem => problem.Name)
                .ToDictionary(static problem => problem.Name["env.".Length..], static problem => problem.Have!);
        }
    }
}

/// <inheritdoc/>
internal sealed class Family<THost, TGuest>(
    Func<Session, THost> host, Func<Instance, TGuest> bind, Action<TGuest, Session>[] calls,
    Action<Linker>? defineMore = null)
    : Family
    where THost : class, IWasmImports
    where TGuest : class
{
    internal override string Name => typeof(TGuest).Name;

    internal override int CallCount => calls.Length;

    internal override void Define(Linker linker)
    {
        linker.DefinePerStore<THost>();
        defineMore?.Invoke(linker);
    }

    internal override void SetHost(Store store, Session session) => store.SetHost(host(session));

    internal override object Bind(Instance instance) => bind(instance);

    internal override void Call(int index, object guest, Session session) => calls[index]((TGuest)guest, session);
}
