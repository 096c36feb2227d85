using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator;

/// <summary>
/// Writes the types and contracts of the WIT that a project's classes name, and the generated parts of these classes:
/// <c>[WasmWorld]</c>, and <c>[WasmImport]</c> and <c>[WasmExport]</c> with <c>Wit</c>, or with a guest that has it.
/// </summary>
[Generator]
public sealed class WitGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Read: each file once, as long as it stays the same.
        var inputs = context.AdditionalTextsProvider
            .Where(GuestFile.IsWit)
            .Select(static (file, cancellation) => (
                File: file,
                Wit: file.GetText(cancellation) is { } text
                    ? WitParser.Parse(new WitSource(WitPackages.Normal(file.Path), text.ToString()))
                    : null))
            .WithComparer(SameFile.Instance)
            .WithTrackingName(TrackingNames.WitFiles)
            .Where(static read => read.Wit is not null)
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (read, _) => GuestFile.WitOf(read.Left.File, read.Left.Wit!, read.Right))
            .WithTrackingName(TrackingNames.WitInputs)
            .Collect();

        // Parse: what classes are bound to, and what their authors wrote in them.
        var parsed = Classes(context, WellKnownNames.WasmImportAttribute)
            .Collect()
            .Combine(Classes(context, WellKnownNames.WasmExportAttribute).Collect())
            .Combine(Classes(context, WellKnownNames.WasmWorldAttribute).Collect())
            .SelectMany(static (all, _) => all.Left.Left.AddRange(all.Left.Right).AddRange(all.Right));
        var classes = parsed
            .Where(static one => one.Class.Model is not null)
            .Select(static (one, _) => one.Class.Model!)
            .WithTrackingName(TrackingNames.WitClasses);

        // Declare: all WIT that is named at once, since its names depend on each other.
        var targets = classes
            .Select(static (model, _) => model.Target)
            .Collect()
            .Select(static (targets, _) => targets.ToEquatableArray());
        var shared = targets
            .Combine(context.CompilationProvider)
            .Select(static (given, _) => given.Left.Count == 0 ? default : SharedTypes.Of(given.Right))
            .WithTrackingName(TrackingNames.WitShared);
        var compiled = inputs
            .Select(static (inputs, _) => WitCompiled.Declare(inputs))
            .WithTrackingName(TrackingNames.WitCompiled);
        var compiledTypes = CompiledTypes(context);
        var ownTypes = OwnTypes(context);
        var names = Pairs(context, WellKnownNames.WitNameAttribute);
        var namespaces = Pairs(context, WellKnownNames.WitNamespaceAttribute);
        var given = targets
            .Combine(inputs)
            .Combine(Settings(context, names, namespaces))
            .Combine(compiledTypes.Combine(shared).Combine(compiled))
            .Combine(ownTypes
                .Select(static (own, _) => own.Part)
                .WithTrackingName(TrackingNames.WitOwnTypes)
                .Collect())
            .Select(static (given, _) => (
                Targets: given.Left.Left.Left.Left,
                Inputs: given.Left.Left.Left.Right,
                Settings: given.Left.Left.Right with
                {
                    Shared = given.Left.Right.Left.Left.Concat(given.Left.Right.Left.Right).ToEquatableArray(),
                    Compiled = given.Left.Right.Right,
                    Parts = given.Right.ToEquatableArray(),
                }));
        var declared = given
            .Select(static (given, cancellation) =>
                given.Targets.Count == 0 && !given.Inputs.Any(static input => input.CompiledRoot is not null)
                ? new WitProject(default, default, default)
                : WitBinder.Bind(given.Targets, given.Inputs, given.Settings, cancellation))
            .WithTrackingName(TrackingNames.WitDeclared);

        // Again, if there are parts in source, of which only the names of what is generated tell.
        var surroundings = declared
            .Combine(context.CompilationProvider)
            .Select(static (given, _) => WitSurroundings.Of(given.Left, given.Right))
            .WithTrackingName(TrackingNames.WitSurroundings);
        var parts = surroundings.Select(static (around, _) => around.Parts);
        var project = given
            .Combine(declared)
            .Combine(parts)
            .Select(static (all, cancellation) => all.Right.Count == 0
                ? all.Left.Right
                : WitBinder.Bind(
                    all.Left.Left.Targets,
                    all.Left.Left.Inputs,
                    all.Left.Left.Settings with
                    {
                        Parts = all.Left.Left.Settings.Parts.Concat(all.Right).ToEquatableArray(),
                    },
                    cancellation))
            .WithTrackingName(TrackingNames.WitProject);

        // Report: what is wrong with WIT at its lines, and what is wrong with an attribute there.
        var findings = project
            .Combine(surroundings)
            .SelectMany(static (all, _) => all.Left.Findings.Concat(all.Right.Findings))
            .WithTrackingName(TrackingNames.WitFindings);
        context.RegisterSourceOutput(findings, static (output, one) => output.ReportDiagnostic(one.ToDiagnostic()));
        var errors = parsed
            .Combine(context.AnalyzerConfigOptionsProvider
                .Select(static (options, _) => ProjectSettings.SkipsAnalyzers(options.GlobalOptions)))
            .Combine(project)
            .SelectMany(static (given, _) => given.Left.Left.Errors(given.Left.Right, given.Right))
            .WithTrackingName(TrackingNames.WitErrors);
        context.RegisterSourceOutput(errors, static (output, one) => output.ReportDiagnostic(one.ToDiagnostic()));
        var places = ownTypes
            .SelectMany(static (own, _) => new[] { (own.Part.DisplayName, own.Place), (own.Part.Path!, own.Place) })
            .Collect()
            .Combine(names)
            .Combine(namespaces)
            .Combine(declared
                .Combine(context.CompilationProvider)
                .Select(static (given, _) => WitSurroundings.PlacesOf(given.Left, given.Right)))
            .Select(static (given, _) => given.Left.Left.Left
                .Concat(given.Left.Left.Right.Concat(given.Left.Right).Select(static one => (one.Path, one.Place)))
                .Concat(given.Right)
                .ToEquatableArray());
        var ofAttributes = project
            .Combine(places)
            .SelectMany(static (given, _) => given.Left.Attributes.SelectMany(one => given.Right
                .Where(written => written.Item1 == one.Name)
                .Select(static written => written.Item2)
                .DefaultIfEmpty()
                .Select(place => one.Problem with { Place = place })))
            .WithTrackingName(TrackingNames.WitAttributeErrors);
        context.RegisterSourceOutput(
            ofAttributes, static (output, one) => output.ReportDiagnostic(one.ToDiagnostic()));

        // Emit: a package, or a class with what it is bound to, is all that a text depends on.
        var spaces = project
            .SelectMany(static (all, _) => WitTypeEmitter.InFiles(all.Namespaces))
            .WithTrackingName(TrackingNames.WitNamespaces);
        var types = spaces
            .Select(static (one, _) => WitTypeEmitter.Emit(one.Space, one.File))
            .WithTrackingName(TrackingNames.WitTypes);
        context.RegisterSourceOutput(types, static (output, one) => output.AddSource(one.HintName, one.Text));

        var settings = context.CompilationProvider
            .Select(static (compilation, _) => ProjectSettings.Of(compilation))
            .WithTrackingName(TrackingNames.WitProjectSettings);
        var handles = spaces
            .SelectMany(static (one, _) => one.Space.Handles.Select(handle => (one.Space, one.File, Handle: handle)))
            .Combine(settings)
            .Select(static (given, _) =>
                HandleEmitter.Emit(given.Left.Space, given.Left.Handle, given.Left.File, given.Right))
            .WithTrackingName(TrackingNames.WitHandles);
        context.RegisterSourceOutput(handles, static (output, one) => output.AddSource(one.HintName, one.Text));

        var bound = classes
            .Combine(project)
            .SelectMany(static (given, _) => given.Right.Classes
                .Where(one => one.Class == given.Left.Target.Class)
                .Take(1)
                .Select(one => (given.Left, one)))
            .WithTrackingName(TrackingNames.WitBoundClasses);
        var clashes = classes
            .Select(static (model, _) => model.Type.DisplayName)
            .Collect()
            .Select(static (names, _) => FileNames.Clashes(names))
            .WithTrackingName(TrackingNames.WitClashes);
        var sources = bound
            .Combine(clashes)
            .Combine(settings)
            .Select(static (given, _) =>
            {
                ((WitClass model, WitBound one), EquatableArray<string> names) = given.Left;
                return WitClassEmitter.Emit(model, one, FileNames.Of(model.Type.DisplayName, names), given.Right);
            })
            .WithTrackingName(TrackingNames.WitSources);
        context.RegisterSourceOutput(sources, static (output, one) => output.AddSource(one.HintName, one.Text));
    }

    /// <summary>
    /// The classes with an attribute that binds them to WIT, which the syntax tells before anything else.
    /// </summary>
    private static IncrementalValuesProvider<Found> Classes(
        IncrementalGeneratorInitializationContext context, string attribute) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            attribute,
            (node, _) => node is TypeDeclarationSyntax type
                && (attribute == WellKnownNames.WasmWorldAttribute || NamesWit(type)),
            static (attributed, cancellation) =>
            {
                AttributeData given = attributed.Attributes[0];
                bool isBound = WitClassParser.IsBound(given)
                    || (given.AttributeClass!.Name == "WasmExportAttribute" && given.Named("Guest") is not null);
                if (!isBound || BindingPipeline.IsRepeated(attributed))
                {
                    return default;
                }

                var type = (INamedTypeSymbol)attributed.TargetSymbol;
                return new Found(
                    Parsed<WitClass>.Of(type, sink => WitClassParser.Parse(type, given, sink, cancellation)),
                    given.ApplicationSyntaxReference is { } syntax
                        ? Place.Of(syntax.SyntaxTree.GetLocation(syntax.Span))
                        : default,
                    Place.Of(type.Locations[0]),
                    WitClassParser.PlacesOf(type));
            });

    /// <summary>The types with <c>[WitType]</c>, and where they are named.</summary>
    private static IncrementalValuesProvider<(WitPart Part, Place Place)> OwnTypes(
        IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            WellKnownNames.WitTypeAttribute,
            static (node, _) => node is BaseTypeDeclarationSyntax or CompilationUnitSyntax,
            static (attributed, _) => attributed.Attributes
                .Select(attribute => (
                    Part: WitTypeParser.Parse(attribute, attributed.TargetSymbol)!,
                    Place: Place.Of(attributed.TargetSymbol is INamedTypeSymbol type
                        ? type.Locations[0]
                        : attribute.ApplicationSyntaxReference!.GetSyntax().GetLocation())))
                .Where(static own => own.Part is not null)
                .ToEquatableArray())
        .SelectMany(static (owns, _) => owns);

    /// <summary>The types that the build has compiled.</summary>
    private static IncrementalValueProvider<EquatableArray<WitShared>> CompiledTypes(
        IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            WellKnownNames.WitPackageAttribute,
            static (node, _) => node is CompilationUnitSyntax,
            static (attributed, _) => attributed.Attributes
                .SelectMany(attribute => SharedTypes.Compiled(attributed.TargetSymbol, attribute))
                .ToEquatableArray())
        .WithTrackingName(TrackingNames.WitCompiledTypes)
        .Collect()
        .Select(static (all, _) => all.SelectMany(static types => types).ToEquatableArray());

    private static bool NamesWit(TypeDeclarationSyntax type) => type.AttributeLists
        .SelectMany(static list => list.Attributes)
        .Any(static attribute => attribute.ArgumentList?.Arguments
            .Any(static argument => argument.NameEquals?.Name.Identifier.ValueText is "Wit" or "Guest") == true);

    /// <summary>What the project says of names, in attributes of its assembly.</summary>
    private static IncrementalValueProvider<WitSettings> Settings(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<EquatableArray<(string Path, string Name, Place Place)>> names,
        IncrementalValueProvider<EquatableArray<(string Path, string Name, Place Place)>> namespaces)
    {
        var directory = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue("build_property.ProjectDir", out string? path) ? path : "");
        return names.Combine(namespaces).Combine(directory).Select(static (given, _) => new WitSettings(
            given.Right.Length == 0 ? "" : WitPackages.Normal(given.Right) + "/",
            Named(given.Left.Right),
            Named(given.Left.Left)));

        static EquatableArray<(string, string)> Named(EquatableArray<(string Path, string Name, Place Place)> all) =>
            all.Select(static one => (one.Path, one.Name)).ToEquatableArray();
    }

    private static IncrementalValueProvider<EquatableArray<(string Path, string Name, Place Place)>> Pairs(
        IncrementalGeneratorInitializationContext context, string attribute) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is CompilationUnitSyntax,
            static (attributed, _) => attributed.Attributes
                .Select(static one => one.ConstructorArguments is [{ Value: string path }, { Value: string name }]
                    ? (
                        Path: path,
                        Name: name,
                        Place: Place.Of(one.ApplicationSyntaxReference!.GetSyntax().GetLocation()))
                    : default)
                .Where(static pair => pair.Path is not null)
                .ToEquatableArray())
        .Collect()
        .Select(static (all, _) => all.SelectMany(static pairs => pairs).ToEquatableArray());

    /// <summary>By what a file says: Roslyn makes the object for it anew.</summary>
    private sealed class SameFile : IEqualityComparer<(AdditionalText File, WitFile? Wit)>
    {
        internal static readonly SameFile Instance = new();

        public bool Equals((AdditionalText File, WitFile? Wit) x, (AdditionalText File, WitFile? Wit) y) =>
            x.File.Path == y.File.Path && Equals(x.Wit, y.Wit);

        public int GetHashCode((AdditionalText File, WitFile? Wit) read) => read.File.Path.GetHashCode();
    }

    /// <summary>A class, and where it stands.</summary>
    /// <param name="Class">The class.</param>
    /// <param name="Attribute">Where the attribute is.</param>
    /// <param name="Name">Where its name is.</param>
    /// <param name="Methods">Where the names of its methods are.</param>
    private readonly record struct Found(
        Parsed<WitClass> Class, Place Attribute, Place Name, EquatableArray<Place> Methods)
    {
        internal IEnumerable<Finding> Errors(bool skipsAnalyzers, WitProject project)
        {
            IEnumerable<Finding> errors = Class.Errors.Where(error => skipsAnalyzers || error.IsMissed);
            if (Class.Model is not { } model
                || project.Classes.FirstOrDefault(one => one.Class == model.Target.Class) is not { } bound)
            {
                return errors;
            }

            (Place attribute, Place name, EquatableArray<Place> methods) = (Attribute, Name, Methods);
            return errors
                .Concat(bound.Problem is { } problem ? [problem with { Place = attribute }] : [])
                .Concat(WitCheck.Of(model, bound).Select(check => Finding.Of(
                    Descriptors.All[check.Id],
                    check.Method switch
                    {
                        WitCheck.Attribute => attribute,
                        WitCheck.Class => name,
                        _ => methods[check.Method],
                    },
                    check.Arguments) with
                {
                    Fix = check.Fix,
                }));
        }
    }
}
