using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// A value of a WIT type, with the names of its parts: what a <c>wasmtime_component_val_t</c> holds. Two are equal if
/// they are the same bit by bit.
/// </summary>
internal abstract record WitValue
{
    public static implicit operator WitValue(bool value) => new Scalar(ValKind.Bool, value ? 1u : 0);

    public static implicit operator WitValue(sbyte value) => new Scalar(ValKind.S8, (byte)value);

    public static implicit operator WitValue(byte value) => new Scalar(ValKind.U8, value);

    public static implicit operator WitValue(short value) => new Scalar(ValKind.S16, (ushort)value);

    public static implicit operator WitValue(ushort value) => new Scalar(ValKind.U16, value);

    public static implicit operator WitValue(int value) => new Scalar(ValKind.S32, (uint)value);

    public static implicit operator WitValue(uint value) => new Scalar(ValKind.U32, value);

    public static implicit operator WitValue(long value) => new Scalar(ValKind.S64, (ulong)value);

    public static implicit operator WitValue(ulong value) => new Scalar(ValKind.U64, value);

    public static implicit operator WitValue(float value) =>
        new Scalar(ValKind.F32, BitConverter.SingleToUInt32Bits(value));

    public static implicit operator WitValue(double value) =>
        new Scalar(ValKind.F64, BitConverter.DoubleToUInt64Bits(value));

    public static implicit operator WitValue(Rune value) => new Scalar(ValKind.Char, (uint)value.Value);

    public static implicit operator WitValue(string value) => new Text(value);

    public abstract override string ToString();

    /// <summary>A number, bool or char: as many bits as its size has, and zeros above.</summary>
    internal sealed record Scalar(ValKind Kind, ulong Bits) : WitValue
    {
        public override string ToString() => $"{Kind}:{Bits:x}";
    }

    internal sealed record Text(string Value) : WitValue
    {
        public override string ToString() => $"\"{Value}\"";
    }

    internal sealed record List(Items<WitValue> Items) : WitValue
    {
        public override string ToString() => $"[{Items}]";
    }

    internal sealed record Tuple(Items<WitValue> Items) : WitValue
    {
        public override string ToString() => $"({Items})";
    }

    internal sealed record Record(Items<Field> Fields) : WitValue
    {
        public override string ToString() => $"{{{Fields}}}";
    }

    internal sealed record Field(string Name, WitValue Value)
    {
        public override string ToString() => $"{Name}: {Value}";
    }

    internal sealed record Variant(string Case, WitValue? Payload) : WitValue
    {
        public override string ToString() => $"{Case}({Payload})";
    }

    internal sealed record Enum(string Case) : WitValue
    {
        public override string ToString() => Case;
    }

    internal sealed record Option(WitValue? Payload) : WitValue
    {
        public override string ToString() => Payload is null ? "none" : $"some({Payload})";
    }

    internal sealed record Result(bool IsOk, WitValue? Payload) : WitValue
    {
        public override string ToString() => $"{(IsOk ? "ok" : "err")}({Payload})";
    }

    internal sealed record Flags(Items<string> Names) : WitValue
    {
        public override string ToString() => $"flags{{{Names}}}";
    }

    /// <summary>A resource that the host defines, whose type is the number that it was defined with.</summary>
    internal sealed record HostResource(uint Type, uint Rep, bool IsOwned) : WitValue
    {
        public override string ToString() => $"{(IsOwned ? "own" : "borrow")} {Type}:{Rep}";
    }

    /// <summary>
    /// A resource that the guest defines: a <c>wasmtime_component_resource_any_t</c>, which its instance deletes.
    /// </summary>
    internal sealed record GuestResource(nint Any, bool IsOwned) : WitValue
    {
        public override string ToString() => IsOwned ? "own" : "borrow";
    }
}

/// <summary>Several of a kind, compared one by one.</summary>
[CollectionBuilder(typeof(Items), nameof(Items.Create))]
internal sealed class Items<T>(T[] items) : IReadOnlyList<T>, IEquatable<Items<T>>
{
    public int Count => items.Length;

    public T this[int index] => items[index];

    public bool Equals(Items<T>? other) => other is not null && items.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as Items<T>);

    public override int GetHashCode() => items.Aggregate(0, static (hash, item) => HashCode.Combine(hash, item));

    public override string ToString() => string.Join(", ", items);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class Items
{
    internal static Items<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
