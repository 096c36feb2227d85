using System.Globalization;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>What is wrong between a class and the WIT that it is bound to.</summary>
/// <param name="Id">The diagnostic.</param>
/// <param name="Method">
/// The method, by its number among those of the class; or <see cref="Class"/> or <see cref="Attribute"/>.
/// </param>
/// <param name="Arguments">The parts of the message.</param>
internal sealed record WitCheck(string Id, int Method, params object[] Arguments)
{
    /// <summary>The class itself.</summary>
    internal const int Class = -1;

    /// <summary>The attribute that binds it.</summary>
    internal const int Attribute = -2;

    /// <summary>What it says, with its id.</summary>
    internal string Text => string.Format(
        CultureInfo.InvariantCulture, $"{Id}: {Descriptors.All[Id].MessageFormat}", Arguments);

    /// <summary>What a code fix needs, and the key under which it looks for that; null for nothing.</summary>
    internal (string Key, string Value)? Fix { get; init; }

    /// <summary>Compares a class with its WIT, as far as can be seen without the types that are generated.</summary>
    internal static IEnumerable<WitCheck> Of(WitClass type, WitBound bound) =>
        bound.Guest is null ? []
        : bound.Guest.Unsupported
            .Select(static one => new WitCheck(Descriptors.UnsupportedWit.Id, Attribute, one.Path, one.What)
            {
                Fix = ("Skip", one.Path),
            })
            .Concat(bound.Guest.Unknown.Select(static one => new WitCheck(
                Descriptors.UnknownPath.Id,
                Attribute,
                one.Name,
                $"that {one.Member} of the class could mean",
                one.Nearest is { } nearest ? $"did you mean '{nearest}'?" : "remove it, or correct it")))
            .Concat(WitClashes.Of(type, bound))
            .Concat(type.Target.Side == WitSide.Import ? OfHost(type, bound) : OfPartials(type, bound.Guest));

    private static IEnumerable<WitCheck> OfHost(WitClass type, WitBound bound)
    {
        string name = type.Target.Interface!;
        if (type.IsStatic && (type.Target.IsAsync || bound.Guest!.Resources.Count > 0))
        {
            string what = type.Target.IsAsync ? "Async" : "resources";
            yield return new WitCheck(Descriptors.StaticContract.Id, Class, type.Target.Name, what);
            yield break;
        }

        Contract? contract = bound.ContractOf(bound.Guest!.Imports.FirstOrDefault());
        var functions = contract?.Methods ?? default;
        foreach (DeclaredMethod function in functions)
        {
            string path = $"{name}#{function.WasmName}";
            int[] named =
                [.. Enumerable.Range(0, type.Methods.Count).Where(i => type.Methods[i].Name == function.Name)];
            if (named.Length == 0)
            {
                // A member that is called like its class can only be an explicit implementation.
                bool isExplicit = function.Name == type.Target.Name;
                string signature = WitSignature.Of(function, isExplicit ? contract!.FullName : null);
                yield return isExplicit && type.IsStatic
                    ? new WitCheck(
                        Descriptors.MissingMethod.Id,
                        Class,
                        type.Target.Name,
                        path,
                        "rename the class, since no member of it can have its name")
                    : new WitCheck(
                        Descriptors.MissingMethod.Id, Class, type.Target.Name, path, $"add `{WitFit.Short(signature)}`")
                    {
                        Fix = ("Method", signature),
                    };
                continue;
            }

            if (WitMembers.MethodFor(function, type.Methods) is not { } method)
            {
                AuthoredMethod other = type.Methods[named[0]];
                yield return Differs(named[0], path, other, function, WitFit.Count(function, other));
            }
            else if (OfMethod(named.First(i => type.Methods[i].Equals(method)), path, function, method) is { } check)
            {
                yield return check;
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
                    yield return new WitCheck(Descriptors.WitError.Id, i, exception, problem);
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
                yield return new WitCheck(Descriptors.NoFunction.Id, i, method.Name, name, nearest)
                {
                    Fix = ("Member", nearest),
                };
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
                if (OfMethod(i, $"{name}#{function.WasmName}", function, method) is { } check)
                {
                    yield return check;
                }

                continue;
            }

            DeclaredMethod? same = functions.FirstOrDefault(one => one.Name == method.Name);
            string? nearest = NearestName.Of(method.Name, functions.Select(static one => one.Name));
            yield return same is not null
                ? Differs(i, $"{name}#{same.WasmName}", method, same, WitFit.Count(same, method))
                : new WitCheck(
                    Descriptors.NoFunctionForPartial.Id,
                    i,
                    method.Name,
                    name,
                    nearest is null ? "remove it" : $"did you mean '{nearest}'?")
                {
                    Fix = nearest is null ? null : ("Member", nearest),
                };
        }
    }

    /// <summary>What is wrong with a method for a function; null for nothing.</summary>
    private static WitCheck? OfMethod(int index, string path, DeclaredMethod function, AuthoredMethod method) =>
        WitFit.Problem(method) is { } problem ? new WitCheck(problem, index, method.Name)
        : WitFit.Difference(function, method) is { } difference
            ? Differs(index, path, method, function, difference)
        : null;

    private static WitCheck Differs(
        int index,
        string path,
        AuthoredMethod method,
        DeclaredMethod function,
        (string Part, string Want, string Have) difference)
    {
        (string part, string want, string have) = difference;
        return new WitCheck(Descriptors.OtherSignature.Id, index, method.Name, path, part, want, have)
        {
            Fix = ("Signature", WitSignature.Change(function, method)),
        };
    }
}
