using Wasmtime;
using Wasmtime.Components;

// Outside of WasmBindgen, whose Engine, Store and so on would hide the package's.
namespace Benchmarks.Package;

/// <summary>The calls of components.wat as one makes them with the managed half of package Wasmtime.</summary>
internal sealed class ComponentPackageCalls : IDisposable
{
    private static readonly string[] Names =
        ["prepare", "call-text", "call-bytes", "call-one", "call-many", "call-add", "f", "length"];

    private readonly Engine _engine = new(new Config().WithEpochInterruption(true).WithComponentModel(true));
    private readonly Store _store;
    private readonly Component _component;
    private readonly ComponentLinker _linker;
    private readonly Dictionary<string, ComponentFunction> _functions;

    internal ComponentPackageCalls()
    {
        _component = Component.FromText(_engine, WasmBindgen.Benchmarks.ComponentTexts.Component);
        _linker = new ComponentLinker(_engine);
        using (ComponentLinkerInstance root = _linker.Root())
        using (ComponentLinkerInstance values = root.AddInstance("values"))
        {
            Define(values, "text", static arguments => arguments[0].AsString().Length);
            Define(values, "bytes", static arguments => arguments[0].AsList().Count);
            Define(values, "one", static arguments => arguments[0].Field("id").AsS32());
            Define(values, "many", static arguments => arguments[0].AsList().Count);
            Define(values, "add", static arguments => arguments[0].AsS32() + arguments[1].AsS32());
        }

        _linker.DefineUnknownImportsAsTraps(_component); // resources, which the package does not have
        _store = NewStore();
        ComponentInstance instance = _linker.Instantiate(_store, _component);
        _functions = Names.ToDictionary(static name => name, name => instance.GetFunction(name)!);
        _functions["prepare"].Call();
    }

    public void Dispose()
    {
        _store.Dispose();
        _linker.Dispose();
        _component.Dispose();
        _engine.Dispose();
    }

    internal void HostToGuest(int count)
    {
        ComponentFunction f = _functions["f"];
        for (int i = 0; i < count; i++)
        {
            if (f.Call(ComponentValue.S32(i))!.AsS32() != i + 1)
            {
                throw new InvalidOperationException("f returned something else.");
            }
        }
    }

    internal void Length(int count)
    {
        ComponentFunction length = _functions["length"];
        for (int i = 0; i < count; i++)
        {
            if (length.Call(ComponentValue.String("0123456789abcdef"))!.AsS32() != 16)
            {
                throw new InvalidOperationException("length returned something else.");
            }
        }
    }

    internal void Add(int count) => Loop("call-add", count);

    internal void Text(int count, int length) => Loop("call-text", count, length);

    internal void Bytes(int count, int length) => Loop("call-bytes", count, length);

    internal void One(int count) => Loop("call-one", count);

    internal void Many(int count) => Loop("call-many", count);

    internal void Live(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using Store store = NewStore();
            _linker.Instantiate(store, _component);
        }
    }

    private Store NewStore()
    {
        var store = new Store(_engine);
        store.SetEpochDeadline(1_000_000_000);
        return store;
    }

    private void Loop(string name, params int[] arguments) =>
        _functions[name].Call([.. arguments.Select(static one => ComponentValue.U32((uint)one))]);

    private static void Define(ComponentLinkerInstance instance, string name, Function function) =>
        instance.DefineFunction(
            name, (arguments, results) => results[0] = ComponentValue.S32(function(arguments)));

    private delegate int Function(ReadOnlySpan<ComponentValue> arguments);
}
