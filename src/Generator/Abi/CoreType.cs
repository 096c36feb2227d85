namespace WasmBindgen.Generator.Abi;

/// <summary>A core WebAssembly type, named as the runtime's <c>ValueKind</c> names it.</summary>
internal enum CoreType
{
    I32,
    I64,
    F32,
    F64,
    V128,
    FuncRef,
    ExternRef,
}
