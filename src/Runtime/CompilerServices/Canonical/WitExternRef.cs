using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// externref: an object that the guest cannot look into. It is not a component type, and cannot be stored in memory.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitExternRef<T> : ICanonical<T>
    where T : class
{
    /// <inheritdoc/>
    public static int Size => throw References.InMemory();

    /// <inheritdoc/>
    public static int Alignment => throw References.InMemory();

    /// <inheritdoc/>
    public static T Lift(Slot* slots, ref GuestMemory memory) =>
        References.NotNull(WitNullableExternRef<T>.Lift(slots, ref memory));

    /// <inheritdoc/>
    public static T Load(uint address, ref GuestMemory memory) => throw References.InMemory();

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T value, ref GuestMemory memory) =>
        WitNullableExternRef<T>.Lower(slots, value ?? throw Unfit.Null("object"), ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, T value, ref GuestMemory memory) => throw References.InMemory();
}

/// <summary>Like <see cref="WitExternRef{T}"/>, but allows the null reference.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitNullableExternRef<T> : ICanonical<T?>
    where T : class
{
    /// <inheritdoc/>
    public static int Size => throw References.InMemory();

    /// <inheritdoc/>
    public static int Alignment => throw References.InMemory();

    /// <inheritdoc/>
    public static T? Lift(Slot* slots, ref GuestMemory memory) => References.As<T>(memory.Object(slots->U32));

    /// <inheritdoc/>
    public static T? Load(uint address, ref GuestMemory memory) => throw References.InMemory();

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T? value, ref GuestMemory memory) =>
        slots->U32 = value is null ? 0 : memory.Reference(value);

    /// <inheritdoc/>
    public static void Store(uint address, T? value, ref GuestMemory memory) => throw References.InMemory();
}

/// <summary>Shared by the shapes of references. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class References
{
    /// <summary>Checks a reference whose C# type does not allow null.</summary>
    public static T NotNull<T>(T? value)
        where T : class => value ?? throw IsNull();

    /// <summary>
    /// The error for a function with too many parameters for slots, whose references would be in memory.
    /// </summary>
    public static NotSupportedException InMemory() =>
        new("A reference cannot be stored in memory: a function with one takes at most 16 core parameters.");

    /// <summary>The error for a delegate that goes the way that its struct was not generated for.</summary>
    public static NotSupportedException OneWay() => new("This delegate does not cross in that direction.");

    /// <summary>An externref's object as the type that C# expects.</summary>
    internal static T? As<T>(object? value)
        where T : class => value switch
        {
            null => null,
            T typed => typed,
            _ => throw GuestMemoryException.InvalidReference(
                $"the externref is a {value.GetType()}, not a {typeof(T)}."),
        };

    internal static GuestMemoryException IsNull() => GuestMemoryException.InvalidReference("the reference is null.");
}
