using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Emission;

/// <summary>A function between a guest and its host, whichever of them has it.</summary>
/// <param name="Member">The C# member.</param>
/// <param name="Name">Its name as an import or export.</param>
/// <param name="Parameters">Its parameters in order.</param>
/// <param name="Result">How its result crosses; null for none.</param>
/// <param name="Core">What the guest sees.</param>
/// <param name="IsImport">Whether the guest imports it.</param>
/// <param name="NeverReturns">Whether it always interrupts the guest.</param>
/// <param name="Allocation">How the guest allocates for it; null for the Canonical ABI's way.</param>
/// <param name="Memory">The memory that its values lie in; null for <c>memory</c>.</param>
internal sealed record SurfaceFunction(
    string Member,
    string Name,
    EquatableArray<(string Name, Shape Value)> Parameters,
    Shape? Result,
    CoreFunction Core,
    bool IsImport,
    bool NeverReturns,
    Allocation? Allocation,
    string? Memory)
{
    /// <summary>Whether addresses have 64 bits.</summary>
    internal bool IsLong => Allocation is { Is64Bit: true };

    private string Types =>
        string.Join(", ", Parameters.Select(static parameter => parameter.Value.Type).Append(Result?.Type));

    /// <summary>Whether a guest may take either for the other.</summary>
    internal bool IsLike(SurfaceFunction other) => Core == other.Core && Types == other.Types;
}

/// <summary>What a guest has to do with the classes of a project.</summary>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Imports">What it can import, by module.</param>
/// <param name="Exports">The functions that it exports.</param>
/// <param name="Properties">The other items that it exports, with the members that show them.</param>
/// <param name="Allocators">
/// The functions that it exports for the host to allocate and free, with whether they free.
/// </param>
/// <param name="HasScripts">Whether it is AssemblyScript's, and has that runtime's functions.</param>
/// <param name="Resources">The host's resources by class: their module and name.</param>
internal sealed record GuestSurface(
    IReadOnlyList<string> Classes,
    IReadOnlyList<(string Module, IReadOnlyList<SurfaceFunction> Functions)> Imports,
    IReadOnlyList<SurfaceFunction> Exports,
    IReadOnlyList<(string Member, GuestProperty Property)> Properties,
    IReadOnlyList<(AllocatorFunction Function, bool Frees)> Allocators,
    bool HasScripts,
    IReadOnlyDictionary<string, (string Module, string Name)> Resources)
{
    private const string Drop = "[resource-drop]";

    private static readonly Allocation s_canonical = new(new AllocatorFunction(
        "cabi_realloc", new[] { "OldAddress", "OldSize", "Alignment", "Size" }.ToEquatableArray()));

    /// <param name="classes">The classes.</param>
    /// <param name="refuse">Gets what no guest can have.</param>
    internal static GuestSurface Of(BoundClasses classes, Action<Refusal> refuse)
    {
        ImportClass[] imports = [.. classes.Imports.Where(one => IsWritten(one.Type, one.Allocation, refuse))];
        ExportClass[] exports = [.. classes.Exports.Where(one => IsWritten(one.Type, one.Allocation, refuse))];
        var allocations = new List<Allocation>();
        foreach (ImportClass one in imports.Where(static one =>
            one.Functions.Any(static function => function.Core.NeedsAllocator)))
        {
            allocations.Add(one.Allocation ?? s_canonical);
        }

        foreach (ExportClass one in exports.Where(static one =>
            one.Functions.Any(static function => function.Core.NeedsAllocator)))
        {
            allocations.Add(one.Allocation ?? s_canonical);
        }

        return new GuestSurface(
            [.. classes.Imports.Select(static one => one.Type.DisplayName)
                .Concat(classes.Exports.Select(static one => one.Type.DisplayName))
                .Distinct()
                .OrderBy(static name => name, StringComparer.Ordinal)],
            [.. imports.GroupBy(static one => one.Module).Select(module =>
                (module.Key, Once(module.SelectMany(Functions), refuse)))],
            Once(exports.SelectMany(Functions), refuse),
            [.. exports
                .SelectMany(static one =>
                    one.Properties.Select(property => (Member(one.Type, property.Property), Property: property)))
                .GroupBy(static one => one.Property.WasmName)
                .Select(static same => same.First())],
            [.. allocations.Where(static one => !one.IsAssemblyScript && one.Module is null)
                .SelectMany(static one => new[] { (Function: one.Allocate, Frees: false) }
                    .Concat(one.Free is { } free ? [(free, true)] : []))
                .Distinct()
                .GroupBy(static one => one.Function.Name)
                .Select(group => OnlyOne(group.Key, [.. group]))],
            allocations.Any(static one => one.IsAssemblyScript),
            imports
                .SelectMany(static one => one.Functions
                    .Where(static function => function.Target == CallTarget.Drop)
                    .Select(function =>
                        (one.Type.FullName, one.Module, Name: function.WasmName.Substring(Drop.Length))))
                .ToDictionary(static one => one.FullName, static one => (one.Module, one.Name)));

        (AllocatorFunction, bool) OnlyOne(string name, (AllocatorFunction, bool)[] allocators)
        {
            if (allocators.Length > 1)
            {
                refuse(new Refusal(
                    name,
                    "classes name it as their allocator with different parameters",
                    "give them the same [GuestAllocator]"));
            }

            return allocators[0];
        }
    }

    /// <summary>A shape and all that it is made of.</summary>
    internal static IEnumerable<Shape> WithParts(Shape value) => value.Parts.SelectMany(WithParts).Append(value);

    private static bool IsWritten(TypeDeclaration type, Allocation? allocation, Action<Refusal> refuse)
    {
        if (allocation?.Rust is null)
        {
            return true;
        }

        refuse(new Refusal(
            type.DisplayName,
            "wasm-bindgen itself writes the side of its guests",
            "name the other classes in the item's Classes"));
        return false;
    }

    /// <summary>Functions of one name once. They cannot differ: a guest has one of that name.</summary>
    private static IReadOnlyList<SurfaceFunction> Once(
        IEnumerable<SurfaceFunction> functions, Action<Refusal> refuse)
    {
        var known = new Dictionary<string, SurfaceFunction>(StringComparer.Ordinal);
        foreach (SurfaceFunction function in functions)
        {
            if (!known.TryGetValue(function.Name, out SurfaceFunction? other))
            {
                known.Add(function.Name, function);
            }
            else if (!function.IsLike(other))
            {
                refuse(new Refusal(
                    function.Member,
                    $"'{other.Member}' is '{function.Name}' too, with other types",
                    "give both the same types, or name the classes of one kind of guest in the item's Classes"));
            }
        }

        return [.. known.Values];
    }

    private static IEnumerable<SurfaceFunction> Functions(ImportClass one) => one.Functions.Select(function =>
        new SurfaceFunction(
            Member(one.Type, function.Target switch
            {
                CallTarget.Constructor => one.Type.Name,
                CallTarget.Drop => nameof(IDisposable.Dispose),
                _ => function.Method,
            }),
            function.WasmName,
            function.Target == CallTarget.Drop
                ? new[] { ("handle", (Shape)new ResourceShape(one.Type.FullName, one.Type.FullName, IsBorrow: false)) }
                    .ToEquatableArray()
                : function.Passed.Select(static parameter => (parameter.Name, parameter.Value!)).ToEquatableArray(),
            function.Result,
            function.Core,
            IsImport: true,
            NeverReturns: function.Outcome == Outcome.Interrupt,
            one.Allocation,
            function.Memory ?? one.Memory));

    private static IEnumerable<SurfaceFunction> Functions(ExportClass one) => one.Functions.Select(function =>
        new SurfaceFunction(
            Member(one.Type, function.Method),
            function.WasmName,
            function.Parameters.Select(static parameter => (parameter.Name.TrimStart('@'), parameter.Value))
                .ToEquatableArray(),
            function.Result,
            function.Core,
            IsImport: false,
            NeverReturns: false,
            one.Allocation,
            function.Memory ?? one.Memory));

    private static string Member(TypeDeclaration type, string name) => $"{type.DisplayName}.{name.TrimStart('@')}";
}
