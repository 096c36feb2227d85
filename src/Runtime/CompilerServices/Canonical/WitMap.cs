using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>map as a dictionary: a list of keys and values. Of equal keys the last counts.</summary>
/// <typeparam name="TMap">A Dictionary, or its interface for reading.</typeparam>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TKeyShape">How they cross.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TValueShape">How they cross.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitMap<TMap, TKey, TKeyShape, TValue, TValueShape> : ICanonical<TMap>
    where TMap : class, IReadOnlyDictionary<TKey, TValue>
    where TKey : notnull
    where TKeyShape : struct, ICanonical<TKey>
    where TValueShape : struct, ICanonical<TValue>
{
    // Between two looks at the limits of the call, a power of two: a guest may choose keys that all have one hash.
    private const int ManyEntries = 1 << 8;

    /// <inheritdoc/>
    public static int Size => Lists.Size;

    /// <inheritdoc/>
    public static int Alignment => Lists.Alignment;

    /// <inheritdoc/>
    public static TMap Lift(Slot* slots, ref GuestMemory memory) => Read(slots[0].U32, slots[1].U32, ref memory);

    /// <inheritdoc/>
    public static TMap Load(uint address, ref GuestMemory memory) =>
        Read(memory.ReadU32(address), memory.ReadU32(address + 4), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, TMap value, ref GuestMemory memory) =>
        Lists.Lower<KeyValuePair<TKey, TValue>, Entry>(slots, Entries(value), ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, TMap value, ref GuestMemory memory) =>
        Lists.Store<KeyValuePair<TKey, TValue>, Entry>(address, Entries(value), ref memory);

    private static KeyValuePair<TKey, TValue>[] Entries(TMap value) => [.. value ?? throw Unfit.Null("map")];

    private static TMap Read(uint address, uint length, ref GuestMemory memory)
    {
        KeyValuePair<TKey, TValue>[] entries =
            Lists.ReadArray<KeyValuePair<TKey, TValue>, Entry>(address, length, ref memory);
        try
        {
            var map = new Dictionary<TKey, TValue>(entries.Length);
            for (int i = 0; i < entries.Length; i++)
            {
                map[entries[i].Key] = entries[i].Value;
                if ((i & (ManyEntries - 1)) == ManyEntries - 1)
                {
                    memory.HeedLimits();
                }
            }

            return (TMap)(IReadOnlyDictionary<TKey, TValue>)map;
        }
        catch (OutOfMemoryException)
        {
            throw GuestMemoryException.TooLong(address, (long)length * Entry.Size);
        }
    }

    /// <summary>A key and its value, which are only ever in memory.</summary>
    private readonly struct Entry : ICanonical<KeyValuePair<TKey, TValue>>
    {
        public static int Size => Cases.Align(ValueOffset + TValueShape.Size, Alignment);

        public static int Alignment => Math.Max(TKeyShape.Alignment, TValueShape.Alignment);

        private static int ValueOffset => Cases.Align(TKeyShape.Size, TValueShape.Alignment);

        public static KeyValuePair<TKey, TValue> Lift(Slot* slots, ref GuestMemory memory) =>
            throw new NotSupportedException();

        public static KeyValuePair<TKey, TValue> Load(uint address, ref GuestMemory memory) => new(
            memory.Load<TKey, TKeyShape>(address, "key"),
            memory.Load<TValue, TValueShape>(address + (uint)ValueOffset, "value"));

        public static void Lower(Slot* slots, KeyValuePair<TKey, TValue> value, ref GuestMemory memory) =>
            throw new NotSupportedException();

        public static void Store(uint address, KeyValuePair<TKey, TValue> value, ref GuestMemory memory)
        {
            memory.Store<TKey, TKeyShape>(address, value.Key, "key");
            memory.Store<TValue, TValueShape>(address + (uint)ValueOffset, value.Value, "value");
        }
    }
}
