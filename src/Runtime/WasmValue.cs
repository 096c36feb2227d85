using System.Diagnostics;
using System.Globalization;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;

namespace WasmBindgen;

/// <summary>
/// A WebAssembly value whose type is known only at run time: an argument or result of <see cref="Function.Call"/>, or a
/// global's value.
/// </summary>
public readonly struct WasmValue : IEquatable<WasmValue>
{
    private readonly UInt128 _bits;
    private readonly Function? _function;

    private WasmValue(ValueKind kind, UInt128 bits, Function? function = null)
    {
        Kind = kind;
        _bits = bits;
        _function = function;
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

    /// <summary>Whether two values have the same type and bits.</summary>
    public static bool operator ==(WasmValue left, WasmValue right) => left.Equals(right);

    /// <summary>Whether two values differ in type or bits.</summary>
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

    /// <summary>The null externref.</summary>
    public static WasmValue NullExternRef => new(ValueKind.ExternRef, 0);

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
        return _function;
    }

    /// <inheritdoc/>
    public bool Equals(WasmValue other) =>
        Kind == other.Kind && _bits == other._bits && Equals(_function?.Native, other._function?.Native);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WasmValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _bits, _function?.Native);

    /// <summary>The value in the WebAssembly text format, such as <c>i32.const 5</c>.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.I32 => string.Create(CultureInfo.InvariantCulture, $"i32.const {AsInt32()}"),
        ValueKind.I64 => string.Create(CultureInfo.InvariantCulture, $"i64.const {AsInt64()}"),
        ValueKind.F32 => string.Create(CultureInfo.InvariantCulture, $"f32.const {AsSingle():R}"),
        ValueKind.F64 => string.Create(CultureInfo.InvariantCulture, $"f64.const {AsDouble():R}"),
        ValueKind.V128 => string.Create(
            CultureInfo.InvariantCulture, $"v128.const i64x2 {(ulong)_bits} {(ulong)(_bits >> 64)}"),
        ValueKind.FuncRef => _function is null ? "ref.null func" : "ref.func",
        _ => "ref.null extern",
    };

    /// <summary>Reads a slot of a call; the store must be entered.</summary>
    internal static unsafe WasmValue Lift(Store store, ValueKind kind, Slot slot)
    {
        switch (kind)
        {
            case ValueKind.FuncRef:
                nint raw = (nint)slot.U64;
                if (raw == 0)
                {
                    return FromFunction(null);
                }

                wasmtime_func_t function;
                NativeMethods.wasmtime_func_from_raw(store.Context, raw, &function);
                return FromFunction(new Function(store, function));
            case ValueKind.ExternRef:
                return slot.U32 == 0 ? NullExternRef : throw NoExternRef();
            case ValueKind.V128:
                return FromV128(slot.Bits);
            case ValueKind.I32 or ValueKind.F32:
                return new WasmValue(kind, slot.U32);
            default:
                return new WasmValue(kind, slot.U64);
        }
    }

    /// <summary>
    /// Writes a slot of a call; the store must be entered, and a function must be known to belong to it.
    /// </summary>
    internal unsafe Slot Lower(Store store)
    {
        Slot slot = default;
        if (_function is null)
        {
            slot.Bits = _bits;
        }
        else
        {
            wasmtime_func_t function = _function.Native;
            slot.U64 = (ulong)NativeMethods.wasmtime_func_to_raw(store.Context, &function);
        }

        return slot;
    }

    internal static NotSupportedException NoExternRef() => new("Non-null externref values are not supported yet.");

    [StackTraceHidden]
    private UInt128 Bits(ValueKind kind) =>
        Kind == kind ? _bits : throw new InvalidOperationException($"The value is {this}, not {(WasmValueType)kind}.");
}
