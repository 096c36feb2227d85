using WasmBindgen.Generator.Emission;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>Text in an encoding, or with an end, that the Canonical ABI does not have.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Encoding">The runtime's struct, such as <c>WitCString</c>.</param>
internal sealed record EncodedStringMarshaller(string Type, string Encoding) : Marshaller(Type, $"{SourceFile.Services}.{Encoding}")
{
    internal override IReadOnlyList<CoreType> Flat => IsPointer ? [CoreType.I32] : [CoreType.I32, CoreType.I32];

    internal override Layout Layout => new(IsPointer ? 4 : 8, 4);

    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    private bool IsPointer => Encoding.Contains("CString");
}

/// <summary>Address and length in one i64.</summary>
/// <param name="Value">How they cross otherwise: in two slots.</param>
internal sealed record PackedMarshaller(Marshaller Value) : Marshaller(Value.Type, $"{SourceFile.Services}.WitPacked<{Value.Type}, {Value.Shape}>")
{
    internal override IReadOnlyList<CoreType> Flat => [CoreType.I64];

    internal override Layout Layout => new(8, 8);

    internal override bool CanFail => true;

    internal override IEnumerable<Marshaller> Parts => [Value];
}

/// <summary>The parts of a result as so many core results.</summary>
/// <param name="Value">The result.</param>
internal sealed record MultiValueMarshaller(Marshaller Value) : Marshaller(Value.Type, Value.Shape)
{
    internal override IReadOnlyList<CoreType> Flat => Value.Flat;

    internal override Layout Layout => Value.Layout;

    internal override IEnumerable<Marshaller> Parts => [Value];

    internal override string Lift(string slots, string name) => Value.Lift(slots, name);

    internal override string Lower(string slots, string value, string name) => Value.Lower(slots, value, name);
}

/// <summary><c>GuestPointer&lt;T&gt;</c>: an address, which is passed as it is: nothing is allocated for it.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Pointee">The type that it points at, as generated code names it.</param>
internal sealed record PointerMarshaller(string Type, string Pointee) : Marshaller(Type, $"{SourceFile.Services}.WitPointer<{Pointee}>")
{
    internal override IReadOnlyList<CoreType> Flat => [CoreType.I32];

    internal override Layout Layout => new(4, 4);

    internal override bool NeedsMemory => true;
}

/// <summary>
/// A <c>ref</c> or <c>out</c> parameter: of a host method the value where it lies in the guest's memory, of a guest's function one that the guest allocates for the call.
/// </summary>
/// <param name="Pointee">How the value crosses, which is blittable.</param>
/// <param name="IsWide">Whether the memory is of 64 bits.</param>
internal sealed record ReferenceMarshaller(Marshaller Pointee, bool IsWide) : Marshaller(Pointee.Type, "")
{
    internal override IReadOnlyList<CoreType> Flat => [IsWide ? CoreType.I64 : CoreType.I32];

    internal override Layout Layout => IsWide ? new(8, 8) : new(4, 4);

    internal override bool CanSpill => !IsWide;

    /// <summary>The type of an address.</summary>
    internal string Address => IsWide ? "ulong" : "uint";

    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    internal override bool IsView => true;

    internal override string Declaration => $"ref {Type}";

    internal override string Lift(string slots, string name) => $"ref memory.{(IsWide ? "WideRef" : "Ref")}<{Type}>({slots}, {SourceFile.Literal(name)}{Pointee.AlignmentArgument})";

    internal override string Load(string address, string name) => $"ref memory.Ref<{Type}>({address}, {SourceFile.Literal(name)}{Pointee.AlignmentArgument})";

    /// <summary>The expression that has the guest allocate the value, and gives its address.</summary>
    internal string Place(string value, string name) => $"memory.{(IsWide ? "PlaceWide" : "Place")}({value}, {SourceFile.Literal(name)}{Pointee.AlignmentArgument})";

    /// <summary>The expression for what the guest made of the value.</summary>
    internal string Take(string address) => $"memory.{(IsWide ? "TakeWide" : "Take")}<{Type}>({address})";

    /// <summary>The statement that passes the address.</summary>
    internal string LowerSlot(string slot, string address) => $"{slot}.{(IsWide ? "U64" : "U32")} = {address};";

    internal override string Store(string address, string value, string name) => $"memory.WriteU32({address}, {value});";
}
