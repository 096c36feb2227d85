using System.Text;
using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Symbols;

/// <summary>How C# names become wasm names. The numbers are those of the runtime's <c>Naming</c>.</summary>
internal enum NamingPolicy
{
    Default,
    SnakeCase,
    Exact,
    CamelCase,
    KebabCase,
}

/// <summary>How the members of one class are named, unless they have a <c>[WasmName]</c>.</summary>
/// <param name="Policy">How their C# names become wasm names.</param>
/// <param name="Prefix">What goes before those; empty for nothing.</param>
internal readonly record struct MemberNaming(NamingPolicy Policy, string Prefix);

/// <summary>The wasm names of members.</summary>
internal static class Names
{
    /// <summary>What an attribute sets, with the policy <paramref name="fallback"/> if it sets none.</summary>
    internal static MemberNaming NamingOf(AttributeData attribute, NamingPolicy fallback)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument is { Key: "Naming", Value.Value: int value } && value != (int)NamingPolicy.Default)
            {
                fallback = (NamingPolicy)value;
            }
        }

        return new MemberNaming(fallback, attribute.Named("Prefix") ?? "");
    }

    /// <summary>
    /// What the attribute of a guest class sets. The names of an interface are in kebab case, and have its name before
    /// them, as components have them.
    /// </summary>
    internal static MemberNaming NamingOfExports(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: string name }])
        {
            return NamingOf(attribute, NamingPolicy.SnakeCase);
        }

        MemberNaming naming = NamingOf(attribute, NamingPolicy.KebabCase);
        return naming with { Prefix = $"{name}#{naming.Prefix}" };
    }

    /// <summary>
    /// The policy of an import module that sets none: the name of a component's interface, such as
    /// <c>wasi:io/streams</c>, goes with the component's way of naming. A file such as <c>./guest.js</c> is none.
    /// </summary>
    internal static NamingPolicy PolicyOf(string module) =>
        module.IndexOfAny([':', '/']) >= 0 && module[0] != '.' ? NamingPolicy.KebabCase : NamingPolicy.SnakeCase;

    /// <summary>
    /// A member's wasm name: what <c>[WasmName]</c> says, even if that is null, or its own by what the class says.
    /// </summary>
    internal static string? WasmName(ISymbol member, MemberNaming naming) =>
        member.FindAttribute("WasmNameAttribute")
            is { ConstructorArguments: [{ Kind: not TypedConstantKind.Error } name] }
            ? name.Value as string
            : naming.Prefix + Apply(naming.Policy, member.Name);

    internal static string Apply(NamingPolicy policy, string name) => policy switch
    {
        NamingPolicy.Exact => name,
        NamingPolicy.CamelCase => CamelCase(name),
        NamingPolicy.KebabCase => Separate(name, '-'),
        _ => Separate(name, '_'),
    };

    /// <summary>Whether a text cannot be written in UTF-8.</summary>
    internal static bool HasUnpairedSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i])
                && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return true;
            }
        }

        return false;
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

    /// <summary>
    /// A word begins at an upper-case letter behind a lower-case one or a digit, and at the last of an acronym's
    /// letters.
    /// </summary>
    private static string Separate(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (char.IsUpper(c))
            {
                bool afterWord = i > 0 && (char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1]));
                bool endsAcronym = i > 0
                    && char.IsUpper(name[i - 1])
                    && i + 1 < name.Length
                    && char.IsLower(name[i + 1]);
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
