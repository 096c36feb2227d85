using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Parsing;

/// <summary>The result of parsing a class.</summary>
/// <param name="Model">Its model; null when nothing can be generated for it.</param>
/// <param name="Errors">Why there is no model, or why members are left out of it.</param>
internal readonly record struct Parsed<T>(T? Model, EquatableArray<Finding> Errors)
    where T : class
{
    internal static Parsed<T> Of(INamedTypeSymbol type, Func<DiagnosticSink, T?> parse)
    {
        var errors = new List<Finding>();
        T? model =
            parse(new DiagnosticSink(diagnostic => errors.Add(Finding.Of(diagnostic, IsMissed(diagnostic, type)))));
        return new Parsed<T>(model, errors.ToEquatableArray());
    }

    /// <summary>
    /// Whether the analyzer does not report an error: it sees the types that other generators make, it does not run
    /// after some errors of the compiler, and a [SuppressMessage] silences it.
    /// </summary>
    private static bool IsMissed(Diagnostic error, INamedTypeSymbol type)
    {
        if (error.Id == Descriptors.UnseenType.Id || ClassParser.IsCompilerError(error, type))
        {
            return true;
        }

        IEnumerable<ISymbol> members = type.GetMembers();
        IEnumerable<ISymbol> around = [type.ContainingAssembly, type.ContainingModule];
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            around = around.Append(part);
        }

        return members.Concat(members.OfType<IMethodSymbol>().SelectMany(static method => method.Parameters))
            .Concat(around)
            .SelectMany(static symbol => symbol.GetAttributes())
            .Any(attribute =>
                attribute.AttributeClass?.Name.EndsWith("SuppressMessageAttribute", StringComparison.Ordinal) == true
                && attribute.ConstructorArguments is [_, { Value: string id }, ..]
                && id.StartsWith(error.Id, StringComparison.Ordinal));
    }
}
