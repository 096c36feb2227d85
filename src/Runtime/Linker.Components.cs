using System.Diagnostics;
using WasmBindgen.Components;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;

namespace WasmBindgen;

/// <content>Components, whose imports are host functions only.</content>
public sealed partial class Linker
{
    // What functions that stand in a world itself, and in no interface, are defined under.
    private const string World = "$root";

    /// <summary>
    /// Creates an instance of a component in a store, and runs the start functions of its core modules.
    /// </summary>
    /// <exception cref="LinkException">Imports are missing or of another type; all of them are listed.</exception>
    /// <exception cref="TrapException">A start function trapped, or a segment does not fit.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the store.</exception>
    [StackTraceHidden]
    public ComponentInstance Instantiate(Store store, Component component)
    {
        ArgumentNullException.ThrowIfNull(store);
        ThrowIfOtherEngine(store.Engine, nameof(store));
        return InstantiatePre(component).Instantiate(store);
    }

    /// <summary>Looks up and checks a component's imports once, for many instances.</summary>
    /// <exception cref="LinkException">Imports are missing or of another type; all of them are listed.</exception>
    [StackTraceHidden]
    public ComponentPre InstantiatePre(Component component)
    {
        ArgumentNullException.ThrowIfNull(component);
        ThrowIfOtherEngine(component.Engine, nameof(component));
        _access.EnterReadLock();
        try
        {
            return Bind(component);
        }
        finally
        {
            _access.ExitReadLock();
        }
    }

    /// <summary>
    /// Defines every function that a component imports and this linker lacks, so that the component links. A guest that
    /// calls one is ended by an <see cref="UnknownImportException"/>. For guests that import more than they call.
    /// </summary>
    /// <param name="component">The component. Others that import the same functions link too.</param>
    /// <returns>This linker.</returns>
    /// <exception cref="ArgumentException">The component belongs to another engine.</exception>
    /// <remarks>A function that is defined later under such a name replaces it.</remarks>
    public Linker DefineUnknownImportsAsTraps(Component component)
    {
        ArgumentNullException.ThrowIfNull(component);
        ThrowIfOtherEngine(component.Engine, nameof(component));
        Change(() =>
        {
            Dictionary<string, string> implemented = ImplementedOf(component);
            foreach ((ImportedFunction import, FunctionEntity type) in ImportsOf(component))
            {
                string module = ModuleOf(import.Interface, implemented);
                if (FindFunction(module, import.Name) is not null)
                {
                    continue;
                }

                FunctionType lowered = FunctionLayout.Of(type).Lowered;
                var function = new HostFunction(
                    import.Name,
                    [.. lowered.Parameters.Select(static parameter => parameter.Kind)],
                    [.. lowered.Results.Select(static result => result.Kind)],
                    UnknownImport.Thunk,
                    new UnknownImport(module, import.Name),
                    Requirement: null);
                DefineFunction(module, Native.Utf8Name.Encode(module), function);
                Register(module, import.Name, new(lowered, IsTrap: true, Function: function));
            }
        });
        return this;
    }

    private ComponentPre Bind(Component component)
    {
        var functions = new Dictionary<(string Interface, string Name), BoundFunction>();
        var problems = new List<LinkProblem>();
        Dictionary<string, string> implemented = ImplementedOf(component);
        foreach ((ImportedFunction import, FunctionEntity type) in ImportsOf(component))
        {
            string module = ModuleOf(import.Interface, implemented);
            FunctionType want = FunctionLayout.Of(type).Lowered;
            (string Module, Definition Definition)? have = FindFunction(module, import.Name);
            if (have is { Definition: { Function: { ServesComponents: true } function, Type: var known } }
                && known.Equals(want))
            {
                functions[(import.Interface, import.Name)] = new BoundFunction(have.Value.Module, function, Trace);
                continue;
            }

            problems.Add(new LinkProblem(
                $"{(import.Interface.Length == 0 ? "" : $"{import.Interface}#")}{import.Name}",
                WitText.Of(type),
                have is null ? null : $"{have.Value.Definition.Type}, where {want} is needed")
            {
                Hint = problems.Count >= NameAdvice.MaxProblems ? null
                    : have is { } other ? other.Definition.Source
                    : Advise(module, import.Name),
            });
        }

        return problems.Count == 0
            ? new ComponentPre(component, functions, ResourcesOf(component, implemented))
            : throw new LinkException($"Component `{Printable.Name(component.Name)}` cannot be linked:", problems);
    }

    /// <summary>What the functions of an import are defined under.</summary>
    private static string ModuleOf(string @interface, Dictionary<string, string> implemented) =>
        @interface.Length == 0 ? World : implemented.GetValueOrDefault(@interface, @interface);

    /// <summary>
    /// The imports under whose names nothing is defined, and the interfaces that they say they implement (Component
    /// Model, Explainer.md, implements).
    /// </summary>
    private Dictionary<string, string> ImplementedOf(Component component)
    {
        if (component.Plan.Implements.Count == 0)
        {
            return [];
        }

        HashSet<string> modules = [.. _definitions.Keys.Select(static known => known.Module)];
        return component.Plan.Implements.Where(one => !modules.Contains(one.Key)).ToDictionary();
    }

    /// <summary>The host functions that the core modules of a component import, each once.</summary>
    private static IEnumerable<(ImportedFunction Import, FunctionEntity Type)> ImportsOf(Component component) =>
        component.Plan.Items
            .OfType<Lower>()
            .Select(static lower => (Import: lower.Function.Origin as ImportedFunction, Type: lower.Function))
            .Where(static known => known.Import is not null)
            .DistinctBy(static known => (known.Import!.Interface, known.Import.Name))!;

    /// <summary>
    /// A function of an interface, in this version or another one of its track; a trap only if there is nothing else.
    /// </summary>
    private (string Module, Definition Definition)? FindFunction(string module, string name)
    {
        if (_definitions.TryGetValue((module, name), out Definition exact) && !exact.IsTrap)
        {
            return (module, exact);
        }

        IEnumerable<string> track = InterfaceVersion.TryParse(module, out InterfaceVersion version)
            && _versions.TryGetValue((version.Interface, version.Track), out List<string>? versions) ? versions : [];
        return track.Prepend(module)
            .Where(known => _definitions.ContainsKey((known, name)))
            .Select(known => ((string, Definition)?)(known, _definitions[(known, name)]))
            .OrderBy(static known => known!.Value.Item2.IsTrap)
            .FirstOrDefault();
    }

    private string? Advise(string module, string name)
    {
        string[] names =
            [.. _definitions.Keys.Where(known => known.Module == module).Select(static known => known.Name)];
        string[] modules = [.. _definitions.Keys.Select(static known => known.Module).Distinct()];
        return NearestName.Of(name, names) is { } nearest ? $"did you mean `{Printable.Name(nearest)}`?"
            : names.Length > 0 ? $"`{Printable.Name(module)}` has {NameAdvice.List(names)}"
            : modules.Length == 0 ? "the linker is empty"
            : NearestName.Of(module, modules) is { } interfaceName
                ? $"did you mean `{Printable.Name(interfaceName)}`?"
            : $"there is no `{Printable.Name(module)}`, only {NameAdvice.List(modules)}";
    }

    /// <summary>
    /// The C# types of a component's resources: those of the host, and its own that a class here shows.
    /// </summary>
    private ResourceBindings ResourcesOf(Component component, Dictionary<string, string> implemented)
    {
        var resources = new ResourceBindings(
            [
                .. _definitions.Values.Select(static known => known.Function?.Data).OfType<GuestResourceType>()
                    .Select(static known => known.Shown),
            ]);
        foreach (Extern import in component.Plan.Interface.Imports)
        {
            foreach ((ResourceOrigin origin, string name) in ResourcesIn(import))
            {
                if (origin is ImportedResource imported
                    && FindFunction(ModuleOf(imported.Interface, implemented), $"[resource-drop]{name}")
                        is { Definition.Function.Resource: { } type })
                {
                    resources.Add(imported, type);
                }
            }
        }

        foreach (Extern export in component.Plan.Interface.Exports)
        {
            foreach ((ResourceOrigin origin, string name) in ResourcesIn(export))
            {
                string module = export.Sort == Sort.Instance ? export.Name.Text : World;
                if (origin is DefinedResource defined
                    && FindFunction($"[export]{module}", $"[resource-new]{name}")?.Definition.Function?.Data
                        is GuestResourceType type)
                {
                    resources.Add(defined, type);
                }
            }
        }

        return resources;
    }

    private static IEnumerable<(ResourceOrigin Origin, string Name)> ResourcesIn(Extern item)
    {
        IReadOnlyList<Extern> items = item.Entity is InstanceEntity instance ? instance.Exports : [item];
        foreach (Extern known in items)
        {
            if (known.Entity is TypeEntity { Kind: TypeKind.Resource, Root.Origin: { } origin })
            {
                yield return (origin, known.Name.Text);
            }
        }
    }
}
