using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>
/// What generated code says to take a value of one shape across. What the shape does at run time is in the runtime's
/// <c>ICanonical</c> structs, or in one that the marshaller writes.
/// </summary>
/// <param name="shape">The shape.</param>
internal abstract class Marshaller(Shape shape)
{
    /// <summary>The C# type as generated code names it.</summary>
    internal string Type => shape.Type;

    /// <summary>
    /// The <c>ICanonical</c> struct as generated code names it; empty for what is no part of anything else.
    /// </summary>
    internal abstract string Struct { get; }

    /// <summary>What a thunk's local for it is declared as.</summary>
    internal virtual string Declaration => Type;

    /// <summary>The argument for the alignment of an element; empty when that is its size.</summary>
    internal static string Alignment(Shape element) =>
        element.Layout.Alignment == element.Layout.Size ? "" : $", {element.Layout.Alignment}";

    internal static Marshaller Of(Shape shape) => shape switch
    {
        SlotShape slot => SlotMarshaller.Of(slot),
        StringShape text => new StringMarshaller(text),
        EncodedStringShape text => new EncodedStringMarshaller(text),
        ListShape list => new ListMarshaller(list),
        FixedListShape list => new FixedListMarshaller(list),
        MapShape map => new MapMarshaller(map),
        SpanShape span => new SpanMarshaller(span),
        MemoryShape memory => new MemoryMarshaller(memory),
        RecordShape record => new RecordMarshaller(record),
        OptionShape option => new OptionMarshaller(option),
        ResultShape result => new ResultMarshaller(result),
        UnitShape unit => new UnitMarshaller(unit),
        VariantShape variant => new VariantMarshaller(variant),
        ResourceShape resource => new ResourceMarshaller(resource),
        ExternRefShape reference => new ExternRefMarshaller(reference),
        CallbackShape callback => new CallbackMarshaller(callback),
        PackedShape packed => new PackedMarshaller(packed),
        MultiValueShape values => new MultiValueMarshaller(values),
        PointerShape pointer => new PointerMarshaller(pointer),
        ReferenceShape reference => new ReferenceMarshaller(reference),
        CustomShape custom => new CustomMarshaller(custom),
        AssemblyScriptShape script => new AssemblyScriptMarshaller(script),
        ObjectIndexShape index => new ObjectIndexMarshaller(index),
        OwnedShape owned => new OwnedMarshaller(owned),
        NullAddressShape address => new NullAddressMarshaller(address),
        FlaggedShape number => new FlaggedMarshaller(number),
        FallibleShape result => new FallibleMarshaller(result),
        ResultAreaShape area => new ResultAreaMarshaller(area),
        WideTextShape text => new WideTextMarshaller(text),
        WidePointerShape pointer => new WidePointerMarshaller(pointer),
        WideListShape list => new WideListMarshaller(list),
        _ => throw new NotSupportedException(shape.GetType().Name),
    };

    /// <summary>What a thunk passes on.</summary>
    /// <param name="modifier">
    /// What the parameter wants before it: empty, or <c>in </c>, <c>ref </c>, <c>out </c>.
    /// </param>
    /// <param name="local">The local.</param>
    internal virtual string Argument(string modifier, string local) => modifier + local;

    /// <summary>The expression that reads a C# value from slots (core to C#).</summary>
    /// <param name="slot">The first slot.</param>
    /// <param name="name">The parameter or part that faults are blamed on.</param>
    internal virtual string Lift(int slot, string name) => shape.CanFail
        ? Generic("Lift", $"{SlotsAt(slot)}, {Literal(name)}")
        : Call("Lift", SlotsAt(slot));

    /// <summary>The expression that reads a C# value from memory (core to C#).</summary>
    internal virtual string Load(string address, string name) => shape.CanFail
        ? Generic("Load", $"{address}, {Literal(name)}")
        : Call("Load", address);

    /// <summary>The statement that writes a C# value to slots (C# to core).</summary>
    internal virtual string Lower(int slot, string value, string name) => shape.CanBeUnfit
        ? Generic("Lower", $"{SlotsAt(slot)}, {value}, {Literal(name)}") + ";"
        : Call("Lower", SlotsAt(slot), value) + ";";

    /// <summary>The statement that writes a C# value to memory (C# to core).</summary>
    internal virtual string Store(string address, string value, string name) => shape.CanBeUnfit
        ? Generic("Store", $"{address}, {value}, {Literal(name)}") + ";"
        : Call("Store", address, value) + ";";

    /// <summary>Writes the <c>ICanonical</c> struct, if the runtime does not have it.</summary>
    /// <returns>Whether it does not.</returns>
    internal virtual bool WriteStruct(IndentedWriter writer) => false;

    private string Call(string method, params string[] arguments) =>
        Enclose($"{Struct}.{method}(", [.. arguments, "ref memory"], ")");

    /// <summary>
    /// A call that blames faults; the type and its struct are on lines of their own where they are long.
    /// </summary>
    private string Generic(string method, string arguments) =>
        Enclose(Enclose($"memory.{method}<", [Type, Struct], ">("), [arguments], ")");
}
