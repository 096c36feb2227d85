using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Emission;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>bool, the integers and the floats. The slot's property of the same WIT type does the narrowing and extending.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Core">The core type that the guest sees.</param>
/// <param name="Property">The slot's property for it.</param>
internal sealed record ScalarMarshaller(string Type, CoreType Core, string Property) : SlotMarshaller(Type, $"{SourceFile.Services}.Wit{Property}", Core)
{
    internal static ScalarMarshaller? For(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => new("bool", CoreType.I32, "Bool"),
        SpecialType.System_SByte => new("sbyte", CoreType.I32, "S8"),
        SpecialType.System_Byte => new("byte", CoreType.I32, "U8"),
        SpecialType.System_Int16 => new("short", CoreType.I32, "S16"),
        SpecialType.System_UInt16 => new("ushort", CoreType.I32, "U16"),
        SpecialType.System_Int32 => new("int", CoreType.I32, "S32"),
        SpecialType.System_UInt32 => new("uint", CoreType.I32, "U32"),
        SpecialType.System_Int64 => new("long", CoreType.I64, "S64"),
        SpecialType.System_UInt64 => new("ulong", CoreType.I64, "U64"),
        SpecialType.System_Single => new("float", CoreType.F32, "F32"),
        SpecialType.System_Double => new("double", CoreType.F64, "F64"),
        _ => null,
    };

    /// <summary>All but bool, whose byte may be any in a guest's memory.</summary>
    internal override bool IsBlittable => Property != "Bool";

    internal override Layout Layout => Property switch
    {
        "Bool" or "U8" or "S8" => new Layout(1, 1),
        "U16" or "S16" => new Layout(2, 2),
        "U64" or "S64" or "F64" => new Layout(8, 8),
        _ => new Layout(4, 4),
    };

    internal override string Read(string slot) => $"{slot}.{Property}";

    internal override string LowerSlot(string slot, string value) => $"{slot}.{Property} = {value};";
}
