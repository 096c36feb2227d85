using WasmBindgen.Generator.Emission;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A class with <c>[WasmResource]</c>, as itself (own) or in a <c>Borrow</c>: a handle.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Resource">The class as generated code names it.</param>
/// <param name="IsBorrow">Whether the object stays where it is.</param>
internal sealed record ResourceMarshaller(string Type, string Resource, bool IsBorrow)
    : Marshaller(Type, $"{SourceFile.Services}.{(IsBorrow ? "WitBorrow" : "WitOwn")}<{Resource}>")
{
    internal override IReadOnlyList<CoreType> Flat => [CoreType.I32];

    internal override Layout Layout => new(4, 4);

    internal override bool NeedsStore => true;

    internal override bool CanFail => true;
}
