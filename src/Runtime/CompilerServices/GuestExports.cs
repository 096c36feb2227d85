using System.ComponentModel;
using WasmBindgen.Native;

namespace WasmBindgen.CompilerServices;

/// <summary>Looks up and checks what a typed guest class wants of an instance, and reports all that does not fit at once. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GuestExports
{
    private readonly Instance _instance;
    private readonly List<LinkProblem> _problems = [];

    /// <summary>Begins with an instance.</summary>
    public GuestExports(Instance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        _instance = instance;
    }

    /// <summary>A function of exactly this type.</summary>
    public GuestFunction Function(string name, ReadOnlySpan<ValueKind> parameters, ReadOnlySpan<ValueKind> results)
    {
        var want = new FunctionType([.. parameters], [.. results]);
        return Find(name, want, out wasmtime_extern_t item) ? new GuestFunction(_instance.Store, item.func, name) : default;
    }

    /// <summary>A global of this type; one that is mutable serves where only reading is wanted.</summary>
    public GuestGlobal Global(string name, ValueKind content, bool isMutable)
    {
        var want = new GlobalType(content, isMutable);
        return Find(name, want, out wasmtime_extern_t item) ? new GuestGlobal(new Global(_instance.Store, item.item), name) : default;
    }

    /// <summary>A function of any type.</summary>
    public Function Function(string name) => _instance.GetFunction(name) ?? Missing<Function>(name, "func");

    /// <summary>A global of any type.</summary>
    public Global Global(string name) => _instance.GetGlobal(name) ?? Missing<Global>(name, "global");

    /// <summary>A memory.</summary>
    public Memory Memory(string name) => _instance.GetMemory(name) ?? Missing<Memory>(name, "memory");

    /// <summary>A table.</summary>
    public Table Table(string name) => _instance.GetTable(name) ?? Missing<Table>(name, "table");

    /// <summary>Ends with an exception if anything did not fit.</summary>
    /// <exception cref="LinkException">Exports are missing or of another type; all of them are listed.</exception>
    public void ThrowIfIncomplete(string type)
    {
        if (_problems.Count > 0)
        {
            throw new LinkException($"The guest does not export what {type} wants:", _problems);
        }
    }

    private bool Find(string name, ExternType want, out wasmtime_extern_t item)
    {
        ExternType? have = null;
        if (_instance.Find(name, out item))
        {
            _instance.Store.Enter();
            have = Items.TypeOf(_instance.Store, item);
            _instance.Store.Exit();
        }

        bool fits = have is GlobalType global && want is GlobalType { IsMutable: false } wanted
            ? global.Content == wanted.Content
            : have?.Satisfies(want) == true;
        if (!fits)
        {
            _problems.Add(new LinkProblem(name, want.ToString()!, have?.ToString()));
        }

        return fits;
    }

    private T Missing<T>(string name, string want)
        where T : class
    {
        string? have = null;
        if (_instance.Find(name, out wasmtime_extern_t item))
        {
            _instance.Store.Enter();
            have = Items.TypeOf(_instance.Store, item)?.ToString();
            _instance.Store.Exit();
        }

        _problems.Add(new LinkProblem(name, want, have));
        return null!; // never used: ThrowIfIncomplete ends the constructor
    }
}
