using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using WasmBindgen.Generator.Diagnostics;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>Tells where a <c>switch</c> forgets cases of a variant of WIT.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class VariantAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.ForgottenCases);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(AnalyzeExpression, OperationKind.SwitchExpression);
        context.RegisterOperationAction(AnalyzeStatement, OperationKind.Switch);
    }

    private static void AnalyzeExpression(OperationAnalysisContext context)
    {
        var choice = (ISwitchExpressionOperation)context.Operation;
        Analyze(
            context,
            choice.Value.Type,
            [.. choice.Arms.Select(static arm => arm.Pattern)],
            VariantCases.MayBeNull(choice, context.CancellationToken),
            ((SwitchExpressionSyntax)choice.Syntax).SwitchKeyword);
    }

    private static void AnalyzeStatement(OperationAnalysisContext context)
    {
        var choice = (ISwitchOperation)context.Operation;
        ICaseClauseOperation[] clauses = [.. choice.Cases.SelectMany(static one => one.Clauses)];
        if (!clauses.Any(static clause => clause is IDefaultCaseClauseOperation))
        {
            Analyze(
                context,
                choice.Value.Type,
                [.. clauses.OfType<IPatternCaseClauseOperation>().Select(static clause => clause.Pattern)],
                mustHaveNull: false,
                ((SwitchStatementSyntax)choice.Syntax).SwitchKeyword);
        }
    }

    private static void Analyze(
        OperationAnalysisContext context,
        ITypeSymbol? type,
        IPatternOperation[] patterns,
        bool mustHaveNull,
        SyntaxToken keyword)
    {
        if (VariantCases.Of(type) is not { } cases || patterns.Any(VariantCases.IsAny))
        {
            return; // it is about no variant, or about all other cases too
        }

        string[] forgotten =
        [
            .. cases.Where(one => !Array.Exists(patterns, pattern => VariantCases.Names(pattern, one)))
                .Select(static one => $"'{one.Name}'"),
            .. mustHaveNull && !Array.Exists(patterns, VariantCases.CoversNull) ? (string[])["null"] : [],
        ];
        if (forgotten.Length > 0)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.ForgottenCases, keyword.GetLocation(), type!.Name, string.Join(", ", forgotten)));
        }
    }
}
