using System.ComponentModel;
using System.Diagnostics;
using WasmBindgen.Components.Format;

namespace WasmBindgen.CompilerServices;

/// <summary>An object of a guest's resource. Only generated classes implement it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGuestResource : IDisposable
{
    /// <summary>What the guest has of it.</summary>
    GuestResource Resource { get; }
}

/// <summary>
/// What a guest has of an object that the host holds: its representation, and the instance. The guest's destructor runs
/// once, unless the store ends first.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public sealed class GuestResource
{
    private readonly Store _store;
    private readonly Instance? _instance;
    private readonly ComponentInstance? _component;
    private readonly DefinedResource? _type;
    private readonly uint _representation;
    private bool _isWithGuest;

    /// <param name="store">The store.</param>
    /// <param name="instance">The instance; null if it is not known, as it is still being made.</param>
    /// <param name="representation">What the guest knows it by.</param>
    internal GuestResource(Store store, Instance? instance, uint representation)
    {
        _store = store;
        _instance = instance;
        _representation = representation;
    }

    /// <summary>An object of a component.</summary>
    /// <param name="component">The instance of the component.</param>
    /// <param name="type">The resource.</param>
    /// <param name="representation">What the guest knows it by.</param>
    internal GuestResource(ComponentInstance component, DefinedResource type, uint representation)
    {
        _store = component.Store;
        _component = component;
        _type = type;
        _representation = representation;
        _isWithGuest = true;
    }

    /// <summary>
    /// Whether the host cannot use it any more: it was disposed, given to the guest, or its store has ended.
    /// </summary>
    public bool IsDisposed =>
        HasEnded || _isWithGuest || _store.IsDisposed || (_component is null && _store.Resources.IsOwned(Owner));

    /// <summary>The object that shows it.</summary>
    internal IGuestResource Owner { get; set; } = null!;

    /// <summary>Whether its destructor has run or begun to.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>The guest drops it.</summary>
    internal void End() => HasEnded = true;

    /// <summary>How many times it is lent to running calls of its guest.</summary>
    internal int Loans { get; set; }

    /// <summary>That no running call uses it (Canonical ABI: a handle that is lent cannot be dropped).</summary>
    internal void ThrowIfLent()
    {
        if (Loans > 0)
        {
            throw new InvalidOperationException(
                $"This {Owner.GetType().Name} is lent to a running call of its guest: dispose it, or give it away, "
                    + "when the call has ended.");
        }
    }

    /// <summary>The functions of its methods.</summary>
    /// <exception cref="ObjectDisposedException">The host cannot use it any more.</exception>
    public T Functions<T>()
        where T : GuestResourceFunctions
    {
        ObjectDisposedException.ThrowIf(IsDisposed, Owner);
        return Find<T>();
    }

    /// <summary>The resource that a component defines; null for a core module.</summary>
    internal DefinedResource? Type => _type;

    /// <summary>The object that shows it: the one that exists, or a new one.</summary>
    internal IGuestResource Show(Func<GuestResource, IGuestResource> create) => Owner ??= create(this);

    /// <summary>A component gives it to the host.</summary>
    internal void Take() => _isWithGuest = false;

    /// <summary>The host gives it to a component.</summary>
    internal void Give() => _isWithGuest = true;

    /// <summary>The call in which it was to be given has not begun.</summary>
    internal void TakeBack() => _isWithGuest = false;

    /// <summary>What the guest knows it by.</summary>
    internal uint Representation => _representation;

    /// <summary>
    /// Whether it is of an instance. Another one of the same module has a resource of its own (Component Model: each
    /// instance of a component defines its resource types anew).
    /// </summary>
    /// <param name="instance">The instance; null for one that is not known.</param>
    internal bool IsOf(Instance? instance) => _instance is null || instance is null || instance == _instance;

    /// <summary>That the host has it, and may pass it to a guest.</summary>
    internal void ThrowIfUnfit(in GuestMemory memory)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, Owner);
        if (memory.OfStore != _store || memory.Canonical?.Instance != _component || !IsOf(memory.Guest))
        {
            throw new ArgumentException(
                $"This {Owner.GetType().Name} is of another guest, and no other can take it.");
        }
    }

    /// <summary>Runs the guest's destructor, unless the guest owns the object.</summary>
    /// <exception cref="InvalidOperationException">It is lent to a running call.</exception>
    public unsafe void Dispose<T>()
        where T : GuestResourceFunctions
    {
        if (!IsDisposed)
        {
            ThrowIfLent();
            HasEnded = true;
            GuestFunction? destructor =
                _component is null ? Find<T>().Destructor : _component.DestructorOf(_type!);
            Slot representation = default;
            representation.U32 = _representation;
            destructor?.Call(&representation, 1);
        }
    }

    private T Find<T>()
        where T : GuestResourceFunctions =>
        (_component?.Guests ?? (_instance ?? _store.Callers.Instances.Sole)?.Guests)?.Find<T>()
        ?? throw new InvalidOperationException(
            $"The guest's exports are not bound yet, of which {Owner.GetType().Name} is one: "
            + "construct their class first.");
}

/// <summary>The functions of a guest's resource in one instance.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public abstract class GuestResourceFunctions
{
    /// <param name="exports">The exports.</param>
    /// <param name="destructor">The name of the destructor, which may be missing.</param>
    protected GuestResourceFunctions(GuestExports exports, string destructor)
    {
        ArgumentNullException.ThrowIfNull(exports);
        Destructor = exports.Destructor(destructor);
    }

    internal GuestFunction? Destructor { get; }
}
