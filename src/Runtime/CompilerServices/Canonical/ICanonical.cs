using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// How values of a type cross by the Component Model's Canonical ABI: flattened into slots, or laid out in the guest's
/// memory. There is one implementation for each shape of value, and shapes nest as type arguments, so that the JIT or
/// AOT compiler makes one straight piece of code of any composition. Only generated code calls it.
/// </summary>
/// <remarks>
/// Source: <see
/// href="https://github.com/WebAssembly/component-model/blob/main/design/mvp/CanonicalABI.md">CanonicalABI.md</see>,
/// sections Alignment, Element Size, Loading, Storing, Flattening, Flat Lifting and Flat Lowering. A value whose type
/// is joined with another's in a variant needs no conversion: a slot keeps the bits of a narrower type zero-extended.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe interface ICanonical<T>
{
    /// <summary>Bytes in memory.</summary>
    static abstract int Size { get; }

    /// <summary>Alignment in memory, in bytes.</summary>
    static abstract int Alignment { get; }

    /// <summary>Whether an array of it lies in memory as the C# type does on a little-endian host.</summary>
    static virtual bool IsBlittable => false;

    /// <summary>Core to C#: reads from slots.</summary>
    /// <exception cref="GuestMemoryException">What the guest handed over is no value of the type.</exception>
    static abstract T Lift(Slot* slots, ref GuestMemory memory);

    /// <summary>Core to C#: reads from memory, at an address that is checked.</summary>
    /// <exception cref="GuestMemoryException">What the guest handed over is no value of the type.</exception>
    static abstract T Load(uint address, ref GuestMemory memory);

    /// <summary>C# to core: writes into slots, which are zero before.</summary>
    static abstract void Lower(Slot* slots, T value, ref GuestMemory memory);

    /// <summary>C# to core: writes into memory, at an address that is checked.</summary>
    static abstract void Store(uint address, T value, ref GuestMemory memory);
}
