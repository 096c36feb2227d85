using System.ComponentModel;
using System.Diagnostics;
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
        return new string(MemoryMarshal.Cast<ushort, char>(
            Lists.ReadArray<ushort, WitU16>(address, text.Length / sizeof(char), ref memory)));
    }

    private static uint Write(string value, ref GuestMemory memory) =>
        AssemblyScriptObject.New<ushort, WitU16>(
            AssemblyScriptObject.String,
            MemoryMarshal.Cast<char, ushort>(value ?? throw Lists.Null("string")),
            ref memory);
}

/// <summary>
/// Numbers in AssemblyScript's <c>ArrayBuffer</c>; can also be read from a typed array or an <c>Array</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitAssemblyScriptArray<T, TShape> : ICanonical<T[]>
    where T : unmanaged
    where TShape : struct, ICanonical<T>
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

    private static T[] Read(uint address, ref GuestMemory memory)
    {
        var array = AssemblyScriptObject.At(address, ref memory);
        uint length = array.Length;
        if (array.Class != AssemblyScriptObject.ArrayBuffer)
        {
            // A view: its buffer, its start in the buffer, and its number of bytes.
            memory.Check(address, 12, alignment: 4);
            (uint buffer, uint start, length) =
                (memory.ReadU32(address), memory.ReadU32(address + 4), memory.ReadU32(address + 8));
            var viewed = AssemblyScriptObject.At(buffer, ref memory);
            if (array.Length < 12
                || viewed.Class != AssemblyScriptObject.ArrayBuffer
                || start < buffer
                || (ulong)start + length > (ulong)buffer + viewed.Length)
            {
                throw GuestMemoryException.InvalidValue(
                    $"the object at address {address} is not an ArrayBuffer, typed array or Array.");
            }

            address = start;
        }

        return length % (uint)TShape.Size == 0
            ? Lists.ReadArray<T, TShape>(address, length / (uint)TShape.Size, ref memory)
            : throw GuestMemoryException.InvalidValue(
                $"{length} bytes are not a whole number of values of {TShape.Size} bytes.");
    }

    private static uint Write(T[] value, ref GuestMemory memory) =>
        AssemblyScriptObject.New<T, TShape>(
            AssemblyScriptObject.ArrayBuffer, value ?? throw Lists.Null("array"), ref memory);
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
