using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Symbols;

/// <summary>
/// What is marked <c>[Obsolete]</c>. As an error it may be used only by what is obsolete itself, and no pragma helps.
/// </summary>
internal static class Obsolete
{
    internal static bool Is(ISymbol symbol) =>
        symbol.GetAttributes().Any(
            static attribute => attribute.AttributeClass.IsSystemType(nameof(ObsoleteAttribute)));

    /// <summary>Whether a type, or one that it names, is obsolete or has a member that is.</summary>
    internal static bool IsIn(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is { SpecialType: SpecialType.None }; part = part.BaseType)
        {
            if (part.GetMembers().Any(static member =>
                Is(member) || (member is INamedTypeSymbol nested && nested.GetMembers().Any(Is))))
            {
                return true;
            }
        }

        return Mentions(type);
    }

    private static bool Mentions(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Mentions(array.ElementType),
        INamedTypeSymbol named =>
            Is(named) || named.TypeArguments.Any(Mentions) || (named.ContainingType is { } outer && Mentions(outer)),
        _ => false,
    };
}
