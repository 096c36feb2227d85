namespace WasmBindgen.EndToEnd.Tests.Go;

public delegate object? ScriptFunction(object? target, object?[] arguments);

/// <summary>What a function of the host throws into the guest.</summary>
public sealed class ScriptException(string message) : Exception(message);

/// <summary>The value of what there is not.</summary>
public sealed class Undefined
{
    public static Undefined Value { get; } = new();

    public override string ToString() => "undefined";
}

/// <summary>An object as scripts have it, which may also be a function, a class or an array.</summary>
public class ScriptObject
{
    private readonly Dictionary<string, object?> _properties = [];

    public ScriptFunction? Call { get; init; }

    public Func<object?[], object?>? Create { get; init; }

    public Type? Class { get; init; }

    public virtual int Length => _properties.Count;

    public object? this[string name]
    {
        get => _properties.GetValueOrDefault(name, Undefined.Value);
        set => _properties[name] = value;
    }

    public virtual object? this[long index]
    {
        get => Undefined.Value;
        set => throw GuestMemoryException.InvalidValue("The value is not an array.");
    }

    public static ScriptObject OfFunction(Func<object?[], object?> call) => new() { Call = (_, args) => call(args) };
}

public sealed class ScriptArray(params object?[] items) : ScriptObject
{
    private readonly List<object?> _items = [.. items];

    public override int Length => _items.Count;

    public override object? this[long index]
    {
        get => index >= 0 && index < _items.Count ? _items[(int)index] : Undefined.Value;
        set
        {
            if (index == _items.Count)
            {
                _items.Add(value);
            }
            else if (index >= 0 && index < _items.Count)
            {
                _items[(int)index] = value;
            }
            else
            {
                throw GuestMemoryException.InvalidValue($"{index} is no index of an array of {_items.Count} elements.");
            }
        }
    }
}

public sealed class ScriptBytes(byte[] data) : ScriptObject
{
    public byte[] Data => data;

    public override int Length => data.Length;
}
