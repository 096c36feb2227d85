using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator.Diagnostics;

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
        Descriptors.DuplicateName, Descriptors.InvalidName, Descriptors.UnsafeCode, Descriptors.LanguageVersion);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            int reports = 0;
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, () => Interlocked.Increment(ref reports) == 1), SymbolKind.NamedType);
        });
        context.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
        context.RegisterOperationAction(AnalyzeStatement, OperationKind.ExpressionStatement);
    }

    /// <param name="context">The type.</param>
    /// <param name="isFirst">Whether nothing was said of the project yet, which is said once.</param>
    private static void AnalyzeType(SymbolAnalysisContext context, Func<bool> isFirst)
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

        if (import is not null || export is not null)
        {
            CheckProject(context, type, isFirst, sink);
        }
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.FindAttribute("InterruptsAttribute") is not null
            && (method.ContainingType.FindAttribute("WasmImportAttribute") is null || !ImportParser.IsHostFunction(method)))
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

    private static void CheckProject(SymbolAnalysisContext context, INamedTypeSymbol type, Func<bool> isFirst, DiagnosticSink sink)
    {
        var settings = ProjectSettings.Of(context.Compilation);
        if (!settings.CanCompile && isFirst())
        {
            sink.Report(settings.IsCSharp12 ? Descriptors.UnsafeCode : Descriptors.LanguageVersion, type, type.Name);
        }
    }
}
