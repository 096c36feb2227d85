using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>
/// Silences CS8509 ("not exhaustive") on <c>switch</c> expressions that have all cases of a variant of WIT: it has a
/// private constructor, so that there are no others.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class VariantSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor HasAllCases = new(
        "WBGS0002", "CS8509", "All cases of the variant are there");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
        ImmutableArray.Create(HasAllCases);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree
                && tree.GetRoot(context.CancellationToken)
                    .FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
                    .FirstAncestorOrSelf<SwitchExpressionSyntax>() is { } syntax
                && context.GetSemanticModel(tree).GetOperation(syntax, context.CancellationToken)
                    is ISwitchExpressionOperation choice
                && VariantCases.Of(choice.Value.Type) is { } cases
                && cases.All(one => choice.Arms.Any(
                    arm => arm.Guard is null && VariantCases.Covers(arm.Pattern, one)))
                && (!VariantCases.MayBeNull(choice, context.CancellationToken)
                    || choice.Arms.Any(static arm => arm.Guard is null && VariantCases.CoversNull(arm.Pattern))))
            {
                context.ReportSuppression(Suppression.Create(HasAllCases, diagnostic));
            }
        }
    }
}
