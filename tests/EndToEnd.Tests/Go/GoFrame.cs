using System.Text;

namespace WasmBindgen.EndToEnd.Tests.Go;

/// <summary>
/// What the functions of Go's host find in their stack frames. In slots of 8 bytes, the parameters begin at the second
/// one, and the results follow.
/// </summary>
internal static class GoFrame
{
    /// <summary>The bytes of a slice: an address and a length.</summary>
    internal static Span<byte> Slice(this GuestPointer<long> frame, int slot) =>
        frame.Memory.Slice(frame[slot], frame[slot + 1]);

    /// <summary>A string: an address and a length.</summary>
    internal static string Text(this GuestPointer<long> frame, int slot) =>
        Encoding.UTF8.GetString(frame.Slice(slot));

    /// <summary>The bytes at an address. Both numbers are the guest's.</summary>
    internal static Span<byte> Slice(this Memory memory, long address, long length) =>
        length is >= 0 and <= int.MaxValue
            ? memory.GetSpan(address, (int)length)
            : throw GuestMemoryException.InvalidValue($"{length} is no length.");

    /// <summary>Writes a result that does not fill its slot.</summary>
    internal static void Set<T>(this GuestPointer<long> frame, int slot, T value)
        where T : unmanaged
    {
        GuestPointer<T> place = (frame + slot).As<T>();
        place.Value = value;
    }
}
