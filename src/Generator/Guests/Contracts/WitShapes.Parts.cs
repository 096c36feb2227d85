using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <content>Types of which others have written something.</content>
internal sealed partial class WitShapes
{
    /// <summary>A type and its shape with what its author wrote; no type if that is all of it.</summary>
    private (DeclaredType? Type, Shape Shape) With(WitPart part, DeclaredType type, Shape shape)
    {
        if (part.Path is null)
        {
            return (type with { IsPublic = part.IsPublic }, shape);
        }

        return (shape, part) switch
        {
            (_, { Custom: { } custom }) => (null, new CustomShape(part.FullName, CrossingOf(type)!, custom.Marshaller)
            {
                IsReference = part.IsReference == true,
            }),
            (RecordShape record, { Fields: { } own }) => (null, record with
            {
                Fields = new Fields(
                    own.Construction,
                    record.Fields.Items.Select((field, i) => field with { Member = own.Items[i].Member })
                        .ToEquatableArray()),
                IsSequential = own.IsSequential,
                HasCode = own.HasCode,
            }),
            (EnumShape numbers, { Enum: { } own }) => (null, own with { Struct = numbers.Struct }),
            _ => (type with { Namespace = part.Namespace, IsPublic = part.IsPublic }, shape),
        };
    }

    /// <summary>Why what its author wrote of a type cannot be; null if it can.</summary>
    private string? ProblemOf(WitPart part, DeclaredType type) =>
        part.Path is null ? (part.FieldCount is null ? Unpartial(part, type) : null)
        : part.Problem is { } problem ? problem
        : part.Custom is not null && CrossingOf(type) is { } crossing ? Difference(part, crossing)
        : Problem(part, type);

    /// <summary>Why a type of the generated one's name is no part of it.</summary>
    private static string? Unpartial(WitPart part, DeclaredType type) => type is DeclaredEnum || !part.IsPartial
        ? $"it has its name: rename it, or put [WitType(\"{type.Docs.Path}\")] on it to use it as it is"
        : type is DeclaredVariant ? (part.Kind == WitPartKind.RecordClass ? null : "it must be a record class")
        : part.Kind is WitPartKind.RecordClass or WitPartKind.RecordStruct ? null
        : "it must be a record";

    /// <summary>What a marshaller must convert a type to; null where there is nothing.</summary>
    private Shape? CrossingOf(DeclaredType type) => type is not DeclaredRecord { Fields: var fields } ? null
        : fields.Count == 1 ? fields[0].Value
        : Tuple([.. fields.Select(static field => field.Value)]);

    private static string? Difference(WitPart part, Shape crossing) =>
        part.Custom!.Value.Crossing is { } have && have == crossing.Type ? null
        : $"its marshaller must convert it to `{Short(crossing.Type)}`"
            + (part.Custom.Value.Crossing is { } other ? $", and converts to `{Short(other)}`" : "");

    private static string Short(string type) => type.Replace("global::", "");

    /// <summary>Why a type cannot be that of WIT; null if it can.</summary>
    private static string? Problem(WitPart part, DeclaredType type) => (type, part) switch
    {
        (_, { Custom: not null }) => "only a record can be a type that has a marshaller",
        (DeclaredRecord record, { Fields: { } own }) => own.Difference(record.Fields),
        (DeclaredRecord, { Kind: WitPartKind.RecordClass or WitPartKind.RecordStruct }) => Unfilled(part, "record"),
        (DeclaredRecord, _) => "it must be a record",
        (DeclaredVariant, { Kind: WitPartKind.RecordClass }) => Unfilled(part, "variant"),
        (DeclaredVariant, _) => "it must be a partial record, of which the cases are generated",
        (DeclaredEnum numbers, { Enum: { } own }) => Difference(numbers, own),
        _ => "it must be an enum",
    };

    private static string? Unfilled(WitPart part, string what) => part.IsPartial && !part.HasFields
        ? null
        : $"it must have what the {what} has, or be partial and have no fields";

    private static string? Difference(DeclaredEnum numbers, EnumShape own)
    {
        string want = Names(numbers.Members.Select((member, i) =>
            (member.Name, numbers.IsFlags ? (decimal)(1UL << i) : i)));
        string have = Names(own.Members
            .Where(member => !numbers.IsFlags || member.Value != 0)
            .Select(static member => (member.Name, member.Value)));
        return numbers.IsFlags != own.IsFlags
            ? $"it must be {(numbers.IsFlags ? "" : "no ")}[Flags]"
            : want == have ? null
            : $"its members must be {want}, and are {have}";
    }

    private static string Names(IEnumerable<(string Name, decimal Value)> members) => string.Join(
        ", ", members.OrderBy(static one => one.Value).Select(static one => $"`{one.Name} = {one.Value}`"));
}
