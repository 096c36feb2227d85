namespace WasmBindgen.Generator.Guests;

/// <summary>
/// Checks what types are made of: that none is made of itself, or too large, that what is lent is a resource, and what
/// WIT wants of maps, flags and constructors. What cannot be is replaced, so that nobody has to ask again.
/// </summary>
/// <param name="resolver">Is told errors.</param>
/// <param name="names">Has the types.</param>
internal sealed class WitDefinitions(WitResolver resolver, WitNames names)
{
    // The component model allows 1,000,000, which no program's types come near to. This keeps a short text in which
    // each type is twice the one before it from taking all memory.
    private const int MaxSize = 10_000;

    private readonly Dictionary<WitTypeId, Measure> _measures = [];

    internal void Check()
    {
        var endless = new HashSet<WitTypeId>();
        List<WitTypeId> order = WitDependencies.Order(
            names.Types.Keys,
            id => Named(names.Types[id].Parts),
            (way, place) =>
            {
                endless.Add(way[way.Count - 1]);
                resolver.Report(
                    place,
                    WitErrorKind.Cycle,
                    $"'{way[0].Name}' is made of itself, which has no end: "
                        + WitDependencies.Text(way.Select(static id => id.Name)));
            });
        foreach (WitTypeId id in order)
        {
            Enter(id, endless.Contains(id));
        }

        foreach (WitTypeId id in order)
        {
            CheckType(id);
        }

        foreach (WitFunction function in names.Functions)
        {
            CheckFunction(function);
        }
    }

    /// <summary>Checks the types in a function's signature.</summary>
    private void CheckFunction(WitFunction function)
    {
        Measure measure = Measure.One;
        foreach (WitType type in function.Types)
        {
            CheckParts(type, function.Header);
            measure = measure.With(Of(type));
        }

        if (measure.Depth > WitParser.MaxDepth + 1)
        {
            ReportDepth(function.Header);
        }
        else if (measure.Size > MaxSize)
        {
            ReportSize(function.Header);
        }

        if (function.Result is { } result && Of(result).HasBorrow)
        {
            resolver.Report(
                function.Header.Place,
                WitErrorKind.Invalid,
                $"the result of '{function.Name}' has a 'borrow' in it, and what is lent does not outlive the call");
        }
    }

    private void Enter(WitTypeId id, bool isEndless)
    {
        WitTypeItem item = names.Types[id];
        if (isEndless)
        {
            Replace(id);
            return;
        }

        Measure measure = item switch
        {
            // An alias is a level only where it is one of another: chains of them have an end too.
            WitAlias { Type: not WitNamedType } alias => Of(alias.Type),
            WitAlias alias => Of(alias.Type).Deeper(),
            WitResource => Measure.One with { IsResource = true },
            _ => item.Parts.Aggregate(Measure.One, (whole, part) => whole.With(Of(part))),
        };
        _measures[id] = measure;
        if (measure.Depth > WitParser.MaxDepth)
        {
            ReportDepth(item.Header);
            Replace(id);
        }
        else if (measure.Size > MaxSize)
        {
            ReportSize(item.Header);
            Replace(id);
        }
    }

    private void CheckType(WitTypeId id)
    {
        WitTypeItem item = names.Types[id];
        foreach (WitType part in item.Parts)
        {
            CheckParts(part, item.Header);
        }

        if (item is WitFlags { Flags.Count: > WitFlags.Most } flags)
        {
            resolver.Report(
                item.Header.Place,
                WitErrorKind.TooManyFlags,
                $"'{item.Name}' has {flags.Flags.Count} flags, and the component model allows {WitFlags.Most}");
        }

        if (item is not WitResource resource)
        {
            return;
        }

        WitFunction[] constructors =
            [.. resource.Functions.Where(static one => one.Kind == WitFunctionKind.Constructor)];
        foreach (WitFunction further in constructors.Skip(1))
        {
            resolver.Report(
                further.Header.Place, WitErrorKind.Duplicate, $"'{item.Name}' has a constructor already");
        }

        foreach (WitFunction constructor in constructors)
        {
            bool canBe = constructor.Result is null
                || (constructor.Result is WitResultType { Ok: WitNamedType { Id: { } made } } && made == id);
            if (!canBe)
            {
                resolver.Report(
                    constructor.Header.Place,
                    WitErrorKind.Invalid,
                    $"the constructor of '{item.Name}' gives nothing, or a 'result<{item.Name}, …>'");
            }
        }
    }

    private void ReportDepth(WitHeader header) => resolver.Report(
        header.Place,
        WitErrorKind.TooLarge,
        $"'{header.Name}' is made of types that are nested more than {WitParser.MaxDepth} deep");

    private void ReportSize(WitHeader header) => resolver.Report(
        header.Place, WitErrorKind.TooLarge, $"'{header.Name}' is made of more than {MaxSize} parts");

    private void Replace(WitTypeId id)
    {
        names.Types[id] = new WitAlias(names.Types[id].Header, WitParser.NoType);
        _measures[id] = Measure.One;
    }

    private Measure Of(WitType type) => type switch
    {
        WitNamedType named => _measures[named.Id!.Value],
        WitListType { Length: { } length } list => Measure.One.With(Of(list.Element), length),
        WitHandleType handle => Measure.One with { HasBorrow = handle.IsBorrow },
        _ => type.Parts.Aggregate(Measure.One, (whole, part) => whole.With(Of(part))),
    };

    private static IEnumerable<(WitTypeId, WitPlace)> Named(IEnumerable<WitType> types)
    {
        foreach (WitType type in types)
        {
            if (type is WitNamedType { Id: { } id } named)
            {
                yield return (id, named.Place);
            }

            foreach ((WitTypeId, WitPlace) part in Named(type.Parts))
            {
                yield return part;
            }
        }
    }

    private void CheckParts(WitType type, WitHeader header)
    {
        if (type is WitHandleType handle && !Of(handle.Resource).IsResource)
        {
            resolver.Report(
                handle.Resource.Place,
                WitErrorKind.Invalid,
                $"'{handle.Resource.Name}' is no resource, and only such are owned or lent");
        }
        else if (type is WitMapType map && !IsKey(map.Key))
        {
            resolver.Report(
                header.Place,
                WitErrorKind.Invalid,
                $"'{header.Name}' has a 'map' whose key is no bool, integer, char or string");
        }

        foreach (WitType part in type.Parts)
        {
            CheckParts(part, header);
        }
    }

    private static bool IsKey(WitType type) => type is WitPrimitiveType
    {
        Primitive: not (WitPrimitive.F32 or WitPrimitive.F64 or WitPrimitive.ErrorContext),
    };

    /// <summary>What is known of a type from those that it is made of.</summary>
    private readonly record struct Measure(int Depth, int Size, bool HasBorrow, bool IsResource)
    {
        internal static Measure One { get; } = new(1, 1, false, false);

        internal Measure Deeper() => this with { Depth = Depth + 1 };

        internal Measure With(Measure part, uint count = 1) => this with
        {
            Depth = Math.Max(Depth, part.Depth + 1),
            Size = (int)Math.Min(Size + ((long)part.Size * count), MaxSize + 1),
            HasBorrow = HasBorrow || part.HasBorrow,
        };
    }
}
