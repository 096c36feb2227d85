using WasmBindgen.Components.Format;

namespace WasmBindgen.Build.Wit;

/// <summary>
/// Finds the WIT that a component was made from. What an interface is for imports and for exports is one interface in
/// WIT, and a component has only the parts of it that it uses: together they are what is told.
/// </summary>
internal sealed class WitDecoder
{
    private readonly WitDocument _document;
    private readonly Evaluator _evaluator = new();
    private readonly TypeNames _names;

    private WitDecoder(WitDocument document, TypeNames names)
    {
        _document = document;
        _names = names;
    }

    /// <summary>
    /// Adds the world of a component; or the worlds and interfaces of a package, which tools write as a component whose
    /// exports are types.
    /// </summary>
    /// <returns>The name of the package that they are in.</returns>
    /// <exception cref="InvalidDataException">It has no form in WIT.</exception>
    /// <exception cref="InvalidGuestException">It refers to what is not there.</exception>
    internal static string Decode(ComponentDefinition component, WitDocument document, TypeNames names)
    {
        var decoder = new WitDecoder(document, names);
        ComponentInterface root = decoder._evaluator.Evaluate(component);
        bool isPackage = root.Imports.Count == 0 && root.Exports.Count > 0
            && root.Exports.All(static export =>
                export is { Sort: Sort.Type, Entity: BodyEntity { IsInstance: false } });
        WitPackage? package = null;
        if (isPackage)
        {
            foreach (Extern export in root.Exports)
            {
                package = decoder.AddOfPackage(decoder._evaluator.Evaluate((BodyEntity)export.Entity));
            }
        }
        else
        {
            package = decoder.Package("root:component", version: null);
            var world = new WitWorld("root");
            package.Worlds.Add(world);
            decoder.AddWorld(root, world);
        }

        return package!.FullName;
    }

    /// <param name="type">The type whose only export is an interface or world.</param>
    private WitPackage AddOfPackage(ComponentInterface type)
    {
        if (type.Exports.Count != 1)
        {
            throw new InvalidDataException("a package of WIT is in a form that is not known here");
        }

        Extern export = type.Exports[0];
        (string packageName, string name, string? version) = WitNames.Interface(export.Name.Text);
        WitPackage package = Package(packageName, version);
        switch (export.Entity)
        {
            case InstanceEntity instance:
                foreach (Extern import in type.Imports)
                {
                    AddInterface(import);
                }

                Add(instance, Interface(package, name));
                break;
            case BodyEntity { IsInstance: false } body when !package.Worlds.Contains(name):
                var world = new WitWorld(name);
                package.Worlds.Add(world);
                AddWorld(_evaluator.Evaluate(body), world);
                break;
        }

        return package;
    }

    private void AddWorld(ComponentInterface type, WitWorld world)
    {
        AddItems(type.Imports, world, world.Imports);
        AddItems(type.Exports, world, world.Exports);
    }

    private void AddItems(IReadOnlyList<Extern> externs, WitWorld world, List<WorldItem> items)
    {
        foreach (Extern item in externs)
        {
            switch (item.Entity)
            {
                case InstanceEntity when WitNames.IsInterface(item.Name.Text):
                    items.Add(new WorldItem(Name: null, AddInterface(item), Function: null));
                    break;
                case InstanceEntity instance:
                    WitInterface part = item.Name.Implements is { } implements
                        ? Interface(implements)
                        : new WitInterface(item.Name.Text, package: null);
                    Add(instance, part);
                    items.Add(new WorldItem(item.Name.Text, part, Function: null));
                    break;
                case FunctionEntity function when item.Sort == Sort.Function:
                    if (WitNames.Function(item.Name.Text).Kind.Length > 0)
                    {
                        AddFunction(item.Name.Text, function, world);
                    }
                    else
                    {
                        Localize(function, world);
                        items.Add(new WorldItem(item.Name.Text, Interface: null, function));
                    }

                    break;
                case TypeEntity type:
                    AddType(item.Name.Text, type, world);
                    break;
            }
        }
    }

    private WitInterface AddInterface(Extern import)
    {
        WitInterface target = Interface(import.Name.Text);
        Add(
            import.Entity as InstanceEntity
                ?? throw new InvalidDataException("an import that is to be an interface is none"),
            target);
        return target;
    }

    private void Add(InstanceEntity instance, WitScope scope)
    {
        foreach (Extern export in instance.Exports)
        {
            _evaluator.Spend(1);
            switch (export.Entity)
            {
                case TypeEntity type when export.Sort == Sort.Type:
                    AddType(export.Name.Text, type, scope);
                    break;
                case FunctionEntity function when export.Sort == Sort.Function:
                    AddFunction(export.Name.Text, function, scope);
                    break;
                default:
                    throw new InvalidDataException("an instance exports what an interface cannot have in WIT");
            }
        }
    }

    private void AddType(string name, TypeEntity type, WitScope scope)
    {
        if (scope.Types.Contains(name))
        {
            _names.Set(type, scope.Types[name]);
            return;
        }

        NamedType? target = _names.Of(type);
        if (target is null || !(target.Scope == scope || target.Scope is WitInterface { Package: not null }))
        {
            target = null; // or of a part of a world, which nothing else can use
            foreach (TypedMember member in type.Members)
            {
                Localize(member.Type, scope, depth: 0);
            }
        }

        AddType(new NamedType(name, scope, type, target), scope);
        _names.Set(type, scope.Types[name]);
    }

    private static void AddType(NamedType type, WitScope scope)
    {
        scope.Types.Add(type);
        if (type.Target is { } target && !scope.Uses.ContainsKey(target))
        {
            scope.Uses.Add(target, type);
        }
    }

    private void AddFunction(string name, FunctionEntity function, WitScope scope)
    {
        if (!scope.Functions.Contains(name))
        {
            Localize(function, scope);
            scope.Functions.Add(new NamedFunction(name, function));
        }
    }

    private void Localize(FunctionEntity function, WitScope scope)
    {
        foreach (TypedMember parameter in function.Parameters)
        {
            Localize(parameter.Type, scope, depth: 0);
        }

        Localize(function.Result, scope, depth: 0);
    }

    /// <summary>Gives a type of another interface, which a function or type here has, a name here.</summary>
    private void Localize(TypeEntity? type, WitScope scope, int depth)
    {
        if (type is null)
        {
            return;
        }

        _evaluator.Spend(1);
        if (depth > ComponentReader.MaxDepth)
        {
            throw new InvalidDataException($"types are more than {ComponentReader.MaxDepth} deep within each other");
        }

        if (_names.Of(type) is { } name)
        {
            if (name.Scope != scope && !scope.Uses.ContainsKey(name))
            {
                AddType(
                    scope.Types.Contains(name.Name)
                        ? throw new InvalidDataException(
                            $"there are two types of the name '{WitNames.Label(name.Name)}'")
                        : new NamedType(name.Name, scope, type, name),
                    scope);
            }

            return;
        }

        foreach (TypedMember member in type.Members)
        {
            Localize(member.Type, scope, depth + 1);
        }
    }

    private WitInterface Interface(string fullName)
    {
        (string package, string name, string? version) = WitNames.Interface(fullName);
        return Interface(Package(package, version), name);
    }

    private static WitInterface Interface(WitPackage package, string name)
    {
        if (!package.Interfaces.Contains(name))
        {
            package.Interfaces.Add(new WitInterface(name, package));
        }

        return package.Interfaces[name];
    }

    private WitPackage Package(string name, string? version)
    {
        var package = new WitPackage(name, version);
        if (!_document.Contains(package.FullName))
        {
            _document.Add(package);
        }

        return _document[package.FullName];
    }
}
