using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>What is wrong between a class and the WIT that it is bound to.</summary>
/// <param name="Id">The diagnostic.</param>
/// <param name="Method">The method, by its number among those of the class; -1 for the class itself.</param>
/// <param name="Arguments">The parts of the message.</param>
/// <param name="Fix">What a code fix writes; null for nothing.</param>
internal sealed record WitCheck(string Id, int Method, object[] Arguments, string? Fix = null)
{
    /// <summary>Compares a class with its WIT, as far as can be seen without the types that are generated.</summary>
    internal static IEnumerable<WitCheck> Of(WitClass type, WitBound bound) =>
        bound.Guest is null ? []
        : type.Target.Side == WitSide.Import ? OfHost(type, bound)
        : OfPartials(type, bound.Guest);

    private static IEnumerable<WitCheck> OfHost(WitClass type, WitBound bound)
    {
        string name = type.Target.Interface!;
        if (type.IsStatic && bound.Guest!.Resources.Count > 0)
        {
            yield return new WitCheck(Descriptors.StaticContract.Id, -1, [type.Target.Name]);
            yield break;
        }

        Contract? contract = bound.Guest!.Imports.FirstOrDefault() is { } import
            ? bound.Contracts.FirstOrDefault(one => one.FullName == import.Contract)
            : null;
        var functions = contract?.Methods ?? default;
        foreach (DeclaredMethod function in functions)
        {
            string path = $"{name}#{function.WasmName}";
            string signature = Signature(function);
            int[] named = [.. Enumerable.Range(0, type.Methods.Count).Where(i => type.Methods[i].Name == function.Name)];
            if (named.Length == 0)
            {
                yield return new WitCheck(
                    Descriptors.MissingMethod.Id, -1, [type.Target.Name, path, signature], signature);
                continue;
            }

            if (WitMembers.MethodFor(function, type.Methods) is not { } method)
            {
                yield return new WitCheck(
                    Descriptors.OtherSignature.Id,
                    named[0],
                    [
                        function.Name, path, "the number of parameters", $"{function.Parameters.Count}",
                        $"{type.Methods[named[0]].Passed.Count()}",
                    ],
                    signature);
            }
            else if (Difference(function, method) is var (part, want, have))
            {
                int index = named.First(i => type.Methods[i].Equals(method));
                yield return new WitCheck(
                    Descriptors.OtherSignature.Id, index, [function.Name, path, part, want, have], signature);
            }
        }

        for (int i = 0; i < type.Methods.Count; i++)
        {
            AuthoredMethod method = type.Methods[i];
            DeclaredMethod? function = WitMembers.MethodFor(method.Name, method.Passed.Count(), functions);
            foreach (Catch one in method.Catches.Where(static one => one.Error is not null))
            {
                if (function is not null && WitErrors.Problem(one.Error!.Value, function, bound.Errors) is { } problem)
                {
                    string exception = one.Type.Substring(one.Type.LastIndexOf('.') + 1);
                    yield return new WitCheck(Descriptors.WitError.Id, i, [exception, problem]);
                }
            }
        }

        string[] unused = [.. functions.Select(static function => function.Name)
            .Where(function => !type.Methods.Any(method => method.Name == function))];
        for (int i = 0; i < type.Methods.Count; i++)
        {
            AuthoredMethod method = type.Methods[i];
            if (!functions.Any(function => function.Name == method.Name)
                && NearestName.Of(method.Name, unused) is { } nearest)
            {
                yield return new WitCheck(Descriptors.NoFunction.Id, i, [method.Name, name, nearest], nearest);
            }
        }
    }

    /// <summary>Partial methods are calls, and there must be something to call.</summary>
    private static IEnumerable<WitCheck> OfPartials(WitClass type, DeclaredGuest guest)
    {
        bool isWorld = type.Target.Interface is null;
        string name = type.Target.Interface ?? type.Target.Wit ?? type.Target.Guest!;
        int first = 0;
        foreach (WitCheck check in Of(
            type.Methods, isWorld ? guest.Functions : guest.Exports.FirstOrDefault()?.Methods ?? default, name))
        {
            yield return check;
        }

        first += type.Methods.Count;
        foreach (NestedMethods nested in type.Nested)
        {
            if (guest.Exports.FirstOrDefault(one => one.Class == nested.Class) is { } export)
            {
                foreach (WitCheck check in Of(nested.Methods, export.Methods, export.Name))
                {
                    yield return check with { Method = check.Method + first };
                }
            }

            first += nested.Methods.Count;
        }
    }

    private static IEnumerable<WitCheck> Of(
        EquatableArray<AuthoredMethod> methods, EquatableArray<DeclaredMethod> functions, string name)
    {
        for (int i = 0; i < methods.Count; i++)
        {
            AuthoredMethod method = methods[i];
            if (!method.IsPartial)
            {
                continue;
            }

            if (WitMembers.MethodFor(method.Name, methods[i].Passed.Count(), functions) is { } function)
            {
                if (Difference(function, method) is var (part, want, have))
                {
                    yield return new WitCheck(
                        Descriptors.OtherSignature.Id,
                        i,
                        [method.Name, $"{name}#{function.WasmName}", part, want, have]);
                }

                continue;
            }

            DeclaredMethod? same = functions.FirstOrDefault(one => one.Name == method.Name);
            string? nearest = NearestName.Of(method.Name, functions.Select(static one => one.Name));
            yield return same is not null
                ? new WitCheck(
                    Descriptors.OtherSignature.Id,
                    i,
                    [
                        method.Name, $"{name}#{same.WasmName}", "the number of parameters", $"{same.Parameters.Count}",
                        $"{method.Passed.Count()}",
                    ])
                : new WitCheck(
                    Descriptors.NoFunctionForPartial.Id,
                    i,
                    [method.Name, name, nearest is null ? "remove it" : $"did you mean '{nearest}'?"],
                    nearest);
        }
    }

    /// <summary>The first parameter or result whose type is another one; null for none that can be seen.</summary>
    private static (string Part, string Want, string Have)? Difference(DeclaredMethod function, AuthoredMethod method)
    {
        bool isAsync = method.Return.Task is not null;
        AuthoredParameter[] passed = [.. method.Passed];
        for (int i = 0; i < passed.Length; i++)
        {
            string want = WitMembers.ValueOf(function.Parameters[i], isAsync).Type;
            if (passed[i].Type is { } have && have != want && have != want.TrimEnd('?'))
            {
                return ($"parameter '{passed[i].Name.TrimStart('@')}'", Short(want), Short(have));
            }
        }

        if (method.Return.Outcome == Outcome.Interrupt || method.Return.IsResult)
        {
            return null;
        }

        Shape? result = function.Result is ResultShape { Value: var value }
            ? value is UnitShape ? null : value
            : function.Result;
        string wanted = result?.Type ?? "void";
        string? given = method.Return.IsVoid ? "void" : method.Return.Type;
        return given is not null && given != wanted && given != wanted.TrimEnd('?')
            ? ("its result", Short(function.Result?.Type ?? "void"), Short(given))
            : null;
    }

    /// <summary>A method for a function, as an author would write it.</summary>
    private static string Signature(DeclaredMethod function) =>
        $"public {Short(function.Result?.Type ?? "void")} {function.Name}("
            + string.Join(", ", function.Parameters.Select(static one => $"{Short(one.Value.Type)} {one.Name}")) + ")";

    private static string Short(string type) => type.Replace("global::", "");
}
