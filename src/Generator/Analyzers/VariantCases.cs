using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>The cases of a generated variant, and those that patterns are about.</summary>
internal static class VariantCases
{
    /// <summary>The cases of a variant that WIT describes; null for another type.</summary>
    internal static INamedTypeSymbol[]? Of(ITypeSymbol? type) =>
        type is INamedTypeSymbol { IsAbstract: true, IsRecord: true } variant
        && variant.FindAttribute("WasmVariantAttribute") is not null
        && variant.IsGenerated()
        && variant.GetMembers("Match").Any(static member => member is IMethodSymbol { IsGenericMethod: true })
            ? [.. variant.GetTypeMembers().Where(
                member => SymbolEqualityComparer.Default.Equals(member.BaseType, variant))]
            : null;

    /// <summary>Whether a pattern is about a case in any way, or about all.</summary>
    internal static bool Names(IPatternOperation pattern, INamedTypeSymbol one) => pattern switch
    {
        IBinaryPatternOperation either => Names(either.LeftPattern, one) || Names(either.RightPattern, one),
        INegatedPatternOperation not => !Covers(not.Pattern, one),
        IConstantPatternOperation => false,
        _ => MayBe(pattern.NarrowedType, one),
    };

    /// <summary>Whether a pattern matches every value of a case.</summary>
    internal static bool Covers(IPatternOperation pattern, INamedTypeSymbol one) => pattern switch
    {
        IDiscardPatternOperation => true,
        IDeclarationPatternOperation declared => MayBe(declared.MatchedType, one),
        ITypePatternOperation typed => MayBe(typed.MatchedType, one),
        IRecursivePatternOperation parts => MayBe(parts.MatchedType, one)
            && parts.DeconstructionSubpatterns.Concat(parts.PropertySubpatterns.Select(static part => part.Pattern))
                .All(IsAny),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either =>
            Covers(either.LeftPattern, one) || Covers(either.RightPattern, one),
        INegatedPatternOperation not => !Names(not.Pattern, one),
        _ => false,
    };

    /// <summary>Whether a pattern matches everything.</summary>
    internal static bool IsAny(IPatternOperation pattern) =>
        pattern is IDiscardPatternOperation or IDeclarationPatternOperation { MatchedType: null, MatchesNull: true };

    private static bool MayBe(ITypeSymbol? type, INamedTypeSymbol one) =>
        type is null
        || SymbolEqualityComparer.Default.Equals(type, one)
        || SymbolEqualityComparer.Default.Equals(type, one.BaseType);
}
