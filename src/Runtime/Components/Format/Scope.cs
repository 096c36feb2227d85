namespace WasmBindgen.Components.Format;

/// <summary>The index spaces of a component, or of the type of a component or instance.</summary>
internal sealed class Scope(Surroundings? outer)
{
    private readonly List<Entity>[] _spaces =
        [.. Enumerable.Range(0, (int)Sort.CoreInstance + 1).Select(static _ => new List<Entity>())];

    internal void Add(Sort sort, Entity entity) => _spaces[(int)sort].Add(entity);

    /// <exception cref="InvalidDataException">There is no such item, or it is of another kind.</exception>
    internal T Get<T>(Sort sort, uint index)
        where T : Entity => Get<T>(sort, index, _spaces[(int)sort].Count);

    /// <summary>An item of this scope, or of one around it.</summary>
    /// <exception cref="InvalidDataException">There is no such item, or it is defined later.</exception>
    internal Entity GetOuter(Sort sort, uint count, uint index)
    {
        if (sort is not (Sort.CoreModule or Sort.CoreType or Sort.Type or Sort.Component))
        {
            throw new InvalidDataException($"an item of the sort '{sort}' cannot be taken from outside");
        }

        Surroundings? surroundings = count == 0 ? Capture() : Outer;
        for (uint level = 1; level < count && surroundings is not null; level++)
        {
            surroundings = surroundings.Scope.Outer;
        }

        return surroundings is null
            ? throw new InvalidDataException($"there are no {count} components or types around an alias")
            : surroundings.Scope.Get<Entity>(sort, index, surroundings.Counts[(int)sort]);
    }

    /// <summary>What a body that is defined here, and now, may refer to.</summary>
    internal Surroundings Capture() => new(this, [.. _spaces.Select(static space => space.Count)]);

    private Surroundings? Outer { get; } = outer;

    private T Get<T>(Sort sort, uint index, int count)
        where T : Entity => index >= count
            ? throw new InvalidDataException($"there is no item {index} of the sort '{sort}'")
            : _spaces[(int)sort][(int)index] as T
                ?? throw new InvalidDataException($"item {index} of the sort '{sort}' is not what it is used as");
}

/// <summary>
/// The scope around a body, with the lengths that its spaces had when the body was defined: it refers to nothing later,
/// itself included.
/// </summary>
internal sealed record Surroundings(Scope Scope, int[] Counts);
