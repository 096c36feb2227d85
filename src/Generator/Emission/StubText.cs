using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>Pieces of a stub's text.</summary>
internal static class StubText
{
    /// <summary>A name for a local of the stub, which no parameter has.</summary>
    internal static string Local(GuestFunctionStub function, string name) =>
        name == function.Token || function.Parameters.Any(parameter => parameter.Name == name)
            ? Local(function, name + "_")
            : name;

    /// <summary>
    /// The arguments that limit a call's time, <paramref name="token"/> being the name of its token; empty when nothing
    /// does.
    /// </summary>
    internal static string Limits(GuestFunctionStub function, string token) =>
        function.Token is not null || function.Timeout > 0 || function.Fuel > 0
            ? $", milliseconds: {function.Timeout}, {token}"
            : "";

    /// <summary>The argument that limits a call's fuel; empty when nothing does.</summary>
    internal static string FuelLimit(GuestFunctionStub function) =>
        function.Fuel > 0 ? $", fuel: {function.Fuel}ul" : "";

    /// <summary>Its header.</summary>
    internal static string Declaration(GuestFunctionStub function)
    {
        IEnumerable<string> parameters = function.Parameters
            .Skip(function.IsOnSelf ? 1 : 0)
            .Select(parameter =>
                $"{parameter.Modifiers}{parameter.Value.Type} {CanonicalStub.Local(parameter.Name, function)}")
            .Concat(
                function.Token is not { } token
                    ? []
                    :
                    [
                        "global::System.Threading.CancellationToken "
                            + CanonicalStub.Local(token, function) + Default(function),
                    ]);
        return Enclose($"{function.Modifiers} {ReturnType(function)} {function.Method}(", parameters, ")");
    }

    /// <summary>A token may be left out where nobody asked for it.</summary>
    private static string Default(GuestFunctionStub function) => function.IsOfGuest ? " = default" : "";

    /// <summary>The return type.</summary>
    internal static string ReturnType(GuestFunctionStub function) =>
        !function.IsAsync
            ? Returned(function) ?? "void"
            : "global::System.Threading.Tasks.Task" + TypeArgument(function);

    /// <summary>What a task gives, in angle brackets; empty for nothing.</summary>
    internal static string TypeArgument(GuestFunctionStub function) =>
        Returned(function) is { } type ? $"<{type}>" : "";

    /// <summary>What the caller gets in the end; null for nothing.</summary>
    private static string? Returned(GuestFunctionStub function) => (function.ReturnsErrors, ValueOf(function)) switch
    {
        (true, null) => $"{PublicRuntime}.GuestResult",
        (true, { } result) => $"{PublicRuntime}.GuestResult<{result.Type}>",
        (false, var result) => result?.Type,
    };

    /// <summary>What a call returns if nothing fails: of a result whose error is thrown only the value.</summary>
    private static Shape? ValueOf(GuestFunctionStub function) =>
        !function.Throws ? function.Result
        : function.Result is ResultShape { Value: not UnitShape and var value } ? value
        : null;
}
