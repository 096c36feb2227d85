namespace WasmBindgen.Components.Format;

/// <content>What is core, and how values cross to it.</content>
internal sealed partial class Evaluator
{
    private CoreInstanceEntity Instantiate(CoreInstantiation instantiation, Scope scope)
    {
        CoreModuleEntity module = scope.Get<CoreModuleEntity>(Sort.CoreModule, instantiation.Module);
        Spend(instantiation.Arguments.Length);
        var arguments = new Dictionary<string, CoreInstanceEntity>();
        foreach (ItemReference argument in instantiation.Arguments)
        {
            arguments[argument.Name] = argument.Sort == Sort.CoreInstance
                ? scope.Get<CoreInstanceEntity>(Sort.CoreInstance, argument.Index)
                : throw new InvalidDataException("a core module is instantiated with what is no instance");
        }

        if (module.Definition is not { } definition) // which is refused
        {
            return new CoreInstanceEntity();
        }

        CoreSteps.Add(new CoreStep(definition, arguments));
        return new CoreInstanceEntity { Number = CoreSteps.Count - 1 };
    }

    private CoreInstanceEntity Collect(CoreInstanceOfExports instance, Scope scope)
    {
        Spend(instance.Exports.Length);
        var items = new Dictionary<string, CoreItemEntity>();
        foreach (ItemReference item in instance.Exports)
        {
            items[item.Name] = scope.Get<CoreItemEntity>(item.Sort, item.Index);
        }

        return new CoreInstanceEntity { Items = items };
    }

    private static CoreItemEntity ExportOf(CoreExportAlias alias, Scope scope)
    {
        var instance = scope.Get<CoreInstanceEntity>(Sort.CoreInstance, alias.Instance);
        return instance.Number is { } number ? new CoreExport(alias.Sort, number, alias.Name)
            : instance.Items.TryGetValue(alias.Name, out CoreItemEntity? item) && item.Sort == alias.Sort ? item
            : throw new InvalidDataException("an alias is of an export that the core instance does not have");
    }

    private TypeEntity Define(ResourceDefinition resource, Frame frame)
    {
        if (resource.IsWide)
        {
            Refuse(resource, "a resource of 64 bits");
        }

        CoreItemEntity? destructor = resource.Destructor is { } index
            ? frame.Scope.Get<CoreItemEntity>(Sort.CoreFunction, index)
            : null;
        var type = new TypeEntity(TypeKind.Resource, [])
        {
            Origin = new DefinedResource(frame.Number, destructor),
        };
        Canonical.Add((resource.Offset, type));
        return type;
    }

    private FunctionEntity Define(LiftDefinition function, Frame frame)
    {
        FunctionEntity type = frame.Scope.Get<FunctionEntity>(Sort.Type, function.Type);
        RefuseAsynchronous(function, type);
        var lift = new Lift(
            frame.Scope.Get<CoreItemEntity>(Sort.CoreFunction, function.Function),
            type,
            Resolve(function, function.Options, frame));
        FunctionEntity lifted = type.From(lift);
        Canonical.Add((function.Offset, lifted));
        return lifted;
    }

    private Lower Define(LowerDefinition function, Frame frame)
    {
        FunctionEntity lowered = frame.Scope.Get<FunctionEntity>(Sort.Function, function.Function);
        RefuseAsynchronous(function, lowered);
        if (function.Options.PostReturn is not null)
        {
            throw new InvalidDataException("a lowered function has the option post-return");
        }

        var lower = new Lower(lowered, Resolve(function, function.Options, frame));
        Canonical.Add((function.Offset, lower));
        return lower;
    }

    private static HandleItem Define(HandleDefinition function, Frame frame)
    {
        TypeEntity resource = frame.Scope.Get<TypeEntity>(Sort.Type, function.Resource);
        ResourceOrigin? origin = resource.Root.Origin;
        bool isOwn = origin is DefinedResource defined && defined.Instance == frame.Number;
        if (origin is null || (function.Operation != HandleOperation.Drop && !isOwn))
        {
            throw new InvalidDataException("a function for handles is of what is no resource of the component");
        }

        return new HandleItem(function.Operation, origin, frame.Number);
    }

    private CanonicalEntity Resolve(Definition definition, CanonicalOptions options, Frame frame)
    {
        if (options.Unsupported is { } unsupported)
        {
            Refuse(definition, $"the canonical option {unsupported}");
        }

        return new CanonicalEntity(
            options.Encoding,
            Item(Sort.CoreMemory, options.Memory),
            Item(Sort.CoreFunction, options.Realloc),
            Item(Sort.CoreFunction, options.PostReturn),
            frame.Number);

        CoreItemEntity? Item(Sort sort, uint? index) =>
            index is { } known ? frame.Scope.Get<CoreItemEntity>(sort, known) : null;
    }

    private void RefuseAsynchronous(Definition definition, FunctionEntity function)
    {
        if (function.IsAsync)
        {
            Refuse(definition, "an asynchronous function");
        }
    }

    /// <summary>
    /// Compares what an import or export declares with what is there. A resource that is declared is, from then on, the
    /// one that is there.
    /// </summary>
    /// <exception cref="InvalidDataException">They differ.</exception>
    private void RequireFit(Entity declared, Entity actual, string name)
    {
        Spend(1);
        bool fits = (declared, actual) switch
        {
            (FunctionEntity want, FunctionEntity have) => AreSame(want, have),
            (TypeEntity { Kind: TypeKind.Resource } want, TypeEntity { Kind: TypeKind.Resource } have) =>
                (want.Root.Origin ??= have.Root.Origin) == have.Root.Origin,
            (TypeEntity want, TypeEntity have) => AreSame(want, have),
            _ => declared.GetType() == actual.GetType(),
        };
        if (!fits)
        {
            throw new InvalidDataException($"'{name}' is declared as of another type than it is");
        }

        if ((declared, actual) is (InstanceEntity wanted, InstanceEntity instance))
        {
            foreach (Extern export in wanted.Exports)
            {
                RequireFit(export.Entity, Find(instance, export).Entity, export.Name.Text);
            }
        }
    }

    private static Extern Find(InstanceEntity instance, Extern wanted) =>
        instance.Find(wanted.Name.Text) is { } found && found.Sort == wanted.Sort
            ? found
            : throw new InvalidDataException(
                $"an instance has no '{wanted.Name.Text}' of the sort '{wanted.Sort}', as is declared");

    private bool AreSame(FunctionEntity left, FunctionEntity right)
    {
        if (left.Parameters.Length != right.Parameters.Length || left.IsAsync != right.IsAsync)
        {
            return false;
        }

        for (int i = 0; i < left.Parameters.Length; i++)
        {
            if (left.Parameters[i].Name != right.Parameters[i].Name
                || !AreSame(left.Parameters[i].Type, right.Parameters[i].Type))
            {
                return false;
            }
        }

        return AreSame(left.Result, right.Result);
    }

    private static bool IsSameResource(TypeEntity left, TypeEntity right) =>
        left.Root.Origin is { } origin && origin == right.Root.Origin;

    private bool AreSame(TypeEntity? left, TypeEntity? right)
    {
        Spend(1);
        if (left is null || right is null || left.Root == right.Root)
        {
            return left is null == right is null;
        }

        if (left.Kind != right.Kind
            || (left.Kind == TypeKind.Resource && !IsSameResource(left, right))
            || left.Members.Length != right.Members.Length
            || left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Members.Length; i++)
        {
            if (left.Members[i].Name != right.Members[i].Name
                || !AreSame(left.Members[i].Type, right.Members[i].Type))
            {
                return false;
            }
        }

        return true;
    }
}
