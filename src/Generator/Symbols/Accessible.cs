using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Symbols;

/// <summary>What generated code can name and use.</summary>
internal static class Accessible
{
    /// <summary>Whether generated code, which is in another file, cannot name a type.</summary>
    internal static bool IsFileLocal(ITypeSymbol type) =>
        type is INamedTypeSymbol named
        && (named.IsFileLocal
            || (named.ContainingType is { } outer && IsFileLocal(outer))
            || named.TypeArguments.Any(IsFileLocal));

    /// <summary>Whether other assemblies see a type, were it only to derive from one around it.</summary>
    internal static bool IsVisible(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (part.DeclaredAccessibility
                is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether code in a class may use a symbol, apart from what it inherits.</summary>
    internal static bool CanUse(INamedTypeSymbol user, ISymbol symbol)
    {
        for (ISymbol? part = symbol; part is not null; part = part.ContainingType)
        {
            bool canUse = part.DeclaredAccessibility switch
            {
                Accessibility.Public or Accessibility.NotApplicable => true,
                Accessibility.Internal or Accessibility.ProtectedOrInternal =>
                    IsFriend(part.ContainingAssembly, user.ContainingAssembly),
                _ => IsInside(user, part.ContainingType),
            };
            if (!canUse)
            {
                return false;
            }
        }

        return true;

        static bool IsFriend(IAssemblySymbol owner, IAssemblySymbol user) =>
            SymbolEqualityComparer.Default.Equals(owner, user) || owner.GivesAccessTo(user);

        static bool IsInside(INamedTypeSymbol? inner, INamedTypeSymbol? outer) =>
            inner is not null
                && (SymbolEqualityComparer.Default.Equals(inner, outer) || IsInside(inner.ContainingType, outer));
    }
}
