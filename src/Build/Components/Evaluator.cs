namespace WasmBindgen.Build.Components;

/// <summary>
/// Finds what a component imports and exports: its definitions are gone through as if they ran, only that items are no
/// more than their types.
/// </summary>
internal sealed class Evaluator
{
    // A few hundred bytes can instantiate components a billion times, and real ones take some ten thousand steps.
    private const int MaxSteps = 500_000;

    private static readonly CoreModuleEntity Module = new();

    private readonly Dictionary<string, TypeEntity> _primitives = [];
    private int _steps;
    private int _depth;

    /// <exception cref="InvalidGuestException">It refers to what is not there, or is too large.</exception>
    internal ComponentInterface Evaluate(ComponentDefinition component) =>
        Run(component.Body, surroundings: null, arguments: null);

    /// <summary>What a component of a type imports and exports, or an instance of one exports.</summary>
    /// <exception cref="InvalidDataException">As above, within a type.</exception>
    internal ComponentInterface Evaluate(BodyEntity type) => Run(type.Body, type.Surroundings, arguments: null);

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

    /// <param name="body">Its definitions.</param>
    /// <param name="surroundings">What is around it.</param>
    /// <param name="arguments">What it is instantiated with; null to take what its imports declare.</param>
    private ComponentInterface Run(
        IReadOnlyList<Definition> body, Surroundings? surroundings, IReadOnlyDictionary<string, Extern>? arguments)
    {
        if (++_depth > ComponentReader.MaxDepth)
        {
            throw new InvalidDataException(
                $"instances are more than {ComponentReader.MaxDepth} deep within each other");
        }

        const int ScopeSteps = 10;
        Spend(ScopeSteps);
        var scope = new Scope(surroundings);
        List<Extern> imports = [], exports = [];
        foreach (Definition definition in body)
        {
            try
            {
                Spend(1);
                Define(definition, scope, arguments, imports, exports);
            }
            catch (InvalidDataException exception) when (definition.Offset > 0)
            {
                throw new InvalidGuestException(definition.Offset, exception.Message);
            }
        }

        _depth--;
        return new ComponentInterface(imports, exports);
    }

    private void Define(
        Definition definition,
        Scope scope,
        IReadOnlyDictionary<string, Extern>? arguments,
        List<Extern> imports,
        List<Extern> exports)
    {
        switch (definition)
        {
            case ModuleDefinition:
                scope.Add(Sort.CoreModule, Module);
                break;
            case ComponentDefinition component:
                scope.Add(Sort.Component, new BodyEntity(component.Body, scope.Capture(), isInstance: false));
                break;
            case ComponentInstantiation instantiation:
                scope.Add(Sort.Instance, Instantiate(instantiation, scope));
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
            case LiftedFunction function:
                scope.Add(Sort.Function, scope.Get<FunctionEntity>(Sort.Type, function.Type));
                break;
            case Import import:
                Add(imports, import.Name, import.Type.Sort, Import(import, scope, arguments), scope);
                break;
            case Export { Item: { } item } export:
                Add(exports, export.Name, item.Sort, Exported(export, item, scope), scope);
                break;
            case Export { Type: { } type } export:
                Add(exports, export.Name, type.Sort, Declare(type, scope), scope);
                break;
        }
    }

    private static void Add(List<Extern> externs, ExternName name, Sort sort, Entity entity, Scope scope)
    {
        externs.Add(new Extern(name, sort, entity));
        scope.Add(sort, entity);
    }

    private Entity Import(Import import, Scope scope, IReadOnlyDictionary<string, Extern>? arguments)
    {
        if (arguments is null)
        {
            return Declare(import.Type, scope);
        }

        return arguments.TryGetValue(import.Name.Text, out Extern argument) && argument.Sort == import.Type.Sort
            ? argument.Entity
            : throw new InvalidDataException("an import of a component that is instantiated gets no argument");
    }

    /// <summary>Of a function, the type that is declared: it has the names that the component has exported.</summary>
    private Entity Exported(Export export, ItemReference item, Scope scope)
    {
        Entity entity = scope.Get<Entity>(item.Sort, item.Index);
        return entity switch
        {
            TypeEntity type => type.NewEqual(),
            _ when export.Type is { Sort: Sort.Function or Sort.Instance } type && type.Sort == item.Sort =>
                Declare(type, scope),
            _ => entity,
        };
    }

    private Entity Declare(ExternType type, Scope scope) => type switch
    {
        { Sort: Sort.CoreModule } => Module,
        { IsNewResource: true } => new TypeEntity(TypeKind.Resource, []),
        { Sort: Sort.Function } => scope.Get<FunctionEntity>(Sort.Type, type.Index),
        { Sort: Sort.Instance } => Instance(scope.Get<BodyEntity>(Sort.Type, type.Index)),
        { Sort: Sort.Type } when scope.Get<Entity>(Sort.Type, type.Index) is TypeEntity equal => equal.NewEqual(),
        _ => scope.Get<Entity>(Sort.Type, type.Index),
    };

    private InstanceEntity Instance(BodyEntity type) => type.IsInstance
        ? new InstanceEntity(Evaluate(type).Exports)
        : throw new InvalidDataException("the type of an instance is not one of instances");

    private InstanceEntity Instantiate(ComponentInstantiation instantiation, Scope scope)
    {
        var component = scope.Get<BodyEntity>(Sort.Component, instantiation.Component);
        Spend(instantiation.Arguments.Length);
        var arguments = new Dictionary<string, Extern>();
        foreach (ItemReference argument in instantiation.Arguments)
        {
            arguments[argument.Name] = Resolve(argument, scope);
        }

        return new InstanceEntity(Run(component.Body, component.Surroundings, arguments).Exports);
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

    private TypeEntity Define(ValueTypeDefinition type, Scope scope) => type.Kind == TypeKind.Primitive
        ? Primitive(type.Members[0].Name)
        : new TypeEntity(type.Kind, Members(type.Members, scope), type.Length);

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
        if (!_primitives.TryGetValue(name, out TypeEntity type))
        {
            _primitives.Add(name, type = new TypeEntity(TypeKind.Primitive, [new TypedMember(name, Type: null)]));
        }

        return type;
    }
}
