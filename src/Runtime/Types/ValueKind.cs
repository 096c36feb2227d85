namespace WasmBindgen;

/// <summary>A WebAssembly value type (core specification, section 2.3).</summary>
public enum ValueKind : byte
{
    /// <summary>32-bit integer.</summary>
    I32,

    /// <summary>64-bit integer.</summary>
    I64,

    /// <summary>32-bit float.</summary>
    F32,

    /// <summary>64-bit float.</summary>
    F64,

    /// <summary>128-bit vector.</summary>
    V128,

    /// <summary>Nullable reference to a function.</summary>
    FuncRef,

    /// <summary>Nullable reference to a host object.</summary>
    ExternRef,
}

internal static class ValueKindExtensions
{
    /// <summary>The name in the WebAssembly text format.</summary>
    internal static string ToWat(this ValueKind kind) => kind switch
    {
        ValueKind.I32 => "i32",
        ValueKind.I64 => "i64",
        ValueKind.F32 => "f32",
        ValueKind.F64 => "f64",
        ValueKind.V128 => "v128",
        ValueKind.FuncRef => "funcref",
        _ => "externref",
    };
}
