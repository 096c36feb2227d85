using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>
/// Looks for what a host method is lent for one call, a <c>Memory</c> or <c>ReadOnlyMemory</c> of numbers or structs of
/// such, and keeps.
/// </summary>
/// <remarks>What it returns is copied to the guest before the loan ends.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoanAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.KeptLoan);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockAction(AnalyzeBody);
    }

    private static void AnalyzeBody(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol method || !HostMethods.IsHostFunctionOfBinding(method))
        {
            return;
        }

        var loans = new HashSet<ISymbol>(method.Parameters.Where(IsLent), SymbolEqualityComparer.Default);
        if (loans.Count == 0)
        {
            return;
        }

        IOperation[] uses = [.. context.OperationBlocks
            .SelectMany(static block => block.DescendantsAndSelf())
            .Where(static operation => operation is IParameterReferenceOperation or ILocalReferenceOperation)];
        bool grows; // a local that shows the same may be assigned before, in a loop
        do
        {
            grows = false;
            foreach (IOperation use in uses.Where(use => loans.Contains(Symbol(use))))
            {
                grows |= Local(Whole(use)) is { } local && loans.Add(local);
            }
        }
        while (grows);

        foreach (IOperation use in uses.Where(use => loans.Contains(Symbol(use))))
        {
            if (IsStored(Whole(use)) || IsCaptured(use))
            {
                context.ReportDiagnostic(
                    Diagnostic.Create(Descriptors.KeptLoan, use.Syntax.GetLocation(), Symbol(use).Name, method.Name));
            }
        }
    }

    private static bool IsLent(IParameterSymbol parameter) =>
        (parameter.Type.IsSystemType("Memory") || parameter.Type.IsSystemType("ReadOnlyMemory"))
        && new ShapeFinder(new TakenNames([]), parameter.ContainingType, CancellationToken.None)
            .Of(parameter, Direction.FromGuest).Shape is LentMemoryShape;

    private static ISymbol Symbol(IOperation use) =>
        use is IParameterReferenceOperation parameter ? parameter.Parameter : ((ILocalReferenceOperation)use).Local;

    /// <summary>The expression that still shows the same memory.</summary>
    private static IOperation Whole(IOperation use)
    {
        while (use.Parent is { } around && ShowsTheSame(around, use))
        {
            use = around;
        }

        return use;
    }

    /// <summary>Whether it is a slice, a conversion, one branch of two and the like.</summary>
    private static bool ShowsTheSame(IOperation around, IOperation part) => around switch
    {
        IInvocationOperation { TargetMethod.Name: "Slice" } slice => slice.Instance == part,
        IImplicitIndexerReferenceOperation { IndexerSymbol: IMethodSymbol } range => range.Instance == part, // [1..]
        IConditionalOperation choice => choice.Condition != part,
        _ =>
            around is IConversionOperation
                or IParenthesizedOperation
                or ICoalesceOperation
                or ISwitchExpressionArmOperation
                or ISwitchExpressionOperation
                or ITupleOperation,
    };

    /// <summary>The local that it becomes.</summary>
    private static ISymbol? Local(IOperation whole) => whole.Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when assignment.Value == whole =>
            target.Local,
        _ => null,
    };

    private static bool IsStored(IOperation whole) =>
        whole.Parent is IAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation } assignment
            && assignment.Value == whole;

    private static bool IsCaptured(IOperation use)
    {
        for (IOperation? part = use.Parent; part is not null; part = part.Parent)
        {
            if (part is IAnonymousFunctionOperation { Symbol: var lambda })
            {
                return !SymbolEqualityComparer.Default.Equals(Symbol(use).ContainingSymbol, lambda);
            }

            if (part is ILocalFunctionOperation { Symbol: var function })
            {
                return !SymbolEqualityComparer.Default.Equals(Symbol(use).ContainingSymbol, function);
            }
        }

        return false;
    }
}
