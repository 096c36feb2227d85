using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>
/// Fields one after the other: the statements that make the object of them, and those that take it apart.
/// </summary>
/// <param name="fields">The fields.</param>
internal sealed class FieldsText(Fields fields)
{
    /// <summary>The statements that return the object of its fields in slots.</summary>
    internal string Lift(string type, int firstSlot, string prefix = "")
    {
        int slot = firstSlot;
        var values = new List<string>();
        foreach (Field field in fields.Items)
        {
            values.Add(Marshaller.Of(field.Value).Lift(slot, prefix + field.Name));
            slot += field.Value.Flat.Count;
        }

        return Make(type, values);
    }

    /// <summary>The statements that return the object of its fields in memory.</summary>
    internal string Load(string type, int start, string prefix = "")
    {
        List<int> offsets = Offsets();
        return Make(type, [.. fields.Items.Select((field, i) =>
            Marshaller.Of(field.Value).Load(Offset("address", start + offsets[i]), prefix + field.Name))]);
    }

    /// <summary>The statements that write the fields of <paramref name="value"/> to slots.</summary>
    internal IEnumerable<string> Lower(string value, int firstSlot)
    {
        int slot = firstSlot;
        foreach (Field field in fields.Items)
        {
            yield return Marshaller.Of(field.Value).Lower(slot, Get(value, field), field.Name);
            slot += field.Value.Flat.Count;
        }
    }

    /// <summary>The statements that write the fields of <paramref name="value"/> to memory.</summary>
    internal IEnumerable<string> Store(string value, int start)
    {
        List<int> offsets = Offsets();
        return fields.Items.Select((field, i) =>
            Marshaller.Of(field.Value).Store(Offset("address", start + offsets[i]), Get(value, field), field.Name));
    }

    /// <summary>The names that a struct's methods have for what they are given.</summary>
    internal static TakenNames Parameters() => new(["slots", "memory", "address", "value"]);

    private List<int> Offsets()
    {
        var offsets = new List<int>();
        Layout.OfFields(fields.Values.Select(static value => value.Layout), offsets);
        return offsets;
    }

    /// <summary>A local for each field, and only then the object: its code may let the memory move.</summary>
    private string Make(string type, List<string> values)
    {
        TakenNames taken = Parameters();
        string[] locals = [.. fields.Items.Select(field => Escape(taken.Unique(Names.CamelCase(field.Name))))];
        IEnumerable<string> declarations =
            fields.Items.Select((field, i) => Assign($"{field.Value.Type} {locals[i]}", values[i]));
        IEnumerable<string> members = fields.Items.Select((field, i) => $"{field.Member} = {locals[i]}");
        return string.Join("\n", declarations.Append(fields.Construction switch
        {
            Construction.Tuple => Enclose("return (", locals, ");"),
            Construction.Constructor => Enclose($"return memory.FromUser(new {type}(", locals, "));"),
            _ => Enclose($"return memory.FromUser(new {type} {{ ", members, " });"),
        }));
    }

    /// <summary>What a member has; of a tuple, that takes no code of the user's.</summary>
    private string Get(string value, Field field) =>
        fields.Construction == Construction.Tuple
            ? $"{value}.{field.Member}"
            : $"memory.FromUser({value}.{field.Member})";
}
