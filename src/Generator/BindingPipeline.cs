using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator;

/// <summary>From classes with an attribute to a file for each: the steps that both sides of a binding have.</summary>
internal static class BindingPipeline
{
    /// <summary>Parses a class; null when nothing can be generated for it.</summary>
    internal delegate T? Parse<T>(
        INamedTypeSymbol type, AttributeData attribute, DiagnosticSink sink, CancellationToken cancellation)
        where T : class;

    /// <param name="context">The generator's.</param>
    /// <param name="attribute">The attribute's full name.</param>
    /// <param name="parse">Makes a model of a class.</param>
    /// <param name="typeOf">The type that a model is of.</param>
    /// <param name="emit">Writes the file of a model.</param>
    /// <param name="names">The names of the steps.</param>
    /// <param name="complete">Adds to the models what the project's guests tell; null for nothing.</param>
    internal static void Register<T>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        Parse<T> parse,
        Func<T, TypeDeclaration> typeOf,
        Func<T, string, ProjectSettings, GeneratedSource> emit,
        StepNames names,
        Func<IncrementalValuesProvider<T>, IncrementalValuesProvider<T>>? complete = null)
        where T : class
    {
        // Parse: the class and its members, as a model that holds nothing of Roslyn.
        var parsed = context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            predicate: static (node, _) => node is TypeDeclarationSyntax,
            transform: (attributed, cancellation) =>
            {
                var type = (INamedTypeSymbol)attributed.TargetSymbol;
                return IsRepeated(attributed)
                    ? default
                    : Parsed<T>.Of(type, sink => parse(type, attributed.Attributes[0], sink, cancellation));
            });
        var classes = parsed
            .Where(static result => result.Model is not null)
            .Select(static (result, _) => result.Model!)
            .WithTrackingName(names.Classes);
        classes = complete?.Invoke(classes) ?? classes;

        // Report: errors are the analyzer's, as long as it runs and sees what is wrong.
        var errors = parsed
            .SelectMany(static (result, _) => result.Errors)
            .Combine(context.AnalyzerConfigOptionsProvider
                .Select(static (options, _) => ProjectSettings.SkipsAnalyzers(options.GlobalOptions)))
            .Where(static given => given.Right || given.Left.IsMissed)
            .Select(static (given, _) => given.Left)
            .WithTrackingName(names.Errors);

        context.RegisterSourceOutput(errors, static (output, error) => output.ReportDiagnostic(error.ToDiagnostic()));

        // Tell apart: nearly always there is nothing in it, and so nothing changes.
        var clashes = classes
            .Select((model, _) => typeOf(model).DisplayName)
            .Collect()
            .Select(static (types, _) => FileNames.Clashes(types))
            .WithTrackingName(names.Clashes);

        // Look around: what the project can compile, and what it references. One answer for the whole compilation.
        var settings = context.CompilationProvider
            .Select(static (compilation, _) => ProjectSettings.Of(compilation))
            .WithTrackingName(names.Settings);

        // Emit: a model, the name of its file and the project's settings are all that the text depends on.
        var sources = classes
            .Combine(clashes)
            .Combine(settings)
            .Select((given, _) =>
            {
                T model = given.Left.Left;
                return emit(model, FileNames.Of(typeOf(model).DisplayName, given.Left.Right), given.Right);
            })
            .WithTrackingName(names.Sources);

        context.RegisterSourceOutput(
            sources, static (output, source) => output.AddSource(source.HintName, source.Text));
    }

    /// <summary>
    /// Whether an earlier part of the class has the attribute too. That is an error of C#, which a second file of the
    /// same name would bury.
    /// </summary>
    internal static bool IsRepeated(GeneratorAttributeSyntaxContext attributed) =>
        attributed.TargetSymbol.FindAttribute(
            attributed.Attributes[0].AttributeClass!.Name)?.ApplicationSyntaxReference is { } first
        && !(first.SyntaxTree == attributed.TargetNode.SyntaxTree && attributed.TargetNode.Span.Contains(first.Span));

    /// <summary>Names of <see cref="TrackingNames"/>.</summary>
    internal readonly record struct StepNames(
        string Classes, string Errors, string Clashes, string Settings, string Sources);
}
