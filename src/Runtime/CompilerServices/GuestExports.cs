using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using WasmBindgen.Components;
using WasmBindgen.Native;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// Looks up and checks the exports that a typed guest class needs, and reports all mismatches at once. Only generated
/// code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public sealed class GuestExports : IGuestItems
{
    // One of both is null.
    private readonly Instance? _instance;
    [SuppressMessage("Performance", "CA1859", Justification = "The interface says why.")]
    private readonly IComponentExports? _component;
    private readonly GuestAbi _abi;

    // Until the look-up ends, the hint is the member that wants the export.
    private readonly List<LinkProblem> _problems = [];
    private readonly List<object> _further = [];

    /// <summary>Starts the look-up in an instance.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="allocation">How the guest allocates; null for the Canonical ABI's way.</param>
    /// <param name="memory">The memory that values lie in; null for <c>memory</c>.</param>
    public GuestExports(Instance instance, GuestAllocation? allocation = null, string? memory = null)
    {
        ArgumentNullException.ThrowIfNull(instance);
        _abi = GuestAbi.Of(memory, allocation);
        _instance = instance;
    }

    /// <summary>Starts the look-up in an instance of a component, which says itself how values cross.</summary>
    /// <param name="instance">The instance.</param>
    public GuestExports(ComponentInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        _abi = GuestAbi.Canonical;
        _component = new ComponentExports(instance, _problems);
    }

    private Instance Core => _instance!;

    /// <summary>A function of exactly this type.</summary>
    /// <param name="name">Its name; a versioned interface may be there in another version of its track.</param>
    /// <param name="member">The member that needs it.</param>
    /// <param name="parameters">The types of its parameters.</param>
    /// <param name="results">The types of its results.</param>
    /// <param name="isOptional">Whether the guest may lack it.</param>
    public GuestFunction Function(
        string name,
        string member,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        bool isOptional = false)
    {
        if (_component is not null)
        {
            return _component.Plain(name, member, new([.. parameters], [.. results]), isOptional);
        }

        name = Resolve(name);
        return isOptional && !Core.Find(name, out _)
            ? default
            : Function(name, member, new FunctionType([.. parameters], [.. results]));
    }

    /// <summary>A function of exactly this type, whose values also need a memory or an allocator.</summary>
    /// <param name="name">Its name; a versioned interface may be there in another version of its track.</param>
    /// <param name="member">The member that needs it.</param>
    /// <param name="parameters">The types of its parameters.</param>
    /// <param name="results">The types of its results.</param>
    /// <param name="needs">What its values need.</param>
    /// <param name="memory">The memory that they lie in; null for that of the class.</param>
    /// <param name="isOptional">Whether the guest may lack it, which null tells.</param>
    public CanonicalFunction Function(
        string name,
        string member,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        GuestNeeds needs,
        string? memory = null,
        bool isOptional = false)
    {
        if (_component is not null)
        {
            return _component.Canonical(name, member, new([.. parameters], [.. results]), isOptional)!;
        }

        name = Resolve(name);
        if (isOptional && !Core.Find(name, out _))
        {
            return null!; // the call is never made
        }

        GuestFunction function = Function(name, member, parameters, results);
        GuestAbi abi = memory is null ? _abi : new GuestAbi(new MemoryName(memory), _abi.Allocation);
        if (needs != GuestNeeds.None)
        {
            new ValueRequirement(needs, abi).FindLacks(this, name, _problems);
        }

        string postReturnName = $"cabi_post_{name}";
        GuestFunction? postReturn = Core.Find(postReturnName, out _)
            ? Function(postReturnName, member, results, [])
            : null;
        // null is never used: Complete ends the constructor
        return _problems.Count > 0 ? null! : new CanonicalFunction(
            function,
            needs != GuestNeeds.None ? Core.FindMemory(abi.Memory.Text) : null,
            needs == GuestNeeds.Allocator ? abi.Allocation.Bind(AllocatorFunction, Address) : null,
            postReturn,
            abi,
            _instance);
    }

    /// <summary>Remembers what calls need besides the guest object, once all is bound.</summary>
    public void Add(object functions) => _further.Add(functions);

    /// <summary>A destructor of a resource, which may be missing; a component's resources have their own.</summary>
    internal GuestFunction? Destructor(string name)
    {
        if (_component is not null)
        {
            return null;
        }

        name = Resolve(name);
        return Core.Find(name, out _) ? Function(name, member: null, new FunctionType([ValueKind.I32], [])) : null;
    }

    /// <summary>A global of this type; a mutable one is accepted where only reading is needed.</summary>
    public GuestGlobal Global(string name, string member, ValueKind content, bool isMutable)
    {
        var want = new GlobalType(content, isMutable);
        return Find(name, member, want, out wasmtime_extern_t item)
            ? new GuestGlobal(new Global(Core.Store, item.item), name)
            : default;
    }

    /// <summary>A function of any type.</summary>
    public Function Function(string name, string member) =>
        _instance?.GetFunction(name) ?? Missing<Function>(name, member, "func");

    /// <summary>A global of any type.</summary>
    public Global Global(string name, string member) =>
        _instance?.GetGlobal(name) ?? Missing<Global>(name, member, "global");

    /// <summary>A memory.</summary>
    public Memory Memory(string name, string member) =>
        _instance?.GetMemory(name) ?? Missing<Memory>(name, member, "memory");

    /// <summary>A shared memory.</summary>
    public SharedMemory SharedMemory(string name, string member) =>
        _instance?.GetSharedMemory(name) ?? Missing<SharedMemory>(name, member, "memory shared");

    /// <summary>A table.</summary>
    public Table Table(string name, string member) =>
        _instance?.GetTable(name) ?? Missing<Table>(name, member, "table");

    /// <summary>Ends the look-up. Host methods of the instance can then get the guest object.</summary>
    /// <param name="type">The guest class, for the message.</param>
    /// <param name="guest">The object.</param>
    /// <exception cref="LinkException">Exports are missing or of another type; all of them are listed.</exception>
    public void Complete(string type, object guest)
    {
        if (_problems.Count > 0)
        {
            throw new LinkException($"The guest does not export what {type} needs:", WithHints(type));
        }

        GuestObjects guests = _component?.Guests ?? Core.Guests;
        guests.Add(guest);
        _further.ForEach(guests.Add);
    }

    /// <summary>What a call of a function ends with that the guest lacks.</summary>
    /// <param name="name">The function.</param>
    public static LinkException Lacks(string name) =>
        new($"The guest does not export `{Printable.Name(name)}`, which came with a later version.", []);

    /// <summary>The name under which there is an export: its own, or that of another version of its track.</summary>
    private string Resolve(string name)
    {
        if (!name.Contains('@', StringComparison.Ordinal)
            || Core.Find(name, out _)
            || !InterfaceVersion.TryParse(name, out InterfaceVersion wanted))
        {
            return name;
        }

        (string Name, (ulong, ulong) Version)? best = null;
        foreach (ExportType export in Core.Exports)
        {
            if (export.Name.StartsWith(wanted.Interface, StringComparison.Ordinal)
                && InterfaceVersion.TryParse(export.Name, out InterfaceVersion found)
                && found.IsSame(wanted)
                && (best is null || found.Version.CompareTo(best.Value.Version) > 0))
            {
                best = (export.Name, found.Version);
            }
        }

        return best?.Name ?? name;
    }

    ExternType? IGuestItems.Export(string name) => TypeOf(name, out _);

    MemoryType? IGuestItems.ImportedMemory(string name) =>
        Core.Linkage?.FindMemory(name) is { } item ? TypeOf(item) as MemoryType : null;

    ExternType? IGuestItems.Linked(string module, string name) =>
        Core.Linkage?.Find(module, name) is { } item ? TypeOf(item) : null;

    private GuestFunction Function(string name, string? member, FunctionType want) =>
        Find(name, member, want, out wasmtime_extern_t item)
            ? new GuestFunction(Core.Store, item.func, name)
            : default;

    /// <summary>A function that allocates, which has been checked.</summary>
    private GuestFunction AllocatorFunction(string name, FunctionType want) =>
        _abi.Allocation.Module is { } module
            ? new GuestFunction(Core.Store, Core.Linkage!.Find(module, name)!.Value.func, name)
            : Function(name, member: null, want);

    private uint Address(string name, GlobalType want) =>
        Global(name, name, want.Content.Kind, want.IsMutable).Read().U32;

    private bool Find(string name, string? member, ExternType want, out wasmtime_extern_t item)
    {
        ExternType? have = TypeOf(name, out item);
        bool fits = have is GlobalType global && want is GlobalType { IsMutable: false } wanted
            ? global.Content == wanted.Content
            : have?.Satisfies(want) == true;
        if (!fits)
        {
            var problem = new LinkProblem(name, want.ToString()!, have?.ToString()) { Hint = member };
            if (!_problems.Contains(problem)) // several methods may name the same export
            {
                _problems.Add(problem);
            }
        }

        return fits;
    }

    /// <summary>The problems, each with the member that wants the export, and what there is in its place.</summary>
    private List<LinkProblem> WithHints(string type)
    {
        string[] exports =
            [.. _component?.Names ?? Core.Exports.Select(static export => export.Name)];
        string name = type[(type.LastIndexOf('.') + 1)..];
        return [.. _problems.Select((problem, index) => problem with { Hint = Hint(problem, index) })];

        string? Hint(LinkProblem problem, int index)
        {
            string? member = problem.Hint is { } known ? $"for {name}.{known}" : null;
            string? meant =
                problem.Have is not null || index >= NameAdvice.MaxProblems ? null
                : NearestName.Of(problem.Name, exports) is { } nearest
                    ? $"did you mean `{Printable.Name(nearest)}`?"
                : index > 0 ? null
                : exports.Length == 0 ? "the guest exports nothing"
                : $"the guest exports {NameAdvice.List(exports)}";
            return member is null || meant is null ? member ?? meant : $"{member}; {meant}";
        }
    }

    private ExternType? TypeOf(string name, out wasmtime_extern_t item)
    {
        item = default; // a component exports nothing that is core
        return _instance?.Find(name, out item) == true ? TypeOf(item) : null;
    }

    private ExternType TypeOf(wasmtime_extern_t item)
    {
        Core.Store.Enter();
        ExternType type = Items.TypeOf(Core.Store, item);
        Core.Store.Exit();
        return type;
    }

    private T Missing<T>(string name, string member, string want)
        where T : class
    {
        if (!_problems.Exists(problem => problem.Name == name)) // values may have needed it before
        {
            _problems.Add(new LinkProblem(name, want, TypeOf(name, out _)?.ToString()) { Hint = member });
        }

        return null!; // never used: Complete ends the constructor
    }
}
