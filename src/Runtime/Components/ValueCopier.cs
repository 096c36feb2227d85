using System.Diagnostics;
using System.Text;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Components;

/// <summary>
/// Copies values from one component to another by their types: lifts them here and lowers them there (Component Model,
/// Canonical ABI). Both sides flatten a type alike, so that slots go to slots, and memory to memory.
/// </summary>
[StackTraceHidden]
internal static unsafe class ValueCopier
{
    // How many bytes of elements are copied between two looks at the limits of the call.
    private const uint Piece = 1 << 16;

    /// <summary>Copies a value in slots.</summary>
    /// <returns>The number of its slots.</returns>
    internal static int Copy(
        TypeLayout type, Slot* from, Slot* to, ref GuestMemory source, ref GuestMemory target)
    {
        int slots = type.Flat.Length;
        switch (type.Kind)
        {
            case LayoutKind.Word:
                to->U64 = type.Size == 8 ? from->U64 : from->U32;
                break;
            case LayoutKind.U8:
                to->U64 = (byte)from->U32;
                break;
            case LayoutKind.S8:
                to->U64 = (uint)(sbyte)from->U32;
                break;
            case LayoutKind.U16:
                to->U64 = (ushort)from->U32;
                break;
            case LayoutKind.S16:
                to->U64 = (uint)(short)from->U32;
                break;
            case LayoutKind.Bool:
                to->U64 = from->U32 != 0 ? 1u : 0u;
                break;
            case LayoutKind.Char:
                to->U64 = RequireChar(from->U32);
                break;
            case LayoutKind.Text:
                (to[0].U32, to[1].U32) = TextTranscoder.Copy(ref source, from[0].U32, from[1].U32, ref target);
                break;
            case LayoutKind.List:
                (to[0].U32, to[1].U32) = CopyList(type.Parts[0]!, from[0].U32, from[1].U32, ref source, ref target);
                break;
            case LayoutKind.Own or LayoutKind.Borrow:
                to->U32 = CopyHandle(type, from->S32, ref source, ref target);
                break;
            case LayoutKind.Flags:
                to->U32 = from->U32 & type.Mask;
                break;
            case LayoutKind.Fields:
                int done = 0;
                foreach (TypeLayout? field in type.Parts)
                {
                    done += Copy(field!, from + done, to + done, ref source, ref target);
                }

                break;
            case LayoutKind.FixedList:
                for (int slot = 0; slot < slots;)
                {
                    slot += Copy(type.Parts[0]!, from + slot, to + slot, ref source, ref target);
                }

                break;
            default:
                TypeLayout? payload = PayloadOf(type, from->U32);
                to->U32 = from->U32;
                new Span<Slot>(to + 1, slots - 1).Clear();
                if (payload is not null)
                {
                    CopyJoined(payload, from + 1, to + 1, ref source, ref target);
                }

                break;
        }

        return slots;
    }

    /// <summary>Copies a value in memory, between checked addresses.</summary>
    internal static void Copy(
        TypeLayout type, uint from, uint to, ref GuestMemory source, ref GuestMemory target)
    {
        if (type.IsPlain)
        {
            CopyBytes(from, to, type.Size, ref source, ref target);
            return;
        }

        switch (type.Kind)
        {
            case LayoutKind.Bool:
                target.WriteU8(to, source.ReadBool(from) ? (byte)1 : (byte)0);
                break;
            case LayoutKind.Char:
                target.WriteU32(to, RequireChar(source.ReadU32(from)));
                break;
            case LayoutKind.Text:
                (uint Address, uint Length) text = TextTranscoder.Copy(
                    ref source, source.ReadU32(from), source.ReadU32(from + 4), ref target);
                target.WriteU32(to, text.Address);
                target.WriteU32(to + 4, text.Length);
                break;
            case LayoutKind.List:
                (uint Address, uint Length) list = CopyList(
                    type.Parts[0]!, source.ReadU32(from), source.ReadU32(from + 4), ref source, ref target);
                target.WriteU32(to, list.Address);
                target.WriteU32(to + 4, list.Length);
                break;
            case LayoutKind.Own or LayoutKind.Borrow:
                target.WriteU32(to, CopyHandle(type, source.ReadS32(from), ref source, ref target));
                break;
            case LayoutKind.Flags:
                WriteNumber(to, (int)type.Size, ReadNumber(from, (int)type.Size, source) & type.Mask, target);
                break;
            case LayoutKind.Fields:
                for (int i = 0; i < type.Parts.Length; i++)
                {
                    uint field = type.Offsets[i];
                    Copy(type.Parts[i]!, from + field, to + field, ref source, ref target);
                }

                break;
            case LayoutKind.FixedList:
                CopyElements(type.Parts[0]!, type.Length, from, to, ref source, ref target);
                break;
            default:
                int size = TypeLayout.CaseSize(type.Parts.Length);
                uint number = ReadNumber(from, size, source);
                TypeLayout? payload = PayloadOf(type, number);
                WriteNumber(to, size, number, target);
                if (payload is not null)
                {
                    Copy(payload, from + type.Offsets[0], to + type.Offsets[0], ref source, ref target);
                }

                break;
        }
    }

    /// <summary>
    /// Copies a case's payload, whose slots are those of all cases: numbers of 32 bits lie in the lower half of a slot,
    /// whatever its type, and the upper half is zero.
    /// </summary>
    private static void CopyJoined(
        TypeLayout payload, Slot* from, Slot* to, ref GuestMemory source, ref GuestMemory target)
    {
        Copy(payload, from, to, ref source, ref target);
        ValueKind[] flat = payload.Flat;
        for (int i = 0; i < flat.Length; i++)
        {
            if (flat[i] is ValueKind.I32 or ValueKind.F32)
            {
                to[i].U64 = to[i].U32;
            }
        }
    }

    private static (uint Address, uint Length) CopyList(
        TypeLayout element, uint address, uint length, ref GuestMemory source, ref GuestMemory target)
    {
        ulong bytes = length * element.Size;
        source.Check(address, bytes, element.Alignment);
        if (bytes > uint.MaxValue)
        {
            throw GuestMemoryException.TooLong(address, (long)bytes);
        }

        uint start = target.Reallocate(0, 0, element.Alignment, (uint)bytes);
        source.Refresh(); // the guest may be one with the same memory
        if (element.IsPlain)
        {
            CopyBytes(address, start, bytes, ref source, ref target);
        }
        else
        {
            CopyElements(element, length, address, start, ref source, ref target);
        }

        return (start, length);
    }

    private static void CopyElements(
        TypeLayout type, uint count, uint from, uint to, ref GuestMemory source, ref GuestMemory target)
    {
        uint size = (uint)type.Size;
        uint piece = Math.Max(1, Piece / size);
        for (uint i = 0, left = piece; i < count; i++, left--)
        {
            if (left == 0)
            {
                target.HeedLimits();
                left = piece;
            }

            Copy(type, from + (i * size), to + (i * size), ref source, ref target);
        }
    }

    private static uint CopyHandle(TypeLayout type, int handle, ref GuestMemory source, ref GuestMemory target)
    {
        ResourceOrigin resource = type.Type!.Members[0].Type!.Root.Origin!;
        CanonicalContext receiver = target.Canonical!;
        object kind = receiver.Instance.Resources.KindOf(resource);
        ResourceTable table = receiver.State.Resources;
        if (type.Kind == LayoutKind.Own)
        {
            object moved = source.Canonical!.State.Resources.Move(handle, kind);
            return (uint)table.Add(moved, kind, isLent: false, isArgument: false);
        }

        object lent = source.Canonical!.State.Resources.Borrow(handle, kind);
        return receiver.Defines(resource)
            ? ((GuestResource)lent).Representation
            : (uint)table.Add(lent, kind, isLent: true, isArgument: false);
    }

    /// <exception cref="GuestMemoryException">It is no Unicode scalar value.</exception>
    private static uint RequireChar(uint value) =>
        Rune.IsValid(value) ? value : throw GuestMemoryException.InvalidChar(null, value);

    /// <exception cref="GuestMemoryException">There is no such case.</exception>
    private static TypeLayout? PayloadOf(TypeLayout type, uint number) => number < type.Parts.Length
        ? type.Parts[number]
        : throw Cases.Invalid(number, WitText.Of(type.Type!));

    private static void CopyBytes(
        uint from, uint to, ulong length, ref GuestMemory source, ref GuestMemory target)
    {
        const int Most = 1 << 30;
        for (ulong done = 0; done < length; done += Most)
        {
            int count = (int)Math.Min(Most, length - done);
            source.Span<byte>(from + (uint)done, count).CopyTo(target.Span<byte>(to + (uint)done, count));
        }
    }

    private static uint ReadNumber(uint address, int size, in GuestMemory memory) => size switch
    {
        1 => memory.ReadU8(address),
        2 => memory.ReadU16(address),
        _ => memory.ReadU32(address),
    };

    private static void WriteNumber(uint address, int size, uint number, in GuestMemory memory)
    {
        switch (size)
        {
            case 1:
                memory.WriteU8(address, (byte)number);
                break;
            case 2:
                memory.WriteU16(address, (ushort)number);
                break;
            default:
                memory.WriteU32(address, number);
                break;
        }
    }
}
