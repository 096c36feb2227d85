using System.Globalization;
using WasmBindgen.Binary;

namespace WasmBindgen.Build.Core;

/// <summary>Value types in the text format (core specification, sections 5.3 and 6.4).</summary>
internal static class ValueTypes
{
    /// <returns>Null if there is no such type.</returns>
    internal static string? Text(WasmType type) => type.Code switch
    {
        0x7F => "i32",
        0x7E => "i64",
        0x7D => "f32",
        0x7C => "f64",
        0x7B => "v128",
        WasmType.NullableReference => NullableReference(type.HeapType),
        WasmType.Reference => HeapType(type.HeapType) is { } heap ? $"(ref {heap})" : null,
        < 0x80 and var code => NullableReference(code - 0x80), // a heap type: a negative number of seven bits
        _ => null,
    };

    private static string? NullableReference(long type) => HeapType(type) switch
    {
        "func" => "funcref",
        "extern" => "externref",
        { } heap => $"(ref null {heap})",
        null => null,
    };

    private static string? HeapType(long type) => type switch
    {
        -0x0B => "nocont",
        -0x0C => "noexn",
        -0x0D => "nofunc",
        -0x0E => "noextern",
        -0x0F => "none",
        -0x10 => "func",
        -0x11 => "extern",
        -0x12 => "any",
        -0x13 => "eq",
        -0x14 => "i31",
        -0x15 => "struct",
        -0x16 => "array",
        -0x17 => "exn",
        -0x18 => "cont",
        >= 0 and <= uint.MaxValue => type.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
