using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace WasmBindgen;

/// <summary>
/// A WebAssembly value whose type is known only at run time: an argument or result of <see cref="Function.Call"/>, or a
/// global's value.
/// </summary>
public readonly partial struct WasmValue : IEquatable<WasmValue>
{
    private readonly UInt128 _bits;
    private readonly object? _reference;

    private WasmValue(ValueKind kind, UInt128 bits, object? reference = null)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
    }

    /// <summary>Its type.</summary>
    public ValueKind Kind { get; }

    /// <summary>An i32.</summary>
    public static implicit operator WasmValue(int value) => FromInt32(value);

    /// <summary>An i64.</summary>
    public static implicit operator WasmValue(long value) => FromInt64(value);

    /// <summary>An f32.</summary>
    public static implicit operator WasmValue(float value) => FromSingle(value);

    /// <summary>An f64.</summary>
    public static implicit operator WasmValue(double value) => FromDouble(value);

    /// <summary>Whether two values have the same type and bits, or refer to the same function or object.</summary>
    public static bool operator ==(WasmValue left, WasmValue right) => left.Equals(right);

    /// <summary>Whether two values differ in type, bits, or what they refer to.</summary>
    public static bool operator !=(WasmValue left, WasmValue right) => !left.Equals(right);

    /// <summary>An i32.</summary>
    public static WasmValue FromInt32(int value) => new(ValueKind.I32, unchecked((uint)value));

    /// <summary>An i64.</summary>
    public static WasmValue FromInt64(long value) => new(ValueKind.I64, unchecked((ulong)value));

    /// <summary>An f32.</summary>
    public static WasmValue FromSingle(float value) => new(ValueKind.F32, BitConverter.SingleToUInt32Bits(value));

    /// <summary>An f64.</summary>
    public static WasmValue FromDouble(double value) => new(ValueKind.F64, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A v128, its bytes in little-endian order.</summary>
    public static WasmValue FromV128(UInt128 bits) => new(ValueKind.V128, bits);

    /// <summary>A funcref; null is the null reference.</summary>
    public static WasmValue FromFunction(Function? function) => new(ValueKind.FuncRef, 0, function);

    /// <summary>
    /// An externref: an object of the host that the guest can hold and pass on, but not look into. Null is the null
    /// reference.
    /// </summary>
    public static WasmValue FromObject(object? value) => new(ValueKind.ExternRef, 0, value);

    /// <summary>The null externref.</summary>
    public static WasmValue NullExternRef => FromObject(null);

    /// <summary>The value as an i32.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    public int AsInt32() => unchecked((int)(uint)Bits(ValueKind.I32));

    /// <summary>The value as an i64.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    public long AsInt64() => unchecked((long)(ulong)Bits(ValueKind.I64));

    /// <summary>The value as an f32.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    public float AsSingle() => BitConverter.UInt32BitsToSingle((uint)Bits(ValueKind.F32));

    /// <summary>The value as an f64.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    public double AsDouble() => BitConverter.UInt64BitsToDouble((ulong)Bits(ValueKind.F64));

    /// <summary>The value as a v128, its bytes in little-endian order.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    public UInt128 AsV128() => Bits(ValueKind.V128);

    /// <summary>The value as a funcref; null for the null reference.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    public Function? AsFunction()
    {
        Bits(ValueKind.FuncRef);
        return (Function?)_reference;
    }

    /// <summary>The object of an externref; null for the null reference.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    public object? AsObject()
    {
        Bits(ValueKind.ExternRef);
        return _reference;
    }

    /// <inheritdoc/>
    public bool Equals(WasmValue other) =>
        Kind == other.Kind
        && _bits == other._bits
        && (ReferenceEquals(_reference, other._reference)
            || (Kind == ValueKind.FuncRef && Equals(AsFunction()?.Native, other.AsFunction()?.Native)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WasmValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(
        Kind,
        _bits,
        Kind == ValueKind.FuncRef
            ? AsFunction()?.Native.GetHashCode() ?? 0
            : RuntimeHelpers.GetHashCode(_reference));

    /// <summary>The value in the WebAssembly text format, such as <c>i32.const 5</c>.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.I32 => string.Create(CultureInfo.InvariantCulture, $"i32.const {AsInt32()}"),
        ValueKind.I64 => string.Create(CultureInfo.InvariantCulture, $"i64.const {AsInt64()}"),
        ValueKind.F32 => string.Create(CultureInfo.InvariantCulture, $"f32.const {AsSingle():R}"),
        ValueKind.F64 => string.Create(CultureInfo.InvariantCulture, $"f64.const {AsDouble():R}"),
        ValueKind.V128 => string.Create(
            CultureInfo.InvariantCulture, $"v128.const i64x2 {(ulong)_bits} {(ulong)(_bits >> 64)}"),
        ValueKind.FuncRef => IsNull ? "ref.null func" : "ref.func",
        ValueKind.ExternRef => IsNull ? "ref.null extern" : "ref.extern",
        _ => ((WasmValueType)Kind).ToString(),
    };

    /// <summary>Whether it is a null reference.</summary>
    internal bool IsNull => Kind > ValueKind.V128 && _reference is null;

    /// <summary>Whether it may be of a type. Of a function, only the engine knows its type.</summary>
    internal bool Fits(WasmValueType type) => Kind == type.HostKind && (type.IsNullable || !IsNull);

    [StackTraceHidden]
    private UInt128 Bits(ValueKind kind) =>
        Kind == kind ? _bits : throw new InvalidOperationException($"The value is {this}, not {(WasmValueType)kind}.");
}
