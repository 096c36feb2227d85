using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// What a trace of host calls must know of a function: names and forms, as the runtime's <c>CallText</c> reads them.
/// </summary>
internal static class TraceText
{
    /// <summary>The argument of a definition; none for a function without parameters and result.</summary>
    internal static string[] Signature(HostFunction function)
    {
        IEnumerable<string> parts =
            function.Core.ParametersSpill ? ["parameters:pointer"]
            : function.Core.AreaComesFirst
                ? function.Passed.Select(static parameter => $"{parameter.Name}:{Form(parameter.Value!)}")
                    .Prepend("result:pointer")
            : function.Passed.Select(static parameter => $"{parameter.Name}:{Form(parameter.Value!)}");
        string[] all = [.. parts, .. function.Result is { } result ? [$">{Form(result)}"] : (string[])[]];
        return all.Length == 0 ? [] : [$"signature: {Literal(string.Join(" ", all))}"];
    }

    private static string Form(Shape shape) => shape switch
    {
        ScalarShape scalar => scalar.Scalar.ToString().ToLowerInvariant(),
        EnumShape { Flat: [Abi.CoreType.I64] } => "u64",
        EnumShape => "u32",
        RuneShape => "char",
        StringShape => "string",
        EncodedStringShape { Encoding: TextEncoding.CString } => "cstring",
        EncodedStringShape { Encoding: TextEncoding.Utf16 } => "utf16",
        EncodedStringShape { Encoding: TextEncoding.Latin1 } => "latin1",
        ListShape or MapShape or SpanShape or MemoryShape { IsWide: false } => "list",
        ResourceShape => "handle",
        PointerShape or ReferenceShape { IsWide: false } => "pointer",
        _ => shape.Flat.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
