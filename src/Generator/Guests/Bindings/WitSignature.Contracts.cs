using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <content>The signature in a contract, which depends on no class.</content>
internal static partial class WitSignature
{
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    /// <summary>What a contract's method returns.</summary>
    internal static string ReturnOf(DeclaredMethod function) =>
        function.Token is null ? ResultOf(function)
        : function.Result is { Type: var type } ? $"{ValueTask}<{type}>"
        : ValueTask;

    /// <summary>What a contract's method takes.</summary>
    /// <param name="function">The function.</param>
    /// <param name="isDefault">Whether a token may be left out.</param>
    internal static IEnumerable<string> ParametersOf(DeclaredMethod function, bool isDefault) => function.Parameters
        .Select(parameter =>
            $"{ValueOf(parameter, function.Token is not null).Type} {parameter.Name}")
        .Concat(function.Token is not { } token
            ? []
            : [$"global::System.Threading.CancellationToken {token}{(isDefault ? " = default" : "")}"]);

    internal static string ResultOf(DeclaredMethod function) => function.Result?.Type ?? "void";

    /// <summary>
    /// How a parameter crosses in a method: to one that returns a task, what would be a span is a
    /// <c>ReadOnlyMemory</c>.
    /// </summary>
    internal static Shape ValueOf(DeclaredParameter parameter, bool isAsync) =>
        (isAsync, parameter.Value) switch
        {
            (true, SpanShape { Element: { } element }) =>
                new ListShape($"global::System.ReadOnlyMemory<{element.Type}>", Collection.ReadOnlyMemory, element),
            (true, FixedListShape { IsSpan: true } list) =>
                list with { Type = list.Element.Type + "[]", IsSpan = false },
            _ => parameter.Value,
        };
}
