using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Tests;

/// <summary>What is generated of the twenty cases, as the compiler sees it.</summary>
public sealed class WitSurfaceTests
{
    /// <summary>What each case is bound to, where that is not the interfaces of its packages as imports.</summary>
    private static readonly Dictionary<int, WitBinding> Bindings = new()
    {
        [15] = new("Store15", null, default, new[] { "case:guest/store" }.ToEquatableArray()),
        [16] = new("W16", "case:both/w", default, default),
        [17] = new("W17", "case:whole/w", default, default),
        [18] = new("W18", "case:named/w", default, default),
    };

    private static readonly EquatableArray<string> Skipped = new[] { "wait", "pipe" }.ToEquatableArray();

    public static TheoryData<int> Cases => [.. WitSet.Cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_surface_of_each_case(int number)
    {
        (_, string wit, string expected) = WitSet.Cases[number];
        WitPackages packages = WitSet.Resolve(wit);
        Assert.Empty(packages.Errors);
        WitBinding binding = BindingOf(number, packages);
        WitResult result = WitDeclarer.Declare(
            packages, [binding with { Skipped = number == 20 ? Skipped : default }], WitOptions.Default);

        string[] sources =
            [.. result.Declarations.Namespaces.Select(static space => WitTypeEmitter.Emit(space).Text)];
        CSharpCompilation compilation = GeneratorTest.Compile(
            [.. sources, WitSkeleton.Of(result.Declarations, binding)]);
        Assert.Empty(compilation.GetDiagnostics().Where(
            static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS0246"));
        string[] surface = [.. Surface.Of(compilation)];
        Assert.NotEmpty(surface);
        Assert.Equal(Surface.Of(Surface.Expected(expected)), surface);
    }

    internal static WitBinding BindingOf(int number, WitPackages packages) =>
        Bindings.TryGetValue(number, out WitBinding? bound) ? bound : ImportsOf(packages);

    internal static WitBinding ImportsOf(WitPackages packages) => new(
        "Test",
        null,
        packages.Packages.SelectMany(static one => one.Interfaces).Select(static one => one.Id).ToEquatableArray(),
        default);
}
