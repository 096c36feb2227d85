using WasmBindgen.Generator.Guests;

namespace WasmBindgen.Generator.Tests;

/// <summary>Resolved WIT as text: what each name stands for is written out.</summary>
internal static class WitText
{
    internal static string Of(WitPackages packages) => string.Concat(packages.Packages.Select(static package =>
        $"package {package.Name}{(package.IsRoot ? "" : " (dependency)")}\n"
            + Docs(package.Docs, "")
            + string.Concat(package.Interfaces.Select(static item => Of(item, "  interface " + item.Id)))
            + string.Concat(package.Worlds.Select(Of))));

    internal static string Of(WitType? type) => type switch
    {
        null => "_",
        WitPrimitiveType { Primitive: WitPrimitive.ErrorContext } => "error-context",
        WitPrimitiveType primitive => primitive.Primitive.ToString().ToLowerInvariant(),
        WitNamedType named => named.Id!.Value.Name == named.Name ? $"<{named.Id}>" : $"<{named.Id} as {named.Name}>",
        WitHandleType handle => $"{(handle.IsBorrow ? "borrow" : "own")} {Of(handle.Resource)}",
        WitListType list => $"list({Of(list.Element)}{(list.Length is { } length ? $", {length}" : "")})",
        WitMapType map => $"map({Of(map.Key)}, {Of(map.Value)})",
        WitOptionType option => $"option({Of(option.Value)})",
        WitResultType result => $"result({Of(result.Ok)}, {Of(result.Error)})",
        WitTupleType tuple => $"tuple({string.Join(", ", tuple.Items.Select(Of))})",
        WitAsyncType later => $"{(later.IsStream ? "stream" : "future")}({Of(later.Item)})",
        _ => throw new NotSupportedException(type.GetType().Name),
    };

    private static string Of(WitInterface item, string title) =>
        $"{title}{Gate(item.Header)}\n" + Docs(item.Header.Docs, "    ")
            + string.Concat(item.Items.Select(static one => Of(one, "    ")));

    private static string Of(WitWorld world) =>
        $"  world {world.Id}{Gate(world.Header)}\n" + Docs(world.Header.Docs, "    ")
            + string.Concat(world.Types.Select(static type => Of(type, "    ")))
            + string.Concat(world.Externs.Select(static one =>
                $"    {(one.IsExport ? "export" : "import")} {one.Header.Name}{Gate(one.Header)}"
                    + (one.IsNamed ? $" = {one.Interface}" : one.IsImplicit ? " (implicit)" : "")
                    + "\n"
                    + (one.Function is { } function ? Of(function, "      ") : "")
                    + (one.Inline is { } inline ? Of(inline, "      interface " + inline.Id) : "")));

    private static string Of(WitItem item, string indent)
    {
        string line = item switch
        {
            WitAlias alias => $"type {item.Name} = {Of(alias.Type)}",
            WitUsedType used => $"use {used.Definition} as {item.Name}",
            WitRecord record => $"record {item.Name} {{ {Fields(record.Fields)} }}",
            WitVariant variant => $"variant {item.Name} {{ {Cases(variant.Cases)} }}",
            WitEnum numbers => $"enum {item.Name} {{ {Cases(numbers.Cases)} }}",
            WitFlags flags => $"flags {item.Name} {{ {Cases(flags.Flags)} }}",
            WitResource => $"resource {item.Name}",
            WitFunction function => Signature(function, null),
            _ => throw new NotSupportedException(item.GetType().Name),
        };
        return $"{indent}{line}{Gate(item.Header)}\n" + Docs(item.Header.Docs, indent + "  ")
            + string.Concat(item is WitResource { Functions: var functions }
                ? functions.Select(one => $"{indent}  {Signature(one, item.Name)}{Gate(one.Header)}\n")
                : []);
    }

    private static string Signature(WitFunction function, string? resource) =>
        $"{function.ExternName(resource)}: {(function.IsAsync ? "async " : "")}func({Fields(function.Parameters)})"
            + (function.Result is null ? "" : " -> " + Of(function.Result));

    private static string Fields(IEnumerable<WitField> fields) =>
        string.Join(", ", fields.Select(static one => $"{one.Name}: {Of(one.Type)}"));

    private static string Cases(IEnumerable<WitCase> cases) =>
        string.Join(", ", cases.Select(static one => one.Type is null ? one.Name : $"{one.Name}({Of(one.Type)})"));

    private static string Gate(WitHeader header) =>
        (header.Gate.Since is { } since ? $" @since {since}" : "")
            + string.Concat(header.Gate.Features.Select(static feature => $" @unstable {feature}"))
            + (header.Gate.Deprecated is { } deprecated ? $" @deprecated {deprecated}" : "")
            + (header.ExternalId is { } id ? $" @external-id {id}" : "");

    private static string Docs(string docs, string indent) =>
        docs.Length == 0 ? "" : string.Concat(docs.Split('\n').Select(line => $"{indent}/// {line}\n"));
}
