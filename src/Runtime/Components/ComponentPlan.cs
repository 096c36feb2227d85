using System.Collections.Frozen;
using System.Collections.Immutable;
using WasmBindgen.Components.Format;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;

namespace WasmBindgen.Components;

/// <summary>
/// What instantiating a component does: which core modules get which items. All of it is checked, so that nothing can
/// be called as what it is not.
/// </summary>
internal sealed class ComponentPlan
{
    // A module of a hundred thousand imports can be instantiated ten thousand times by a few more bytes.
    private const int MaxImports = 1_000_000;

    private readonly string _name;
    private readonly Evaluator _evaluator;
    private readonly Dictionary<ModuleDefinition, Module> _modules;
    private readonly Dictionary<CoreItemEntity, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(int Instance, string Name), int> _exports = [];
    private readonly List<CoreItemEntity> _items = [];
    private readonly List<ExternType> _types = [];
    private readonly List<FunctionTypeHandle?> _handles = [];
    private readonly List<byte[]?> _names = [];

    /// <exception cref="InvalidModuleException">Core items do not fit, or are missing.</exception>
    internal ComponentPlan(
        string name,
        Evaluator evaluator,
        ComponentInterface type,
        Dictionary<ModuleDefinition, Module> modules)
    {
        _name = name;
        _evaluator = evaluator;
        _modules = modules;
        Interface = type;
        foreach ((long offset, Entity entity) in evaluator.Canonical)
        {
            try
            {
                Check(entity);
            }
            catch (InvalidDataException exception)
            {
                throw InvalidModuleException.InComponent(name, exception.Message, offset);
            }
        }

        if (evaluator.CoreSteps.Sum(step => (long)modules[step.Module].Imports.Length) > MaxImports)
        {
            throw InvalidModuleException.InComponent(
                name, $"its core instances import more than {MaxImports} items together", offset: null);
        }

        Steps = [.. evaluator.CoreSteps.Select(Plan)];
        Outer = [.. evaluator.Instances];
        Implements = type.Imports.Where(static import => import.Name.Implements is not null).ToFrozenDictionary(
            static import => import.Name.Text, static import => import.Name.Implements!);
        foreach (Lift lift in evaluator.Canonical.Select(static known => known.Entity).OfType<FunctionEntity>()
            .Select(static function => function.Origin).OfType<Lift>())
        {
            NumberOf(lift.Callee);
        }
    }

    /// <summary>What it imports and exports.</summary>
    internal ComponentInterface Interface { get; }

    /// <summary>The interfaces that imports implement whose names are others.</summary>
    internal FrozenDictionary<string, string> Implements { get; }

    /// <summary>The core instances to be made, in their order.</summary>
    internal ImmutableArray<Step> Steps { get; }

    /// <summary>The component instances, each with the number of the one around it; -1 for none.</summary>
    internal ImmutableArray<int> Outer { get; }

    /// <summary>The core items that are used, by their numbers.</summary>
    internal IReadOnlyList<CoreItemEntity> Items => _items;

    /// <summary>The type of a core item, by its number.</summary>
    internal ExternType TypeOf(int item) => _types[item];

    /// <summary>The engine's own of a function that is made for each instance.</summary>
    internal FunctionTypeHandle HandleOf(int item) => _handles[item]!;

    /// <summary>The name of an export in UTF-8.</summary>
    internal byte[] NameOf(int item) => _names[item]!;

    /// <summary>The number of a core item that is used.</summary>
    /// <exception cref="InvalidDataException">The core module does not export it, or it is of another sort.</exception>
    internal int NumberOf(CoreItemEntity item)
    {
        if (_numbers.TryGetValue(item, out int number))
        {
            return number;
        }

        ExternType type = item switch
        {
            CoreExport export => Find(export),
            Lower lower => FunctionLayout.Of(lower.Function).Lowered,
            HandleItem { Operation: HandleOperation.Drop } => new FunctionType([ValueKind.I32], []),
            HandleItem => new FunctionType([ValueKind.I32], [ValueKind.I32]),
            _ => throw new InvalidDataException("a function is not supported"),
        };
        if (item is CoreExport known && _exports.TryGetValue((known.Instance, known.Name), out number))
        {
            _numbers.Add(item, number);
            return number;
        }

        number = _items.Count;
        _items.Add(item);
        _types.Add(type);
        _numbers.Add(item, number);
        var added = item as CoreExport;
        _handles.Add(added is null ? new FunctionTypeHandle((FunctionType)type) : null);
        _names.Add(added is null ? null : Utf8Name.Encode(added.Name));
        if (added is not null)
        {
            _exports.Add((added.Instance, added.Name), number);
        }

        return number;
    }

    private Step Plan(CoreStep step)
    {
        Module module = _modules[step.Module];
        try
        {
            return new Step(module, [.. module.Imports.Select(import => NumberOf(Argument(step, import)))]);
        }
        catch (InvalidDataException exception)
        {
            throw InvalidModuleException.InComponent(_name, exception.Message, step.Module.Start);
        }
    }

    private static CoreItemEntity Argument(CoreStep step, ImportType import)
    {
        string name = $"{import.Module}.{import.Name}";
        if (!step.Arguments.TryGetValue(import.Module, out CoreInstanceEntity? instance))
        {
            throw new InvalidDataException($"a core module is instantiated without `{Printable.Name(name)}`");
        }

        Sort sort = SortOf(import.Type);
        return instance.Number is { } number ? new CoreExport(sort, number, import.Name)
            : instance.Items.TryGetValue(import.Name, out CoreItemEntity? item) && item.Sort == sort ? item
            : throw new InvalidDataException(
                $"a core module is instantiated without `{Printable.Name(name)}`, or with an item of another sort");
    }

    private ExternType Find(CoreExport export)
    {
        Module module = _modules[_evaluator.CoreSteps[export.Instance].Module];
        return module.TypeOf(export.Name) is { } type && SortOf(type) == export.Sort
            ? type is MemoryType { IsShared: true }
                ? throw new InvalidDataException("a shared memory is not supported in a component")
                : type
            : throw new InvalidDataException(
                $"a core module has no export `{Printable.Name(export.Name)}` of the sort '{export.Sort}'");
    }

    private static Sort SortOf(ExternType type) => type switch
    {
        FunctionType => Sort.CoreFunction,
        TableType => Sort.CoreTable,
        MemoryType => Sort.CoreMemory,
        GlobalType => Sort.CoreGlobal,
        _ => Sort.CoreTag,
    };

    /// <summary>
    /// That functions are of the types that they are called as, and have what their values need (Canonical ABI,
    /// validation of canon lift and lower). The engine checks none of it.
    /// </summary>
    private void Check(Entity entity)
    {
        switch (entity)
        {
            case FunctionEntity { Origin: Lift lift }:
                FunctionLayout layout = FunctionLayout.Of(lift.Type);
                Require(lift.Callee, layout.Lifted, "a lifted function");
                CheckOptions(
                    lift.Options,
                    layout.ParametersSpill || layout.Parameters.HasPointers,
                    layout.ResultSpills || layout.Result is { HasPointers: true });
                if (lift.Options.PostReturn is { } postReturn)
                {
                    Require(postReturn, new FunctionType(layout.Lifted.Results, []), "a function after a return");
                }

                break;
            case Lower lower:
                FunctionLayout lowered = FunctionLayout.Of(lower.Function);
                CheckOptions(
                    lower.Options,
                    lowered.Result is { HasPointers: true },
                    lowered.ParametersSpill || lowered.ResultSpills || lowered.Parameters.HasPointers);
                break;
            case TypeEntity { Origin: DefinedResource { Destructor: { } destructor } }:
                Require(destructor, new FunctionType([ValueKind.I32], []), "a destructor");
                break;
        }
    }

    /// <param name="options">What there is.</param>
    /// <param name="allocates">Whether values are written for the guest.</param>
    /// <param name="reads">Whether values lie in memory.</param>
    private void CheckOptions(CanonicalEntity options, bool allocates, bool reads)
    {
        if (options.Memory is { } memory
            && TypeOf(NumberOf(memory)) is not MemoryType { IsShared: false, Is64Bit: false })
        {
            throw new InvalidDataException("a memory for values is shared, or has 64 bits");
        }

        if (options.Realloc is { } realloc)
        {
            ValueKind word = ValueKind.I32;
            Require(realloc, new FunctionType([word, word, word, word], [word]), "a function that allocates");
        }

        if (options.Memory is null && (allocates || reads || options.Realloc is not null))
        {
            throw new InvalidDataException("a canonical definition lacks the option memory");
        }

        if (options.Realloc is null && allocates)
        {
            throw new InvalidDataException("a canonical definition lacks the option realloc");
        }
    }

    private void Require(CoreItemEntity item, FunctionType want, string what)
    {
        ExternType have = TypeOf(NumberOf(item));
        if (!have.Equals(want))
        {
            throw new InvalidDataException($"{what} is of the type {have}, and {want} is needed");
        }
    }

    /// <summary>One core instance to be made.</summary>
    /// <param name="Module">Its module.</param>
    /// <param name="Imports">The numbers of the items that it imports.</param>
    internal sealed record Step(Module Module, ImmutableArray<int> Imports);
}
