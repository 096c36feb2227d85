using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Guests;

/// <summary>The errors that guests get for exceptions, by the names that authors give them.</summary>
internal static class WitErrors
{
    /// <summary>What a method declares to throw, with the errors as generated code says them.</summary>
    internal static EquatableArray<Catch> Resolve(
        EquatableArray<Catch> catches, DeclaredMethod function, EquatableArray<DeclaredType> errors) => catches
        .Select(one => one.Error is not { } error ? one
            : Find(error.Value, function, errors) is { } value ? one with { Error = error with { Value = value } }
            : null)
        .OfType<Catch>()
        .ToEquatableArray();

    /// <summary>Why an error's name means nothing; null if it does.</summary>
    internal static string? Problem(string name, DeclaredMethod function, EquatableArray<DeclaredType> errors)
    {
        if (function.Result is not ResultShape result || Find(name, function, errors) is not null)
        {
            return null;
        }

        string type = result.Error.Type.Substring(result.Error.Type.LastIndexOf('.') + 1);
        return NoCase(type, name, [.. Cases(result, errors).Select(static one => one.Name)]);
    }

    /// <summary>That an error has no such case.</summary>
    /// <param name="type">The error's type.</param>
    /// <param name="name">The case; empty for the exception's message.</param>
    /// <param name="cases">The cases that it has.</param>
    internal static string NoCase(string type, string name, string[] cases) => name.Length == 0
        ? $"'{type}' is not string: name its case, as in \"{cases.FirstOrDefault() ?? "no-entry"}\""
        : $"'{type}' has no case '{name}' without a payload"
            + (cases.Length == 0 ? ""
                : NearestName.Of(name, cases) is { } nearest ? $": did you mean '{nearest}'?"
                : $": it has '{string.Join("', '", cases)}'");

    private static string? Find(string name, DeclaredMethod function, EquatableArray<DeclaredType> errors) =>
        function.Result is not ResultShape result ? null
        : name.Length == 0 ? result.Error is StringShape ? CSharp.MessageOf : null
        : Cases(result, errors).FirstOrDefault(one => one.Name == name).Error;

    /// <summary>The cases of an error that have nothing in them.</summary>
    private static IEnumerable<(string Name, string Error)> Cases(
        ResultShape result, EquatableArray<DeclaredType> errors) =>
        errors.FirstOrDefault(type => type.FullName == result.Error.Type) switch
        {
            DeclaredEnum { IsFlags: false } numbers => numbers.Members.Select(member =>
                (NameOf(member.Docs), $"{numbers.FullName}.{member.Name}")),
            DeclaredVariant variant => variant.Cases.Where(static one => one.Value is null).Select(one =>
                (NameOf(one.Docs), $"{variant.FullName}.{one.Name}.Instance")),
            _ => [],
        };

    private static string NameOf(Documented docs) => docs.Path.Substring(docs.Path.LastIndexOf('.') + 1);
}
