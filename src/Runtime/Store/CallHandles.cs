using WasmBindgen.Components;

namespace WasmBindgen;

/// <summary>
/// The handles and references that belong to one call into a guest: lent for the call, given away in it, or held until
/// it ends.
/// </summary>
internal readonly struct CallHandles
{
    private readonly Store _store;
    private readonly int _lentBefore;
    private readonly int _heldBefore;
    private readonly int _rootsBefore;
    private readonly int _objectsBefore;
    private readonly int _givenBefore;
    private readonly int _givenObjectsBefore;

    // What is called, whose table may be made during the call, as may the store's; null for a core module.
    private readonly InstanceState? _ofComponent;

    /// <summary>Starts after the existing ones, which belong to the calls around this one.</summary>
    /// <param name="store">The store.</param>
    /// <param name="ofComponent">The called instance of a component; null for one of a core module.</param>
    internal CallHandles(Store store, InstanceState? ofComponent = null)
    {
        _store = store;
        _ofComponent = ofComponent;
        _lentBefore = Resources?.LentCount ?? 0;
        _heldBefore = Resources?.HeldCount ?? 0;
        _rootsBefore = store.ReferencesOrNull?.RootCount ?? 0;
        _objectsBefore = store.ObjectsOrNull?.LentCount ?? 0;
        _givenBefore = Resources?.GivenCount ?? 0;
        _givenObjectsBefore = store.ObjectsOrNull?.GivenCount ?? 0;
    }

    private ResourceTable? Resources =>
        _ofComponent is null ? _store.ResourcesOrNull : _ofComponent.ResourcesOrNull;

    /// <summary>Whether a component still has what was lent to it.</summary>
    internal bool HasLoans => _ofComponent?.ResourcesOrNull is { } resources && resources.HasLoans(_lentBefore);

    /// <summary>The guest becomes the owner of what the arguments give away.</summary>
    internal void Give()
    {
        if (Resources is { } resources && resources.GivenCount > _givenBefore)
        {
            resources.Give(_givenBefore);
        }

        if (_store.ObjectsOrNull is { } objects && objects.GivenCount > _givenObjectsBefore)
        {
            objects.Give(_givenObjectsBefore);
        }
    }

    /// <summary>The host becomes the owner of what the guest's result gave away.</summary>
    internal void Accept()
    {
        if (Resources is { } resources && resources.HeldCount > _heldBefore)
        {
            resources.Accept(_heldBefore);
        }
    }

    /// <summary>
    /// Takes back what was lent, and what was to be given in a call that did not begin. What the guest gave away, but
    /// the host did not accept, stays the guest's.
    /// </summary>
    internal void End()
    {
        if (Resources is { } resources)
        {
            if (resources.HeldCount > _heldBefore)
            {
                resources.Release(_heldBefore);
            }

            if (resources.LentCount > _lentBefore)
            {
                resources.EndLoans(_lentBefore);
            }

            if (resources.GivenCount > _givenBefore)
            {
                resources.TakeBack(_givenBefore);
            }
        }

        if (_store.ReferencesOrNull is { } references && references.RootCount > _rootsBefore)
        {
            references.EndRoots(_rootsBefore);
        }

        if (_store.ObjectsOrNull is { } objects)
        {
            if (objects.LentCount > _objectsBefore)
            {
                objects.EndLoans(_objectsBefore);
            }

            if (objects.GivenCount > _givenObjectsBefore)
            {
                objects.TakeBack(_givenObjectsBefore);
            }
        }
    }
}
