using System.Text;
using WasmBindgen.Components.Format;

namespace WasmBindgen.Components;

/// <summary>Types in the words of WIT, for people. Types are written out, as a component need not name them.</summary>
internal static class WitText
{
    // Types are trees on paper, and the same part may be in them a million times.
    private const int MaxLength = 2000;

    internal static string Of(Entity entity)
    {
        var text = new StringBuilder();
        switch (entity)
        {
            case FunctionEntity function:
                Write(function, text);
                break;
            case TypeEntity type:
                Write(type, text);
                break;
            case InstanceEntity:
                text.Append("interface");
                break;
            default:
                text.Append(entity is CoreModuleEntity ? "core module" : "component");
                break;
        }

        return text.Length <= MaxLength ? text.ToString() : $"{text.ToString(0, MaxLength)}…";
    }

    private static void Write(FunctionEntity function, StringBuilder text)
    {
        text.Append("func(");
        WriteMembers(function.Parameters, text, hasNames: true);
        text.Append(')');
        if (function.Result is { } result)
        {
            Write(result, text.Append(" -> "));
        }
    }

    private static void Write(TypeEntity type, StringBuilder text)
    {
        if (text.Length > MaxLength)
        {
            return;
        }

        switch (type.Kind)
        {
            case TypeKind.Primitive:
                text.Append(type.Members[0].Name);
                return;
            case TypeKind.Own or TypeKind.Borrow:
                text.Append(type.Kind == TypeKind.Own ? "" : "borrow<")
                    .Append((type.Members[0].Type?.Root.Origin as ImportedResource)?.Name ?? "resource")
                    .Append(type.Kind == TypeKind.Own ? "" : ">");
                return;
            case TypeKind.Resource:
                text.Append("resource");
                return;
            case TypeKind.Record or TypeKind.Variant or TypeKind.Flags or TypeKind.Enum:
                text.Append(type.Kind.ToString().ToLowerInvariant()).Append(" { ");
                WriteMembers(type.Members, text, hasNames: true);
                text.Append(" }");
                return;
            default:
                text.Append(type.Kind == TypeKind.FixedList ? "list" : type.Kind.ToString().ToLowerInvariant());
                if (type.Members.Any(static member => member.Type is not null))
                {
                    text.Append('<');
                    WriteMembers(type.Members, text, hasNames: false);
                    text.Append(type.Kind == TypeKind.FixedList ? $", {type.Length}>" : ">");
                }

                return;
        }
    }

    private static void WriteMembers(TypedMember[] members, StringBuilder text, bool hasNames)
    {
        for (int i = 0; i < members.Length && text.Length <= MaxLength; i++)
        {
            (string name, TypeEntity? type) = members[i];
            text.Append(i > 0 ? ", " : "")
                .Append(hasNames ? name : "")
                .Append(hasNames && type is not null ? ": " : "");
            if (type is not null)
            {
                Write(type, text);
            }
            else if (!hasNames)
            {
                text.Append('_');
            }
        }
    }
}
