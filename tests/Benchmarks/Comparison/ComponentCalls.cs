namespace WasmBindgen.Benchmarks;

/// <summary>The calls as this library makes them, of what components.wat has.</summary>
internal sealed class ComponentCalls : IDisposable
{
    private readonly Engine _engine = new(new EngineOptions { Interruption = true });
    private readonly Component? _component;
    private readonly Linker _linker;
    private readonly Store _store;
    private readonly ComponentValueGuest _guest;
    private readonly Func<Store, object> _instantiate;

    /// <param name="text">A module or component.</param>
    /// <param name="isComponent">Which it is.</param>
    internal ComponentCalls(string text, bool isComponent)
    {
        _linker = new Linker(_engine).Define(new ComponentValues());
        ComponentThing.AddTo(_linker);
        _store = new Store(_engine);
        if (isComponent)
        {
            _component = Component.FromText(_engine, "values", text);
            ComponentPre pre = _linker.InstantiatePre(_component);
            _instantiate = pre.Instantiate;
            _guest = new ComponentValueGuest(pre.Instantiate(_store));
        }
        else
        {
            using var module = Module.FromText(_engine, "values", text);
            InstancePre pre = _linker.InstantiatePre(module);
            _instantiate = pre.Instantiate;
            _guest = new ComponentValueGuest(pre.Instantiate(_store));
        }

        _guest.Prepare();
    }

    public void Dispose()
    {
        _store.Dispose();
        _linker.Dispose();
        _component?.Dispose();
        _engine.Dispose();
    }

    internal void HostToGuest(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_guest.F(i) != i + 1)
            {
                throw new InvalidOperationException("F returned something else.");
            }
        }
    }

    internal void Length(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_guest.Length("0123456789abcdef") != 16)
            {
                throw new InvalidOperationException("Length returned something else.");
            }
        }
    }

    internal void Add(int count) => _guest.CallAdd((uint)count);

    internal void Text(int count, int length) => _guest.CallText((uint)count, (uint)length);

    internal void Bytes(int count, int length) => _guest.CallBytes((uint)count, (uint)length);

    internal void One(int count) => _guest.CallOne((uint)count);

    internal void Many(int count) => _guest.CallMany((uint)count);

    internal void Thing(int count) => _guest.CallThing((uint)count);

    internal void Live(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using var store = new Store(_engine);
            _instantiate(store);
        }
    }
}

[WasmImport("values")]
internal sealed partial class ComponentValues
{
    public int Text(string text) => text.Length;

    public int Bytes(ReadOnlySpan<byte> bytes) => bytes.Length;

    public int One(Item item) => item.Id;

    public int Many(Item[] items) => items.Length;

    public int Add(int a, int b) => a + b;
}

[WasmImport("values")]
[WasmResource("thing")]
internal sealed partial class ComponentThing
{
    public ComponentThing()
    {
    }

    public uint Number() => 1;
}

[WasmExport]
internal sealed partial class ComponentValueGuest
{
    public partial void Prepare();

    [WasmName("call-text")]
    public partial void CallText(uint n, uint length);

    [WasmName("call-bytes")]
    public partial void CallBytes(uint n, uint length);

    [WasmName("call-one")]
    public partial void CallOne(uint n);

    [WasmName("call-many")]
    public partial void CallMany(uint n);

    [WasmName("call-add")]
    public partial void CallAdd(uint n);

    [WasmName("call-thing")]
    public partial void CallThing(uint n);

    public partial int F(int n);

    public partial int Length(string text);
}
