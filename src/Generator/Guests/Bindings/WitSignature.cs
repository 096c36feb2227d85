using System.Globalization;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>The signature that WIT gives a method, and how one that differs gets it.</summary>
internal static partial class WitSignature
{
    /// <summary>A method for a function, as an author would write it.</summary>
    /// <param name="function">The function.</param>
    /// <param name="contract">The contract that it implements explicitly; null for an ordinary one.</param>
    internal static string Of(DeclaredMethod function, string? contract = null) =>
        (contract is null
            ? $"public {ReturnOf(function)} {function.Name}("
            : $"{ReturnOf(function)} {contract}.{function.Name}(")
            + string.Join(", ", ParametersOf(function, isDefault: false)) + ")";

    /// <summary>The type of a parameter in a method that an author wrote.</summary>
    internal static string TypeOf(DeclaredParameter parameter, AuthoredMethod method) =>
        ValueOf(parameter, method.Return.Task is not null).Type;

    /// <summary>Whether a type is another one; a type that no symbol tells is none.</summary>
    internal static bool Differs(string? have, string want) => have is not null && (have switch
    {
        "…[]" => !want.EndsWith("[]", StringComparison.Ordinal),
        _ when have.EndsWith("<…>", StringComparison.Ordinal) => have.Split('<')[0] != want.Split('<')[0],
        _ => have.Replace("?", "") != want.Replace("?", ""),
    });

    internal static bool HasOtherResult(DeclaredMethod function, AuthoredMethod method)
    {
        if (method.Return.Outcome == Outcome.Interrupt)
        {
            return false;
        }

        if (method.Return.IsResult)
        {
            return function.Result is not ResultShape || Differs(method.Return.Type, function.Result.Type);
        }

        Shape? result = function.Result is ResultShape { Value: var value }
            ? value is UnitShape ? null : value
            : function.Result;
        return Differs(method.Return.IsVoid ? "void" : method.Return.Type, result?.Type ?? "void");
    }

    /// <summary>
    /// What a code fix changes, in lines: the return type, which is empty if the author's stays, and each parameter,
    /// which is a number for one that the author has and keeps.
    /// </summary>
    internal static string Change(DeclaredMethod function, AuthoredMethod method)
    {
        string? result = HasOtherResult(function, method) ? Wrapped(ResultOf(function), method.Return) : null;
        return string.Join("\n", Parameters(function, method).Prepend(result ?? ""));
    }

    /// <summary>What the method takes besides stays before or behind what it gets from the guest.</summary>
    private static IEnumerable<string> Parameters(DeclaredMethod function, AuthoredMethod method)
    {
        int[] passed =
            [.. Enumerable.Range(0, method.Parameters.Count).Where(i => method.Parameters[i].Injected is null)];
        int behind = passed.Length == 0 ? 0 : passed[passed.Length - 1] + 1;
        bool isSameCount = passed.Length == function.Parameters.Count;
        var wanted = new Queue<string>(Enumerable.Range(0, function.Parameters.Count).Select(One));
        for (int i = 0; i < behind; i++)
        {
            if (method.Parameters[i].Injected is not null)
            {
                yield return Number(i);
            }
            else if (wanted.Count > 0)
            {
                yield return wanted.Dequeue();
            }
        }

        foreach (string one in wanted.Concat(
            Enumerable.Range(behind, method.Parameters.Count - behind).Select(Number)))
        {
            yield return one;
        }

        string One(int index)
        {
            DeclaredParameter parameter = function.Parameters[index];
            int own = isSameCount
                ? passed[index]
                : passed.Cast<int?>().FirstOrDefault(i => method.Parameters[i!.Value].Name == parameter.Name) ?? -1;
            string type = TypeOf(parameter, method);
            return own < 0 ? $"{type} {parameter.Name}"
                : Differs(method.Parameters[own].Type, type) ? $"{type} {method.Parameters[own].Name}"
                : Number(own);
        }
    }

    /// <summary>A result in what the author returns it in; null for an interrupt's type, which no text tells.</summary>
    private static string? Wrapped(string type, AuthoredReturn given)
    {
        if (given.Outcome != Outcome.Result || (given.ReturnsErrors && type == "void"))
        {
            return null;
        }

        string value = given.ReturnsErrors ? $"global::WasmBindgen.GuestResult<{type}>" : type;
        return given.Task is not { } task ? value
            : "global::System.Threading.Tasks." + (value == "void" ? task : $"{task}<{value}>");
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
