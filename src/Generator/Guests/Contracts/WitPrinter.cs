namespace WasmBindgen.Generator.Guests;

/// <summary>Types and functions as WIT, for messages and documentation.</summary>
internal static class WitPrinter
{
    /// <summary>A type where it is used.</summary>
    internal static string Type(WitType? type) => Type(type, Type);

    /// <summary>A type whose parts something else prints.</summary>
    internal static string Type(WitType? type, Func<WitType?, string> part) => type switch
    {
        null => "_",
        WitPrimitiveType { Primitive: WitPrimitive.ErrorContext } => "error-context",
        WitPrimitiveType primitive => primitive.Primitive.ToString().ToLowerInvariant(),
        WitNamedType named => named.Name,
        WitHandleType handle => $"{(handle.IsBorrow ? "borrow" : "own")}<{handle.Resource.Name}>",
        WitListType { Length: { } length } list => $"list<{part(list.Element)}, {length}>",
        WitListType list => $"list<{part(list.Element)}>",
        WitMapType map => $"map<{part(map.Key)}, {part(map.Value)}>",
        WitOptionType option => $"option<{part(option.Value)}>",
        WitResultType { Ok: null, Error: null } => "result",
        WitResultType { Error: null } result => $"result<{part(result.Ok)}>",
        WitResultType result => $"result<{part(result.Ok)}, {part(result.Error)}>",
        WitTupleType tuple => $"tuple<{string.Join(", ", tuple.Items.Select(part))}>",
        WitAsyncType { Item: null } later => later.IsStream ? "stream" : "future",
        WitAsyncType later => $"{(later.IsStream ? "stream" : "future")}<{part(later.Item)}>",
        _ => throw new NotSupportedException(type.GetType().Name),
    };

    /// <summary>A function without its name.</summary>
    internal static string Signature(WitFunction function) =>
        $"{(function.IsAsync ? "async " : "")}func({Fields(function.Parameters)})"
            + (function.Result is { } result ? " -> " + Type(result) : "");

    /// <summary>What a type is, without its name.</summary>
    internal static string Definition(WitTypeItem item) => item switch
    {
        WitAlias alias => Type(alias.Type),
        WitUsedType used => $"{used.Definition}",
        WitRecord record => $"record {{ {Fields(record.Fields)} }}",
        WitVariant variant => $"variant {{ {Cases(variant.Cases)} }}",
        WitEnum numbers => $"enum {{ {Cases(numbers.Cases)} }}",
        WitFlags flags => $"flags {{ {Cases(flags.Flags)} }}",
        _ => "resource",
    };

    private static string Fields(IEnumerable<WitField> fields) =>
        string.Join(", ", fields.Select(static one => $"{one.Name}: {Type(one.Type)}"));

    private static string Cases(IEnumerable<WitCase> cases) =>
        string.Join(", ", cases.Select(static one => one.Type is { } type ? $"{one.Name}({Type(type)})" : one.Name));
}
