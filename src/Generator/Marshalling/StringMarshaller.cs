using WasmBindgen.Generator.Emission;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>string: UTF-8 in memory.</summary>
internal sealed record StringMarshaller() : Marshaller("string", $"{SourceFile.Services}.WitString")
{
    internal override IReadOnlyList<CoreType> Flat => [CoreType.I32, CoreType.I32];

    internal override Layout Layout => new(8, 4);

    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;
}
