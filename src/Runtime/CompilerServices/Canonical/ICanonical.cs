using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// How values of a type cross by the Component Model's Canonical ABI: flattened into slots, or laid out in the guest's
/// memory. There is one implementation for each shape of value, and shapes nest as type arguments, so the JIT or AOT
/// compiler turns any composition into straight code. Only generated code calls it.
/// </summary>
/// <remarks>
/// Source: <see
/// href="https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md">CanonicalABI.md</see>,
/// sections Alignment, Element Size, Loading, Storing, Flattening, Flat Lifting and Flat Lowering. A value whose type
/// is joined with another in a variant needs no conversion: a slot keeps the bits of a narrower type zero-extended.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe interface ICanonical<T>
{
    /// <summary>Size in memory, in bytes.</summary>
    static abstract int Size { get; }

    /// <summary>Alignment in memory, in bytes.</summary>
    static abstract int Alignment { get; }

    /// <summary>Whether an array has the same layout as in C# on a little-endian host.</summary>
    static virtual bool IsBlittable => false;

    /// <summary>Core to C#: reads from slots.</summary>
    /// <exception cref="GuestMemoryException">The guest passed an invalid value.</exception>
    static abstract T Lift(Slot* slots, ref GuestMemory memory);

    /// <summary>Core to C#: reads from memory, at a checked address.</summary>
    /// <exception cref="GuestMemoryException">The guest passed an invalid value.</exception>
    static abstract T Load(uint address, ref GuestMemory memory);

    /// <summary>C# to core: writes into zeroed slots.</summary>
    static abstract void Lower(Slot* slots, T value, ref GuestMemory memory);

    /// <summary>C# to core: writes into memory, at a checked address.</summary>
    static abstract void Store(uint address, T value, ref GuestMemory memory);
}
