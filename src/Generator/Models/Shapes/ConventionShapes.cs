using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>Address and length in one i64.</summary>
/// <param name="Value">How they cross otherwise: in two slots.</param>
internal sealed record PackedShape(Shape Value) : Shape(Value.Type, Slots(CoreType.I64), new(8, 8))
{
    internal override bool CanFail => true;

    internal override IEnumerable<Shape> Parts => [Value];
}

/// <summary>The parts of a result as so many core results.</summary>
/// <param name="Value">The result.</param>
internal sealed record MultiValueShape(Shape Value) : Shape(Value.Type, Value.Flat, Value.Layout)
{
    internal override IEnumerable<Shape> Parts => [Value];
}

/// <summary><c>GuestPointer&lt;T&gt;</c>: an address, which is passed as it is: nothing is allocated for it.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Pointee">The type that it points at, as generated code names it.</param>
internal sealed record PointerShape(string Type, string Pointee) : Shape(Type, Slots(CoreType.I32), new(4, 4))
{
    internal override bool NeedsMemory => true;
}

/// <summary>
/// A <c>ref</c> or <c>out</c> parameter: of a host method the value where it lies in the guest's memory, of a guest's
/// function one that the guest allocates for the call.
/// </summary>
/// <param name="Pointee">How the value crosses, which is blittable.</param>
/// <param name="IsWide">Whether the memory is of 64 bits.</param>
internal sealed record ReferenceShape(Shape Pointee, bool IsWide)
    : Shape(Pointee.Type, Slots(IsWide ? CoreType.I64 : CoreType.I32), IsWide ? new(8, 8) : new(4, 4))
{
    internal override bool CanSpill => !IsWide;

    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    internal override bool IsView => true;
}

/// <summary>A type that crosses by way of another, which the user's own marshaller says.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Crossing">How that other type crosses.</param>
/// <param name="User">The user's marshaller as generated code names it.</param>
internal sealed record CustomShape(string Type, Shape Crossing, string User)
    : Shape(Type, Crossing.Flat, Crossing.Layout)
{
    /// <summary>Whether it is an object, of those types that WIT's are.</summary>
    internal bool IsReference { get; init; }

    internal override bool CanFail => true;

    internal override IEnumerable<Shape> Parts => [Crossing];
}

/// <summary>What an array is in AssemblyScript, numbered as the runtime's <c>ScriptArrayKind</c>.</summary>
internal enum ScriptArrayKind
{
    /// <summary><c>Array&lt;T&gt;</c>.</summary>
    Array,

    /// <summary><c>StaticArray&lt;T&gt;</c>.</summary>
    StaticArray,

    /// <summary><c>Int32Array</c> and the like.</summary>
    TypedArray,

    /// <summary><c>ArrayBuffer</c>.</summary>
    ArrayBuffer,
}

/// <summary>An object of AssemblyScript's runtime, by its address.</summary>
/// <param name="Object">The C# type as generated code names it, without a mark of null.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="Element">How an element of an array crosses; null for a string.</param>
/// <param name="Kind">What an array for the guest is there.</param>
internal sealed record AssemblyScriptShape(
    string Object, bool IsNullable, Shape? Element = null, ScriptArrayKind Kind = default)
    : Shape(IsNullable ? Object + "?" : Object, Slots(CoreType.I32), new(4, 4))
{
    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool NeedsClasses => Element is not null;

    internal override bool CanFail => true;
}
