using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>Compares what host methods throw, or are documented to throw, with what they declare.</summary>
/// <remarks>
/// What tells of a mistake in the program (<see cref="ArgumentException"/>, <see cref="InvalidOperationException"/> and
/// the like) is left alone: nobody declares that, and a HostFunctionException is what its call site should get.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableHashSet<string> Mistakes = ImmutableHashSet.Create(
        "System.ArgumentException",
        "System.InvalidOperationException",
        "System.NotImplementedException",
        "System.NotSupportedException",
        "System.NullReferenceException",
        "System.IndexOutOfRangeException", "System.Diagnostics.UnreachableException");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.UndeclaredError);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(AnalyzeThrow, OperationKind.Throw);
        context.RegisterSymbolAction(AnalyzeDocumentation, SymbolKind.Method);
    }

    private static void AnalyzeThrow(OperationAnalysisContext context)
    {
        if (context.ContainingSymbol is not IMethodSymbol method || !HostMethods.IsHostFunctionOfBinding(method))
        {
            return;
        }

        IOperation? exception = ((IThrowOperation)context.Operation).Exception;
        while (exception is IConversionOperation { IsImplicit: true } conversion)
        {
            exception = conversion.Operand;
        }

        // A local may hold anything: that which was caught, for example.
        if (exception is not (null or ILocalReferenceOperation)
            && exception.Type is { } type
            && IsUndeclared(method, type)
            && Escapes(context.Operation, type))
        {
            context.ReportDiagnostic(Undeclared(context.Operation.Syntax.GetLocation(), method, type));
        }
    }

    private static void AnalyzeDocumentation(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (!HostMethods.IsHostFunctionOfBinding(method)
            || method.GetDocumentationCommentXml(
                cancellationToken: context.CancellationToken) is not { Length: > 0 } text)
        {
            return;
        }

        XElement documentation;
        try
        {
            documentation = XElement.Parse(text);
        }
        catch (XmlException)
        {
            return; // the compiler says what is wrong with it
        }

        foreach (string cref
            in documentation.Elements("exception")
                .Select(static element => (string?)element.Attribute("cref"))
                .OfType<string>()
                .Distinct())
        {
            if (DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, context.Compilation) is ITypeSymbol type
                && IsUndeclared(method, type))
            {
                context.ReportDiagnostic(Undeclared(method.Locations[0], method, type));
            }
        }
    }

    /// <summary>With the type's full name, for the code fix.</summary>
    private static Diagnostic Undeclared(Location location, IMethodSymbol method, ITypeSymbol type) =>
        Diagnostic.Create(
            Descriptors.UndeclaredError,
            location,
            ImmutableDictionary<string, string?>.Empty
                .Add("type", type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))
                .Add("name", type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)),
            method.Name,
            type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));

    private static bool IsUndeclared(IMethodSymbol method, ITypeSymbol thrown)
    {
        if (thrown.IsSystemType("Exception") || thrown.TypeKind == TypeKind.Error || IsOpen(thrown))
        {
            return false; // it may be of any type, or no attribute can name it
        }

        IEnumerable<AttributeData> attributes = method.GetAttributes().Concat(method.ContainingType.GetAttributes());
        bool isDeclared = attributes.Any(attribute =>
            (attribute.AttributeClass.IsRuntimeType("InterruptsAttribute")
                || attribute.AttributeClass.IsRuntimeType("ErrnoAttribute")
                || attribute.AttributeClass.IsRuntimeType("WitErrorAttribute")
                || attribute.AttributeClass.IsRuntimeType("WasmTagAttribute"))
            && (attribute.AttributeClass!.TypeArguments is not [{ } declared] || DerivesFrom(thrown, declared)));
        return !isDeclared
            && !Types(thrown).Any(static type => Mistakes.Contains(type.ToDisplayString()))
            && !thrown.ContainingNamespace.ToDisplayString().Equals("WasmBindgen", StringComparison.Ordinal)
            && !(Types(thrown).Any(static type => type.ToDisplayString() == "System.OperationCanceledException")
                && method.Parameters.Any(static parameter => parameter.Type.IsCancellationToken()));
    }

    /// <summary>Whether it is a type parameter, or has one in it.</summary>
    private static bool IsOpen(ITypeSymbol type) =>
        type.TypeKind == TypeKind.TypeParameter
            || (type is INamedTypeSymbol named
                && (named.TypeArguments.Any(IsOpen) || (named.ContainingType is { } outer && IsOpen(outer))));

    /// <summary>Whether no try block of the method catches it, and it is the method that throws it.</summary>
    private static bool Escapes(IOperation thrown, ITypeSymbol type)
    {
        for (IOperation part = thrown; part.Parent is { } around; part = around)
        {
            if (around is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }

            if (around is ITryOperation block
                && block.Body == part
                && block.Catches.Any(
                    one => one.Filter is null && DerivesFrom(type, one.ExceptionType) && !Rethrows(one)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether it may let go on what it caught: <c>throw;</c>, but not that of a catch clause in it.</summary>
    private static bool Rethrows(ICatchClauseOperation clause) => clause.Handler.Descendants()
        .Any(part => part is IThrowOperation { Exception: null } && CatchAround(part) == clause);

    private static ICatchClauseOperation? CatchAround(IOperation part)
    {
        IOperation? around = part.Parent;
        while (around is not (null or ICatchClauseOperation))
        {
            around = around.Parent;
        }

        return (ICatchClauseOperation?)around;
    }

    private static bool DerivesFrom(ITypeSymbol type, ITypeSymbol parent) =>
        Types(type).Any(one => SymbolEqualityComparer.Default.Equals(one, parent));

    private static IEnumerable<ITypeSymbol> Types(ITypeSymbol type)
    {
        for (ITypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            yield return part;
        }
    }
}
