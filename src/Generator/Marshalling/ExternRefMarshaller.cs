using WasmBindgen.Generator.Emission;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>An object that the guest holds and cannot look into: externref.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Object">The same without a mark of null.</param>
internal sealed record ExternRefMarshaller(string Type, string Object)
    : Marshaller(Type, $"{SourceFile.Services}.{(Type == Object ? "WitExternRef" : "WitNullableExternRef")}<{Object}>")
{
    internal override IReadOnlyList<CoreType> Flat => [CoreType.ExternRef];

    internal override Layout Layout => new(4, 4); // never used: a reference cannot lie in memory

    internal override bool CanSpill => false;

    internal override bool NeedsStore => true;

    internal override bool CanFail => true;
}
