using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using WasmBindgen.Components.Format;

namespace WasmBindgen;

/// <summary>
/// The objects of which a store's guests hold handles. A handle combines a place in the table with the number of times
/// that place was used before, so a dropped handle never refers to another object. A place that was used too often
/// stays empty. A handle is of one resource: the type as which the object was passed, whatever else it is. The
/// instances of a component have tables of their own, whose handles are places alone, the last that was freed first
/// (Component Model, Canonical ABI: Table).
/// </summary>
[StackTraceHidden]
internal sealed class ResourceTable
{
    private const int IndexBits = 21;
    private const int MaxPlaces = 1 << IndexBits;
    // so that handles stay positive
    private const int MaxGeneration = (1 << (31 - IndexBits)) - 1;

    private readonly List<Place> _places = [default]; // 0 is no handle
    private readonly Stack<int> _free = new();

    // Null for a table of an instance of a component.
    private readonly List<ResourceTable>? _ofComponents;

    // What guests own and must be disposed once.
    private readonly HashSet<object> _owned;
    private readonly List<(int Ticket, GuestResource? OfGuest)> _lent = [];
    private readonly List<int> _held = [];
    private readonly List<int> _given = [];

    internal ResourceTable()
    {
        _ofComponents = [];
        _owned = new(ReferenceEqualityComparer.Instance);
    }

    /// <summary>The table of an instance of a component.</summary>
    /// <param name="ofStore">The table of its store.</param>
    internal ResourceTable(ResourceTable ofStore)
    {
        ofStore._ofComponents!.Add(this);
        _owned = ofStore._owned;
    }

    /// <summary>The number of objects that are lent to guests for running calls.</summary>
    internal int LentCount => _lent.Count;

    /// <summary>
    /// The number of handles that running calls hold: those lent by guests, and those about to be taken.
    /// </summary>
    internal int HeldCount => _held.Count;

    /// <summary>The number of handles that are given to guests whose calls have not begun.</summary>
    internal int GivenCount => _given.Count;

    /// <summary>
    /// Creates a handle for an object that now belongs to the guest, or that the guest may use during the running call.
    /// </summary>
    /// <param name="resource">The object.</param>
    /// <param name="isLent">Whether it is the host's.</param>
    /// <param name="isArgument">Whether it is of a call that may not begin, as a later argument may be bad.</param>
    internal int Add<T>(T? resource, bool isLent, bool isArgument)
        where T : class
    {
        if (resource is null)
        {
            throw Unfit.Null(typeof(T).Name);
        }

        return Add(resource, typeof(T), isLent, isArgument);
    }

    /// <summary>The same, as one of a resource.</summary>
    internal int Add(object resource, object kind, bool isLent, bool isArgument)
    {
        if (!isLent && _owned.Contains(resource))
        {
            throw new ArgumentException(
                $"A {resource.GetType().Name} is given to a guest that owns it already, and would be disposed twice. "
                + "Lend it as a Borrow instead.");
        }

        if (!_free.TryPop(out int index))
        {
            index = _places.Count;
            if (index == MaxPlaces)
            {
                throw new WasmException(
                    $"A store's guests hold {MaxPlaces} resources, which is the maximum.");
            }

            _places.Add(default);
        }

        Place place = _places[index] with { Resource = resource, Kind = kind, IsLent = isLent };
        _places[index] = place;
        int ticket = (place.Generation << IndexBits) | index;
        if (isLent)
        {
            _lent.Add((ticket, null));
        }
        else
        {
            if (resource is IDisposable or IAsyncDisposable)
            {
                _owned.Add(resource);
            }

            if (isArgument)
            {
                _given.Add(ticket);
            }
        }

        return IsOfComponent ? index : ticket;
    }

    private bool IsOfComponent => _ofComponents is null;

    /// <summary>Lends a guest an object of its own, which needs no handle.</summary>
    internal void Lend(GuestResource resource)
    {
        resource.Loans++;
        _lent.Add((0, resource));
    }

    /// <summary>Whether a guest owns an object that is disposed with its handle.</summary>
    internal bool IsOwned(object resource) => _owned.Contains(resource);

    /// <summary>The object of a handle, for the guest whose it is.</summary>
    internal T Peek<T>(int handle)
        where T : class => (T)Find(handle, typeof(T)).Resource!;

    /// <summary>The object of a handle, for the guest whose it is.</summary>
    internal object Peek(int handle, object kind) => Find(handle, kind).Resource!;

    /// <summary>Whether a guest still has something that was lent for a call.</summary>
    /// <param name="count">How many handles were lent before the call.</param>
    internal bool HasLoans(int count)
    {
        for (int i = count; i < _lent.Count; i++)
        {
            if (_lent[i] is { OfGuest: null, Ticket: var ticket } && IsCurrent(ticket))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a ticket is of what is in its place.</summary>
    private bool IsCurrent(int ticket) =>
        _places[IndexOf(ticket)] is { Resource: not null } place && place.Generation == ticket >> IndexBits;

    /// <summary>A call begins: what is given in it is the guest's from now on.</summary>
    /// <param name="count">How many handles were given before the call.</param>
    internal void Give(int count) => _given.RemoveRange(count, _given.Count - count);

    /// <summary>Takes back what was to be given in a call that has not begun.</summary>
    /// <param name="count">How many handles were given before the call.</param>
    internal void TakeBack(int count)
    {
        for (int i = count; i < _given.Count; i++)
        {
            if (IsCurrent(_given[i])) // no guest has guessed it
            {
                (_places[IndexOf(_given[i])].Resource as GuestResource)?.TakeBack();
                Free(_given[i]);
            }
        }

        Give(count);
    }

    /// <summary>
    /// The object of a handle that stays the guest's. The guest can neither drop it nor give it away until the call
    /// releases it.
    /// </summary>
    internal T Borrow<T>(int handle)
        where T : class => (T)Borrow(handle, typeof(T));

    /// <summary>The same, of a resource.</summary>
    internal object Borrow(int handle, object kind)
    {
        Place place = Find(handle, kind);
        Hold(handle, place with { Uses = place.Uses + 1 });
        return place.Resource!;
    }

    /// <summary>
    /// The object of a handle that the guest gives away. This takes effect when the call accepts it, because a later
    /// argument may be bad. The guest cannot give away what is only lent to it.
    /// </summary>
    internal T Take<T>(int handle)
        where T : class => (T)Take(handle, typeof(T));

    /// <summary>The same, of a resource.</summary>
    internal object Take(int handle, object kind)
    {
        Place place = FindUnused(handle, kind);
        if (place.IsLent)
        {
            throw GuestMemoryException.InvalidHandle(handle, NameOf(kind));
        }

        Hold(handle, place with { Uses = Place.Taken });
        return place.Resource!;
    }

    /// <summary>Takes an object out of the table for another guest, at once.</summary>
    internal object Move(int handle, object kind)
    {
        Place place = FindUnused(handle, kind);
        if (place.IsLent)
        {
            throw GuestMemoryException.InvalidHandle(handle, NameOf(kind));
        }

        Free(handle);
        return place.Resource!;
    }

    /// <summary>Makes the host the owner of what a call takes. The handles become invalid.</summary>
    /// <param name="count">How many handles were held before the call.</param>
    internal void Accept(int count)
    {
        int kept = count;
        for (int i = count; i < _held.Count; i++)
        {
            int handle = _held[i];
            if (_places[IndexOf(handle)].Uses == Place.Taken)
            {
                Free(handle);
            }
            else
            {
                _held[kept++] = handle;
            }
        }

        _held.RemoveRange(kept, _held.Count - kept);
    }

    /// <summary>Ends a call: releases what it borrowed, and leaves the guest what it did not accept.</summary>
    /// <param name="count">How many handles were held before the call.</param>
    internal void Release(int count)
    {
        for (int i = count; i < _held.Count; i++)
        {
            ref Place place = ref CollectionsMarshal.AsSpan(_places)[IndexOf(_held[i])];
            place = place with { Uses = place.Uses == Place.Taken ? 0 : place.Uses - 1 };
        }

        _held.RemoveRange(count, _held.Count - count);
    }

    /// <summary>Drops a handle of the guest, and disposes the object if the guest owns it.</summary>
    internal void Drop<T>(int handle)
        where T : class
    {
        if (Remove(handle, typeof(T)) is { } owned)
        {
            Dispose(owned);
        }
    }

    /// <summary>Drops a handle of the guest.</summary>
    /// <returns>What the guest owned by it; null if it was lent.</returns>
    internal object? Remove(int handle, object kind)
    {
        Place place = FindUnused(handle, kind);
        Free(handle);
        return place.IsLent ? null : place.Resource;
    }

    /// <summary>Takes back what was lent for a call that ends, unless the guest has dropped it.</summary>
    internal void EndLoans(int count)
    {
        for (int i = _lent.Count - 1; i >= count; i--)
        {
            (int ticket, GuestResource? ofGuest) = _lent[i];
            if (ofGuest is not null)
            {
                ofGuest.Loans--;
                continue;
            }

            if (_places[IndexOf(ticket)].IsLent && IsCurrent(ticket))
            {
                Free(ticket);
            }
        }

        _lent.RemoveRange(count, _lent.Count - count);
    }

    /// <summary>Disposes all that guests still own, even if one object fails. Then throws the first failure.</summary>
    internal void DisposeAll() => DisposeAll(static resource =>
    {
        Dispose(resource);
        return ValueTask.CompletedTask;
    }).GetAwaiter().GetResult(); // it has completed

    /// <summary>Like <see cref="DisposeAll()"/>, but asynchronously where possible.</summary>
    internal Task DisposeAllAsync() => DisposeAll(static resource =>
    {
        if (resource is IAsyncDisposable asynchronous)
        {
            return asynchronous.DisposeAsync();
        }

        Dispose(resource);
        return ValueTask.CompletedTask;
    });

    private async Task DisposeAll(Func<object, ValueTask> dispose)
    {
        object[] owned =
        [
            .. _ofComponents!.Prepend(this).SelectMany(static table => table._places)
                .Where(static place => !place.IsLent).Select(static place => place.Resource).OfType<object>(),
        ];
        _places.Clear();
        _ofComponents!.ForEach(static table => table._places.Clear());
        _owned.Clear();
        ExceptionDispatchInfo? failure = null;
        foreach (object resource in owned)
        {
            try
            {
                await dispose(resource).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
    }

    /// <summary>If necessary, waits as for any other asynchronous host method.</summary>
    internal static void Dispose(object resource)
    {
        if (resource is IAsyncDisposable asynchronous and not IDisposable)
        {
            using AsyncCall call = AsyncCall.Begin();
            call.Wait(asynchronous.DisposeAsync());
        }
        else
        {
            (resource as IDisposable)?.Dispose();
        }
    }

    private Place Find(int handle, object kind)
    {
        int index = IsOfComponent ? handle : IndexOf(handle);
        return handle > 0
            && index < _places.Count
            && _places[index] is { Resource: not null } place
            && (IsOfComponent || place.Generation == handle >> IndexBits)
            && IsOf(place, kind)
                ? place.Uses != Place.Taken ? place : throw GuestMemoryException.HandleGiven(handle, NameOf(kind))
                : throw GuestMemoryException.InvalidHandle(handle, NameOf(kind));
    }

    /// <summary>
    /// Whether an object was passed as one of a resource. Any class may implement an interface, so that of those only
    /// the type itself counts; of classes, what the object is.
    /// </summary>
    private static bool IsOf(in Place place, object kind) =>
        place.Kind == kind
            || (kind is Type { IsInterface: false } type
                && place.Kind is Type { IsInterface: false }
                && type.IsInstanceOfType(place.Resource));

    private static string NameOf(object kind) => kind switch
    {
        Type type => type.Name,
        ImportedResource resource => resource.Name,
        _ => "resource", // of a guest that shows it to no class
    };

    private Place FindUnused(int handle, object kind) => Find(handle, kind) is { Uses: 0 } place
        ? place
        : throw GuestMemoryException.HandleInUse(handle, NameOf(kind));

    private void Hold(int handle, Place place)
    {
        _places[IndexOf(handle)] = place;
        _held.Add(handle);
    }

    private void Free(int handle)
    {
        int index = IndexOf(handle);
        Place place = _places[index];
        int generation = IsOfComponent ? (place.Generation + 1) & MaxGeneration : place.Generation + 1;
        if (!place.IsLent)
        {
            _owned.Remove(place.Resource!);
        }

        _places[index] = new Place(null, null, generation, IsLent: false, Uses: 0);
        if (generation <= MaxGeneration || IsOfComponent)
        {
            _free.Push(index);
        }
    }

    private static int IndexOf(int handle) => handle & (MaxPlaces - 1);

    /// <param name="Resource">The object; null for an empty place.</param>
    /// <param name="Kind">The resource that it is passed as: a type, or what a guest has defined.</param>
    /// <param name="Generation">How often the place was used before.</param>
    /// <param name="IsLent">Whether the object is the host's.</param>
    /// <param name="Uses">The number of borrows by running calls, or <see cref="Taken"/>.</param>
    private readonly record struct Place(object? Resource, object? Kind, int Generation, bool IsLent, int Uses)
    {
        /// <summary>A call that is about to begin or has just ended takes the object.</summary>
        internal const int Taken = -1;
    }
}
