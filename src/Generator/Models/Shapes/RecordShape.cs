using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

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
internal sealed record Field(string Name, string Member, Shape Value);

/// <summary>Fields one after the other, and how to make and take apart the object that has them.</summary>
/// <param name="Construction">How it is made.</param>
/// <param name="Items">The fields in order.</param>
internal sealed record Fields(Construction Construction, EquatableArray<Field> Items)
{
    internal IEnumerable<Shape> Values => Items.Select(static item => item.Value);

    internal EquatableArray<CoreType> Flat { get; } =
        Items.SelectMany(static item => item.Value.Flat).ToEquatableArray();

    internal Layout Layout { get; } = Layout.OfFields(Items.Select(static item => item.Value.Layout));
}

/// <summary>A record, a tuple, or a struct or class with <c>[WasmRecord]</c>.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Struct">The name for the struct that reads and writes it.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="IsReference">Whether it can be null, which it must not when it goes to the guest.</param>
/// <param name="IsSequential">Whether it is a struct that has its fields, and nothing else, in this order.</param>
/// <param name="HasCode">Whether code of the user's runs when one is made or taken apart.</param>
internal sealed record RecordShape(
    string Type, string Struct, Fields Fields, bool IsReference, bool IsSequential, bool HasCode)
    : Shape(Type, Fields.Flat, Fields.Layout)
{
    internal override IEnumerable<Shape> Parts => Fields.Values;

    internal override bool CanBeUnfit => IsReference || base.CanBeUnfit;

    internal override bool IsBlittable => IsSequential && Fields.Values.All(static value => value.IsBlittable);

    /// <summary>
    /// Whether a copy of its bytes is as good as one field by field. Bytes that are no field's may hold the host's own,
    /// which must not go to a guest.
    /// </summary>
    internal bool IsCopied => IsBlittable && !HasCode
        && Layout.Size == Fields.Values.Sum(static value => value.Layout.Size)
        && Fields.Values.All(static value => value is not RecordShape { IsCopied: false });
}
