namespace WasmBindgen.Components.Format;

/// <summary>
/// Finds what a component imports and exports, and what instantiating it does: its definitions are gone through as if
/// they ran (Component Model, Explainer.md), which is possible as only core code depends on anything else.
/// </summary>
internal sealed partial class Evaluator
{
    // A few hundred bytes can instantiate components a billion times, and real ones take some ten thousand steps.
    private const int MaxSteps = 500_000;

    private readonly Dictionary<string, TypeEntity> _primitives = [];
    private int _steps;
    private int _depth;

    /// <summary>The core instances that are made, in their order.</summary>
    internal List<CoreStep> CoreSteps { get; } = [];

    /// <summary>
    /// The component instances that are made, each with the number of the one around it; -1 for none.
    /// </summary>
    internal List<int> Instances { get; } = [];

    /// <summary>The lifted functions, lowered functions and resources, which core items have to fit.</summary>
    internal List<(long Offset, Entity Entity)> Canonical { get; } = [];

    /// <summary>What is not supported here, each with its place in the file.</summary>
    internal List<(long Offset, string What)> Unsupported { get; } = [];

    /// <exception cref="InvalidGuestException">It refers to what is not there, or is too large.</exception>
    internal ComponentInterface Evaluate(ComponentDefinition component) =>
        Run(component.Body, NewInstance(surroundings: null, arguments: null, outer: -1));

    /// <summary>What a component of a type imports and exports, or an instance of one exports.</summary>
    /// <exception cref="InvalidDataException">As above, within a type.</exception>
    internal ComponentInterface Evaluate(BodyEntity type) => Run(type.Body, new Frame(new Scope(type.Surroundings)));

    /// <summary>Counts what is done.</summary>
    /// <exception cref="InvalidDataException">It is too much.</exception>
    internal void Spend(int steps)
    {
        _steps += steps;
        if (_steps > MaxSteps)
        {
            throw new InvalidDataException("it is too large once all that it instantiates is counted");
        }
    }

    private Frame NewInstance(Surroundings? surroundings, IReadOnlyDictionary<string, Extern>? arguments, int outer)
    {
        Instances.Add(outer);
        return new Frame(new Scope(surroundings), Instances.Count - 1, arguments);
    }

    private ComponentInterface Run(IReadOnlyList<Definition> body, Frame frame)
    {
        if (++_depth > ComponentReader.MaxDepth)
        {
            throw new InvalidDataException(
                $"instances are more than {ComponentReader.MaxDepth} deep within each other");
        }

        const int ScopeSteps = 20;
        Spend(ScopeSteps);
        foreach (Definition definition in body)
        {
            try
            {
                Spend(1);
                Define(definition, frame);
            }
            catch (InvalidDataException exception) when (definition.Offset > 0)
            {
                throw new InvalidGuestException(definition.Offset, exception.Message);
            }
        }

        _depth--;
        return new ComponentInterface(frame.Imports, frame.Exports);
    }

    private void Define(Definition definition, Frame frame)
    {
        Scope scope = frame.Scope;
        switch (definition)
        {
            case ModuleDefinition module:
                scope.Add(Sort.CoreModule, new CoreModuleEntity(module));
                break;
            case CoreTypeDefinition:
                scope.Add(Sort.CoreType, CoreTypeEntity.Instance);
                break;
            case CoreInstantiation instantiation:
                scope.Add(Sort.CoreInstance, Instantiate(instantiation, scope));
                break;
            case CoreInstanceOfExports instance:
                scope.Add(Sort.CoreInstance, Collect(instance, scope));
                break;
            case CoreExportAlias alias:
                scope.Add(alias.Sort, ExportOf(alias, scope));
                break;
            case ComponentDefinition component:
                scope.Add(Sort.Component, new BodyEntity(component.Body, scope.Capture(), isInstance: false));
                break;
            case ComponentInstantiation instantiation:
                scope.Add(Sort.Instance, Instantiate(instantiation, frame));
                break;
            case InstanceOfExports instance:
                scope.Add(
                    Sort.Instance, new InstanceEntity([.. instance.Exports.Select(item => Resolve(item, scope))]));
                break;
            case ExportAlias alias:
                scope.Add(alias.Sort, ExportOf(alias, scope));
                break;
            case OuterAlias alias:
                scope.Add(alias.Sort, scope.GetOuter(alias.Sort, alias.Count, alias.Index));
                break;
            case ValueTypeDefinition type:
                scope.Add(Sort.Type, Define(type, scope));
                break;
            case ResourceDefinition resource:
                scope.Add(Sort.Type, Define(resource, frame));
                break;
            case FunctionTypeDefinition type:
                TypeEntity? result = type.Result is null ? null : Type(type.Result, scope);
                scope.Add(Sort.Type, new FunctionEntity(Members(type.Parameters, scope), result, type.IsAsync));
                break;
            case ComponentTypeDefinition type:
                scope.Add(Sort.Type, new BodyEntity(type.Body, scope.Capture(), isInstance: false));
                break;
            case InstanceTypeDefinition type:
                scope.Add(Sort.Type, new BodyEntity(type.Body, scope.Capture(), isInstance: true));
                break;
            case LiftDefinition function:
                scope.Add(Sort.Function, Define(function, frame));
                break;
            case LowerDefinition function:
                scope.Add(Sort.CoreFunction, Define(function, frame));
                break;
            case HandleDefinition function:
                scope.Add(Sort.CoreFunction, Define(function, frame));
                break;
            case UnsupportedDefinition function:
                Refuse(function, function.Name);
                scope.Add(Sort.CoreFunction, new UnsupportedItem());
                break;
            case StartDefinition start:
                Refuse(start, "a start function with values");
                break;
            case Import import:
                Add(frame.Imports, import.Name, import.Type.Sort, Import(import, frame), scope);
                break;
            case Export { Item: { } item } export:
                Add(frame.Exports, export.Name, item.Sort, Exported(export, item, scope), scope);
                break;
            case Export { Type: { } type } export:
                Add(frame.Exports, export.Name, type.Sort, Declare(type, scope), scope);
                break;
        }
    }

    private static void Add(List<Extern> externs, ExternName name, Sort sort, Entity entity, Scope scope)
    {
        externs.Add(new Extern(name, sort, entity));
        scope.Add(sort, entity);
    }

    private Entity Import(Import import, Frame frame)
    {
        Entity declared = Declare(import.Type, frame.Scope);
        if (frame.Arguments is null)
        {
            return frame.IsOfType ? declared : OfHost(import, declared);
        }

        if (!frame.Arguments.TryGetValue(import.Name.Text, out Extern? argument)
            || argument.Sort != import.Type.Sort)
        {
            throw new InvalidDataException(
                $"an import of a component that is instantiated gets no argument: '{import.Name.Text}'");
        }

        RequireFit(declared, argument.Entity, import.Name.Text);
        return argument.Entity;
    }

    /// <summary>What the host gives for an import.</summary>
    private Entity OfHost(Import import, Entity declared)
    {
        string name = import.Name.Text;
        switch (declared)
        {
            case InstanceEntity instance:
                return OfHost(instance, name);
            case FunctionEntity function:
                return function.From(new ImportedFunction("", name));
            case TypeEntity { Kind: TypeKind.Resource } type:
                type.Root.Origin ??= new ImportedResource("", name);
                return type;
            case CoreModuleEntity or BodyEntity { IsInstance: false } when import.Type.Sort != Sort.Type:
                Refuse(import, $"the import of {(declared is CoreModuleEntity ? "a module" : "a component")}");
                return declared;
            default:
                return declared;
        }
    }

    private InstanceEntity OfHost(InstanceEntity instance, string name)
    {
        Spend(instance.Exports.Count);
        var exports = new List<Extern>(instance.Exports.Count);
        foreach (Extern export in instance.Exports)
        {
            string item = export.Name.Text;
            if (export.Entity is TypeEntity { Kind: TypeKind.Resource } type)
            {
                type.Root.Origin ??= new ImportedResource(name, item);
            }

            exports.Add(export.Entity switch
            {
                FunctionEntity function when export.Sort == Sort.Function =>
                    export with { Entity = function.From(new ImportedFunction(name, item)) },
                InstanceEntity inner => export with { Entity = OfHost(inner, $"{name}/{item}") },
                _ => export,
            });
        }

        return new InstanceEntity(exports);
    }

    /// <summary>
    /// What is exported. Of a function, the type that is declared has the names that have been exported.
    /// </summary>
    private Entity Exported(Export export, ItemReference item, Scope scope)
    {
        Entity entity = scope.Get<Entity>(item.Sort, item.Index);
        if (export.Type is { } declared && declared.Sort != item.Sort)
        {
            throw new InvalidDataException($"an export, '{item.Name}', is declared as of another sort");
        }

        return entity switch
        {
            TypeEntity value => value.NewEqual(),
            FunctionEntity or InstanceEntity when export.Type is { } type => Ascribe(type, entity, item.Name, scope),
            _ => entity,
        };
    }

    private Entity Ascribe(ExternDeclaration type, Entity actual, string name, Scope scope)
    {
        Entity declared = Declare(type, scope);
        RequireFit(declared, actual, name);
        return Ascribe(declared, actual);
    }

    /// <summary>What is there, with the type that is declared, which fits.</summary>
    private static Entity Ascribe(Entity declared, Entity actual) => (declared, actual) switch
    {
        (FunctionEntity type, FunctionEntity function) => type.From(function.Origin),
        (InstanceEntity type, InstanceEntity instance) => new InstanceEntity([.. type.Exports.Select(export =>
            export with { Entity = Ascribe(export.Entity, Find(instance, export).Entity) })]),
        _ => declared,
    };

    private Entity Declare(ExternDeclaration type, Scope scope) => type switch
    {
        { Sort: Sort.CoreModule } => new CoreModuleEntity(null),
        { IsNewResource: true } => new TypeEntity(TypeKind.Resource, []),
        { Sort: Sort.Function } => scope.Get<FunctionEntity>(Sort.Type, type.Index),
        { Sort: Sort.Instance } => Instance(scope.Get<BodyEntity>(Sort.Type, type.Index)),
        { Sort: Sort.Type } when scope.Get<Entity>(Sort.Type, type.Index) is TypeEntity equal => equal.NewEqual(),
        _ => scope.Get<Entity>(Sort.Type, type.Index),
    };

    private InstanceEntity Instance(BodyEntity type) => type.IsInstance
        ? new InstanceEntity(Evaluate(type).Exports)
        : throw new InvalidDataException("the type of an instance is not one of instances");

    private InstanceEntity Instantiate(ComponentInstantiation instantiation, Frame frame)
    {
        var component = frame.Scope.Get<BodyEntity>(Sort.Component, instantiation.Component);
        Spend(instantiation.Arguments.Length);
        var arguments = new Dictionary<string, Extern>();
        foreach (ItemReference argument in instantiation.Arguments)
        {
            arguments[argument.Name] = Resolve(argument, frame.Scope);
        }

        return new InstanceEntity(
            Run(component.Body, NewInstance(component.Surroundings, arguments, frame.Number)).Exports);
    }

    private Extern Resolve(ItemReference item, Scope scope)
    {
        Spend(1);
        var name = new ExternName(item.Name, Implements: null);
        return new Extern(name, item.Sort, scope.Get<Entity>(item.Sort, item.Index));
    }

    private static Entity ExportOf(ExportAlias alias, Scope scope)
    {
        var instance = scope.Get<InstanceEntity>(Sort.Instance, alias.Instance);
        return instance.Find(alias.Name) is { } export && export.Sort == alias.Sort
            ? export.Entity
            : throw new InvalidDataException("an alias is of an export that the instance does not have");
    }

    private TypeEntity Define(ValueTypeDefinition type, Scope scope)
    {
        if (type.Kind == TypeKind.Primitive)
        {
            return Primitive(type.Members[0].Name);
        }

        var defined = new TypeEntity(type.Kind, Members(type.Members, scope), type.Length);
        return defined.Depth <= ComponentReader.MaxDepth
            ? defined
            : throw new InvalidDataException($"types are more than {ComponentReader.MaxDepth} deep within each other");
    }

    private TypedMember[] Members(Member[] members, Scope scope)
    {
        Spend(members.Length);
        return
        [
            .. members.Select(member =>
                new TypedMember(member.Name, member.Type is null ? null : Type(member.Type, scope))),
        ];
    }

    private TypeEntity Type(TypeReference type, Scope scope) =>
        type.Primitive is { } name ? Primitive(name) : scope.Get<TypeEntity>(Sort.Type, type.Index);

    private TypeEntity Primitive(string name)
    {
        if (!_primitives.TryGetValue(name, out TypeEntity? type))
        {
            _primitives.Add(name, type = new TypeEntity(TypeKind.Primitive, [new TypedMember(name, Type: null)]));
        }

        return type;
    }

    private void Refuse(Definition definition, string what) => Unsupported.Add((definition.Offset, what));

    /// <summary>A component instance that is being made, or the type of a component or instance.</summary>
    /// <param name="scope">Its index spaces.</param>
    /// <param name="number">The number of the component instance; -1 for a type.</param>
    /// <param name="arguments">What it is instantiated with; null to take what its imports declare.</param>
    private sealed class Frame(Scope scope, int number = -1, IReadOnlyDictionary<string, Extern>? arguments = null)
    {
        internal Scope Scope => scope;

        internal int Number => number;

        internal bool IsOfType => number < 0;

        internal IReadOnlyDictionary<string, Extern>? Arguments => arguments;

        internal List<Extern> Imports { get; } = [];

        internal List<Extern> Exports { get; } = [];
    }
}
