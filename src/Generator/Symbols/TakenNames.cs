using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Symbols;

/// <summary>
/// The names that a generated member of a class cannot have, since it would hide what the class's author means by them.
/// </summary>
internal sealed class TakenNames
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, Dictionary<string, bool>> TypesOfAssembly = new();

    private readonly HashSet<string> _names;
    private readonly INamedTypeSymbol? _type;

    /// <summary>Names that are taken among themselves alone, such as those of parameters and locals.</summary>
    internal TakenNames(IEnumerable<string> names) => _names = new(names, StringComparer.Ordinal);

    private TakenNames(INamedTypeSymbol type)
        : this([]) => _type = type;

    /// <summary>The names of a class's members, of those of its base types, and of the types around it.</summary>
    internal static TakenNames Of(INamedTypeSymbol type) => new(type);

    internal void Add(IEnumerable<string> names) => _names.UnionWith(names);

    /// <summary>
    /// The first of <paramref name="name"/>, <c>name_</c>, <c>name__</c> … that is not taken; takes it.
    /// </summary>
    internal string Unique(string name)
    {
        while (IsMember(name) || !_names.Add(name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>The same for a nested type, which hides types of any namespace too.</summary>
    internal string UniqueType(string name)
    {
        while (IsType(name) || IsMember(name) || !_names.Add(name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>Asked of the symbols: of the names of all members, few are ever wanted.</summary>
    private bool IsMember(string name)
    {
        for (INamedTypeSymbol? around = _type; around is not null; around = around.ContainingType)
        {
            if (around.Name == name)
            {
                return true;
            }

            for (INamedTypeSymbol? part = around; part is not null; part = part.BaseType)
            {
                if (part.GetMembers(name).Any(static member => !member.IsGenerated()))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a type of the compilation or of a reference has a name. Asked for few names, of many classes.
    /// </summary>
    private bool IsType(string name)
    {
        if (_type?.ContainingAssembly is not { } assembly)
        {
            return false;
        }

        Dictionary<string, bool> known = TypesOfAssembly.GetOrCreateValue(assembly);
        lock (known)
        {
            if (!known.TryGetValue(name, out bool isType))
            {
                isType = assembly.TypeNames.Contains(name)
                    || assembly.Modules.Any(module =>
                        module.ReferencedAssemblySymbols.Any(reference => reference.TypeNames.Contains(name)));
                known.Add(name, isType);
            }

            return isType;
        }
    }
}
