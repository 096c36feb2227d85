using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>Tells where a world's record <c>Imports</c> gets null in place of a host's object.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ImportsAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.NoImplementation);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(AnalyzeCreation, OperationKind.ObjectCreation);
        context.RegisterOperationAction(AnalyzeAssignment, OperationKind.SimpleAssignment);
    }

    private static void AnalyzeCreation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!IsImports(creation.Type))
        {
            return;
        }

        foreach (IArgumentOperation argument in creation.Arguments)
        {
            Report(context, creation.Type!, argument.Parameter?.Name, argument.Value);
        }
    }

    /// <summary>Also those of initializers, and of <c>with</c>.</summary>
    private static void AnalyzeAssignment(OperationAnalysisContext context)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: var property }
            && IsImports(property.ContainingType))
        {
            Report(context, property.ContainingType, property.Name, assignment.Value);
        }
    }

    private static void Report(
        OperationAnalysisContext context, ITypeSymbol imports, string? name, IOperation value)
    {
        if (name is not null && value is { ConstantValue: { HasValue: true, Value: null } })
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NoImplementation, value.Syntax.GetLocation(), name, imports.ContainingType.Name));
        }
    }

    private static bool IsImports(ITypeSymbol? type) =>
        type is { Name: "Imports", IsRecord: true, ContainingType: { } world }
        && world.FindAttribute("WasmWorldAttribute") is not null;
}
