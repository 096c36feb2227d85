using System.Text.RegularExpressions;

namespace WasmBindgen.Benchmarks;

/// <summary>The calls as this library makes them, of components.wat or of its module.</summary>
internal sealed partial class ComponentCalls : IDisposable
{
    private readonly Engine _engine = new(new EngineOptions { Interruption = true });
    private readonly Component? _component;
    private readonly Linker _linker;
    private readonly Store _store;
    private readonly ComponentValueGuest _guest;
    private readonly Func<Store, object> _instantiate;

    internal ComponentCalls(bool isComponent)
    {
        _linker = new Linker(_engine).Define(new ComponentValues());
        ComponentThing.AddTo(_linker);
        _store = new Store(_engine);
        if (isComponent)
        {
            _component = Component.FromTextFile(_engine, Path);
            ComponentPre pre = _linker.InstantiatePre(_component);
            _instantiate = pre.Instantiate;
            _guest = new ComponentValueGuest(pre.Instantiate(_store));
        }
        else
        {
            using var module = Module.FromText(_engine, "values", TextOfModule());
            InstancePre pre = _linker.InstantiatePre(module);
            _instantiate = pre.Instantiate;
            _guest = new ComponentValueGuest(pre.Instantiate(_store));
        }

        _guest.Prepare();
    }

    internal static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "components.wat");

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

    /// <summary>The two modules as one, which has the memory itself.</summary>
    private static string TextOfModule()
    {
        string text = File.ReadAllText(Path);
        string[] modules = [.. Modules().Matches(text).Select(static match => match.Groups[1].Value)];
        string main = modules[1]
            .Replace("(import \"values\" \"memory\" (memory 4))", "", StringComparison.Ordinal)
            .Replace("\"values\" \"new\"", "\"values\" \"[constructor]thing\"", StringComparison.Ordinal)
            .Replace("\"values\" \"number\"", "\"values\" \"[method]thing.number\"", StringComparison.Ordinal)
            .Replace("\"values\" \"drop\"", "\"values\" \"[resource-drop]thing\"", StringComparison.Ordinal);
        string memory = modules[0].Replace("\"allocate\"", "\"cabi_realloc\"", StringComparison.Ordinal);
        return $"(module {main} {memory})";
    }

    [GeneratedRegex(@"\(core module \$\w+\n(.*?)\)\n  \(core instance", RegexOptions.Singleline)]
    private static partial Regex Modules();
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
