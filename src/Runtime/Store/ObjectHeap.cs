using System.Diagnostics;

namespace WasmBindgen;

/// <summary>
/// The objects that a store's guests of wasm-bindgen hold by index, as its JavaScript keeps them for guests without
/// references. Such guests know some indices by heart, and keep none else apart: an index that was dropped may be used
/// again.
/// </summary>
/// <remarks>
/// Below <see cref="First"/> lie what is lent for running calls, from <see cref="MaxLent"/> down, and constants:
/// undefined, null, true and false from 128 on, and for guests of wasm-bindgen before 0.2.84 from 32 on. 0 is none.
/// Source: wasm-bindgen, <c>src/lib.rs</c> (<c>JSIDX_…</c>).
/// </remarks>
[StackTraceHidden]
internal sealed class ObjectHeap
{
    /// <summary>What is lent at the same time at most.</summary>
    internal const int MaxLent = 31;

    private const int First = 132;
    private const int MaxObjects = 1 << 21;

    private readonly List<object?> _lent = [];
    private readonly List<object?> _objects = [];
    private readonly Stack<int> _free = new();
    private readonly List<int> _given = [];

    /// <summary>Marks a place that holds nothing.</summary>
    private static readonly object s_dropped = new();

    /// <summary>The number of objects that are lent to guests for running calls.</summary>
    internal int LentCount => _lent.Count;

    /// <summary>The number of objects that are given to guests whose calls have not begun.</summary>
    internal int GivenCount => _given.Count;

    /// <summary>The number of objects that guests hold.</summary>
    internal int Count => _objects.Count - _free.Count;

    /// <summary>Gives the guest an object, until it drops the index; 0 for null.</summary>
    /// <param name="value">The object.</param>
    /// <param name="isArgument">Whether it is of a call that may not begin, as a later argument may be bad.</param>
    /// <exception cref="WasmException">The guests hold too many.</exception>
    internal uint Add(object? value, bool isArgument)
    {
        if (value is null)
        {
            return 0;
        }

        if (_free.TryPop(out int place))
        {
            _objects[place] = value;
        }
        else if ((place = _objects.Count) == MaxObjects)
        {
            throw new WasmException($"A store's guests hold {MaxObjects} objects, which is the maximum.");
        }
        else
        {
            _objects.Add(value);
        }

        if (isArgument)
        {
            _given.Add(place);
        }

        return (uint)(First + place);
    }

    /// <summary>A call begins: what is given in it is the guest's from now on.</summary>
    /// <param name="count">How many objects were given before the call.</param>
    internal void Give(int count) => _given.RemoveRange(count, _given.Count - count);

    /// <summary>Takes back what was to be given in a call that has not begun.</summary>
    /// <param name="count">How many objects were given before the call.</param>
    internal void TakeBack(int count)
    {
        for (int i = count; i < _given.Count; i++)
        {
            if (_objects[_given[i]] != s_dropped) // the guest has not dropped it unasked
            {
                Drop(_given[i]);
            }
        }

        Give(count);
    }

    /// <summary>Lends the guest an object until <see cref="EndLoans"/>.</summary>
    /// <exception cref="WasmException">Too many are lent.</exception>
    internal uint Lend(object? value)
    {
        if (_lent.Count == MaxLent)
        {
            throw new WasmException($"{MaxLent} objects are lent to a store's guests, which is the maximum.");
        }

        _lent.Add(value);
        return (uint)(MaxLent + 1 - _lent.Count);
    }

    /// <summary>Ends the loans of a call.</summary>
    /// <param name="count">How many objects were lent before it.</param>
    internal void EndLoans(int count) => _lent.RemoveRange(count, _lent.Count - count);

    /// <summary>The object of an index that stays the guest's.</summary>
    /// <exception cref="GuestMemoryException">There is none.</exception>
    internal object? Get(uint index) => index switch
    {
        0 or 32 or 33 or 128 or 129 => null,
        34 or 130 => true,
        35 or 131 => false,
        >= First when index - First < (uint)_objects.Count
            && _objects[(int)(index - First)] is var value && value != s_dropped => value,
        <= MaxLent when MaxLent - index < (uint)_lent.Count => _lent[(int)(MaxLent - index)],
        _ => throw GuestMemoryException.InvalidReference(
            $"{index} is not the index of an object that the guest holds. What a host method takes as an object is "
            + "the guest's no more; what it should keep is a Borrow."),
    };

    /// <summary>The object of an index that the guest gives away. What is lent stays.</summary>
    /// <exception cref="GuestMemoryException">There is none.</exception>
    internal object? Take(uint index)
    {
        object? value = Get(index);
        if (index >= First)
        {
            Drop((int)(index - First));
        }

        return value;
    }

    private void Drop(int place)
    {
        _objects[place] = s_dropped;
        _free.Push(place);
    }
}
