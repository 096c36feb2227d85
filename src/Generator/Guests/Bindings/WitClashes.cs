using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>
/// What a class that calls a guest has, or is, that leaves no room for what is generated. Nothing is generated then.
/// </summary>
internal static class WitClashes
{
    private const string Rename = "rename it";

    internal static IEnumerable<WitCheck> Of(WitClass type, WitBound bound)
    {
        if (type.Target.Side == WitSide.Import || bound.Guest is not { } guest)
        {
            return [];
        }

        bool isWorld = type.Target.Side == WitSide.World;
        bool hasImports = guest.Imports.Count + guest.Resources.Count > 0;
        bool isOfInterface = type.Target.Interface is not null;
        EquatableArray<DeclaredMethod> functions =
            isOfInterface ? guest.Exports.FirstOrDefault()?.Methods ?? default : guest.Functions;
        var own = functions.Select(function => Of(function, type.Methods)).OfType<Made>().ToList();
        if (guest.Exports.Any(static export => export.Handles.Count > 0))
        {
            own.Add(new Made("DefineResources", AuthoredKind.Method, ["Linker"], null));
        }

        if (isWorld)
        {
            string[] instantiate = hasImports ? ["Store", "Module", "Imports"] : ["Store", "Module"];
            own.Add(new Made("Instantiate", AuthoredKind.Method, instantiate, null));
            own.AddRange(!hasImports ? [] : new[]
            {
                new Made("Imports", AuthoredKind.Record, [], null),
                new Made("Define", AuthoredKind.Method, ["Linker", "Imports"], null),
                new Made("DefinePerStore", AuthoredKind.Method, ["Linker"], null),
            });
        }

        if (!isOfInterface)
        {
            own.AddRange(guest.Exports.SelectMany(static export => new[]
            {
                new Made(export.Property, AuthoredKind.Other, [], export.Name),
                new Made(export.Class, AuthoredKind.Class, [], export.Name),
            }));
        }

        IEnumerable<WitCheck> ofParts = isOfInterface ? [] : guest.Exports.SelectMany(export => OfMembers(
            type,
            export.Class,
            [.. export.Methods
                .Select(function => Of(
                    function,
                    type.Nested.FirstOrDefault(nested => nested.Class == export.Class)?.Methods ?? default))
                .OfType<Made>()]));
        return OfClass(type, own, isWorld).Concat(OfMembers(type, null, own)).Concat(ofParts);
    }

    private static IEnumerable<WitCheck> OfClass(WitClass type, List<Made> made, bool isWorld)
    {
        if (isWorld && type.IsAbstract)
        {
            yield return Check(WitCheck.Class, type.Target.Name, "is abstract", "Instantiate makes objects of it");
        }

        if (type.Base == BaseClass.InTheWay)
        {
            yield return Check(
                WitCheck.Class,
                type.Target.Name,
                "has a base class whose constructors need something",
                "give that one without parameters");
        }

        if (made.Exists(one => one.Name == type.Target.Name))
        {
            yield return Check(WitCheck.Class, type.Target.Name, "has the name of a member that is generated", Rename);
        }

        if (type.IsRecord && made.Find(static one => WitIdentifiers.OfRecord.Contains(one.Name)) is { } kept)
        {
            yield return Check(
                WitCheck.Class,
                type.Target.Name,
                $"is a record, which keeps '{kept.Name}' for itself",
                "make it a class");
        }
    }

    private static IEnumerable<WitCheck> OfMembers(WitClass type, string? nested, IReadOnlyCollection<Made> made)
    {
        int first = type.Methods.Count + type.Nested.Sum(static one => one.Methods.Count);
        for (int i = 0; i < type.Members.Count; i++)
        {
            AuthoredMember member = type.Members[i];
            if (member.Class == nested && made.FirstOrDefault(one => one.Meets(member)) is { } other)
            {
                yield return other.IsPart(member)
                    ? Check(
                        first + i, member.Name, member.Problem!, "it is a part of what is generated, which is public")
                    : Check(
                        first + i,
                        member.Name,
                        "has the name of what is generated",
                        other.Path is null ? Rename : $"{Rename}, or give '{other.Path}' another by [WitName]");
            }
        }
    }

    private static WitCheck Check(int place, string name, string what, string advice) =>
        new(Descriptors.InTheWay.Id, place, name, what, advice);

    /// <summary>The method for a function; null if its author declared that as a part of it.</summary>
    private static Made? Of(DeclaredMethod function, EquatableArray<AuthoredMethod> methods) =>
        WitMembers.MethodFor(function, methods.Where(static method => method.IsPartial)) is not null ? null : new Made(
            function.Name,
            AuthoredKind.Method,
            [.. function.Parameters.Select(static parameter => Brief(parameter.Value.Type))],
            function.Docs.Path);

    /// <summary>A type's own name, without what it is in and what is in it.</summary>
    private static string Brief(string type)
    {
        int end = type.IndexOf('<');
        string array = type.EndsWith("[]", StringComparison.Ordinal) ? "[]" : "";
        string name = end < 0 ? type.TrimEnd('[', ']', '?') : type.Substring(0, end);
        return type[0] == '(' ? "" : name.Substring(name.LastIndexOf('.') + 1).Replace("global::", "") + array;
    }

    /// <summary>A member that is generated.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Parameters">The types of a method's parameters, in brief.</param>
    /// <param name="Path">What it is for in WIT; null for what every class has.</param>
    private sealed record Made(string Name, AuthoredKind Kind, string[] Parameters, string? Path)
    {
        internal bool Meets(AuthoredMember member) =>
            member.Name == Name
            && !(IsPart(member) && member.Problem is null)
            && (Kind != AuthoredKind.Method || member.Kind != AuthoredKind.Method || HasParametersOf(member));

        /// <summary>Whether a member is the author's part of it.</summary>
        internal bool IsPart(AuthoredMember member) =>
            member.Kind == Kind && Kind is AuthoredKind.Class or AuthoredKind.Record;

        private bool HasParametersOf(AuthoredMember member) =>
            member.Parameters.Count == Parameters.Length
            && !Parameters.Where((type, i) =>
                type.Length > 0 && type != member.Parameters[i] && member.Parameters[i] != "Nullable").Any();
    }
}
