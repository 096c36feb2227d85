using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Parsing;

/// <summary>
/// What [WasmImport] and [WasmExport] classes have in common: the type that the generated part continues.
/// </summary>
internal static class ClassParser
{
    /// <param name="type">The type.</param>
    /// <param name="attribute">The attribute that it has, for messages.</param>
    /// <param name="sink">Gets the diagnostics.</param>
    /// <param name="fits">Whether it can be a binding.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Null when the generator could not add to the type.</returns>
    internal static TypeDeclaration? Parse(
        INamedTypeSymbol type, string attribute, DiagnosticSink sink, out bool fits, CancellationToken cancellation)
    {
        bool canAdd = true;
        fits = true;
        if (type.TypeKind != TypeKind.Class)
        {
            sink.Report(Descriptors.NotClass, type, attribute, type.Name);
            fits = false;
        }

        if (Accessible.IsFileLocal(type))
        {
            sink.Report(Descriptors.FileLocal, type, type.Name);
            canAdd = false;
        }

        var outer = new Stack<string>();
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (!IsPartial(part, cancellation))
            {
                sink.Report(Descriptors.NotPartial, type, attribute, type.Name, part.Name);
                canAdd = false;
            }

            if (!SymbolEqualityComparer.Default.Equals(part, type))
            {
                outer.Push(Declaration(part));
            }
        }

        if (IsGeneric(type))
        {
            sink.Report(Descriptors.GenericClass, type, attribute, type.Name);
            fits = false;
        }

        fits &= canAdd;
        return !canAdd ? null : new TypeDeclaration(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(EscapedName),
            outer.ToEquatableArray(),
            Declaration(type),
            CSharp.Escape(type.Name),
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            type.ToDisplayString());
    }

    /// <summary>
    /// Whether the compiler reports an error of its own, partial members in a class that is not partial, and then runs
    /// no analyzer.
    /// </summary>
    internal static bool IsCompilerError(Diagnostic error, INamedTypeSymbol type) =>
        error.Id == Descriptors.NotPartial.Id
            && type.GetMembers()
                .SelectMany(static member => member.DeclaringSyntaxReferences)
                .Select(static part => part.GetSyntax())
                .OfType<MemberDeclarationSyntax>()
                .Any(static member => member.Modifiers.Any(SyntaxKind.PartialKeyword))
            && !IsPartial(type, CancellationToken.None);

    /// <summary>Adds the warnings that the generated part would get for choices of the author.</summary>
    internal static TypeDeclaration WithWarnings(
        TypeDeclaration declaration, INamedTypeSymbol type, NamedWarnings warnings)
    {
        warnings.AddType(type);
        if (type.BaseType is { SpecialType: not SpecialType.System_Object })
        {
            warnings.Add("CS0108");
        }

        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (part.Name.All(static c => c is >= 'a' and <= 'z'))
            {
                warnings.Add("CS8981");
            }
        }

        if (type.ContainingAssembly.GetAttributes().Concat(type.GetAttributes()).Any(static attribute =>
            attribute.AttributeClass.IsSystemType(nameof(CLSCompliantAttribute))))
        {
            warnings.Add("CS3001", "CS3016");
        }

        return declaration with { Warnings = warnings.Ids.ToEquatableArray() };
    }

    private static SymbolDisplayFormat EscapedName { get; } = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Any(
            reference =>
                reference.GetSyntax(cancellation) is TypeDeclarationSyntax syntax
                    && syntax.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static bool IsGeneric(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (part.IsGenericType)
            {
                return true;
            }
        }

        return false;
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        string keyword = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
            { TypeKind: TypeKind.Struct } => "struct",
            { IsRecord: true } => "record",
            _ => "class",
        };
        string parameters = type.Arity == 0
            ? ""
            : $"<{string.Join(", ", type.TypeParameters.Select(static parameter => CSharp.Escape(parameter.Name)))}>";
        return $"partial {keyword} {CSharp.Escape(type.Name)}{parameters}";
    }
}
