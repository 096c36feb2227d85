using System.Text;
using WasmBindgen.Components.Format;

namespace WasmBindgen.Build.Wit;

/// <summary>Types as WIT has them where they are used.</summary>
internal sealed class TypeTexts(TypeNames names)
{
    /// <summary>In characters. A few types may refer to each other so that their text never ends.</summary>
    internal const int MaxText = 16 << 20;

    private readonly StringBuilder _text = new();

    /// <summary>A type's name in a scope, or its structure if it has none.</summary>
    internal string Of(TypeEntity type, WitScope scope) => Text(() => Append(type, scope));

    /// <summary>What a type is.</summary>
    internal string Structure(TypeEntity type, WitScope scope) =>
        Text(() => AppendStructure(type, scope, hasName: true));

    /// <summary>The type of a function.</summary>
    /// <param name="kind">What it is to a resource, or an empty string.</param>
    /// <param name="function">Its type.</param>
    /// <param name="scope">Where it is.</param>
    internal string Function(string kind, FunctionEntity function, WitScope scope) => Text(() =>
    {
        bool isConstructor = kind == "constructor";
        _text.Append(kind == "static" ? "static " : "").Append(function.IsAsync ? "async " : "");
        _text.Append(isConstructor ? "constructor(" : "func(");
        string separator = "";
        foreach (TypedMember parameter in function.Parameters.Skip(kind == "method" ? 1 : 0))
        {
            _text.Append(separator).Append(WitNames.Label(parameter.Name)).Append(": ");
            Append(parameter.Type!, scope);
            separator = ", ";
        }

        _text.Append(')');
        if (function.Result is { } result && !(isConstructor && result.Kind == TypeKind.Own))
        {
            _text.Append(" -> ");
            Append(result, scope);
        }
    });

    private string Text(Action append)
    {
        append();
        string text = _text.ToString();
        _text.Clear();
        return text;
    }

    private void Append(TypeEntity type, WitScope scope)
    {
        if (_text.Length > MaxText)
        {
            throw new InvalidDataException($"a type is longer than {MaxText} characters");
        }

        if (names.Of(type) is not { } name)
        {
            AppendStructure(type, scope, hasName: false);
        }
        else
        {
            _text.Append(WitNames.Label((name.Scope == scope ? name : scope.Uses[name]).Name));
        }
    }

    private void AppendStructure(TypeEntity type, WitScope scope, bool hasName)
    {
        switch (type.Kind)
        {
            case TypeKind.Primitive:
                _text.Append(type.Members[0].Name);
                break;
            case TypeKind.List:
                AppendGeneric("list", type, scope);
                break;
            case TypeKind.FixedList:
                AppendGeneric("list", type, scope);
                _text.Length--;
                _text.Append(", ").Append(type.Length).Append('>');
                break;
            case TypeKind.Map:
                AppendGeneric("map", type, scope);
                break;
            case TypeKind.Tuple:
                AppendGeneric("tuple", type, scope);
                break;
            case TypeKind.Option:
                AppendGeneric("option", type, scope);
                break;
            case TypeKind.Result:
                AppendGeneric("result", type, scope);
                break;
            case TypeKind.Own when !hasName:
                Append(type.Members[0].Type!, scope);
                break;
            case TypeKind.Own:
                AppendGeneric("own", type, scope);
                break;
            case TypeKind.Borrow:
                AppendGeneric("borrow", type, scope);
                break;
            case TypeKind.Stream:
                AppendGeneric("stream", type, scope);
                break;
            case TypeKind.Future:
                AppendGeneric("future", type, scope);
                break;
            default:
                throw new InvalidDataException($"a type of the kind '{type.Kind}' has no name");
        }
    }

    /// <summary>What is missing at the end is left out, and elsewhere is <c>_</c>.</summary>
    private void AppendGeneric(string name, TypeEntity type, WitScope scope)
    {
        _text.Append(name);
        int count = type.Members.Length;
        while (count > 0 && type.Members[count - 1].Type is null)
        {
            count--;
        }

        for (int i = 0; i < count; i++)
        {
            _text.Append(i == 0 ? "<" : ", ");
            if (type.Members[i].Type is { } member)
            {
                Append(member, scope);
            }
            else
            {
                _text.Append('_');
            }
        }

        _text.Append(count > 0 ? ">" : "");
    }
}
