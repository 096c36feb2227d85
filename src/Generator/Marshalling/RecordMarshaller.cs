using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>How generated code makes an object of its fields.</summary>
internal enum Construction
{
    Tuple,
    Constructor,
    Initializer,
}

/// <summary>One field of a record, tuple or case.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Member">The member that has it, as an identifier.</param>
/// <param name="Value">How it crosses.</param>
internal sealed record Field(string Name, string Member, Marshaller Value);

/// <summary>Fields one after the other, and how to make and take apart the object that has them.</summary>
/// <param name="Construction">How it is made.</param>
/// <param name="Items">The fields in order.</param>
internal sealed record Fields(Construction Construction, EquatableArray<Field> Items)
{
    internal IEnumerable<Marshaller> Values => Items.Select(static item => item.Value);

    internal List<CoreType> Flat => [.. Values.SelectMany(static value => value.Flat)];

    internal Layout Layout => Layout.OfFields(Values);

    /// <summary>The expression that makes the object of its fields in slots.</summary>
    internal string Lift(string type, int firstSlot, string prefix = "")
    {
        int slot = firstSlot;
        var values = new List<string>();
        foreach (Field field in Items)
        {
            values.Add(field.Value.Lift(Layout.Offset("slots", slot), prefix + field.Name));
            slot += field.Value.Flat.Count;
        }

        return Make(type, values);
    }

    /// <summary>The expression that makes the object of its fields in memory.</summary>
    internal string Load(string type, int start, string prefix = "")
    {
        var offsets = new List<int>();
        Layout.OfFields(Values, offsets);
        return Make(type, [.. Items.Select((field, i) => field.Value.Load(Layout.Offset("address", start + offsets[i], "u"), prefix + field.Name))]);
    }

    /// <summary>The statements that write the fields of <paramref name="value"/> to slots.</summary>
    internal IEnumerable<string> Lower(string value, int firstSlot)
    {
        int slot = firstSlot;
        foreach (Field field in Items)
        {
            yield return field.Value.Lower(Layout.Offset("slots", slot), Get(value, field), field.Name);
            slot += field.Value.Flat.Count;
        }
    }

    /// <summary>The statements that write the fields of <paramref name="value"/> to memory.</summary>
    internal IEnumerable<string> Store(string value, int start)
    {
        var offsets = new List<int>();
        Layout.OfFields(Values, offsets);
        return Items.Select((field, i) => field.Value.Store(Layout.Offset("address", start + offsets[i], "u"), Get(value, field), field.Name));
    }

    private string Make(string type, List<string> values) => Construction switch
    {
        Construction.Tuple => $"({string.Join(", ", values)})",
        Construction.Constructor => $"memory.Made(new {type}({string.Join(", ", values)}))",
        _ => $"memory.Made(new {type} {{ {string.Join(", ", values.Select((value, i) => $"{Items[i].Member} = {value}"))} }})",
    };

    /// <summary>What a member has; of a tuple, that takes no code of the user's.</summary>
    private string Get(string value, Field field) => Construction == Construction.Tuple ? $"{value}.{field.Member}" : $"memory.Made({value}.{field.Member})";
}

/// <summary>A record, a tuple, or a struct or class with <c>[WasmRecord]</c>.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Shape">The name for the struct that reads and writes it.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="IsReference">Whether it can be null, which it must not when it goes to the guest.</param>
/// <param name="IsSequential">Whether it is a struct that has its fields, and nothing else, in this order.</param>
/// <param name="HasCode">Whether code of the user's runs when one is made or taken apart.</param>
internal sealed record RecordMarshaller(string Type, string Shape, Fields Fields, bool IsReference, bool IsSequential, bool HasCode) : Marshaller(Type, Shape)
{
    internal override IReadOnlyList<CoreType> Flat => Fields.Flat;

    internal override Layout Layout => Fields.Layout;

    internal override IEnumerable<Marshaller> Parts => Fields.Values;

    internal override bool IsBlittable => IsSequential && Fields.Values.All(static value => value.IsBlittable);

    /// <summary>Whether a copy of its bytes is as good as one field by field. Bytes that are no field's may hold the host's own, which must not go to a guest.</summary>
    private bool IsCopied => IsBlittable && !HasCode
        && Layout.Size == Fields.Values.Sum(static value => value.Layout.Size) && Fields.Values.All(static value => value is not RecordMarshaller { IsCopied: false });

    internal override bool WriteShape(IndentedWriter writer)
    {
        string check = IsReference ? $"if (value is null) throw {SourceFile.Services}.Cases.NoCase(value, \"record\");\n" : "";
        ShapeText.Write(
            writer,
            this,
            Fields.Lift(Type, 0),
            Fields.Load(Type, 0),
            check + string.Join("\n", Fields.Lower("value", 0)),
            check + string.Join("\n", Fields.Store("value", 0)),
            IsCopied ? "public static bool IsBlittable => true;" : null);
        return true;
    }
}
