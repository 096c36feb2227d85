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

internal static class CoreTypes
{
    /// <summary>As the WebAssembly text format writes it.</summary>
    internal static string Text(this CoreType type) => type.ToString().ToLowerInvariant();

    /// <summary>A function's type as the WebAssembly text format writes it.</summary>
    internal static string Function(IEnumerable<string> parameters, IEnumerable<string> results) =>
        $"(func{List("param", parameters)}{List("result", results)})";

    private static string List(string word, IEnumerable<string> types)
    {
        string text = string.Join(" ", types);
        return text.Length == 0 ? "" : $" ({word} {text})";
    }
}
