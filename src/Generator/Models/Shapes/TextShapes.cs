using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>string: UTF-8 in memory.</summary>
internal sealed record StringShape() : Shape("string", Slots(CoreType.I32, CoreType.I32), new(8, 4))
{
    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;
}

/// <summary>Encodings and ends of text that the Canonical ABI does not have.</summary>
internal enum TextEncoding
{
    CString,
    Utf16,
    Latin1,
}

/// <summary>A string in one of them.</summary>
/// <param name="Encoding">Which one.</param>
/// <param name="IsNullable">Whether it may be null, which is a null address.</param>
internal sealed record EncodedStringShape(TextEncoding Encoding, bool IsNullable = false) : Shape(
    IsNullable ? "string?" : "string",
    Encoding == TextEncoding.CString ? Slots(CoreType.I32) : Slots(CoreType.I32, CoreType.I32),
    Encoding == TextEncoding.CString ? new(4, 4) : new(8, 4))
{
    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;
}
