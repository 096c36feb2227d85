using System.ComponentModel;
using System.Diagnostics;
using WasmBindgen.Native;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// Looks up and checks the exports that a typed guest class needs, and reports all mismatches at once. Only generated
/// code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public sealed class GuestExports
{
    private readonly Instance _instance;
    private readonly GuestAllocation _allocation;
    private readonly List<LinkProblem> _problems = [];

    /// <summary>Starts the look-up in an instance.</summary>
    public GuestExports(Instance instance, GuestAllocation? allocation = null)
    {
        ArgumentNullException.ThrowIfNull(instance);
        _allocation = allocation ?? GuestAllocation.Canonical;
        _instance = instance;
    }

    /// <summary>A function of exactly this type.</summary>
    public GuestFunction Function(string name, ReadOnlySpan<ValueKind> parameters, ReadOnlySpan<ValueKind> results) =>
        Function(name, new FunctionType([.. parameters], [.. results]));

    /// <summary>A function of exactly this type, whose values also need a memory or an allocator.</summary>
    public CanonicalFunction Function(
        string name, ReadOnlySpan<ValueKind> parameters, ReadOnlySpan<ValueKind> results, GuestNeeds needs)
    {
        GuestFunction function = Function(name, parameters, results);
        FindLacks(needs, _allocation, TypeOf, name, _problems);
        string postReturnName = $"cabi_post_{name}";
        GuestFunction? postReturn = _instance.Find(postReturnName, out _)
            ? Function(postReturnName, results, [])
            : null;
        // null is never used: ThrowIfIncomplete ends the constructor
        return _problems.Count > 0 ? null! : new CanonicalFunction(
            function,
            (needs & GuestNeeds.Memory) != 0 ? _instance.GetMemory("memory") : null,
            needs == GuestNeeds.Allocator ? _allocation.Bind(Function, Address) : null,
            postReturn);
    }

    /// <summary>A global of this type; a mutable one is accepted where only reading is needed.</summary>
    public GuestGlobal Global(string name, ValueKind content, bool isMutable)
    {
        var want = new GlobalType(content, isMutable);
        return Find(name, want, out wasmtime_extern_t item)
            ? new GuestGlobal(new Global(_instance.Store, item.item), name)
            : default;
    }

    /// <summary>A function of any type.</summary>
    public Function Function(string name) => _instance.GetFunction(name) ?? Missing<Function>(name, "func");

    /// <summary>A global of any type.</summary>
    public Global Global(string name) => _instance.GetGlobal(name) ?? Missing<Global>(name, "global");

    /// <summary>A memory.</summary>
    public Memory Memory(string name) => _instance.GetMemory(name) ?? Missing<Memory>(name, "memory");

    /// <summary>A table.</summary>
    public Table Table(string name) => _instance.GetTable(name) ?? Missing<Table>(name, "table");

    /// <summary>Throws if anything did not match.</summary>
    /// <exception cref="LinkException">Exports are missing or of another type; all of them are listed.</exception>
    public void ThrowIfIncomplete(string type)
    {
        if (_problems.Count > 0)
        {
            throw new LinkException($"The guest does not export what {type} needs:", _problems);
        }
    }

    /// <summary>Adds the exports that values need besides slots, but that are missing, each once.</summary>
    internal static void FindLacks(
        GuestNeeds needs,
        GuestAllocation allocation,
        Func<string, ExternType?> typeOf,
        string function,
        List<LinkProblem> problems)
    {
        if ((needs & GuestNeeds.Memory) != 0)
        {
            ExternType? have = typeOf("memory");
            if (have is not MemoryType { IsShared: false } memory || memory.Is64Bit != allocation.Is64Bit)
            {
                Add("memory", allocation.Is64Bit ? "memory i64" : "memory");
            }
        }

        if (needs == GuestNeeds.Allocator)
        {
            foreach ((string name, ExternType type) in allocation.Exports)
            {
                if (typeOf(name)?.Satisfies(type) != true)
                {
                    Add(name, type.ToString()!);
                }
            }
        }

        void Add(string name, string want)
        {
            if (!problems.Exists(problem => problem.Name == name))
            {
                problems.Add(
                    new LinkProblem(name, $"{want}, for the values of `{function}`", typeOf(name)?.ToString()));
            }
        }
    }

    private GuestFunction Function(string name, FunctionType want) =>
        Find(name, want, out wasmtime_extern_t item) ? new GuestFunction(_instance.Store, item.func, name) : default;

    private uint Address(string name, GlobalType want) => Global(name, want.Content.Kind, want.IsMutable).Read().U32;

    private bool Find(string name, ExternType want, out wasmtime_extern_t item)
    {
        ExternType? have = TypeOf(name, out item);
        bool fits = have is GlobalType global && want is GlobalType { IsMutable: false } wanted
            ? global.Content == wanted.Content
            : have?.Satisfies(want) == true;
        if (!fits)
        {
            _problems.Add(new LinkProblem(name, want.ToString()!, have?.ToString()));
        }

        return fits;
    }

    private ExternType? TypeOf(string name) => TypeOf(name, out _);

    private ExternType? TypeOf(string name, out wasmtime_extern_t item)
    {
        if (!_instance.Find(name, out item))
        {
            return null;
        }

        _instance.Store.Enter();
        ExternType? type = Items.TypeOf(_instance.Store, item);
        _instance.Store.Exit();
        return type;
    }

    private T Missing<T>(string name, string want)
        where T : class
    {
        if (!_problems.Exists(problem => problem.Name == name)) // values may have needed it before
        {
            _problems.Add(new LinkProblem(name, want, TypeOf(name)?.ToString()));
        }

        return null!; // never used: ThrowIfIncomplete ends the constructor
    }
}
