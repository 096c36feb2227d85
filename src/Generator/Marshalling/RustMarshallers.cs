using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>An object by its index.</summary>
internal sealed class ObjectIndexMarshaller(ObjectIndexShape shape) : Marshaller(shape)
{
    internal override string Struct =>
        shape.IsBorrow
            ? $"{Services}::Wit{(shape.IsNullable ? "Nullable" : "")}LentObjectIndex<{shape.Object}>"
        : shape.IsNullable ? Nullable
        : $"{Services}::WitPresent<{shape.Object}, {Nullable}>";

    private string Nullable => $"{Services}::Wit{(shape.IsInTable ? "TableObject" : "ObjectIndex")}<{shape.Object}>";
}

/// <summary>What the host frees.</summary>
internal sealed class OwnedMarshaller(OwnedShape shape) : Marshaller(shape)
{
    internal override string Struct =>
        $"{Services}::WitOwned<{Type}, {Of(shape.Value).Struct}, {shape.Element.Type}, {Of(shape.Element).Struct}>";
}

/// <summary>What is a null address if it is null.</summary>
internal sealed class NullAddressMarshaller(NullAddressShape shape) : Marshaller(shape)
{
    internal override string Struct =>
        $"{Services}::WitNullAddress<{shape.Value.Type}, {Of(shape.Value).Struct}>";
}

/// <summary>A number that may be none.</summary>
internal sealed class FlaggedMarshaller(FlaggedShape shape) : Marshaller(shape)
{
    internal override string Struct => $"{Services}::WitFlagged<{shape.Value.Type}, {Of(shape.Value).Struct}>";
}

/// <summary>A value or an error.</summary>
internal sealed class FallibleMarshaller(FallibleShape shape) : Marshaller(shape)
{
    internal override string Struct => "";

    internal override string Lift(int slot, string name) =>
        Read("Lift", SlotsAt(slot), shape.Value.Flat.Count, name);

    internal override string Load(string address, string name)
    {
        var offsets = new List<int>();
        Layout.OfFields([shape.Value.Layout, shape.Error.Layout], offsets);
        return Read("Load", address, offsets[1], name);
    }

    private string Read(string way, string place, int error, string name) => Enclose(
        Enclose(
            $"memory.{way}Result<",
            [shape.Value.Type, Of(shape.Value).Struct, shape.Error.Type, Of(shape.Error).Struct],
            ">("),
        [$"{place}, {error}, {Literal(name)}"],
        ")");
}

/// <summary>A result in an area that its reader or writer knows.</summary>
internal sealed class ResultAreaMarshaller(ResultAreaShape shape) : Marshaller(shape)
{
    private readonly Marshaller _value = Of(shape.Value);

    internal override string Struct => _value.Struct;

    internal override string Load(string address, string name) => _value.Load(address, name);

    internal override string Store(string address, string value, string name) => _value.Store(address, value, name);
}
