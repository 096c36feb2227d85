using System.Collections.Immutable;
using System.Diagnostics;
using WasmBindgen.Components;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>An instance of a component. Lives as long as its store.</summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
[StackTraceHidden]
public sealed unsafe class ComponentInstance
{
    private readonly ComponentPre _pre;
    private readonly wasmtime_instance_t[] _cores;
    private readonly InstanceState?[] _states;
    private readonly (bool IsThere, wasmtime_extern_t Item)[] _items;
    private readonly Dictionary<CanonicalEntity, CanonicalContext> _contexts = [];

    // What the functions need that are made for the instance. The engine has weak handles of it: the store, which all
    // of it refers to, would otherwise keep itself alive.
    private readonly List<object> _held = [];

    internal ComponentInstance(Store store, ComponentPre pre)
    {
        Store = store;
        _pre = pre;
        _cores = new wasmtime_instance_t[Plan.Steps.Length];
        _states = new InstanceState?[Plan.Outer.Length];
        _items = new (bool, wasmtime_extern_t)[Plan.Items.Count];
        store.Components.Add(this);
    }

    /// <summary>The store that holds it.</summary>
    public Store Store { get; }

    /// <summary>The component.</summary>
    public Component Component => _pre.Component;

    /// <summary>What it exports, in the component's order.</summary>
    public ImmutableArray<ComponentItem> Exports => Component.Exports;

    private string DebuggerDisplay => $"instance of {Component.Name}";

    /// <summary>The objects that show it.</summary>
    internal GuestObjects Guests { get; } = new();

    /// <summary>The C# types of its resources.</summary>
    internal ResourceBindings Resources => _pre.Resources;

    private ComponentPlan Plan => Component.Plan;

    /// <summary>Whether it ends with its first failure.</summary>
    internal bool Poisons => Store.PoisonsComponents;

    /// <summary>Whether a call of it has failed, in a store that cares.</summary>
    internal bool IsPoisoned { get; set; }

    /// <summary>The state of a component instance within it, by its number.</summary>
    internal InstanceState StateOf(int number) => _states[number] ??=
        new InstanceState(this, Plan.Outer[number] is >= 0 and var outer ? StateOf(outer) : null);

    /// <summary>Keeps what a function needs as long as the store.</summary>
    /// <returns>A handle for the engine.</returns>
    internal nint Hold(object data)
    {
        _held.Add(data);
        return HostData.Weak(data);
    }

    /// <summary>Makes the core instances, while the store is entered.</summary>
    /// <returns>Whether all could be made.</returns>
    internal bool TryRun(out GuestError failure)
    {
        for (int i = 0; i < Plan.Steps.Length; i++)
        {
            ComponentPlan.Step step = Plan.Steps[i];
            if (step.Module.MayStart && Store.LacksStack)
            {
                throw Store.NoStack();
            }

            var imports = new wasmtime_extern_t[step.Imports.Length];
            for (int import = 0; import < imports.Length; import++)
            {
                imports[import] = Item(step.Imports[import]);
            }

            var linkage = new Linkage(step.Module, NoItems);
            Store.BeginInstance(linkage);
            wasmtime_instance_t instance;
            nint trap = 0;
            nint error;
            fixed (wasmtime_extern_t* first = imports)
            {
                error = wasmtime_instance_new(
                    Store.Context, step.Module.Handle, first, (nuint)imports.Length, &instance, &trap);
            }

            if (Store.HasFailed(error, trap))
            {
                failure = Store.Failures.Read(error, trap, isInstantiation: true);
                return false;
            }

            Store.NoteTags(step.Module, instance);
            Store.Callers.Instances.End(new Instance(Store, instance, linkage) { Component = this });
            _cores[i] = instance;
        }

        failure = default;
        return true;
    }

    /// <summary>The core function of a lifted one.</summary>
    internal GuestFunction FunctionOf(CoreItemEntity item, string name) => new(Store, Item(item).func, name);

    /// <summary>How values cross, as a canonical definition says.</summary>
    internal CanonicalContext ContextOf(CanonicalEntity options)
    {
        if (!_contexts.TryGetValue(options, out CanonicalContext? context))
        {
            context = new CanonicalContext(
                this,
                options.Instance,
                options.Encoding,
                options.Memory is { } memory ? Items.AsMemory(Store, Item(memory)) : null,
                options.Realloc is { } realloc
                    ? GuestAllocation.Canonical.Bind((name, _) => FunctionOf(realloc, name), static (_, _) => 0)
                    : null);
            _contexts.Add(options, context);
        }

        return context;
    }

    /// <summary>What destroys an object of the guest, by its representation; null if nothing does.</summary>
    internal GuestFunction? DestructorOf(DefinedResource type) =>
        type.Destructor is { } destructor ? FunctionOf(destructor, "[dtor]") : null;

    private static readonly ImmutableDictionary<(string Module, string Name), wasmtime_extern_t> NoItems =
        ImmutableDictionary<(string Module, string Name), wasmtime_extern_t>.Empty;

    private wasmtime_extern_t Item(CoreItemEntity item) => Item(Plan.NumberOf(item));

    private wasmtime_extern_t Item(int number)
    {
        ref (bool IsThere, wasmtime_extern_t Item) known = ref _items[number];
        if (!known.IsThere)
        {
            known = (true, Make(number));
        }

        return known.Item;
    }

    private wasmtime_extern_t Make(int number)
    {
        switch (Plan.Items[number])
        {
            case CoreExport export:
                wasmtime_extern_t found;
                wasmtime_instance_t instance = _cores[export.Instance];
                byte[] name = Plan.NameOf(number);
                fixed (byte* first = name)
                {
                    wasmtime_instance_export_get(Store.Context, &instance, first, (nuint)name.Length, &found);
                }

                return found;
            case Lower { Function.Origin: ImportedFunction import } lower:
                return LoweredFunction.New(this, _pre.FunctionOf(import), lower, Plan.HandleOf(number));
            case Lower lower:
                return FusedFunction.New(this, lower, Plan.HandleOf(number));
            case HandleItem item:
                return HandleFunctions.New(this, item, Plan.HandleOf(number));
            default:
                throw new UnreachableException();
        }
    }
}
