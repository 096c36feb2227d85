using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Emission;

/// <content>Types, and the scopes that define them.</content>
internal sealed partial class WitFileText
{
    private readonly Dictionary<string, WitDefinition> _types = new(StringComparer.Ordinal);

    /// <summary>Finds the types that functions need, and where each is defined.</summary>
    private void PlaceTypes(string root)
    {
        var taken = new HashSet<string>(
            _scopes.Append(_world).SelectMany(static scope => scope.Functions).Select(static one => one.Name)
                .Concat(_scopes.Select(static scope => scope.Name))
                .Concat(_surface.Resources.Values.Select(static resource => resource.Name)),
            StringComparer.Ordinal);
        foreach ((string module, string name) in _surface.Resources.Values)
        {
            ScopeOf(module).Resources.Add(name);
        }

        var order = new List<WitDefinition>(); // what a type is made of before it
        WitScope[] users = [.. _scopes, _world];
        foreach (WitScope scope in users)
        {
            foreach (Shape shape in scope.Functions.SelectMany(static one => ShapesOf(one.Function)))
            {
                foreach (WitDefinition type in Find(shape, order, taken))
                {
                    type.Users.Add(scope);
                }
            }
        }

        WitScope? shared = null;
        foreach (WitDefinition type in Enumerable.Reverse(order))
        {
            WitScope[] of = [.. users.Where(type.Users.Contains)];
            type.Owner = type.Resources.Count > 0 ? users.First(type.Resources.Contains)
                : of.Length == 1 ? of[0]
                : of.FirstOrDefault(scope => scope.Package is { } package && package != root)
                    ?? (shared ??= new WitScope(TypesOf(root, taken)));
            foreach (WitDefinition part in type.Parts)
            {
                part.Users.Add(type.Owner);
            }
        }

        if (shared is not null)
        {
            _scopes.Insert(0, shared);
        }

        foreach (WitDefinition type in order)
        {
            type.Owner!.Types.Add(type);
            foreach (WitDefinition part in type.Parts)
            {
                Use(type.Owner, part);
            }

            foreach (Shape part in type.Shape.Parts)
            {
                UseResources(type.Owner, part);
            }
        }

        foreach (WitScope scope in users)
        {
            foreach ((_, SurfaceFunction function) in scope.Functions)
            {
                _member = function.Member;
                foreach (Shape shape in ShapesOf(function))
                {
                    foreach (WitDefinition type in Nearest(shape))
                    {
                        Use(scope, type);
                    }

                    UseResources(scope, shape);
                }
            }
        }
    }

    private static string TypesOf(string package, HashSet<string> taken)
    {
        string name = taken.Contains("types") ? "common-types" : "types";
        int at = package.IndexOf('@');
        return at < 0 ? $"{package}/{name}" : $"{package.Substring(0, at)}/{name}{package.Substring(at)}";
    }

    private WitScope ScopeOf(string module) =>
        module == Root ? _world : _scopes.First(one => one.PathFrom("") == module);

    private static IEnumerable<Shape> ShapesOf(SurfaceFunction function) =>
        function.Parameters.Select(static parameter => parameter.Value).Append(function.Result).OfType<Shape>();

    private void Use(WitScope scope, WitDefinition type) => Use(scope, type.Owner!, type.Name);

    private void Use(WitScope scope, WitScope owner, string name)
    {
        if (scope == owner)
        {
            return;
        }

        string path = owner.PathFrom(scope.Package ?? _rootPackage);
        if (owner.Package is null)
        {
            Refuse(
                $"'{name}' is of module '{owner.Name}', and WIT lets no other use it",
                "give the module a name such as demo:plugin/types");
        }

        if (!scope.Uses.TryGetValue(path, out SortedSet<string>? names))
        {
            scope.Uses.Add(path, names = new SortedSet<string>(StringComparer.Ordinal));
        }

        names.Add(name);
    }

    /// <summary>Uses the resources of handles that are in no type with a name.</summary>
    private void UseResources(WitScope scope, Shape shape)
    {
        if (shape is ResourceShape resource && _surface.Resources.TryGetValue(resource.Resource, out var known))
        {
            Use(scope, ScopeOf(known.Module), known.Name);
        }

        foreach (Shape part in IsNamed(shape) ? [] : shape.Parts)
        {
            UseResources(scope, part);
        }
    }

    private static bool IsNamed(Shape shape) =>
        shape is EnumShape or VariantShape or RecordShape { Fields.Construction: not Construction.Tuple };

    /// <summary>All types with a name in a shape.</summary>
    private IEnumerable<WitDefinition> Find(Shape shape, List<WitDefinition> order, HashSet<string> taken)
    {
        List<WitDefinition> parts = [.. shape.Parts.SelectMany(part => Find(part, order, taken))];
        if (!IsNamed(shape))
        {
            return parts;
        }

        if (!_types.TryGetValue(shape.Type, out WitDefinition? type))
        {
            string name = Kebab(FlatLanguage.NameOf(shape));
            string unique = name;
            for (int i = 1; !taken.Add(unique); i++)
            {
                unique = i == 1 ? $"{name}-type" : $"{name}-type{i}";
            }

            type = new WitDefinition(shape, unique);
            type.Parts.UnionWith(shape.Parts.SelectMany(Nearest));
            type.Resources.UnionWith(GuestSurface.WithParts(shape)
                .OfType<ResourceShape>()
                .Where(resource => _surface.Resources.ContainsKey(resource.Resource))
                .Select(resource => ScopeOf(_surface.Resources[resource.Resource].Module)));
            _types.Add(shape.Type, type);
            order.Add(type);
        }

        return parts.Append(type);
    }

    /// <summary>The types with a name in a shape that are in no other such.</summary>
    private IEnumerable<WitDefinition> Nearest(Shape shape) =>
        IsNamed(shape) ? [_types[shape.Type]] : shape.Parts.SelectMany(Nearest);

    private string Definition(WitDefinition type)
    {
        _member = type.Shape.Type.Replace("global::", "");
        string name = WitScope.Escape(type.Name);
        return type.Shape switch
        {
            EnumShape { IsFlags: true } shape => Block("flags", Flags(shape)),
            EnumShape shape => Block("enum", Cases(shape)),
            VariantShape shape => Block("variant", shape.Cases.Select(one => one.Fields.Items.Count switch
            {
                0 => Named(one.Name),
                1 => $"{Named(one.Name)}({TypeOf(one.Fields.Items[0].Value)})",
                _ => $"{Named(one.Name)}(tuple<{Types(one.Fields.Values)}>)",
            })),
            RecordShape shape => Block("record", shape.Fields.Items.Select(field =>
                $"{Named(field.Name)}: {TypeOf(field.Value)}")),
            _ => "",
        };

        string Block(string word, IEnumerable<string> items) =>
            $"{word} {name} {{\n{CSharp.Indented(string.Join("\n", items.Select(static item => item + ",")))}\n}}";
    }

    private IEnumerable<string> Cases(EnumShape shape)
    {
        if (!shape.IsNumberedFromZero || shape.Core != CoreType.I32)
        {
            Refuse(
                "the members of an enum of WIT are 0, 1, 2 … of 32 bits",
                "number them like that, or pass a number instead");
        }

        return shape.Members
            .GroupBy(static member => member.Value)
            .OrderBy(static group => group.Key)
            .Select(group => Named(group.First().Name));
    }

    private IEnumerable<string> Flags(EnumShape shape)
    {
        ulong bits = shape.Bits ?? 0;
        EnumMember[] single = [.. shape.Members.Where(static member => member.Value > 0 && IsBit((ulong)member.Value))];
        if (shape.Core != CoreType.I32
            || (bits & (bits + 1)) != 0
            || single.Aggregate(0UL, static (all, member) => all | (ulong)member.Value) != bits)
        {
            Refuse(
                "the flags of WIT are the lowest bits, and each has a name",
                "number and name them like that, or pass a number instead");
        }

        return single.GroupBy(static member => member.Value)
            .OrderBy(static group => group.Key)
            .Select(group => Named(group.First().Name));

        static bool IsBit(ulong value) => (value & (value - 1)) == 0;
    }

    private string Types(IEnumerable<Shape> shapes) => string.Join(", ", shapes.Select(shape => TypeOf(shape)));

    /// <param name="value">The shape.</param>
    /// <param name="function">The function that it is a parameter or result of; null for a part.</param>
    private string TypeOf(Shape value, SurfaceFunction? function = null) => value switch
    {
        ScalarShape scalar => scalar.Scalar.ToString().ToLowerInvariant(),
        RuneShape => "char",
        StringShape or SpanShape { Element: null } => "string",
        SpanShape { IsWritable: true } when function?.IsImport == true => Writable("Span"),
        MemoryShape => Writable("Memory"),
        ListShape or SpanShape => $"list<{TypeOf(value.Parts.Single())}>",
        MapShape map => $"list<{TypeOf(map.Entry)}>",
        FixedListShape list => $"list<{TypeOf(list.Element)}, {list.Length}>",
        OptionShape option => $"option<{TypeOf(option.Value)}>",
        ResultShape { Value: UnitShape, Error: UnitShape } => "result",
        ResultShape { Error: UnitShape } result => $"result<{TypeOf(result.Value)}>",
        ResultShape { Value: UnitShape } result => $"result<_, {TypeOf(result.Error)}>",
        ResultShape result => $"result<{TypeOf(result.Value)}, {TypeOf(result.Error)}>",
        RecordShape { Fields.Construction: Construction.Tuple } tuple => $"tuple<{Types(tuple.Fields.Values)}>",
        RecordShape or VariantShape or EnumShape => WitScope.Escape(_types[value.Type].Name),
        ResourceShape resource when _surface.Resources.TryGetValue(resource.Resource, out var known) =>
            resource.IsBorrow ? $"borrow<{WitScope.Escape(known.Name)}>" : WitScope.Escape(known.Name),
        ResourceShape resource => Refuse(
            $"no class of the file has the functions of the resource '{resource.Resource.Replace("global::", "")}'",
            "give that class a [WasmImport], and name it in the item's Classes"),
        CustomShape custom => TypeOf(custom.Crossing, function),
        AssemblyScriptShape => Refuse(
            "it has objects of AssemblyScript",
            "write it to a file .ts, and name the other classes in this item's Classes"),
        EncodedStringShape text => Refuse(
            $"WIT has only strings in UTF-8 with a length, and no [{text.Encoding}]", "remove that attribute"),
        PackedShape or MultiValueShape => Refuse(
            "WIT leaves results of several values to the Canonical ABI",
            $"remove [return: {(value is PackedShape ? "Packed" : "MultiValue")}]"),
        PointerShape or ReferenceShape => Refuse("WIT has no addresses", "pass and return values, such as lists"),
        WideShape => Refuse("WIT has no memories of 64 bits", "remove [Memory64] from the class"),
        CallbackShape => Refuse("WIT has no functions as values", "pass a [WasmResource] with a method instead"),
        ExternRefShape => Refuse("WIT has no references to objects", "pass a [WasmResource] instead"),
        VectorShape => Refuse("WIT has no v128", "pass a tuple or a list of numbers instead"),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private string Writable(string type) => Refuse(
        $"what a {type} writes does not go back to a guest of WIT", $"take a ReadOnly{type}, and return what is new");
}
