namespace WasmBindgen.Build.Components;

/// <summary>What an index of a component refers to, with its indices resolved.</summary>
internal abstract class Entity;

/// <summary>A core module, of which nothing needs to be known.</summary>
internal sealed class CoreModuleEntity : Entity;

/// <summary>A field, case or parameter, or a part without a name.</summary>
internal readonly record struct TypedMember(string Name, TypeEntity? Type);

/// <summary>A value type or resource. Two are one if they are the same object, or say that they are equal.</summary>
internal sealed class TypeEntity(TypeKind kind, TypedMember[] members, uint length = 0, TypeEntity? equal = null)
    : Entity
{
    internal TypeKind Kind { get; } = kind;

    internal TypedMember[] Members { get; } = members;

    /// <summary>Of a list with a fixed length.</summary>
    internal uint Length { get; } = length;

    /// <summary>The type that this one, an import or export, is equal to.</summary>
    internal TypeEntity? Equal { get; } = equal;

    /// <summary>A type of its own that is equal to this one.</summary>
    internal TypeEntity NewEqual() => new(Kind, Members, Length, this);
}

/// <summary>The type of a function.</summary>
internal sealed class FunctionEntity(TypedMember[] parameters, TypeEntity? result, bool isAsync) : Entity
{
    internal TypedMember[] Parameters { get; } = parameters;

    internal TypeEntity? Result { get; } = result;

    internal bool IsAsync { get; } = isAsync;
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

        return _byName.TryGetValue(name, out Extern found) ? found : null;
    }
}

/// <summary>What a component imports and exports.</summary>
internal sealed record ComponentInterface(IReadOnlyList<Extern> Imports, IReadOnlyList<Extern> Exports);
