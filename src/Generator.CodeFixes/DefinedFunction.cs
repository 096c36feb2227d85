using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>A variable that a lambda reads.</summary>
/// <param name="Name">Its name as an identifier.</param>
/// <param name="Type">Its type from <c>global::</c> on.</param>
internal sealed record CapturedVariable(string Name, string Type);

/// <summary>
/// A call of the official package's <c>linker.DefineFunction("m", "f", (…) => …)</c> that a method can take the place
/// of.
/// </summary>
internal sealed class DefinedFunction
{
    private readonly LambdaExpressionSyntax _lambda;
    private readonly IMethodSymbol _signature;

    private DefinedFunction(
        StatementSyntax statement,
        ExpressionSyntax linker,
        string module,
        string name,
        LambdaExpressionSyntax lambda,
        IMethodSymbol signature,
        IReadOnlyList<CapturedVariable> captured)
    {
        Statement = statement;
        Linker = linker;
        Module = module;
        Name = name;
        Captured = captured;
        _lambda = lambda;
        _signature = signature;
    }

    internal StatementSyntax Statement { get; }

    internal ExpressionSyntax Linker { get; }

    internal string Module { get; }

    internal string Name { get; }

    /// <summary>The variables around the lambda that it reads; it writes none.</summary>
    internal IReadOnlyList<CapturedVariable> Captured { get; }

    /// <summary>A name for the method, from which its wasm name follows as far as C# names go.</summary>
    internal string Method => Identifiers.Of(Name);

    /// <returns>Null when the call is another one, or does what no method can.</returns>
    internal static DefinedFunction? Read(
        SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        if (call is not
            {
                Parent: ExpressionStatementSyntax statement,
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "DefineFunction" } access,
                ArgumentList.Arguments: [{ Expression: var module }, { Expression: var name }, var last],
            }
            || last.Expression is not LambdaExpressionSyntax lambda
            || !OfficialPackage.IsType(model.GetTypeInfo(access.Expression, cancellation).Type, "Linker")
            || model.GetConstantValue(module, cancellation).Value is not string moduleName
            || model.GetConstantValue(name, cancellation).Value is not string functionName
            || model.GetSymbolInfo(lambda, cancellation).Symbol is not IMethodSymbol { IsAsync: false } signature
            || !HasMapping(signature)
            || UsesItsClass(model, lambda, cancellation)
            || CapturedBy(model, lambda, signature) is not { } captured)
        {
            return null;
        }

        return new DefinedFunction(statement, access.Expression, moduleName, functionName, lambda, signature, captured);
    }

    /// <summary>The method, with the lambda's body.</summary>
    internal MethodDeclarationSyntax ToMethod()
    {
        string parameters = string.Join(
            ", ",
            _signature.Parameters.Select(static (parameter, i) => $"{TypeOf(parameter.Type)} {NameOf(parameter, i)}"));
        string declaration = $"public {TypeOf(_signature.ReturnType)} {CSharp.Escape(Method)}({parameters}) {{ }}";
        var method = (MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(declaration)!;
        method = method.ReplaceNodes(
            method.DescendantNodes().OfType<QualifiedNameSyntax>(), static (_, type) =>
                type.WithAdditionalAnnotations(Simplifier.Annotation));
        method = _lambda.Block is { } block
            ? method.WithBody(block)
            : method.WithBody(null)
                .WithExpressionBody(SyntaxFactory.ArrowExpressionClause(_lambda.ExpressionBody!.WithoutTrivia()))
                .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken));
        return Names.Apply(Names.PolicyOf(Module), Method) == Name
            ? method
            : Attributes.Add(method, Attributes.WasmName(Name));
    }

    private static bool HasMapping(IMethodSymbol signature) =>
        (signature.ReturnsVoid || IsPlain(signature.ReturnType))
        && signature.Parameters.All(static parameter =>
            parameter.RefKind == RefKind.None
                && (IsPlain(parameter.Type) || (parameter.Ordinal == 0 && IsCaller(parameter.Type))));

    /// <summary>
    /// What means the same to the package and to the bindings: to the package a string, for one, is an externref.
    /// </summary>
    private static bool IsPlain(ITypeSymbol type) => type.SpecialType is
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
        or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Object;

    private static bool IsCaller(ITypeSymbol type) => OfficialPackage.IsType(type, "Caller");

    private static string NameOf(IParameterSymbol parameter, int position) =>
        parameter.IsDiscard ? $"unused{position}"
        : parameter.Name == "_" ? "_" // the only one, and so a name like others
        : CSharp.Escape(parameter.Name);

    private static string TypeOf(ITypeSymbol type) =>
        IsCaller(type)
            ? "global::WasmBindgen.Caller"
            : type.ToDisplayString(NullableFlowState.None, SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>
    /// Whether it names members of the class around it, which may be others, or none, in the new class.
    /// </summary>
    private static bool UsesItsClass(SemanticModel model, LambdaExpressionSyntax lambda, CancellationToken cancellation)
    {
        ISymbol? around = model.GetEnclosingSymbol(lambda.SpanStart, cancellation);
        return lambda.DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(static name => name.Parent is not MemberAccessExpressionSyntax access || access.Name != name)
            .Select(name => model.GetSymbolInfo(name, cancellation).Symbol)
            .Any(symbol => IsMember(symbol) && IsAround(symbol!.ContainingType));

        static bool IsMember(ISymbol? symbol) =>
            symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary }
                or IFieldSymbol
                or IPropertySymbol
                or IEventSymbol;

        bool IsAround(INamedTypeSymbol owner)
        {
            for (INamedTypeSymbol? type = around?.ContainingType; type is not null; type = type.ContainingType)
            {
                for (INamedTypeSymbol? one = type; one is not null; one = one.BaseType)
                {
                    if (one.Equals(owner, SymbolEqualityComparer.Default))
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }

    /// <returns>Null when it captures what cannot be handed to a constructor instead.</returns>
    private static CapturedVariable[]? CapturedBy(
        SemanticModel model, LambdaExpressionSyntax lambda, IMethodSymbol signature)
    {
        if (model.AnalyzeDataFlow(lambda) is not { Succeeded: true } flow
            || flow.UsedLocalFunctions.Any(function => !IsInside(function)))
        {
            return null;
        }

        ISymbol[] captured = [.. flow.CapturedInside.Where(symbol => !IsInside(symbol))];
        return captured.All(symbol => IsValue(symbol) && !IsWritten(symbol)) ? [.. captured.Select(Variable)] : null;

        CapturedVariable Variable(ISymbol symbol)
        {
            TypeInfo known = lambda.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(name => symbol.Equals(model.GetSymbolInfo(name).Symbol, SymbolEqualityComparer.Default))
                .Select(name => model.GetTypeInfo(name))
                .First();
            return new CapturedVariable(CSharp.Escape(symbol.Name), known.Type!.ToDisplayString(
                known.Nullability.FlowState,
                SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
                    SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier)));
        }

        bool IsInside(ISymbol symbol) =>
            symbol.DeclaringSyntaxReferences.Any(reference => lambda.Span.Contains(reference.Span));

        // A struct may be changed by its own methods, and then a copy is another.
        static bool IsValue(ISymbol symbol) => symbol switch
        {
            ILocalSymbol { RefKind: RefKind.None, Type: var type } => IsImmutable(type),
            IParameterSymbol { IsThis: false, RefKind: RefKind.None, Type: var type } => IsImmutable(type),
            _ => false,
        };

        static bool IsImmutable(ITypeSymbol type) => type.IsReferenceType || type.SpecialType != SpecialType.None;

        bool IsWritten(ISymbol symbol) =>
            lambda.SyntaxTree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == symbol.Name
                && IsTarget(name)
                && symbol.Equals(model.GetSymbolInfo(name).Symbol, SymbolEqualityComparer.Default));

        static bool IsTarget(IdentifierNameSyntax name) => name.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == name,
            PrefixUnaryExpressionSyntax prefix =>
                prefix.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression,
            PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } =>
                assignment.Left == tuple,
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
            RefExpressionSyntax => true,
            _ => false,
        };
    }
}
