using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>Reports what the generators' own parsers find, so that both always agree.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BindingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.NotPartial, Descriptors.NotClass, Descriptors.GenericClass, Descriptors.GenericMethod, Descriptors.RefReturn,
        Descriptors.AsyncVoid, Descriptors.StaticExport, Descriptors.InterruptsOutside, Descriptors.FileLocal,
        Descriptors.ConstructorExists, Descriptors.PropertyShape, Descriptors.BothSides, Descriptors.IgnoredResult, Descriptors.Timeout, Descriptors.ErrnoTwice, Descriptors.ErrnoReturn, Descriptors.ParameterType,
        Descriptors.ReturnType, Descriptors.InterruptType, Descriptors.ParameterByReference, Descriptors.PropertyType,
        Descriptors.DuplicateName, Descriptors.InvalidName);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        context.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
        context.RegisterOperationAction(AnalyzeStatement, OperationKind.ExpressionStatement);
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
        {
            return; // the attributes cannot be put on anything else, as the compiler says
        }

        var sink = new DiagnosticSink(context.ReportDiagnostic);
        AttributeData? import = type.FindAttribute("WasmImportAttribute");
        AttributeData? export = type.FindAttribute("WasmExportAttribute");
        if (import is not null)
        {
            ImportParser.Parse(type, import, sink, context.CancellationToken);
        }
        else if (type.FindAttribute("InterruptsAttribute") is not null)
        {
            sink.Report(Descriptors.InterruptsOutside, type, type.Name);
        }

        if (export is not null)
        {
            ExportParser.Parse(type, export, sink, context.CancellationToken);
        }
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.FindAttribute("InterruptsAttribute") is not null
            && (method.ContainingType.FindAttribute("WasmImportAttribute") is null || !HostMethods.IsHostFunction(method)))
        {
            new DiagnosticSink(context.ReportDiagnostic).Report(Descriptors.InterruptsOutside, method, method.Name);
        }
    }

    private static void AnalyzeStatement(OperationAnalysisContext context)
    {
        IOperation expression = ((IExpressionStatementOperation)context.Operation).Operation;
        IOperation last = expression;
        while (last is IConditionalAccessOperation { WhenNotNull: var access }) // guest?.Run()
        {
            last = access;
        }

        IOperation call = last is IAwaitOperation { Operation: var task } ? task : last;
        if (call is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } awaited })
        {
            call = awaited;
        }

        if (call is IInvocationOperation { TargetMethod: var method } && last.Type?.IsRuntimeType("GuestResult") == true)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.IgnoredResult, expression.Syntax.GetLocation(), method.Name));
        }
    }
}
