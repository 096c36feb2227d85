namespace WasmBindgen.Generator.Abi;

/// <summary>WIT's numbers and bool, named as the runtime's <c>Slot</c> names its property for each.</summary>
internal enum Scalar
{
    Bool,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
}

internal static class Scalars
{
    /// <summary>The core type that a scalar is flattened to.</summary>
    internal static CoreType Core(this Scalar scalar) => scalar switch
    {
        Scalar.S64 or Scalar.U64 => CoreType.I64,
        Scalar.F32 => CoreType.F32,
        Scalar.F64 => CoreType.F64,
        _ => CoreType.I32,
    };

    /// <summary>Its bytes in memory.</summary>
    internal static int Size(this Scalar scalar) => scalar switch
    {
        Scalar.Bool or Scalar.S8 or Scalar.U8 => 1,
        Scalar.S16 or Scalar.U16 => 2,
        Scalar.S64 or Scalar.U64 or Scalar.F64 => 8,
        _ => 4,
    };
}
