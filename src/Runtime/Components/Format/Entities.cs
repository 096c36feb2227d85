namespace WasmBindgen.Components.Format;

/// <summary>What an index of a component refers to, with its indices resolved.</summary>
internal abstract class Entity;

/// <summary>A core module.</summary>
/// <param name="definition">Where it is; null if the component imports it.</param>
internal sealed class CoreModuleEntity(ModuleDefinition? definition) : Entity
{
    internal ModuleDefinition? Definition { get; } = definition;
}

/// <summary>A core type, of which nothing needs to be known.</summary>
internal sealed class CoreTypeEntity : Entity
{
    internal static CoreTypeEntity Instance { get; } = new();
}

/// <summary>A field, case or parameter, or a part without a name.</summary>
internal readonly record struct TypedMember(string Name, TypeEntity? Type);

/// <summary>A value type or resource. Two are one if they are the same object, or say that they are equal.</summary>
internal sealed class TypeEntity(TypeKind kind, TypedMember[] members, uint length = 0, TypeEntity? equal = null)
    : Entity
{
    private readonly TypeEntity? _root = equal?.Root;

    internal TypeKind Kind { get; } = kind;

    /// <summary>How many types are within one another in it.</summary>
    internal int Depth { get; } =
        equal?.Depth ?? 1 + members.Select(static member => member.Type?.Depth ?? 0).DefaultIfEmpty().Max();

    internal TypedMember[] Members { get; } = members;

    /// <summary>Of a list with a fixed length.</summary>
    internal uint Length { get; } = length;

    /// <summary>The type that this one, an import or export, is equal to.</summary>
    internal TypeEntity? Equal { get; } = equal;

    /// <summary>The first of all types that are equal to this one: what a resource is known by.</summary>
    internal TypeEntity Root => _root ?? this;

    /// <summary>Of the first of all that are equal: where a resource comes from.</summary>
    internal ResourceOrigin? Origin { get; set; }

    /// <summary>A type of its own that is equal to this one.</summary>
    internal TypeEntity NewEqual() => new(Kind, Members, Length, this);
}

/// <summary>Where a resource comes from.</summary>
internal abstract class ResourceOrigin;

/// <summary>The host has it.</summary>
/// <param name="interface">The name of the import; empty if the component imports the resource itself.</param>
/// <param name="name">Its name there.</param>
internal sealed class ImportedResource(string @interface, string name) : ResourceOrigin
{
    internal string Interface { get; } = @interface;

    internal string Name { get; } = name;
}

/// <summary>A component instance defines it.</summary>
/// <param name="instance">The number of the component instance.</param>
/// <param name="destructor">What destroys one; null if nothing does.</param>
internal sealed class DefinedResource(int instance, CoreItemEntity? destructor) : ResourceOrigin
{
    internal int Instance { get; } = instance;

    internal CoreItemEntity? Destructor { get; } = destructor;
}

/// <summary>A function, or the type of one.</summary>
internal sealed class FunctionEntity(
    TypedMember[] parameters, TypeEntity? result, bool isAsync, FunctionOrigin? origin = null) : Entity
{
    internal TypedMember[] Parameters { get; } = parameters;

    internal TypeEntity? Result { get; } = result;

    internal bool IsAsync { get; } = isAsync;

    /// <summary>What is called; null for a type.</summary>
    internal FunctionOrigin? Origin { get; } = origin;

    /// <summary>A function of this type.</summary>
    internal FunctionEntity From(FunctionOrigin? origin) => new(Parameters, Result, IsAsync, origin);
}

/// <summary>What is called by the name of a function.</summary>
internal abstract class FunctionOrigin;

/// <summary>A function of the host.</summary>
/// <param name="interface">The name of the import; empty if the component imports the function itself.</param>
/// <param name="name">Its name there.</param>
internal sealed class ImportedFunction(string @interface, string name) : FunctionOrigin
{
    internal string Interface { get; } = @interface;

    internal string Name { get; } = name;
}

/// <summary>A function of a guest.</summary>
/// <param name="callee">The core function.</param>
/// <param name="type">Its type.</param>
/// <param name="options">How values cross.</param>
internal sealed class Lift(CoreItemEntity callee, FunctionEntity type, CanonicalEntity options) : FunctionOrigin
{
    internal CoreItemEntity Callee { get; } = callee;

    internal FunctionEntity Type { get; } = type;

    internal CanonicalEntity Options { get; } = options;
}

/// <summary>How values cross, with indices resolved.</summary>
/// <param name="Encoding">How texts are encoded.</param>
/// <param name="Memory">The memory that values lie in; null for none.</param>
/// <param name="Realloc">What allocates there; null for nothing.</param>
/// <param name="PostReturn">What frees a result; null for nothing.</param>
/// <param name="Instance">The number of the component instance whose definition says so.</param>
internal sealed record CanonicalEntity(
    StringEncoding Encoding,
    CoreItemEntity? Memory,
    CoreItemEntity? Realloc,
    CoreItemEntity? PostReturn,
    int Instance);

/// <summary>A function, table, memory, global or tag.</summary>
internal abstract class CoreItemEntity(Sort sort) : Entity
{
    internal Sort Sort { get; } = sort;
}

/// <summary>What a core instance exports.</summary>
/// <param name="sort">What it is, or is to be.</param>
/// <param name="instance">The number of the core instance.</param>
/// <param name="name">The name of the export.</param>
internal sealed class CoreExport(Sort sort, int instance, string name) : CoreItemEntity(sort)
{
    internal int Instance { get; } = instance;

    internal string Name { get; } = name;
}

/// <summary>A function as core modules import it.</summary>
internal sealed class Lower(FunctionEntity function, CanonicalEntity options) : CoreItemEntity(Sort.CoreFunction)
{
    internal FunctionEntity Function { get; } = function;

    internal CanonicalEntity Options { get; } = options;
}

/// <summary>What a component instance does with its handles.</summary>
internal sealed class HandleItem(HandleOperation operation, ResourceOrigin resource, int instance)
    : CoreItemEntity(Sort.CoreFunction)
{
    internal HandleOperation Operation { get; } = operation;

    /// <summary>The resource.</summary>
    internal ResourceOrigin Resource { get; } = resource;

    /// <summary>The number of the component instance.</summary>
    internal int Instance { get; } = instance;
}

/// <summary>A function that is not supported.</summary>
internal sealed class UnsupportedItem() : CoreItemEntity(Sort.CoreFunction);

/// <summary>A core instance.</summary>
internal sealed class CoreInstanceEntity : Entity
{
    /// <summary>The number of the core instance; null for one that is made of exports.</summary>
    internal int? Number { get; set; }

    /// <summary>Of one that is made of exports, what it has.</summary>
    internal IReadOnlyDictionary<string, CoreItemEntity> Items { get; set; } = NoItems;

    private static readonly IReadOnlyDictionary<string, CoreItemEntity> NoItems =
        new Dictionary<string, CoreItemEntity>();
}

/// <summary>A component, or the type of a component or instance, with what is around it.</summary>
internal sealed class BodyEntity(IReadOnlyList<Definition> body, Surroundings surroundings, bool isInstance) : Entity
{
    internal IReadOnlyList<Definition> Body { get; } = body;

    internal Surroundings Surroundings { get; } = surroundings;

    internal bool IsInstance { get; } = isInstance;
}

/// <summary>An import or export.</summary>
internal sealed record Extern(ExternName Name, Sort Sort, Entity Entity);

/// <summary>An instance.</summary>
internal sealed class InstanceEntity(IReadOnlyList<Extern> exports) : Entity
{
    private Dictionary<string, Extern>? _byName;

    internal IReadOnlyList<Extern> Exports { get; } = exports;

    internal Extern? Find(string name)
    {
        if (_byName is null)
        {
            _byName = [];
            foreach (Extern export in Exports)
            {
                _byName[export.Name.Text] = export;
            }
        }

        return _byName.TryGetValue(name, out Extern? found) ? found : null;
    }
}

/// <summary>What a component imports and exports.</summary>
internal sealed record ComponentInterface(IReadOnlyList<Extern> Imports, IReadOnlyList<Extern> Exports);

/// <summary>A core instance that is made when the component is instantiated.</summary>
/// <param name="Module">Its module.</param>
/// <param name="Arguments">For each import module, the instance that has its items.</param>
internal sealed record CoreStep(ModuleDefinition Module, IReadOnlyDictionary<string, CoreInstanceEntity> Arguments);
