using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
                .All(CoversInput),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either =>
            Covers(either.LeftPattern, one) || Covers(either.RightPattern, one),
        IBinaryPatternOperation both => Covers(both.LeftPattern, one) && Covers(both.RightPattern, one),
        INegatedPatternOperation not => !Names(not.Pattern, one),
        _ => false,
    };

    /// <summary>Whether a pattern matches everything.</summary>
    internal static bool IsAny(IPatternOperation pattern) =>
        pattern is IDiscardPatternOperation or IDeclarationPatternOperation { MatchedType: null, MatchesNull: true };

    /// <summary>Whether the value of a <c>switch</c> expression may be null, as far as the compiler knows.</summary>
    internal static bool MayBeNull(ISwitchExpressionOperation choice, CancellationToken cancellation) =>
        choice.SemanticModel?.GetTypeInfo(((SwitchExpressionSyntax)choice.Syntax).GoverningExpression, cancellation)
            .Nullability is { FlowState: NullableFlowState.MaybeNull, Annotation: NullableAnnotation.Annotated };

    /// <summary>Whether a pattern matches null.</summary>
    internal static bool CoversNull(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => true,
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either =>
            CoversNull(either.LeftPattern) || CoversNull(either.RightPattern),
        IBinaryPatternOperation both => CoversNull(both.LeftPattern) && CoversNull(both.RightPattern),
        INegatedPatternOperation not => !CoversNull(not.Pattern),
        _ => IsAny(pattern),
    };

    /// <summary>Whether a pattern matches every value that can be there.</summary>
    private static bool CoversInput(IPatternOperation pattern) => IsAny(pattern) || pattern switch
    {
        IDeclarationPatternOperation declared => IsAll(declared.InputType, declared.MatchedType),
        ITypePatternOperation typed => IsAll(typed.InputType, typed.MatchedType),
        IRecursivePatternOperation parts => IsAll(parts.InputType, parts.MatchedType)
            && parts.DeconstructionSubpatterns.Concat(parts.PropertySubpatterns.Select(static part => part.Pattern))
                .All(CoversInput),
        _ => false,
    };

    /// <summary>Whether all values of a type, which is not to be null, are of another one.</summary>
    private static bool IsAll(ITypeSymbol input, ITypeSymbol? matched)
    {
        if (input.NullableAnnotation == NullableAnnotation.Annotated
            || input.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return false;
        }

        for (ITypeSymbol? part = input; part is not null; part = part.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(part, matched))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayBe(ITypeSymbol? type, INamedTypeSymbol one) =>
        type is null
        || SymbolEqualityComparer.Default.Equals(type, one)
        || SymbolEqualityComparer.Default.Equals(type, one.BaseType);
}
