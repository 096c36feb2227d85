namespace WasmBindgen.EndToEnd.Tests.Go;

/// <summary>
/// The values that a program of Go holds. A number is itself; what else there is has a number in the lower half of a
/// NaN, and its kind above that.
/// </summary>
public sealed class GoReferences
{
    private const long NotANumber = 0x7FF80000L << 32;

    private readonly List<(object? Value, int Count)> _values;
    private readonly Dictionary<object, int> _numbers = [];
    private readonly Stack<int> _free = new();

    public GoReferences()
    {
        // the package's own constants; they stay
        _values =
        [
            .. ((object?[])[double.NaN, 0.0, null, true, false, Global, Program])
                .Select(static value => (value, int.MaxValue / 2)),
        ];
        for (int number = 1; number < _values.Count; number++)
        {
            _numbers.Add(_values[number].Value ?? DBNull.Value, number);
        }
    }

    /// <summary>The global object.</summary>
    public ScriptObject Global { get; } = new();

    /// <summary>The object of the program itself.</summary>
    public ScriptObject Program { get; } = new();

    public int Count => _values.Count - _free.Count;

    /// <summary>The value of a reference, which may be any number.</summary>
    public object? this[long reference]
    {
        get
        {
            double number = BitConverter.Int64BitsToDouble(reference);
            return number == 0 ? Undefined.Value
                : !double.IsNaN(number) ? number
                : _values[Check(reference)].Value;
        }
    }

    public long Add(object? value)
    {
        if (value is IConvertible and not (string or bool or DBNull))
        {
            value = Convert.ToDouble(value, null);
        }

        if (value is Undefined)
        {
            return 0;
        }

        if (value is double number and not 0.0)
        {
            return double.IsNaN(number) ? NotANumber : BitConverter.DoubleToInt64Bits(number);
        }

        object key = value ?? DBNull.Value;
        if (!_numbers.TryGetValue(key, out int index))
        {
            if (!_free.TryPop(out index))
            {
                index = _values.Count;
                _values.Add(default);
            }

            _numbers.Add(key, index);
            _values[index] = (value, 0);
        }

        _values[index] = (value, _values[index].Count + 1);
        long kind = value switch
        {
            string => 2,
            ScriptObject { Call: not null } or ScriptObject { Create: not null } => 4,
            ScriptObject => 1,
            _ => 0,
        };
        return NotANumber | (kind << 32) | (uint)index;
    }

    public void Release(long reference)
    {
        int index = Check(reference);
        (object? value, int count) = _values[index];
        _values[index] = (value, count - 1);
        if (count == 1)
        {
            _numbers.Remove(value!);
            _values[index] = default;
            _free.Push(index);
        }
    }

    private int Check(long reference)
    {
        uint index = (uint)reference;
        return index < _values.Count && _values[(int)index].Count > 0
            ? (int)index
            : throw GuestMemoryException.InvalidValue($"{index} is no value of the host.");
    }
}
