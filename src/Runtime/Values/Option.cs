using System.Diagnostics.CodeAnalysis;
using WasmBindgen.CompilerServices;

namespace WasmBindgen;

/// <summary>
/// A value or none: WIT's <c>option</c>. <c>T?</c> crosses the same way and is easier to read; this type can also be
/// nested, as in <c>Option&lt;int?&gt;</c>.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct Option<T>
{
    private readonly T _value;

    /// <summary>A value.</summary>
    public Option(T value)
    {
        HasValue = true;
        _value = value;
    }

    /// <summary>No value.</summary>
    public static Option<T> None => default;

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool HasValue { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => HasValue ? _value : throw new InvalidOperationException("There is no value.");

    /// <summary>A value.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the other way.")]
    public static implicit operator Option<T>(T value) => new(value);

    /// <summary>The value, if there is one.</summary>
    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return HasValue;
    }

    /// <summary>The value, or <paramref name="other"/> if there is none.</summary>
    public T ValueOr(T other) => HasValue ? _value : other;

    /// <summary>The value, or <c>none</c>.</summary>
    public override string ToString() => HasValue ? Structure.Text(_value) ?? "" : "none";
}
