using System.Globalization;
using System.Text;
using WasmBindgen.CompilerServices;

namespace WasmBindgen;

/// <summary>
/// A call of a host function in a line, such as <c>(level: 2, message: "hello") = 5</c>. What a guest passes may be
/// wrong: that is shown, and the function itself reports it.
/// </summary>
internal sealed unsafe class CallText
{
    private const int MaxText = 64;

    private readonly StringBuilder _text = new("(");
    private readonly HostFunction _function;
    private readonly Store _store;
    private readonly nint _caller;
    private readonly uint _resultArea;

    /// <summary>Reads the arguments. They must be read before the call, which writes its result over them.</summary>
    internal CallText(HostFunction function, Store store, nint caller, Slot* slots)
    {
        (_function, _store, _caller) = (function, store, caller);
        int slot = 0;
        foreach (string parameter in Parameters)
        {
            if (_text.Length > 1)
            {
                _text.Append(", ");
            }

            int colon = parameter.LastIndexOf(':');
            _text.Append(parameter, 0, colon).Append(": ");
            Append(parameter[(colon + 1)..], slots, ref slot, function.Parameters);
        }

        _text.Append(')');
        if (function.Parameters is [.., ValueKind.I32])
        {
            _resultArea = slots[function.Parameters.Length - 1].U32;
        }
    }

    private IEnumerable<string> Parameters =>
        (_function.Signature ?? string.Join(' ', Enumerable.Range(0, _function.Parameters.Length)
            .Select(static i => $"{i}:1")))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(static part => part[0] != '>');

    private string? Result => _function.Signature?.Split(' ') is [.., ['>', ..] result] ? result[1..] : null;

    /// <summary>The whole line, with the result or the error.</summary>
    internal string End(Slot* slots, string? error)
    {
        int slot = 0;
        if (error is not null)
        {
            _text.Append(" ! ").Append(Printable.Name(error));
        }
        else if (_function.Results.Length > 0)
        {
            _text.Append(" = ");
            Append(Result ?? "1", slots, ref slot, _function.Results);
        }
        else if (Result is "string")
        {
            Slot* place = stackalloc Slot[2];
            ReadOnlySpan<byte> area = Memory(_resultArea, 8);
            place[0].U32 = BitConverter.ToUInt32(area);
            place[1].U32 = BitConverter.ToUInt32(area[4..]);
            _text.Append(" = ");
            Append("string", place, ref slot, []);
        }

        return _text.ToString();
    }

    private void Append(string type, Slot* slots, ref int slot, ReadOnlySpan<ValueKind> kinds)
    {
        ref Slot first = ref slots[slot];
        switch (type)
        {
            case "bool":
                _text.Append(first.S32 != 0 ? "true" : "false");
                break;
            case "s8" or "s16" or "s32":
                AppendNumber(first.S32);
                break;
            case "u8" or "u16" or "u32":
                AppendNumber(first.U32);
                break;
            case "s64":
                AppendNumber(first.S64);
                break;
            case "u64":
                AppendNumber(first.U64);
                break;
            case "f32":
                AppendNumber(first.F32);
                break;
            case "f64":
                AppendNumber(first.F64);
                break;
            case "char":
                _text.Append('\'').Append(Rune.IsValid(first.U32) ? new Rune(first.U32).ToString() : "?").Append('\'');
                break;
            case "string":
                AppendText(Encoding.UTF8, first.U32, slots[slot + 1].U32, 1);
                slot++;
                break;
            case "utf16":
                AppendText(Encoding.Unicode, first.U32, slots[slot + 1].U32, 2);
                slot++;
                break;
            case "latin1":
                AppendText(Encoding.Latin1, first.U32, slots[slot + 1].U32, 1);
                slot++;
                break;
            case "cstring":
                ReadOnlySpan<byte> from = Memory(first.U32, MaxText * 4);
                int end = from.IndexOf((byte)0);
                AppendText(Encoding.UTF8, first.U32, (uint)(end < 0 ? from.Length : end), 1);
                break;
            case "list":
                _text.Append(CultureInfo.InvariantCulture, $"[{slots[slot + 1].U32} at 0x{first.U32:x}]");
                slot++;
                break;
            case "pointer":
                _text.Append(CultureInfo.InvariantCulture, $"0x{first.U32:x}");
                break;
            case "handle":
                _text.Append(CultureInfo.InvariantCulture, $"#{first.U32}");
                break;
            default:
                AppendRaw(int.Parse(type, CultureInfo.InvariantCulture), slots, ref slot, kinds);
                return;
        }

        slot++;
    }

    /// <summary>Slots of which only the core types are known.</summary>
    private void AppendRaw(int count, Slot* slots, ref int slot, ReadOnlySpan<ValueKind> kinds)
    {
        for (int i = 0; i < count; i++, slot++)
        {
            _text.Append(i > 0 ? " " : "");
            switch (kinds[slot])
            {
                case ValueKind.I32:
                    AppendNumber(slots[slot].S32);
                    break;
                case ValueKind.I64:
                    AppendNumber(slots[slot].S64);
                    break;
                case ValueKind.F32:
                    AppendNumber(slots[slot].F32);
                    break;
                case ValueKind.F64:
                    AppendNumber(slots[slot].F64);
                    break;
                case var kind:
                    _text.Append(kind);
                    break;
            }
        }
    }

    private void AppendNumber<T>(T value)
        where T : ISpanFormattable => _text.Append(CultureInfo.InvariantCulture, $"{value}");

    private void AppendText(Encoding encoding, uint address, uint length, uint unit)
    {
        ulong bytes = (ulong)length * unit;
        ReadOnlySpan<byte> text = Memory(address, (long)Math.Min(bytes, MaxText * 4));
        if (text.IsEmpty && length > 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $"[{length} at 0x{address:x}, outside the memory]");
            return;
        }

        _text.Append('"').Append(Cut(encoding.GetString(text))).Append('"');
    }

    private static string Cut(string text) =>
        Printable.Name(text.Length <= MaxText ? text : string.Concat(text.AsSpan(0, MaxText), "…"));

    /// <summary>A part of the guest's memory, as much as there is; nothing without a memory.</summary>
    private ReadOnlySpan<byte> Memory(uint address, long length)
    {
        if (_function.Requirement is not ValueRequirement requirement)
        {
            return [];
        }

        Memory? named = null;
        _function.Memory?.TryGetTarget(out named);
        Memory memory = named ?? _store.Callers.Memory(_caller, requirement.Abi.Memory);
        return address >= memory.Length
            ? []
            : memory.GetSpan(address, (int)Math.Min(length, memory.Length - address));
    }
}
