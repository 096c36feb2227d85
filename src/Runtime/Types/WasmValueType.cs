namespace WasmBindgen;

/// <summary>A WebAssembly value type (core specification, section 2.3).</summary>
/// <param name="Kind">The kind of its values.</param>
/// <param name="IsNullable">Whether a reference may be null.</param>
public readonly record struct WasmValueType(ValueKind Kind, bool IsNullable)
{
    /// <summary>A number, a vector, or a reference that may be null.</summary>
    public static implicit operator WasmValueType(ValueKind kind) => new(kind, kind > ValueKind.V128);

    /// <summary>
    /// The type in the WebAssembly text format. A type that the module defines is shown as <c>$func</c>,
    /// <c>$struct</c>, <c>$array</c> or <c>$exn</c>.
    /// </summary>
    public override string ToString() => (Kind, IsNullable) switch
    {
        (ValueKind.NullRef, true) => "nullref",
        (ValueKind.NullFuncRef, true) => "nullfuncref",
        (ValueKind.NullExternRef, true) => "nullexternref",
        (ValueKind.NullExnRef, true) => "nullexnref",
        ( <= ValueKind.V128, _) => Kind.ToString().ToLowerInvariant(),
        ( < ValueKind.TypedFuncRef, true) => HeapType + "ref",
        (_, true) => $"(ref null {HeapType})",
        _ => $"(ref {HeapType})",
    };

    /// <summary>
    /// The kind of the <see cref="WasmValue"/> that its values are; null for the guest's own, which have none.
    /// </summary>
    internal ValueKind? HostKind => Kind switch
    {
        <= ValueKind.ExternRef => Kind,
        ValueKind.TypedFuncRef or ValueKind.NullFuncRef => ValueKind.FuncRef,
        ValueKind.NullExternRef => ValueKind.ExternRef,
        _ => null,
    };

    /// <summary>Whether the engine's C API can describe it, so that a host can create items of it.</summary>
    internal bool CanBeCreated => Kind <= ValueKind.V128 || this is { Kind: <= ValueKind.ExternRef, IsNullable: true };

    private string HeapType => Kind switch
    {
        ValueKind.FuncRef => "func",
        ValueKind.ExternRef => "extern",
        ValueKind.AnyRef => "any",
        ValueKind.ExnRef => "exn",
        ValueKind.EqRef => "eq",
        ValueKind.I31Ref => "i31",
        ValueKind.StructRef => "struct",
        ValueKind.ArrayRef => "array",
        ValueKind.NullRef => "none",
        ValueKind.NullFuncRef => "nofunc",
        ValueKind.NullExternRef => "noextern",
        ValueKind.NullExnRef => "noexn",
        ValueKind.TypedFuncRef => "$func",
        ValueKind.TypedStructRef => "$struct",
        ValueKind.TypedArrayRef => "$array",
        _ => "$exn",
    };

    /// <summary>
    /// Whether every value of this type is also a value of the other (core specification, section 3.3). For types that
    /// a module defines, only the kind is known.
    /// </summary>
    internal bool IsSubtypeOf(WasmValueType other) =>
        (other.IsNullable || !IsNullable)
        && (IsBelow(other.Kind) || (IsNull && Top == new WasmValueType(other.Kind, false).Top));

    private bool IsNull =>
        Kind is ValueKind.NullRef or ValueKind.NullFuncRef or ValueKind.NullExternRef or ValueKind.NullExnRef;

    private ValueKind Top => Kind switch
    {
        ValueKind.NullFuncRef => ValueKind.FuncRef,
        ValueKind.NullExternRef => ValueKind.ExternRef,
        ValueKind.NullExnRef => ValueKind.ExnRef,
        ValueKind.NullRef => ValueKind.AnyRef,
        _ => Above(Kind) is { } above ? new WasmValueType(above, false).Top : Kind,
    };

    private bool IsBelow(ValueKind other)
    {
        for (ValueKind? kind = Kind; kind is not null; kind = Above(kind.Value))
        {
            if (kind == other)
            {
                return true;
            }
        }

        return false;
    }

    private static ValueKind? Above(ValueKind kind) => kind switch
    {
        ValueKind.EqRef => ValueKind.AnyRef,
        ValueKind.I31Ref or ValueKind.StructRef or ValueKind.ArrayRef => ValueKind.EqRef,
        ValueKind.TypedStructRef => ValueKind.StructRef,
        ValueKind.TypedArrayRef => ValueKind.ArrayRef,
        ValueKind.TypedFuncRef => ValueKind.FuncRef,
        ValueKind.TypedExnRef => ValueKind.ExnRef,
        _ => null,
    };
}
