using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>
/// Fields one after the other: the expressions that make the object of them, the statements that take it apart.
/// </summary>
/// <param name="fields">The fields.</param>
internal sealed class FieldsText(Fields fields)
{
    /// <summary>The expression that makes the object of its fields in slots.</summary>
    internal string Lift(string type, int firstSlot, string prefix = "")
    {
        int slot = firstSlot;
        var values = new List<string>();
        foreach (Field field in fields.Items)
        {
            values.Add(Marshaller.Of(field.Value).Lift(Offset("slots", slot), prefix + field.Name));
            slot += field.Value.Flat.Count;
        }

        return Make(type, values);
    }

    /// <summary>The expression that makes the object of its fields in memory.</summary>
    internal string Load(string type, int start, string prefix = "")
    {
        List<int> offsets = Offsets();
        return Make(type, [.. fields.Items.Select((field, i) => Marshaller.Of(field.Value).Load(Offset("address", start + offsets[i], "u"), prefix + field.Name))]);
    }

    /// <summary>The statements that write the fields of <paramref name="value"/> to slots.</summary>
    internal IEnumerable<string> Lower(string value, int firstSlot)
    {
        int slot = firstSlot;
        foreach (Field field in fields.Items)
        {
            yield return Marshaller.Of(field.Value).Lower(Offset("slots", slot), Get(value, field), field.Name);
            slot += field.Value.Flat.Count;
        }
    }

    /// <summary>The statements that write the fields of <paramref name="value"/> to memory.</summary>
    internal IEnumerable<string> Store(string value, int start)
    {
        List<int> offsets = Offsets();
        return fields.Items.Select((field, i) => Marshaller.Of(field.Value).Store(Offset("address", start + offsets[i], "u"), Get(value, field), field.Name));
    }

    private List<int> Offsets()
    {
        var offsets = new List<int>();
        Layout.OfFields(fields.Values.Select(static value => value.Layout), offsets);
        return offsets;
    }

    private string Make(string type, List<string> values) => fields.Construction switch
    {
        Construction.Tuple => $"({string.Join(", ", values)})",
        Construction.Constructor => $"memory.Made(new {type}({string.Join(", ", values)}))",
        _ => $"memory.Made(new {type} {{ {string.Join(", ", values.Select((value, i) => $"{fields.Items[i].Member} = {value}"))} }})",
    };

    /// <summary>What a member has; of a tuple, that takes no code of the user's.</summary>
    private string Get(string value, Field field) => fields.Construction == Construction.Tuple ? $"{value}.{field.Member}" : $"memory.Made({value}.{field.Member})";
}
