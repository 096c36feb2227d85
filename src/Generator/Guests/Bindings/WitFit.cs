using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>
/// Whether a method that an author wrote can be one for a function, as far as symbols tell its types. Of one that
/// cannot nothing is generated.
/// </summary>
internal static class WitFit
{
    internal static bool Fits(DeclaredMethod function, AuthoredMethod method) =>
        Problem(method) is null && Difference(function, method) is null;

    /// <summary>The diagnostic of what no method for a function can be; null for nothing.</summary>
    internal static string? Problem(AuthoredMethod method) =>
        method.Problem ?? (method is { IsPartial: true, IsStatic: true } ? Descriptors.StaticExport.Id : null);

    /// <summary>The first parameter or result whose type is another one; null for none that can be seen.</summary>
    internal static (string Part, string Want, string Have)? Difference(DeclaredMethod function, AuthoredMethod method)
    {
        AuthoredParameter[] passed = [.. method.Passed];
        for (int i = 0; i < passed.Length; i++)
        {
            string want = WitSignature.TypeOf(function.Parameters[i], method);
            string modifier = passed[i].Modifiers.Contains("ref ") ? "ref "
                : passed[i].Modifiers.Contains("out ") ? "out "
                : "";
            if (modifier.Length > 0 || WitSignature.Differs(passed[i].Type, want))
            {
                return (Name(passed[i]), Short(want), modifier + Short(passed[i].Type ?? want));
            }
        }

        if (method.IsPartial && Superfluous(method) is { } other)
        {
            return (Name(other), "nothing", other.Injected!);
        }

        return Result(function, method);
    }

    internal static (string Part, string Want, string Have) Count(DeclaredMethod function, AuthoredMethod method) =>
        ("the number of parameters", $"{function.Parameters.Count}", $"{method.Passed.Count()}");

    internal static string Short(string type) => type.Replace("global::", "");

    /// <summary>What a call cannot take: all but a token in the last place.</summary>
    private static AuthoredParameter? Superfluous(AuthoredMethod method) => method.Parameters
        .Where((parameter, i) => parameter.Injected is { } injected
            && !(injected == "CancellationToken" && i == method.Parameters.Count - 1))
        .FirstOrDefault();

    private static (string Part, string Want, string Have)? Result(DeclaredMethod function, AuthoredMethod method)
    {
        AuthoredReturn given = method.Return;
        string result = WitSignature.ResultOf(function);
        string have = given.IsVoid ? "void" : given.Type ?? result;
        if (given.ReturnsErrors)
        {
            // An error that is thrown has no place where nothing is.
            bool isValue = method.IsPartial && !(function.Result is ResultShape && !given.IsResult);
            if (!isValue)
            {
                string want = method.IsPartial ? $"GuestResult<{Short(result)}>" : Short(result);
                return ("its result", want, given.IsVoid ? "GuestResult" : $"GuestResult<{Short(have)}>");
            }
        }

        if (method.IsPartial && given is { Task: "ValueTask" })
        {
            string task = result == "void" ? "" : $"<{Short(result)}>";
            return ("its result", "Task" + task, given.IsVoid ? "ValueTask" : $"ValueTask<{Short(have)}>");
        }

        if (method.IsPartial && given.Outcome != Outcome.Result)
        {
            return ("its result", Short(result), $"{given.Outcome switch
            {
                Outcome.Interrupt => "Interrupt",
                _ => "Interruptible",
            }}<…>");
        }

        return WitSignature.HasOtherResult(function, method) ? ("its result", Short(result), Short(have)) : null;
    }

    private static string Name(AuthoredParameter parameter) => $"parameter '{parameter.Name.TrimStart('@')}'";
}
