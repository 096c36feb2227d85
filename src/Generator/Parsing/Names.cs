using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Parsing;

/// <summary>How C# names become wasm names. The numbers are those of the runtime's <c>Naming</c>.</summary>
internal enum NamingPolicy
{
    Default,
    SnakeCase,
    Exact,
    CamelCase,
    KebabCase,
}

internal static class Names
{
    /// <summary>The policy that an attribute sets, or <paramref name="fallback"/>.</summary>
    internal static NamingPolicy Policy(AttributeData attribute, NamingPolicy fallback)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument is { Key: "Naming", Value.Value: int value } && value != (int)NamingPolicy.Default)
            {
                return (NamingPolicy)value;
            }
        }

        return fallback;
    }

    /// <summary>A member's wasm name: what <c>[WasmName]</c> says, even if that is null, or its own by the policy.</summary>
    internal static string? WasmName(ISymbol member, NamingPolicy policy) =>
        member.FindAttribute("WasmNameAttribute") is { ConstructorArguments: [{ Kind: not TypedConstantKind.Error } name] }
            ? name.Value as string
            : Apply(policy, member.Name);

    internal static string Apply(NamingPolicy policy, string name) => policy switch
    {
        NamingPolicy.Exact => name,
        NamingPolicy.CamelCase => CamelCase(name),
        NamingPolicy.KebabCase => Separate(name, '-'),
        _ => Separate(name, '_'),
    };

    /// <summary>An identifier as C# source text: keywords get their <c>@</c>.</summary>
    internal static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(identifier) != SyntaxKind.None
            ? "@" + identifier
            : identifier;

    /// <summary>The first of <paramref name="name"/>, <c>name_</c>, <c>name__</c> … that is not taken; takes it.</summary>
    internal static string Unique(string name, HashSet<string> taken)
    {
        while (!taken.Add(name))
        {
            name += "_";
        }

        return name;
    }

    internal static string CamelCase(string name)
    {
        int start = 0;
        while (start < name.Length && name[start] == '_')
        {
            start++;
        }

        // The first word goes to lower case as a whole, acronym or not: IOHandle is ioHandle.
        var text = new StringBuilder(name);
        for (int i = start; i < name.Length && char.IsUpper(name[i]); i++)
        {
            if (i > start && i + 1 < name.Length && char.IsLower(name[i + 1]))
            {
                break;
            }

            text[i] = char.ToLowerInvariant(name[i]);
        }

        return text.ToString();
    }

    /// <summary>A word begins at an upper-case letter behind a lower-case one or a digit, and at the last of an acronym's letters.</summary>
    private static string Separate(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (char.IsUpper(c))
            {
                bool afterWord = i > 0 && (char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1]));
                bool endsAcronym = i > 0 && char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1]);
                if (afterWord || endsAcronym)
                {
                    text.Append(separator);
                }

                text.Append(char.ToLowerInvariant(c));
            }
            else
            {
                text.Append(c == '_' && i > 0 ? separator : c);
            }
        }

        return text.ToString();
    }
}
