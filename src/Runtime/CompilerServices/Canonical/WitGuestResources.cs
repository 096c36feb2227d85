using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>own of a guest's resource: the object, whose receiver becomes the owner.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitGuestOwn<T> : ICanonical<T>
    where T : class, IGuestResource
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static T Lift(Slot* slots, ref GuestMemory memory) => Take(slots->S32, ref memory);

    /// <inheritdoc/>
    public static T Load(uint address, ref GuestMemory memory) => Take((int)memory.ReadU32(address), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T value, ref GuestMemory memory) => slots->S32 = Give(value, ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, T value, ref GuestMemory memory) =>
        memory.WriteU32(address, (uint)Give(value, ref memory));

    private static T Take(int handle, ref GuestMemory memory)
    {
        if (memory.Canonical is { } canonical)
        {
            return canonical.Take<T>(handle);
        }

        T taken = memory.Resources.Take<T>(handle);
        return taken.Resource.IsOf(memory.Guest)
            ? taken
            : throw GuestMemoryException.InvalidHandle(handle, typeof(T).Name);
    }

    private static int Give(T? value, ref GuestMemory memory)
    {
        value?.Resource.ThrowIfUnfit(memory);
        value?.Resource.ThrowIfLent();
        if (memory.Canonical is { } canonical && value is not null)
        {
            return canonical.Give(value.Resource, memory.IsOfCall);
        }

        return memory.Resources.Add(value, isLent: false, memory.IsOfCall);
    }
}

/// <summary>
/// borrow of a guest's resource. A guest gets what it knows its object by, and no handle (Canonical ABI, lower_borrow).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitGuestBorrow<T> : ICanonical<Borrow<T>>
    where T : class, IGuestResource
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static Borrow<T> Lift(Slot* slots, ref GuestMemory memory) => Borrow(slots->S32, ref memory);

    /// <inheritdoc/>
    public static Borrow<T> Load(uint address, ref GuestMemory memory) =>
        Borrow((int)memory.ReadU32(address), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, Borrow<T> value, ref GuestMemory memory) =>
        slots->U32 = Representation(value, ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, Borrow<T> value, ref GuestMemory memory) =>
        memory.WriteU32(address, Representation(value, ref memory));

    private static T Borrow(int handle, ref GuestMemory memory)
    {
        if (memory.Canonical is { } canonical)
        {
            return canonical.Borrow<T>(handle);
        }

        T lent = memory.Resources.Borrow<T>(handle);
        return lent.Resource.IsOf(memory.Guest)
            ? lent
            : throw GuestMemoryException.InvalidHandle(handle, typeof(T).Name);
    }

    private static uint Representation(Borrow<T> value, ref GuestMemory memory)
    {
        GuestResource resource = (value.Value ?? throw Unfit.Null(typeof(T).Name)).Resource;
        resource.ThrowIfUnfit(memory);
        if (memory.Canonical is { } canonical)
        {
            return canonical.Lend(resource, memory.IsOfCall);
        }

        memory.Resources.Lend(resource);
        return resource.Representation;
    }
}
