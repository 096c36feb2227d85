using System.Diagnostics;
using WasmBindgen.Components;
using WasmBindgen.Components.Format;

namespace WasmBindgen;

/// <summary>
/// A component whose imports have already been looked up and checked. Safe for any number of threads and stores.
/// </summary>
[DebuggerDisplay("{Component.Name,nq}")]
public sealed class ComponentPre
{
    private readonly Dictionary<(string Interface, string Name), BoundFunction> _functions;

    internal ComponentPre(
        Component component,
        Dictionary<(string Interface, string Name), BoundFunction> functions,
        ResourceBindings resources)
    {
        Component = component;
        _functions = functions;
        Resources = resources;
    }

    /// <summary>The component.</summary>
    public Component Component { get; }

    /// <summary>The C# types of its resources.</summary>
    internal ResourceBindings Resources { get; }

    internal BoundFunction FunctionOf(ImportedFunction import) => _functions[(import.Interface, import.Name)];

    /// <summary>Creates an instance in a store, and runs the start functions of its core modules.</summary>
    /// <exception cref="TrapException">A start function trapped, or a segment does not fit.</exception>
    /// <exception cref="ArgumentException">The store and the component belong to different engines.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the store.</exception>
    /// <exception cref="ObjectDisposedException">The component or the store is disposed.</exception>
    [StackTraceHidden]
    public ComponentInstance Instantiate(Store store)
    {
        ArgumentNullException.ThrowIfNull(store);
        ObjectDisposedException.ThrowIf(Component.IsDisposed, Component);
        if (store.Engine != Component.Engine)
        {
            throw new ArgumentException("The store and the component belong to different engines.", nameof(store));
        }

        ComponentInstance instance;
        GuestError failure;
        using (new CallScope(store, function: null))
        {
            instance = new ComponentInstance(store, this);
            if (instance.TryRun(out failure))
            {
                return instance;
            }
        }

        failure.Throw();
        throw new UnreachableException();
    }
}
