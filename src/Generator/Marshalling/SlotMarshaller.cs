using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A type that fits into one slot, which generated code reads and writes in place.</summary>
/// <param name="shape">The shape.</param>
internal abstract class SlotMarshaller(SlotShape shape) : Marshaller(shape)
{
    internal static SlotMarshaller Of(SlotShape shape) => shape switch
    {
        ScalarShape scalar => new ScalarMarshaller(scalar),
        RuneShape rune => new RuneMarshaller(rune),
        VectorShape vector => new VectorMarshaller(vector),
        EnumShape number => new EnumMarshaller(number),
        _ => throw new NotSupportedException(shape.GetType().Name),
    };

    /// <summary>
    /// The condition under which the value in <paramref name="slot"/> is one of the type; null when every value is.
    /// </summary>
    /// <param name="slot">The slot, as an expression without side effects.</param>
    internal virtual string? Test(string slot) => null;

    /// <summary>The expression for the exception about a value that fails <see cref="Test"/>.</summary>
    /// <param name="slot">The slot, as an expression without side effects.</param>
    /// <param name="faults">What makes it: <c>HostCall</c>, or the function or global of a guest.</param>
    /// <param name="name">The parameter that the value is blamed on.</param>
    internal virtual string Fault(string slot, string faults, string name) => throw new NotSupportedException();

    /// <summary>
    /// The expression that reads a C# value from <paramref name="slot"/> (core to C#), once it is tested.
    /// </summary>
    internal abstract string Read(string slot);

    /// <summary>The expression that tests and reads.</summary>
    internal string LiftSlot(string slot, string faults, string name) =>
        Test(slot) is { } test ? Choose(test, Read(slot), $"throw {Fault(slot, faults, name)}") : Read(slot);

    /// <summary>The statement that writes a C# value to <paramref name="slot"/> (C# to core).</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="value">The value.</param>
    /// <param name="name">
    /// The parameter or part that the host's mistakes are blamed on; null where that is known elsewhere.
    /// </param>
    internal abstract string LowerSlot(string slot, string value, string? name);
}
