using System.Text;
using static WasmBindgen.Components.Tests.OracleMethods;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// Values to and from the engine's. What is written is the engine's memory throughout, so that callbacks can give it
/// away; whoever keeps it deletes it by <c>wasmtime_component_val_delete</c>.
/// </summary>
internal static unsafe class ValCodec
{
    // The engine ends the process where text is not UTF-8.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    internal static Val Write(WitValue value, OracleInstance owner)
    {
        Val val = default;
        switch (value)
        {
            case WitValue.Scalar scalar:
                val.Kind = scalar.Kind;
                val.Bits = scalar.Bits;
                break;
            case WitValue.Text text:
                val.Kind = ValKind.String;
                WriteName(&val.Vec, text.Value);
                break;
            case WitValue.List list:
                val.Kind = ValKind.List;
                wasmtime_component_vallist_new_uninit(&val.Vec, (nuint)list.Items.Count);
                WriteAll(list.Items, val.Vec, owner);
                break;
            case WitValue.Tuple tuple:
                val.Kind = ValKind.Tuple;
                wasmtime_component_valtuple_new_uninit(&val.Vec, (nuint)tuple.Items.Count);
                WriteAll(tuple.Items, val.Vec, owner);
                break;
            case WitValue.Record record:
                val.Kind = ValKind.Record;
                wasmtime_component_valrecord_new_uninit(&val.Vec, (nuint)record.Fields.Count);
                var entries = (ValEntry*)val.Vec.Data;
                for (int i = 0; i < record.Fields.Count; i++)
                {
                    WriteName(&entries[i].Name, record.Fields[i].Name);
                    entries[i].Value = Write(record.Fields[i].Value, owner);
                }

                break;
            case WitValue.Variant variant:
                val.Kind = ValKind.Variant;
                WriteName(&val.Case, variant.Case);
                val.CasePayload = Box(variant.Payload, owner);
                break;
            case WitValue.Enum one:
                val.Kind = ValKind.Enum;
                WriteName(&val.Vec, one.Case);
                break;
            case WitValue.Option option:
                val.Kind = ValKind.Option;
                val.OptionPayload = Box(option.Payload, owner);
                break;
            case WitValue.Result result:
                val.Kind = ValKind.Result;
                val.IsOk = result.IsOk ? (byte)1 : (byte)0;
                val.ResultPayload = Box(result.Payload, owner);
                break;
            case WitValue.Flags flags:
                val.Kind = ValKind.Flags;
                wasmtime_component_valflags_new_uninit(&val.Vec, (nuint)flags.Names.Count);
                for (int i = 0; i < flags.Names.Count; i++)
                {
                    WriteName((Vec*)val.Vec.Data + i, flags.Names[i]);
                }

                break;
            default:
                val.Kind = ValKind.Resource;
                val.Resource = owner.WriteResource(value);
                break;
        }

        return val;
    }

    internal static WitValue Read(Val* val, OracleInstance owner) => val->Kind switch
    {
        <= ValKind.Char => new WitValue.Scalar(val->Kind, val->Bits & Mask(val->Kind)),
        ValKind.String => ReadName(val->Vec),
        ValKind.List => new WitValue.List(ReadAll(val->Vec, owner)),
        ValKind.Tuple => new WitValue.Tuple(ReadAll(val->Vec, owner)),
        ValKind.Record => new WitValue.Record(ReadEntries(val->Vec, owner)),
        ValKind.Variant => new WitValue.Variant(ReadName(val->Case), Unbox(val->CasePayload, owner)),
        ValKind.Enum => new WitValue.Enum(ReadName(val->Vec)),
        ValKind.Option => new WitValue.Option(Unbox(val->OptionPayload, owner)),
        ValKind.Result => new WitValue.Result(val->IsOk != 0, Unbox(val->ResultPayload, owner)),
        ValKind.Flags => new WitValue.Flags(ReadNames(val->Vec)),
        ValKind.Resource => owner.ReadResource(val->Resource),
        _ => throw new NotSupportedException($"values of kind {val->Kind}"),
    };

    internal static string ReadName(Vec name) => Utf8.GetString((byte*)name.Data, (int)name.Size);

    // Bytes above a small value are not written, so they are whatever was there.
    private static ulong Mask(ValKind kind) => kind switch
    {
        ValKind.Bool or ValKind.S8 or ValKind.U8 => byte.MaxValue,
        ValKind.S16 or ValKind.U16 => ushort.MaxValue,
        ValKind.S64 or ValKind.U64 or ValKind.F64 => ulong.MaxValue,
        _ => uint.MaxValue,
    };

    private static void WriteName(Vec* target, string text)
    {
        fixed (byte* utf8 = Utf8.GetBytes(text))
        {
            wasm_byte_vec_new(target, (nuint)Utf8.GetByteCount(text), utf8);
        }
    }

    private static void WriteAll(Items<WitValue> items, Vec target, OracleInstance owner)
    {
        for (int i = 0; i < items.Count; i++)
        {
            ((Val*)target.Data)[i] = Write(items[i], owner);
        }
    }

    private static Val* Box(WitValue? value, OracleInstance owner)
    {
        if (value is null)
        {
            return null;
        }

        Val val = Write(value, owner);
        return wasmtime_component_val_new(&val);
    }

    private static WitValue? Unbox(Val* box, OracleInstance owner) => box is null ? null : Read(box, owner);

    private static Items<WitValue> ReadAll(Vec vec, OracleInstance owner)
    {
        var items = new WitValue[vec.Size];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = Read((Val*)vec.Data + i, owner);
        }

        return new(items);
    }

    private static Items<WitValue.Field> ReadEntries(Vec vec, OracleInstance owner)
    {
        var fields = new WitValue.Field[vec.Size];
        for (int i = 0; i < fields.Length; i++)
        {
            ValEntry* entry = (ValEntry*)vec.Data + i;
            fields[i] = new(ReadName(entry->Name), Read(&entry->Value, owner));
        }

        return new(fields);
    }

    private static Items<string> ReadNames(Vec vec)
    {
        var names = new string[vec.Size];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = ReadName(((Vec*)vec.Data)[i]);
        }

        return new(names);
    }
}
