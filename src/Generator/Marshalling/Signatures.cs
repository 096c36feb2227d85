using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>Core types in generated code.</summary>
internal static class Signatures
{
    /// <summary>A collection expression of core types.</summary>
    internal static string Kinds(IEnumerable<CoreType> types) =>
        Enclose("[", types.Select(static type => $"{Runtime}::ValueKind.{type}"), "]");

    /// <summary>A function's type for people, in the WebAssembly text format.</summary>
    internal static string Wat(CoreFunction core)
    {
        return $"(func{List("param", core.Parameters)}{List("result", core.Results)})";

        static string List(string word, EquatableArray<CoreType> types) =>
            types.Count == 0
                ? ""
                : $" ({word} {string.Join(" ", types.Select(static type => type.ToString().ToLowerInvariant()))})";
    }
}
