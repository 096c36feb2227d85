using System.Collections.Immutable;

namespace WasmBindgen;

/// <summary>
/// The objects of <see cref="WasmExportAttribute"/> classes that show an instance, the first of each.
/// </summary>
internal sealed class GuestObjects
{
    private ImmutableArray<object> _guests = [];

    /// <summary>Remembers an object, unless there is one of its class.</summary>
    internal void Add(object guest)
    {
        foreach (object known in _guests)
        {
            if (known.GetType() == guest.GetType())
            {
                return;
            }
        }

        ImmutableInterlocked.Update(ref _guests, static (guests, added) => guests.Add(added), guest);
    }

    /// <summary>The object of a class; null if there is none.</summary>
    internal T? Find<T>()
        where T : class
    {
        foreach (object known in _guests)
        {
            if (known is T guest)
            {
                return guest;
            }
        }

        return null;
    }
}
