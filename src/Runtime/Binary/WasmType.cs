namespace WasmBindgen.Binary;

/// <summary>A value type (core specification, section 5.3).</summary>
/// <param name="Code">Its first byte.</param>
/// <param name="HeapType">What a reference refers to: the index of a type, or below zero, a heap type.</param>
internal readonly record struct WasmType(byte Code, long HeapType)
{
    internal const byte NullableReference = 0x63;
    internal const byte Reference = 0x64;
}
