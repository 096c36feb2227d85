using System.ComponentModel;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// AssemblyScript's <c>String</c>: the address of UTF-16 code units, preceded by their number of bytes.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitAssemblyScriptString : ICanonical<string>
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static string Lift(Slot* slots, ref GuestMemory memory) => Read(slots->U32, ref memory);

    /// <inheritdoc/>
    public static string Load(uint address, ref GuestMemory memory) => Read(memory.ReadU32(address), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, string value, ref GuestMemory memory) =>
        slots->U32 = Write(value, ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, string value, ref GuestMemory memory) =>
        memory.WriteU32(address, Write(value, ref memory));

    private static string Read(uint address, ref GuestMemory memory)
    {
        var text = AssemblyScriptObject.At(address, ref memory);
        text.Require(AssemblyScriptObject.String, "String");
        return WitString.ReadUtf16(address, text.Length / sizeof(char), ref memory);
    }

    private static uint Write(string value, ref GuestMemory memory) =>
        AssemblyScriptObject.New<ushort, WitU16>(
            AssemblyScriptObject.String,
            MemoryMarshal.Cast<char, ushort>(value ?? throw Unfit.Null("string")),
            ref memory);
}

/// <summary>
/// An array of AssemblyScript's. The class of the guest's object says how to read it; <typeparamref name="TKind"/> says
/// what to make for the guest.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitAssemblyScriptArray<T, TShape, TKind> : ICanonical<T[]>
    where TShape : struct, ICanonical<T>
    where TKind : struct, IScriptArrayKind
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static T[] Lift(Slot* slots, ref GuestMemory memory) => Read(slots->U32, ref memory);

    /// <inheritdoc/>
    public static T[] Load(uint address, ref GuestMemory memory) => Read(memory.ReadU32(address), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T[] value, ref GuestMemory memory) => slots->U32 = Write(value, ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, T[] value, ref GuestMemory memory) =>
        memory.WriteU32(address, Write(value, ref memory));

    private static uint ElementSize => (uint)TShape.Size;

    private static T[] Read(uint address, ref GuestMemory memory)
    {
        var array = AssemblyScriptObject.At(address, ref memory);
        (uint start, uint length) = array.Class == AssemblyScriptObject.ArrayBuffer
            ? (address, array.Length)
            : Elements(array, ref memory);
        return length % ElementSize == 0
            ? Lists.ReadArray<T, TShape>(start, length / ElementSize, ref memory)
            : throw GuestMemoryException.InvalidValue(
                $"{length} bytes are not a whole number of values of {ElementSize} bytes.");
    }

    /// <summary>Where the elements of any array but an <c>ArrayBuffer</c> begin, and their number of bytes.</summary>
    private static (uint Start, uint Length) Elements(AssemblyScriptObject array, ref GuestMemory memory)
    {
        uint type = AssemblyScriptClass.Of(array, ref memory);
        memory.Check(array.Address, array.Length, alignment: 4);
        if ((type & AssemblyScriptClass.Elements & ~AssemblyScriptClass.Nullable)
            != (AssemblyScriptClass.ElementOf<T, TShape>() & ~AssemblyScriptClass.Nullable))
        {
            throw NoArray(array);
        }

        switch (type & AssemblyScriptClass.Kinds)
        {
            case AssemblyScriptClass.StaticArray:
                return (array.Address, array.Length);
            case AssemblyScriptClass.TypedArray when array.Length >= 12:
                return View(array, memory.ReadU32(array.Address + 8), ref memory);
            case AssemblyScriptClass.Array when array.Length >= 16: // what a typed array calls its length is capacity
                ulong length = (ulong)memory.ReadU32(array.Address + 12) * ElementSize;
                return length <= uint.MaxValue ? View(array, (uint)length, ref memory) : throw NoArray(array);
            default:
                throw NoArray(array);
        }
    }

    /// <summary>The part of a buffer that the object shows: its buffer, and its start in the buffer.</summary>
    private static (uint Start, uint Length) View(AssemblyScriptObject array, uint length, ref GuestMemory memory)
    {
        (uint buffer, uint start) = (memory.ReadU32(array.Address), memory.ReadU32(array.Address + 4));
        var viewed = AssemblyScriptObject.At(buffer, ref memory);
        return viewed.Class == AssemblyScriptObject.ArrayBuffer
            && start >= buffer
            && (ulong)start + length <= (ulong)buffer + viewed.Length
            ? (start, length)
            : throw GuestMemoryException.InvalidValue(
                $"the array at address {array.Address} is not inside its buffer.");
    }

    private static GuestMemoryException NoArray(AssemblyScriptObject found) => GuestMemoryException.InvalidValue(
        $"the object at address {found.Address} has class {found.Class} and is not an array of {typeof(T).Name}.");

    private static uint Write(T[] value, ref GuestMemory memory)
    {
        uint length = (uint)(value ?? throw Unfit.Null("array")).Length;
        uint kind = TKind.Type;
        uint type = kind == 0
            ? AssemblyScriptObject.ArrayBuffer
            : AssemblyScriptClass.Find(kind | AssemblyScriptClass.ElementOf<T, TShape>(), ref memory)
                ?? throw new WasmException(
                    $"The guest has no {TKind.Name} of {typeof(T).Name}, so no function of it takes one: what it takes "
                    + "is said by [ScriptArray].");

        // What nothing in the guest refers to yet is pinned while more is allocated.
        ulong bytes = (ulong)length * ElementSize;
        bool hasObjects = !TShape.IsBlittable;
        if (kind is AssemblyScriptClass.StaticArray or 0)
        {
            uint elements = memory.AllocateObject(bytes, TShape.Alignment, type, isPinned: hasObjects);
            Lists.WriteTo<T, TShape>(elements, value, ref memory);
            return hasObjects ? memory.Unpin(elements) : elements;
        }

        uint buffer = memory.AllocateObject(bytes, TShape.Alignment, AssemblyScriptObject.ArrayBuffer, isPinned: true);
        bool hasLength = kind == AssemblyScriptClass.Array;
        uint array = memory.AllocateObject(hasLength ? 16u : 12, alignment: 4, type, isPinned: hasObjects);
        memory.WriteU32(array, buffer);
        memory.WriteU32(array + 4, buffer);
        memory.WriteU32(array + 8, (uint)bytes);
        if (hasLength)
        {
            memory.WriteU32(array + 12, length);
        }

        Lists.WriteTo<T, TShape>(buffer, value, ref memory);
        memory.Unpin(buffer);
        return hasObjects ? memory.Unpin(array) : array;
    }
}

/// <summary>
/// The numbers of a guest's classes differ with each module. Its table of classes, <c>__rtti_base</c>, has the number
/// of classes and then 32 bits for each of them.
/// </summary>
[StackTraceHidden]
internal static class AssemblyScriptClass
{
    internal const uint TypedArray = 1 << 0;
    internal const uint Array = 1 << 1;
    internal const uint StaticArray = 1 << 2;
    internal const uint Kinds = TypedArray | Array | StaticArray;

    internal const uint Nullable = 1 << 13;
    internal const uint Elements = (0b11111 << 6) | Signed | Float | Nullable | Managed;

    private const uint Signed = 1 << 11;
    private const uint Float = 1 << 12;
    private const uint Managed = 1 << 14;

    /// <summary>What is said of the class of an object.</summary>
    internal static uint Of(AssemblyScriptObject found, ref GuestMemory memory)
    {
        Span<uint> classes = All(ref memory);
        return found.Class < (uint)classes.Length ? classes[(int)found.Class]
            : throw GuestMemoryException.InvalidValue(
                $"the object at address {found.Address} has class {found.Class}, which does not exist.");
    }

    /// <summary>The number of the first class of arrays of a kind and elements; null if there is none.</summary>
    internal static uint? Find(uint type, ref GuestMemory memory)
    {
        Span<uint> classes = All(ref memory);
        for (int i = 0; i < classes.Length; i++)
        {
            if ((classes[i] & (Kinds | Elements)) == type)
            {
                return (uint)i;
            }
        }

        return null;
    }

    /// <summary>What is said of a class of arrays for its elements.</summary>
    internal static uint ElementOf<T, TShape>()
        where TShape : struct, ICanonical<T> =>
        (0x40u << BitOperations.Log2((uint)TShape.Size))
            | (typeof(T) == typeof(string) ? Managed
                : typeof(T) == typeof(float) || typeof(T) == typeof(double) ? Signed | Float
                : typeof(T) == typeof(sbyte) || typeof(T) == typeof(short) || typeof(T) == typeof(int)
                    || typeof(T) == typeof(long) ? Signed
                : 0)
            | (typeof(TShape) == typeof(WitNullAddress<string, WitAssemblyScriptString>) ? Nullable : 0);

    private static Span<uint> All(ref GuestMemory memory)
    {
        uint start = memory.Classes;
        uint count = memory.ReadU32(memory.Check(start, 4, alignment: 4));
        memory.Check(start, ((ulong)count * 4) + 4, alignment: 4);
        return memory.Span<uint>(start + 4, (int)count); // a memory of 4 GiB has room for 2^30
    }
}

/// <summary>The header of an object of AssemblyScript's runtime, as far as a host needs it.</summary>
/// <param name="Address">The object's address.</param>
/// <param name="Class">The id of its class; fixed for built-in classes.</param>
/// <param name="Length">Its number of bytes.</param>
[StackTraceHidden]
internal readonly record struct AssemblyScriptObject(uint Address, uint Class, uint Length)
{
    internal const uint ArrayBuffer = 1;
    internal const uint String = 2;

    private const uint Header = 8;

    internal static AssemblyScriptObject At(uint address, ref GuestMemory memory)
    {
        if (address < Header)
        {
            throw GuestMemoryException.InvalidValue($"there is no object at address {address}.");
        }

        memory.Check(address - Header, Header, alignment: 4);
        return new AssemblyScriptObject(address, memory.ReadU32(address - 8), memory.ReadU32(address - 4));
    }

    internal static uint New<T, TShape>(uint kind, ReadOnlySpan<T> values, ref GuestMemory memory)
        where T : unmanaged
        where TShape : struct, ICanonical<T>
    {
        uint address = memory.AllocateObject((ulong)values.Length * (uint)TShape.Size, TShape.Alignment, kind);
        Lists.WriteTo<T, TShape>(address, values, ref memory);
        return address;
    }

    internal void Require(uint kind, string name)
    {
        if (Class != kind)
        {
            throw GuestMemoryException.InvalidValue(
                $"the object at address {Address} has class {Class} and is not of type {name}.");
        }
    }
}
