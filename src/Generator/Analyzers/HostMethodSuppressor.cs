using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>
/// Silences CA1822 ("can be made static") on host functions: whether one needs its object today is an accident of its
/// body, and being an instance method of the host object is what it is for.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HostMethodSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor CanBeStatic = new(
        "WBGS0001", "CA1822", "Host functions are called through their host object");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
        ImmutableArray.Create(CanBeStatic);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
            {
                continue;
            }

            SyntaxNode node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            SemanticModel model = context.GetSemanticModel(tree);
            if (model.GetDeclaredSymbol(node, context.CancellationToken) is IMethodSymbol method
                && method.ContainingType.FindAttribute("WasmImportAttribute") is not null
                && HostMethods.IsHostFunction(method))
            {
                context.ReportSuppression(Suppression.Create(CanBeStatic, diagnostic));
            }
        }
    }
}
