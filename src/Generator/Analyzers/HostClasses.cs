using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>A <c>[WasmImport]</c> class as its guests see it.</summary>
/// <param name="Type">The class.</param>
/// <param name="Module">The module that it satisfies.</param>
/// <param name="Guest">The guest that it names; null if it names none.</param>
/// <param name="IsSource">Whether it is the project's own.</param>
/// <param name="Model">What is generated for it; null for nothing, or in a reference.</param>
/// <param name="Naming">How its methods are named.</param>
/// <param name="Names">The names of its host functions, those with errors included.</param>
internal sealed record HostClass(
    INamedTypeSymbol Type,
    string Module,
    string? Guest,
    bool IsSource,
    ImportClass? Model,
    MemberNaming Naming,
    ImmutableHashSet<string> Names)
{
    internal static HostClass? Of(
        INamedTypeSymbol type, AttributeData attribute, bool isSource, CancellationToken cancellation)
    {
        if (attribute.ConstructorArguments is not [{ Value: string module }])
        {
            return null;
        }

        ImportClass? model =
            isSource ? ImportParser.Parse(type, attribute, DiagnosticSink.None, cancellation) : null;
        MemberNaming naming = Symbols.Names.NamingOf(attribute, Symbols.Names.PolicyOf(module));
        IEnumerable<string> names = type.GetMembers()
            .OfType<IMethodSymbol>()
            .Where(HostMethods.IsHostFunction)
            .Select(method => Symbols.Names.WasmName(method, naming))
            .OfType<string>();
        return new HostClass(
            type,
            module,
            attribute.Named("Guest"),
            isSource,
            model,
            naming,
            names.Concat(model?.Functions.Select(static function => function.WasmName) ?? [])
                .ToImmutableHashSet(StringComparer.Ordinal));
    }

    /// <summary>A class that is bound to WIT, for each module that it serves.</summary>
    internal static IEnumerable<HostClass> ServedBy(INamedTypeSymbol type, bool isSource)
    {
        foreach (AttributeData attribute in type.GetAttributes().Where(static attribute =>
            attribute.AttributeClass is
            {
                Name: "ServesAttribute",
                ContainingNamespace: { Name: "CompilerServices", ContainingNamespace.Name: "WasmBindgen" },
            }))
        {
            if (attribute.ConstructorArguments is [{ Value: string module }, { Kind: TypedConstantKind.Array } names])
            {
                yield return new HostClass(
                    type,
                    module,
                    Guest: null,
                    isSource,
                    Model: null,
                    new MemberNaming(NamingPolicy.Exact, ""),
                    names.Values.Select(static name => name.Value).OfType<string>()
                        .ToImmutableHashSet(StringComparer.Ordinal))
                {
                    IsOfWit = true,
                };
            }
        }
    }

    private const int HashDigits = 16;

    private static string TrackOf(string module) =>
        module.IndexOf('@') is > 0 and var at && WitVersion.Parse(module.Substring(at + 1)) is { } version
            ? module.Substring(0, at + 1) + version.Track
            : module;

    /// <summary>Whether WIT says what its host functions are.</summary>
    internal bool IsOfWit { get; init; }

    /// <summary>Whether it serves imports of a module: its own, or a version that can stand for that.</summary>
    internal bool Serves(string module) => Module == module || TrackOf(Module) == TrackOf(module);

    /// <summary>Whether it has a host function for an import.</summary>
    internal bool Has(string import) => Names.Contains(NameOf(import));

    /// <summary>The function for an import, if it has no error; null for none.</summary>
    internal HostFunction? Function(string import)
    {
        string name = NameOf(import);
        return Model?.Functions.FirstOrDefault(function => function.WasmName == name);
    }

    /// <summary>
    /// The name of the function that an import means: of a class for wasm-bindgen's guests, the one without the hash
    /// that those have behind it.
    /// </summary>
    internal string NameOf(string import)
    {
        const string Function = "__wbg_";
        int end = import.Length - HashDigits - 1;
        if (end <= 0
            || import[end] != '_'
            || Names.Contains(import)
            || Type.FindAttribute("RustWasmBindgenAttribute") is null
            || !import.Skip(end + 1).All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f')))
        {
            return import;
        }

        string name = import.Substring(0, end);
        return !Names.Contains(name)
            && name.StartsWith(Function, StringComparison.Ordinal)
            && name.Substring(Function.Length) is var intrinsic
            && Names.Contains(intrinsic)
                ? intrinsic
                : name;
    }
}

/// <summary>
/// All <c>[WasmImport]</c> and <c>[WasmWorld]</c> classes of a project and its references: looked for only when one of
/// them lacks something.
/// </summary>
internal sealed class HostClasses(Compilation compilation)
{
    private ImmutableArray<HostClass> _all;

    /// <summary>Those of a module for a guest, in the order of their names.</summary>
    internal IEnumerable<HostClass> Of(string module, Func<string?, bool> isForGuest, CancellationToken cancellation)
    {
        if (_all.IsDefault)
        {
            ImmutableInterlocked.InterlockedInitialize(ref _all, Find(cancellation).ToImmutableArray());
        }

        return _all.Where(found => found.Serves(module) && isForGuest(found.Guest));
    }

    private IEnumerable<HostClass> Find(CancellationToken cancellation) =>
        compilation.SourceModule.ReferencedAssemblySymbols
            .Where(static assembly => assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(
                static reference => reference.Name == WellKnownNames.RuntimeNamespace)))
            .Append(compilation.Assembly)
            .SelectMany(assembly => BindingTypes.In(assembly.GlobalNamespace, cancellation))
            .SelectMany(type => Of(type, cancellation))
            .OrderBy(static found => found.Type.ToDisplayString(), StringComparer.Ordinal);

    private IEnumerable<HostClass> Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        bool isSource = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
        AttributeData? import = type.FindAttribute("WasmImportAttribute");
        return import is null || WitClassParser.IsBound(import) ? HostClass.ServedBy(type, isSource)
            : HostClass.Of(type, import, isSource, cancellation) is { } host ? [host]
            : [];
    }
}
