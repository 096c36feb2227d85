using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Marshalling;

/// <summary><c>Vector128&lt;T&gt;</c>: v128, which is no type of a component and so no part of anything else.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Element">The type of its lanes.</param>
internal sealed record VectorMarshaller(string Type, string Element) : SlotMarshaller(Type, "", CoreType.V128)
{
    private const string Vector = "global::System.Runtime.Intrinsics.Vector128";

    internal override bool CanSpill => false;

    internal override Layout Layout => new(16, 16);

    internal static VectorMarshaller? For(ITypeSymbol type, string name) =>
        type is INamedTypeSymbol { Name: "Vector128", TypeArguments: [{ } element] } && type.ContainingNamespace.ToDisplayString() == "System.Runtime.Intrinsics"
            && ScalarMarshaller.For(element.SpecialType) is { IsBlittable: true } lane
            ? new VectorMarshaller(name, lane.Type)
            : null;

    internal override string Lift(string slots, string name) => Read($"{slots}[0]"); // a function's result, beside values that are not scalars

    internal override string Read(string slot) =>
        $"{Vector}.As<ulong, {Element}>({Vector}.Create((ulong){slot}.Bits, (ulong)({slot}.Bits >> 64)))";

    internal override string LowerSlot(string slot, string value) =>
        $"{slot}.Bits = new global::System.UInt128({Vector}.GetElement({Vector}.As<{Element}, ulong>({value}), 1), {Vector}.GetElement({Vector}.As<{Element}, ulong>({value}), 0));";
}
