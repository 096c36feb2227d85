using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator;

/// <summary>
/// Says once what keeps a project from compiling bindings; they have members that do nothing then. An analyzer would be
/// too little: projects can switch those off, and would build.
/// </summary>
[Generator]
public sealed class ProjectCheck : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Look: at two settings, and only where they are wrong at the project's types, for one that needs them.
        var problems = context.CompilationProvider
            .SelectMany(
                static (compilation, cancellation) => ProjectSettings.Of(compilation) is { CanCompile: false } settings
                ? BindingTypes.In(compilation.Assembly.GlobalNamespace, cancellation)
                    .Take(1)
                    .Select(type => (settings.IsCSharp12, type.Name))
                : [])
            .WithTrackingName(TrackingNames.ProjectProblems);

        // Report: without a place, since what is to be changed is the project.
        context.RegisterSourceOutput(problems, static (output, problem) => output.ReportDiagnostic(Diagnostic.Create(
            problem.IsCSharp12 ? Descriptors.UnsafeCode : Descriptors.LanguageVersion, Location.None, problem.Name)));
    }
}
