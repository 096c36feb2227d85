using System.Runtime.ExceptionServices;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// The objects that a store's guests hold handles of. A handle is the place in the table and how often that place was used
/// before, so that one which is dropped never names another object; a place that was used too often is left empty.
/// </summary>
internal sealed class ResourceTable
{
    private const int IndexBits = 21;
    private const int MaxPlaces = 1 << IndexBits;
    private const int MaxGeneration = (1 << (31 - IndexBits)) - 1; // handles stay positive, whatever a guest does with the sign

    private readonly List<Place> _places = [default]; // 0 is no handle
    private readonly Stack<int> _free = new();
    private readonly List<int> _lent = [];

    /// <summary>How many handles are lent to guests for the calls that run.</summary>
    internal int LentCount => _lent.Count;

    /// <summary>A handle for an object that now is the guest's, or that it may use for the running call.</summary>
    internal int Add(object? resource, bool isLent)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (!_free.TryPop(out int index))
        {
            index = _places.Count;
            if (index == MaxPlaces)
            {
                throw new WasmException($"A store's guests hold {MaxPlaces} resources, which is all that it can keep apart.");
            }

            _places.Add(default);
        }

        Place place = _places[index] with { Resource = resource, IsLent = isLent };
        _places[index] = place;
        int handle = (place.Generation << IndexBits) | index;
        if (isLent)
        {
            _lent.Add(handle);
        }

        return handle;
    }

    /// <summary>The object of a handle, which stays the guest's.</summary>
    internal T Get<T>(int handle)
        where T : class => Find<T>(handle).Resource as T ?? throw GuestMemoryException.InvalidHandle(handle, typeof(T));

    /// <summary>The object of a handle that the guest gives away. What is only lent to it, it cannot.</summary>
    internal T Take<T>(int handle)
        where T : class
    {
        Place place = Find<T>(handle);
        if (place.IsLent)
        {
            throw GuestMemoryException.InvalidHandle(handle, typeof(T));
        }

        Free(handle);
        return (T)place.Resource!;
    }

    /// <summary>The guest needs a handle no more. An object that is its own is disposed.</summary>
    internal void Drop<T>(int handle)
        where T : class
    {
        Place place = Find<T>(handle);
        Free(handle);
        if (!place.IsLent)
        {
            (place.Resource as IDisposable)?.Dispose();
        }
    }

    /// <summary>Takes back what was lent for a call that ends, unless the guest dropped it.</summary>
    internal void EndLoans(int count)
    {
        for (int i = _lent.Count - 1; i >= count; i--)
        {
            int handle = _lent[i];
            int index = handle & (MaxPlaces - 1);
            if (_places[index].IsLent && _places[index].Generation == handle >> IndexBits)
            {
                Free(handle);
            }
        }

        _lent.RemoveRange(count, _lent.Count - count);
    }

    /// <summary>Disposes what guests still own. All of it, even if one object fails; the first failure is thrown then.</summary>
    internal void DisposeAll()
    {
        ExceptionDispatchInfo? failure = null;
        foreach (Place place in _places)
        {
            try
            {
                if (!place.IsLent)
                {
                    (place.Resource as IDisposable)?.Dispose();
                }
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        _places.Clear();
        failure?.Throw();
    }

    private Place Find<T>(int handle)
        where T : class
    {
        int index = handle & (MaxPlaces - 1);
        return handle > 0 && index < _places.Count && _places[index] is { Resource: T } place && place.Generation == handle >> IndexBits
            ? place
            : throw GuestMemoryException.InvalidHandle(handle, typeof(T));
    }

    private void Free(int handle)
    {
        int index = handle & (MaxPlaces - 1);
        int generation = _places[index].Generation + 1;
        _places[index] = new Place(null, generation, false);
        if (generation <= MaxGeneration)
        {
            _free.Push(index);
        }
    }

    /// <param name="Resource">The object; null for an empty place.</param>
    /// <param name="Generation">How often the place was used before.</param>
    /// <param name="IsLent">Whether the object is the host's.</param>
    private readonly record struct Place(object? Resource, int Generation, bool IsLent);
}
