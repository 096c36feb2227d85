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
    private readonly IAssemblySymbol? _assembly;

    /// <summary>Names that are taken among themselves alone, such as those of parameters and locals.</summary>
    internal TakenNames(IEnumerable<string> names) => _names = new(names, StringComparer.Ordinal);

    private TakenNames(HashSet<string> names, IAssemblySymbol assembly) => (_names, _assembly) = (names, assembly);

    /// <summary>The names of a class's members, of those of its base types, and of the types around it.</summary>
    internal static TakenNames Of(INamedTypeSymbol type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (INamedTypeSymbol? around = type; around is not null; around = around.ContainingType)
        {
            names.Add(around.Name);
            for (INamedTypeSymbol? part = around;
                part is { SpecialType: not SpecialType.System_Object };
                part = part.BaseType)
            {
                foreach (ISymbol member in part.GetMembers())
                {
                    if (!member.IsGenerated())
                    {
                        names.Add(member.Name);
                    }
                }
            }
        }

        names.UnionWith(
            ["Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize"]);
        return new TakenNames(names, type.ContainingAssembly);
    }

    internal void Add(IEnumerable<string> names) => _names.UnionWith(names);

    /// <summary>
    /// The first of <paramref name="name"/>, <c>name_</c>, <c>name__</c> … that is not taken; takes it.
    /// </summary>
    internal string Unique(string name)
    {
        while (!_names.Add(name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>The same for a nested type, which hides types of any namespace too.</summary>
    internal string UniqueType(string name)
    {
        while (IsType(name) || !_names.Add(name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>
    /// Whether a type of the compilation or of a reference has a name. Asked for few names, of many classes.
    /// </summary>
    private bool IsType(string name)
    {
        if (_assembly is null)
        {
            return false;
        }

        Dictionary<string, bool> known = TypesOfAssembly.GetOrCreateValue(_assembly);
        lock (known)
        {
            if (!known.TryGetValue(name, out bool isType))
            {
                isType = _assembly.TypeNames.Contains(name)
                    || _assembly.Modules.Any(module =>
                        module.ReferencedAssemblySymbols.Any(reference => reference.TypeNames.Contains(name)));
                known.Add(name, isType);
            }

            return isType;
        }
    }
}
