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

    /// <summary>Starts after the existing ones, which belong to the calls around this one.</summary>
    internal CallHandles(Store store)
    {
        _store = store;
        _lentBefore = store.ResourcesOrNull?.LentCount ?? 0;
        _heldBefore = store.ResourcesOrNull?.HeldCount ?? 0;
        _rootsBefore = store.ReferencesOrNull?.RootCount ?? 0;
        _objectsBefore = store.ObjectsOrNull?.LentCount ?? 0;
    }

    /// <summary>The host becomes the owner of what the guest's result gave away.</summary>
    internal void Accept()
    {
        if (_store.ResourcesOrNull is { } resources && resources.HeldCount > _heldBefore)
        {
            resources.Accept(_heldBefore);
        }
    }

    /// <summary>
    /// Takes back what was lent. What the guest gave away, but the host did not accept, stays the guest's.
    /// </summary>
    internal void End()
    {
        if (_store.ResourcesOrNull is { } resources)
        {
            if (resources.HeldCount > _heldBefore)
            {
                resources.Release(_heldBefore);
            }

            if (resources.LentCount > _lentBefore)
            {
                resources.EndLoans(_lentBefore);
            }
        }

        if (_store.ReferencesOrNull is { } references && references.RootCount > _rootsBefore)
        {
            references.EndRoots(_rootsBefore);
        }

        if (_store.ObjectsOrNull is { } objects && objects.LentCount > _objectsBefore)
        {
            objects.EndLoans(_objectsBefore);
        }
    }
}
