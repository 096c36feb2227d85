using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;

namespace WasmBindgen;

/// <summary>
/// The objects of which a store's guests hold handles. A handle combines a place in the table with the number of times
/// that place was used before, so a dropped handle never refers to another object. A place that was used too often
/// stays empty. A handle is of one resource: the type as which the object was passed, whatever else it is.
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

    // What guests own and must be disposed once.
    private readonly HashSet<object> _owned = new(ReferenceEqualityComparer.Instance);
    private readonly List<int> _lent = [];
    private readonly List<int> _held = [];
    private readonly List<int> _given = [];

    /// <summary>The number of handles that are lent to guests for running calls.</summary>
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

        Place place = _places[index] with { Resource = resource, Type = typeof(T), IsLent = isLent };
        _places[index] = place;
        int handle = (place.Generation << IndexBits) | index;
        if (isLent)
        {
            _lent.Add(handle);
        }
        else
        {
            if (resource is IDisposable or IAsyncDisposable)
            {
                _owned.Add(resource);
            }

            if (isArgument)
            {
                _given.Add(handle);
            }
        }

        return handle;
    }

    /// <summary>Whether a guest owns an object that is disposed with its handle.</summary>
    internal bool IsOwned(object resource) => _owned.Contains(resource);

    /// <summary>The object of a handle, for the guest whose it is.</summary>
    internal T Peek<T>(int handle)
        where T : class => (T)Find<T>(handle).Resource!;

    /// <summary>A call begins: what is given in it is the guest's from now on.</summary>
    /// <param name="count">How many handles were given before the call.</param>
    internal void Give(int count) => _given.RemoveRange(count, _given.Count - count);

    /// <summary>Takes back what was to be given in a call that has not begun.</summary>
    /// <param name="count">How many handles were given before the call.</param>
    internal void TakeBack(int count)
    {
        for (int i = count; i < _given.Count; i++)
        {
            Place place = _places[IndexOf(_given[i])];
            if (place.Resource is not null && place.Generation == _given[i] >> IndexBits) // no guest has guessed it
            {
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
        where T : class
    {
        Place place = Find<T>(handle);
        Hold(handle, place with { Uses = place.Uses + 1 });
        return (T)place.Resource!;
    }

    /// <summary>
    /// The object of a handle that the guest gives away. This takes effect when the call accepts it, because a later
    /// argument may be bad. The guest cannot give away what is only lent to it.
    /// </summary>
    internal T Take<T>(int handle)
        where T : class
    {
        Place place = FindUnused<T>(handle);
        if (place.IsLent)
        {
            throw GuestMemoryException.InvalidHandle(handle, typeof(T));
        }

        Hold(handle, place with { Uses = Place.Taken });
        return (T)place.Resource!;
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
        Place place = FindUnused<T>(handle);
        Free(handle);
        if (!place.IsLent)
        {
            Dispose(place.Resource!);
        }
    }

    /// <summary>Takes back what was lent for a call that ends, unless the guest has dropped it.</summary>
    internal void EndLoans(int count)
    {
        for (int i = _lent.Count - 1; i >= count; i--)
        {
            int handle = _lent[i];
            int index = IndexOf(handle);
            if (_places[index].IsLent && _places[index].Generation == handle >> IndexBits)
            {
                Free(handle);
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
            [.. _places.Where(static place => !place.IsLent).Select(static place => place.Resource).OfType<object>()];
        _places.Clear();
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
    private static void Dispose(object resource)
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

    private Place Find<T>(int handle)
        where T : class
    {
        int index = IndexOf(handle);
        return handle > 0
            && index < _places.Count
            && _places[index] is { Resource: not null } place
            && place.Generation == handle >> IndexBits
            && IsOf<T>(place)
                ? place.Uses != Place.Taken ? place : throw GuestMemoryException.HandleGiven(handle, typeof(T))
                : throw GuestMemoryException.InvalidHandle(handle, typeof(T));
    }

    /// <summary>
    /// Whether an object was passed as one of a resource. Any class may implement an interface, so that of those only
    /// the type itself counts; of classes, what the object is.
    /// </summary>
    private static bool IsOf<T>(in Place place)
        where T : class =>
        place.Type == typeof(T)
            || (place.Resource is T && !typeof(T).IsInterface && !place.Type!.IsInterface);

    private Place FindUnused<T>(int handle)
        where T : class =>
        Find<T>(handle) is { Uses: 0 } place ? place : throw GuestMemoryException.HandleInUse(handle, typeof(T));

    private void Hold(int handle, Place place)
    {
        _places[IndexOf(handle)] = place;
        _held.Add(handle);
    }

    private void Free(int handle)
    {
        int index = IndexOf(handle);
        Place place = _places[index];
        int generation = place.Generation + 1;
        if (!place.IsLent)
        {
            _owned.Remove(place.Resource!);
        }

        _places[index] = new Place(null, null, generation, IsLent: false, Uses: 0);
        if (generation <= MaxGeneration)
        {
            _free.Push(index);
        }
    }

    private static int IndexOf(int handle) => handle & (MaxPlaces - 1);

    /// <param name="Resource">The object; null for an empty place.</param>
    /// <param name="Type">The resource that it is passed as.</param>
    /// <param name="Generation">How often the place was used before.</param>
    /// <param name="IsLent">Whether the object is the host's.</param>
    /// <param name="Uses">The number of borrows by running calls, or <see cref="Taken"/>.</param>
    private readonly record struct Place(object? Resource, Type? Type, int Generation, bool IsLent, int Uses)
    {
        /// <summary>A call that is about to begin or has just ended takes the object.</summary>
        internal const int Taken = -1;
    }
}
