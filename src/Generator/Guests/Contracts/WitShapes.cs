using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Guests;

/// <summary>
/// The shapes of WIT's types: those that <c>Parsing</c> finds for the C# types that are generated of them.
/// </summary>
/// <param name="catalog">Knows the types.</param>
/// <param name="naming">Knows their names.</param>
/// <param name="report">Is told of types that others have written and that do not fit.</param>
internal sealed partial class WitShapes(WitCatalog catalog, WitNaming naming, Action<WitFinding> report)
{
    private const string Runtime = "global::WasmBindgen";
    private const string Collections = "global::System.Collections.Generic";

    private readonly WitNameScope _structs = new([]);

    // By the shapes: lists of a fixed length and others are arrays alike.
    private readonly Dictionary<EquatableArray<Shape>, string> _tuples = [];
    private readonly Dictionary<(Shape Element, int Length), string> _fixedLists = [];
    private readonly Dictionary<(WitTypeId Id, string Guests), DeclaredType?> _declared = [];
    private readonly Dictionary<(WitTypeId Id, string Guests), (Shape? Shape, WitRefusal? Refusal)> _shapes = [];

    /// <summary>The types that were asked for, with the units that they are of.</summary>
    internal IEnumerable<(WitTypeId Id, DeclaredType Type)> Declared => _declared
        .Where(static pair => pair.Value is not null)
        .Select(static pair => (pair.Key.Id, pair.Value!));

    /// <summary>Those of some units in order.</summary>
    internal IEnumerable<DeclaredType> DeclaredIn(IEnumerable<WitUnit> units)
    {
        ILookup<WitTypeId, DeclaredType> byId = Declared.ToLookup(static one => one.Id, static one => one.Type);
        return units.SelectMany(unit => unit.Items.SelectMany(item => byId[new WitTypeId(unit.Id, item.Name)]));
    }

    /// <summary>Why the last type that was asked for has no shape, if it has none.</summary>
    internal WitRefusal? Refusal { get; private set; }

    /// <summary>Asks for the types of an interface or world.</summary>
    /// <param name="unit">The interface or world.</param>
    /// <param name="guests">The interfaces of which resources are a guest's.</param>
    /// <param name="withoutHandles">Whether those that have handles in them are left out.</param>
    internal void DeclareTypes(WitUnit unit, HashSet<string> guests, bool withoutHandles = false)
    {
        foreach (WitTypeItem item in unit.Items.OfType<WitTypeItem>().Where(
            static item => item is not (WitAlias or WitResource)))
        {
            var id = new WitTypeId(unit.Id, item.Name);
            if (!withoutHandles || catalog.ResourcesIn(id).Count == 0)
            {
                Of(new WitNamedType(item.Name, item.Header.Place) { Id = id }, guests);
            }
        }
    }

    /// <summary>The shape of a function's parameter.</summary>
    /// <param name="type">The type.</param>
    /// <param name="guests">The interfaces of which resources are a guest's.</param>
    /// <returns>Null if it has none.</returns>
    internal Shape? OfParameter(WitType type, HashSet<string> guests)
    {
        type = catalog.Erase(type);
        if (type is WitMapType map)
        {
            return Map(map, guests, "IReadOnlyDictionary");
        }

        if (type is not WitListType list)
        {
            return Of(type, guests);
        }

        if (Of(list.Element, guests) is not { } element)
        {
            return null;
        }

        string listType = element.IsBlittable
            ? $"global::System.ReadOnlySpan<{element.Type}>"
            : $"{Collections}.IReadOnlyList<{element.Type}>";
        return list.Length is { } length ? FixedList(listType, element, length, isSpan: element.IsBlittable)
            : element.IsBlittable ? new SpanShape(listType, element)
            : new ListShape(listType, Collection.ReadOnlyList, element);
    }

    /// <summary>The shape of a value anywhere else.</summary>
    /// <param name="type">The type.</param>
    /// <param name="guests">The interfaces of which resources are a guest's.</param>
    /// <returns>Null if it has none.</returns>
    internal Shape? Of(WitType type, HashSet<string> guests)
    {
        switch (catalog.Erase(type))
        {
            case WitPrimitiveType primitive:
                return Primitive(primitive.Primitive);
            case WitNamedType { Id: { } id } named:
                return Named(named, id, guests);
            case WitHandleType { Resource.Id: { } id } handle:
                return Handle(id, handle.IsBorrow, guests);
            case WitOptionType option:
                return Of(option.Value, guests) is { } value ? Option(value) : null;
            case WitListType list:
                return Of(list.Element, guests) is not { } element ? null
                    : list.Length is { } length ? FixedList(element.Type + "[]", element, length, isSpan: false)
                    : new ListShape(element.Type + "[]", Collection.Array, element);
            case WitMapType map:
                return Map(map, guests, "Dictionary");
            case WitResultType result:
                return Payload(result.Ok, guests) is { } ok && Payload(result.Error, guests) is { } error
                    ? new ResultShape($"{Runtime}.Result<{ok.Type}, {error.Type}>", ok, error)
                    : null;
            case WitTupleType tuple:
                Shape?[] items = [.. tuple.Items.Select(item => Of(item, guests))];
                return items.Contains(null) ? null : Tuple(items!);
            case WitAsyncType later:
                return Refuse(WitFindingKind.Unsupported, later.IsStream ? "stream" : "future");
            default:
                return Refuse(WitFindingKind.NotEnabled, WitPrinter.Type(type));
        }
    }

    private Shape? Primitive(WitPrimitive primitive) => primitive switch
    {
        WitPrimitive.Bool => new ScalarShape("bool", Scalar.Bool),
        WitPrimitive.S8 => new ScalarShape("sbyte", Scalar.S8),
        WitPrimitive.U8 => new ScalarShape("byte", Scalar.U8),
        WitPrimitive.S16 => new ScalarShape("short", Scalar.S16),
        WitPrimitive.U16 => new ScalarShape("ushort", Scalar.U16),
        WitPrimitive.S32 => ScalarShape.Int,
        WitPrimitive.U32 => new ScalarShape("uint", Scalar.U32),
        WitPrimitive.S64 => new ScalarShape("long", Scalar.S64),
        WitPrimitive.U64 => new ScalarShape("ulong", Scalar.U64),
        WitPrimitive.F32 => new ScalarShape("float", Scalar.F32),
        WitPrimitive.F64 => new ScalarShape("double", Scalar.F64),
        WitPrimitive.Char => new RuneShape(),
        WitPrimitive.String => new StringShape(),
        _ => Refuse(WitFindingKind.Unsupported, "error-context"),
    };

    private Shape? Named(WitNamedType named, WitTypeId id, HashSet<string> guests)
    {
        if (catalog.Type(id) is not { } found)
        {
            return Refuse(WitFindingKind.NotEnabled, named.Name);
        }

        if (found.Item is WitResource)
        {
            return Handle(id, isBorrow: false, guests);
        }

        id = new WitTypeId(found.Unit.Id, id.Name);
        string key = string.Join(
            " ",
            catalog.ResourcesIn(id)
                .Where(resource => guests.Contains(resource.Owner))
                .Select(static resource => resource.ToString())
                .OrderBy(static resource => resource, StringComparer.Ordinal));
        if (!_shapes.TryGetValue((id, key), out (Shape? Shape, WitRefusal? Refusal) known))
        {
            known.Shape = Declare(found.Unit, found.Item, id, key, guests);
            known.Refusal = Refusal;
            _shapes.Add((id, key), known);
        }

        Refusal = known.Refusal;
        return known.Shape;
    }

    private Shape? Declare(WitUnit unit, WitTypeItem item, WitTypeId id, string key, HashSet<string> guests)
    {
        string path = $"{unit.Path}#{item.Name}";
        string name = naming.TypeOf(unit, item.Name);
        if (key.Length > 0)
        {
            name = naming.Further(unit, "Guest" + name, path);
        }

        string fullName = naming.FullName(unit, name);
        WitPart? part = key.Length > 0 ? null : naming.PartOf(path, fullName);
        (DeclaredType Type, Shape Shape)? made = Make(unit, item, guests, name, part);
        if (made is var (type, _) && part is not null && ProblemOf(part, type) is { } problem)
        {
            report(new WitFinding(
                WitFindingKind.NotThatType, null, new[] { part.DisplayName, path, problem }.ToEquatableArray()));
            name = part.Path is null ? naming.Further(unit, name, path) : name;
            part = null;
            made = Make(unit, item, guests, name, part);
        }

        (DeclaredType? own, Shape? result) =
            made is not { } known || part is null ? (made?.Type, made?.Shape) : With(part, known.Type, known.Shape);
        _declared.Add((id, key), own);
        return result;
    }

    private (DeclaredType Type, Shape Shape)? Make(
        WitUnit unit, WitTypeItem item, HashSet<string> guests, string name, WitPart? part)
    {
        string path = $"{unit.Path}#{item.Name}";
        string fullName = naming.FullName(unit, name);
        if (part?.Path is not null)
        {
            (name, fullName) = (part.Name, part.FullName);
        }

        Documented docs = WitDocs.Of(item.Header, path);
        string structName = _structs.Take("Wit" + name, "_", path, out _);
        return item switch
        {
            WitRecord record => Record(record, guests, name, fullName, docs, structName, part),
            WitVariant variant => Variant(variant, guests, name, fullName, docs, structName),
            WitEnum numbers => Enum(path, numbers.Cases, isFlags: false, name, fullName, docs, structName),
            WitFlags flags => Enum(path, flags.Flags, isFlags: true, name, fullName, docs, structName),
            _ => throw new NotSupportedException(item.GetType().Name),
        };
    }

    private (DeclaredType, Shape)? Record(
        WitRecord record,
        HashSet<string> guests,
        string name,
        string fullName,
        Documented docs,
        string structName,
        WitPart? part)
    {
        Shape?[] values = [.. record.Fields.Select(one => Of(one.Type, guests))];
        if (values.Contains(null))
        {
            return null;
        }

        string[] names = naming.NamesOf(
            [.. WitIdentifiers.OfRecord, name],
            [.. record.Fields.Select(one => (
                $"{docs.Path}.{one.Name}", WitIdentifiers.Pascal(one.Name), WitIdentifiers.Field, one.Place))]);
        int options = Enumerable.Reverse(values).TakeWhile(static value => value is OptionShape).Count();
        bool isReference = part?.IsReference ?? values.Any(static value => HasReference(value!));
        DeclaredField[] fields = [.. record.Fields.Select((one, i) => new DeclaredField(
            names[i],
            values[i]!,
            i >= values.Length - options,
            WitDocs.Of(one, docs.Path, catalog)))];
        var members = new Fields(
            Construction.Constructor,
            fields.Select(static field => new Field(field.Name, field.Name, field.Value)).ToEquatableArray());
        return (
            new DeclaredRecord(name, fullName, docs, isReference, fields.ToEquatableArray()),
            new RecordShape(
                fullName,
                structName,
                members,
                isReference,
                IsSequential: !isReference && part?.HasMore(fields.Length) != true,
                HasCode: false));
    }

    private (DeclaredType, Shape)? Variant(
        WitVariant variant, HashSet<string> guests, string name, string fullName, Documented docs, string structName)
    {
        Shape?[] values = [.. variant.Cases.Select(one => one.Type is { } type ? Of(type, guests) : null)];
        if (variant.Cases.Where((one, i) => one.Type is not null && values[i] is null).Any())
        {
            return null;
        }

        string[] names = naming.NamesOf(
            [.. WitIdentifiers.OfVariant, name],
            [.. variant.Cases.Select(one => (
                $"{docs.Path}.{one.Name}", WitIdentifiers.Pascal(one.Name), WitIdentifiers.Case, one.Place))]);
        string[] parameters = Parameters(variant.Cases.Select(static one => one.Name));
        DeclaredCase[] cases = [.. variant.Cases.Select((one, i) => new DeclaredCase(
            names[i],
            parameters[i],
            values[i],
            WitDocs.Of(one, docs.Path, catalog)))];
        return (
            new DeclaredVariant(name, fullName, docs, cases.ToEquatableArray()),
            new VariantShape(
                fullName,
                structName,
                Display(fullName),
                cases.Select(one => new Case(one.Name, $"{fullName}.{one.Name}", new Fields(
                    Construction.Constructor,
                    (one.Value is null ? [] : new[] { new Field("Value", "Value", one.Value) })
                        .ToEquatableArray()), HasInstance: one.Value is null)).ToEquatableArray()));
    }

    private (DeclaredType, Shape) Enum(
        string path,
        EquatableArray<WitCase> cases,
        bool isFlags,
        string name,
        string fullName,
        Documented docs,
        string structName)
    {
        string[] names = naming.NamesOf(
            ["value__"], // the field of every enum
            [.. cases.Select(one => (
                $"{path}.{one.Name}", WitIdentifiers.Pascal(one.Name), WitIdentifiers.Constant, one.Place))]);
        int count = cases.Count;
        return (
            new DeclaredEnum(
                name,
                fullName,
                docs,
                isFlags,
                cases.Select((one, i) => new DeclaredConstant(names[i], WitDocs.Of(one, docs.Path, catalog)))
                    .ToEquatableArray()),
            new EnumShape(
                fullName,
                structName,
                Display(fullName),
                isFlags ? Scalar.U32 : Scalar.S32,
                isFlags ? default : new[] { (0m, (decimal)(count - 1)) }.ToEquatableArray(),
                isFlags ? uint.MaxValue >> (32 - Math.Min(count, WitFlags.Most)) : null,
                isFlags ? Layout.FlagsWidth(count) : Layout.CaseWidth(count),
                IsNumberedFromZero: !isFlags,
                names.Select((member, i) => new EnumMember(member, isFlags ? 1UL << i : (ulong)i))
                    .ToEquatableArray()));
    }

    private ResourceShape? Handle(WitTypeId id, bool isBorrow, HashSet<string> guests)
    {
        if (catalog.Type(id) is not { } found)
        {
            Refuse(WitFindingKind.NotEnabled, id.Name);
            return null;
        }

        if (found.Item is WitAlias { Type: WitNamedType { Id: { } next } })
        {
            return Handle(next, isBorrow, guests);
        }

        bool isGuests = guests.Contains(found.Unit.Id);
        string name = isGuests
            ? naming.TypeOf(found.Unit, found.Item.Name)
            : naming.ContractOf(found.Unit, found.Item.Name);
        string resource = naming.FullName(found.Unit, name);
        return new ResourceShape(isBorrow ? $"{Runtime}.Borrow<{resource}>" : resource, resource, isBorrow, isGuests);
    }

    private Shape? Payload(WitType? type, HashSet<string> guests) => type is null ? new UnitShape() : Of(type, guests);

    private MapShape? Map(WitMapType map, HashSet<string> guests, string collection) =>
        Of(map.Key, guests) is { } key && Of(map.Value, guests) is { } value
            ? new MapShape($"{Collections}.{collection}<{key.Type}, {value.Type}>", key, value)
            : null;

    private Shape? FixedList(string type, Shape element, ulong length, bool isSpan)
    {
        if (length > (ulong)(int.MaxValue / Math.Max(1, element.Layout.Size)))
        {
            return Refuse(WitFindingKind.Unsupported, $"a list of {length} elements");
        }

        if (!_fixedLists.TryGetValue((element, (int)length), out string? structName))
        {
            structName = _structs.Take("WitFixedList", "_", null, out _);
            _fixedLists.Add((element, (int)length), structName);
        }

        return new FixedListShape(type, structName, element, (int)length, isSpan);
    }

    private RecordShape Tuple(Shape[] items)
    {
        string type = $"({string.Join(", ", items.Select(static item => item.Type))})";
        EquatableArray<Shape> key = items.ToEquatableArray();
        if (!_tuples.TryGetValue(key, out string? structName))
        {
            structName = _structs.Take("WitTuple", "_", null, out _);
            _tuples.Add(key, structName);
        }

        return new RecordShape(
            type,
            structName,
            new Fields(
                Construction.Tuple,
                items.Select(static (item, i) => new Field($"Item{i + 1}", $"Item{i + 1}", item)).ToEquatableArray()),
            IsReference: false,
            IsSequential: false,
            HasCode: false);
    }

    private static OptionShape Option(Shape value) =>
        value is OptionShape ? new OptionShape($"{Runtime}.Option<{value.Type}>", Optional.Option, value)
            : new OptionShape(value.Type + "?", IsReferenceType(value) ? Optional.Optional : Optional.Nullable, value);

    /// <summary>The names of the parameters of <c>Match</c>, as identifiers.</summary>
    private static string[] Parameters(IEnumerable<string> names)
    {
        var scope = new WitNameScope([]);
        return [.. names.Select(name => Keywords.Escape(
            scope.Take(WitIdentifiers.Camel(name), WitIdentifiers.Parameter, name, out _)))];
    }

    private static string Display(string fullName) => fullName.Substring("global::".Length);

    /// <summary>Whether a value is an object, and not a struct.</summary>
    private static bool IsReferenceType(Shape value) => value switch
    {
        StringShape or ListShape or MapShape or FixedListShape or VariantShape => true,
        ResourceShape resource => !resource.IsBorrow,
        RecordShape record => record.IsReference,
        CustomShape custom => custom.IsReference,
        _ => false,
    };

    private static bool HasReference(Shape value) => IsReferenceType(value) || value switch
    {
        ResourceShape => true,
        EnumShape or SlotShape => false,
        _ => value.Parts.Any(HasReference),
    };

    private Shape? Refuse(WitFindingKind kind, string what)
    {
        Refusal = new WitRefusal(kind, what);
        return null;
    }
}

/// <summary>Why a type has no shape.</summary>
/// <param name="Kind">What is told of what uses it.</param>
/// <param name="What">What is in it that has none.</param>
internal sealed record WitRefusal(WitFindingKind Kind, string What);
