using System.Reflection;
using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// A component with the types of its functions: a path is <c>name</c>, or <c>instance#name</c> for one of an exported
/// instance. What it imports, if anything, is <c>f</c> of the instance <c>host</c>.
/// </summary>
internal sealed record Guest(string Wat, FunctionType? Import, params (string Path, FunctionType Type)[] Exports)
{
    /// <summary>One whose function is <c>f</c>.</summary>
    internal static Guest Of(string wat, FunctionType type, FunctionType? import = null) =>
        new(wat, import, ("f", type), ("log", s_log));

    /// <summary>One whose function is <c>f</c> of the exported instance <c>consumer</c>.</summary>
    internal static Guest OfPair(string wat, FunctionType type, FunctionType? import = null) =>
        new(wat, import, ("consumer#f", type), ("consumer#log", s_log), ("producer#log", s_log));

    internal static FunctionType Seen { get; } = new([], Primitive.Of("u32"));

    /// <summary>The same, one of which tells how many values have reached it.</summary>
    internal Guest WithSeen(string guest) => this with { Exports = [.. Exports, ($"{guest}#seen", Seen)] };

    private static readonly FunctionType s_log = new([], new ListType(Primitive.Of("u32")));

    internal FunctionType TypeOf(string path) => Exports.Single(one => one.Path == path).Type;

    /// <summary>Compiles classes for guests; each gets theirs by its number.</summary>
    internal static Assembly Compile(IReadOnlyList<Guest> guests)
    {
        IEnumerable<WitType> types = guests.SelectMany(static guest => guest.Exports.Select(static one => one.Type)
            .Append(guest.Import ?? s_log)
            .SelectMany(static type => type.Parameters.Concat(type.Result is null ? [] : [type.Result])));
        return Bindings.Compile($"{Bindings.Declare(types)}\n{string.Join('\n', guests.Select(Classes))}");
    }

    /// <summary>The same for guests with the same functions.</summary>
    internal string Kind => Classes(this, 0);

    /// <summary>The class for the exports of an instance, or for the component's own.</summary>
    internal static string ClassOf(int number, string path) =>
        $"Guest{number}{(path.Contains('#') ? path[..path.IndexOf('#')] : "")}";

    internal static string MethodOf(string path)
    {
        string[] words = path[(path.IndexOf('#') + 1)..].Split('-');
        return string.Concat(words.Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static string Classes(Guest guest, int number) => string.Concat(guest.Exports
        .GroupBy(one => ClassOf(number, one.Path))
        .Select(static group =>
        {
            string path = group.First().Path;
            string prefix = path.Contains('#') ? $", Prefix = \"{path[..(path.IndexOf('#') + 1)]}\"" : "";
            string methods = string.Concat(group.Select(static one =>
                $"public partial {Signature(one.Type, MethodOf(one.Path))};\n"));
            return $"[WasmExport(Naming = Naming.KebabCase{prefix})] "
                + $"public sealed partial class {group.Key} {{ {methods} }}\n";
        })) + (guest.Import is null ? "" : HostClass(guest.Import, number));

    private static string HostClass(FunctionType type, int number)
    {
        string call = $"body([{string.Join(", ", type.Parameters.Select(static (_, i) => $"p{i}"))}])";
        return $$"""
            [WasmImport("host")] public sealed partial class Host{{number}}(Func<object?[], object?> body)
            {
                public {{Signature(type, "F")}} => {{(type.Result is null ? call : $"({type.Result.CSharp}){call}!")}};
            }

            """;
    }

    private static string Signature(FunctionType type, string name) => $"{type.Result?.CSharp ?? "void"} {name}("
        + $"{string.Join(", ", type.Parameters.Select(static (one, i) => $"{one.CSharp} p{i}"))})";
}
