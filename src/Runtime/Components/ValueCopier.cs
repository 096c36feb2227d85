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
    // How many elements are copied between two looks at the limits of the call.
    private const uint Piece = 1 << 16;

    /// <summary>Copies a value in slots.</summary>
    /// <returns>The number of its slots.</returns>
    internal static int Copy(
        TypeEntity type, Slot* from, Slot* to, ref GuestMemory source, ref GuestMemory target)
    {
        TypeLayout layout = TypeLayout.Of(type);
        int slots = layout.Flat.Length;
        switch (type.Kind)
        {
            case TypeKind.Primitive when type.Members[0].Name == "string":
                (to[0].U32, to[1].U32) = TextTranscoder.Copy(ref source, from[0].U32, from[1].U32, ref target);
                break;
            case TypeKind.Primitive:
                to->U64 = Normal(type.Members[0].Name, from->U64);
                break;
            case TypeKind.List or TypeKind.Map:
                (to[0].U32, to[1].U32) = CopyList(type, from[0].U32, from[1].U32, ref source, ref target);
                break;
            case TypeKind.Own or TypeKind.Borrow:
                to->U32 = CopyHandle(type, from->S32, ref source, ref target);
                break;
            case TypeKind.Flags:
                to->U32 = from->U32 & MaskOf(type);
                break;
            case TypeKind.Record or TypeKind.Tuple:
                int done = 0;
                foreach (TypedMember member in type.Members)
                {
                    done += Copy(member.Type!, from + done, to + done, ref source, ref target);
                }

                break;
            case TypeKind.FixedList:
                for (int slot = 0; slot < slots;)
                {
                    slot += Copy(type.Members[0].Type!, from + slot, to + slot, ref source, ref target);
                }

                break;
            default:
                TypeEntity? payload = PayloadOf(type, from->U32);
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
        TypeEntity type, uint from, uint to, ref GuestMemory source, ref GuestMemory target)
    {
        TypeLayout layout = TypeLayout.Of(type);
        if (layout.IsPlain)
        {
            CopyBytes(from, to, layout.Size, ref source, ref target);
            return;
        }

        switch (type.Kind)
        {
            case TypeKind.Primitive when type.Members[0].Name == "string":
                (uint Address, uint Length) text = TextTranscoder.Copy(
                    ref source, source.ReadU32(from), source.ReadU32(from + 4), ref target);
                target.WriteU32(to, text.Address);
                target.WriteU32(to + 4, text.Length);
                break;
            case TypeKind.Primitive when type.Members[0].Name == "bool":
                target.WriteU8(to, source.ReadBool(from) ? (byte)1 : (byte)0);
                break;
            case TypeKind.Primitive: // char
                target.WriteU32(to, (uint)Normal(type.Members[0].Name, source.ReadU32(from)));
                break;
            case TypeKind.List or TypeKind.Map:
                (uint Address, uint Length) list = CopyList(
                    type, source.ReadU32(from), source.ReadU32(from + 4), ref source, ref target);
                target.WriteU32(to, list.Address);
                target.WriteU32(to + 4, list.Length);
                break;
            case TypeKind.Own or TypeKind.Borrow:
                target.WriteU32(to, CopyHandle(type, source.ReadS32(from), ref source, ref target));
                break;
            case TypeKind.Flags:
                WriteNumber(to, (int)layout.Size, ReadNumber(from, (int)layout.Size, source) & MaskOf(type), target);
                break;
            case TypeKind.Record or TypeKind.Tuple:
                CopyMembers(type.Members, from, to, ref source, ref target);
                break;
            case TypeKind.FixedList:
                CopyElements(type.Members[0].Type!, type.Length, from, to, ref source, ref target);
                break;
            default:
                TypeEntity?[] cases = TypeLayout.Cases(type);
                int size = TypeLayout.CaseSize(cases.Length);
                uint number = ReadNumber(from, size, source);
                TypeEntity? payload = PayloadOf(type, number);
                WriteNumber(to, size, number, target);
                if (payload is not null)
                {
                    int alignment = cases.Max(static one => one is null ? 1 : TypeLayout.Of(one).Alignment);
                    uint offset = (uint)TypeLayout.AlignTo((ulong)size, alignment);
                    Copy(payload, from + offset, to + offset, ref source, ref target);
                }

                break;
        }
    }

    /// <summary>Copies what lies one after the other, between checked addresses.</summary>
    internal static void CopyMembers(
        TypedMember[] members, uint from, uint to, ref GuestMemory source, ref GuestMemory target)
    {
        ulong offset = 0;
        foreach (TypedMember member in members)
        {
            TypeLayout layout = TypeLayout.Of(member.Type!);
            offset = TypeLayout.AlignTo(offset, layout.Alignment);
            Copy(member.Type!, from + (uint)offset, to + (uint)offset, ref source, ref target);
            offset += layout.Size;
        }
    }

    /// <summary>
    /// Copies a case's payload, whose slots are those of all cases: numbers of 32 bits lie in the lower half of a slot,
    /// whatever its type, and the upper half is zero.
    /// </summary>
    private static void CopyJoined(
        TypeEntity payload, Slot* from, Slot* to, ref GuestMemory source, ref GuestMemory target)
    {
        Copy(payload, from, to, ref source, ref target);
        ValueKind[] flat = TypeLayout.Of(payload).Flat;
        for (int i = 0; i < flat.Length; i++)
        {
            if (flat[i] is ValueKind.I32 or ValueKind.F32)
            {
                to[i].U64 = to[i].U32;
            }
        }
    }

    private static (uint Address, uint Length) CopyList(
        TypeEntity type, uint address, uint length, ref GuestMemory source, ref GuestMemory target)
    {
        TypeLayout element = type.Kind == TypeKind.List
            ? TypeLayout.Of(type.Members[0].Type!)
            : TypeLayout.Tuple(type.Members.Select(static member => member.Type!));
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
        else if (type.Kind == TypeKind.List)
        {
            CopyElements(type.Members[0].Type!, length, address, start, ref source, ref target);
        }
        else
        {
            for (uint i = 0; i < length; i++)
            {
                uint offset = i * (uint)element.Size;
                CopyMembers(type.Members, address + offset, start + offset, ref source, ref target);
            }
        }

        return (start, length);
    }

    private static void CopyElements(
        TypeEntity type, uint count, uint from, uint to, ref GuestMemory source, ref GuestMemory target)
    {
        uint size = (uint)TypeLayout.Of(type).Size;
        for (uint i = 0; i < count; i++)
        {
            Copy(type, from + (i * size), to + (i * size), ref source, ref target);
            if (i % Piece == Piece - 1)
            {
                target.HeedLimits();
            }
        }
    }

    private static uint CopyHandle(TypeEntity type, int handle, ref GuestMemory source, ref GuestMemory target)
    {
        ResourceOrigin resource = type.Members[0].Type!.Root.Origin!;
        CanonicalContext receiver = target.Canonical!;
        object kind = receiver.Instance.Resources.KindOf(resource);
        ResourceTable table = receiver.State.Resources;
        if (type.Kind == TypeKind.Own)
        {
            object moved = source.Canonical!.State.Resources.Move(handle, kind);
            return (uint)table.Add(moved, kind, isLent: false, isArgument: false);
        }

        object lent = source.Canonical!.State.Resources.Borrow(handle, kind);
        return receiver.Defines(resource)
            ? ((GuestResource)lent).Representation
            : (uint)table.Add(lent, kind, isLent: true, isArgument: false);
    }

    /// <summary>A number in a slot as its type has it (Canonical ABI, lift_flat).</summary>
    /// <exception cref="GuestMemoryException">It is no Unicode scalar value.</exception>
    private static ulong Normal(string type, ulong value) => unchecked(type switch
    {
        "bool" => (uint)value != 0 ? 1u : 0u,
        "u8" => (byte)value,
        "s8" => (uint)(sbyte)value,
        "u16" => (ushort)value,
        "s16" => (uint)(short)value,
        "char" => Rune.IsValid((uint)value) ? (uint)value : throw GuestMemoryException.InvalidChar(null, (uint)value),
        "s64" or "u64" or "f64" => value,
        _ => (uint)value,
    });

    private static uint MaskOf(TypeEntity type) => uint.MaxValue >> (32 - type.Members.Length);

    /// <exception cref="GuestMemoryException">There is no such case.</exception>
    private static TypeEntity? PayloadOf(TypeEntity type, uint number)
    {
        TypeEntity?[] cases = TypeLayout.Cases(type);
        return number < cases.Length
            ? cases[number]
            : throw Cases.Invalid(number, WitText.Of(type));
    }

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
