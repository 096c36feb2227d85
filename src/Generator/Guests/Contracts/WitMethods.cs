using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Guests;

/// <summary>Functions as methods.</summary>
/// <param name="catalog">Knows the types.</param>
/// <param name="naming">Knows the names.</param>
/// <param name="shapes">Knows the shapes.</param>
/// <param name="isSkipped">Whether nobody wants a function of a unit, by its path.</param>
/// <param name="report">Is told of functions that cannot be.</param>
internal sealed class WitMethods(
    WitCatalog catalog,
    WitNaming naming,
    WitShapes shapes,
    Func<WitUnit, string, bool> isSkipped,
    Action<WitFinding> report)
{
    private readonly Dictionary<WitUnit, Dictionary<string, string>> _names = [];

    internal bool HasContract(WitUnit unit) => FunctionsOf(unit).Any();

    /// <summary>Whether also a guest's export has the contract, so that one can stand for the other.</summary>
    internal bool IsFakeable(WitUnit unit) =>
        !unit.IsInline && HasContract(unit) && !unit.Items.Exists(static item => item is WitResource);

    /// <summary>The functions, constructors and static functions of an interface, with the resource of each.</summary>
    internal IEnumerable<(WitFunction Function, WitResource? Resource)> FunctionsOf(WitUnit unit) =>
        unit.Items.SelectMany(item => item switch
        {
            WitFunction function => [(function, (WitResource?)null)],
            WitResource resource => resource.Functions
                .Where(one => one.Kind != WitFunctionKind.Method && catalog.IsEnabled(one.Header.Gate))
                .Select(one => (one, (WitResource?)resource)),
            _ => [],
        });

    /// <summary>The methods of an interface's contract.</summary>
    /// <param name="unit">The interface.</param>
    /// <param name="guests">The interfaces of which resources are a guest's.</param>
    internal IEnumerable<DeclaredMethod> Of(WitUnit unit, HashSet<string> guests)
    {
        if (!_names.TryGetValue(unit, out Dictionary<string, string>? names))
        {
            (string Path, string Name, string Word, WitPlace Place)[] items =
                [.. FunctionsOf(unit).Select(one => Named(unit, one.Function, one.Resource))];
            string[] own = naming.NamesOf(WitIdentifiers.OfContract, items);
            names = [];
            for (int i = 0; i < own.Length; i++)
            {
                names[items[i].Path] = own[i];
            }

            _names.Add(unit, names);
        }

        return FunctionsOf(unit)
            .Select(one => Of(
                unit,
                one.Function,
                one.Resource,
                one.Function.ExternName(one.Resource?.Name),
                names[PathOf(unit, one.Function, one.Resource)],
                guests))
            .OfType<DeclaredMethod>();
    }

    /// <summary>The methods of a resource's objects.</summary>
    internal IEnumerable<DeclaredMethod> Of(WitUnit unit, WitResource resource, HashSet<string> guests)
    {
        WitFunction[] methods = [.. resource.Functions.Where(one =>
            one.Kind == WitFunctionKind.Method && catalog.IsEnabled(one.Header.Gate))];
        string[] names = naming.NamesOf(
            [.. WitIdentifiers.OfContract, "IsDisposed", naming.TypeOf(unit, resource.Name)],
            [.. methods.Select(one => (
                PathOf(unit, one, resource),
                WitIdentifiers.Pascal(one.Name),
                WitIdentifiers.Function,
                one.Header.Place))]);
        return methods
            .Select((one, i) => Of(unit, one, resource, one.ExternName(resource.Name), names[i], guests))
            .OfType<DeclaredMethod>()
            .Select(method => method.IsLater || catalog.IsInAllVersions(unit, method.WasmName)
                ? method
                : method with { IsLater = true });
    }

    /// <summary>One function.</summary>
    /// <returns>Null for one that is left out.</returns>
    internal DeclaredMethod? Of(
        WitUnit unit,
        WitFunction function,
        WitResource? resource,
        string wasmName,
        string name,
        HashSet<string> guests)
    {
        string path = PathOf(unit, function, resource);
        string[] parameters = naming.NamesOf(
            [],
            [.. function.Parameters.Select(one => (
                $"{path}.{one.Name}", WitIdentifiers.Camel(one.Name), WitIdentifiers.Parameter, one.Place))]);
        if (isSkipped(unit, path))
        {
            return null;
        }

        Shape?[] values = [.. function.Parameters.Select(one => shapes.OfParameter(one.Type, guests))];
        WitType? type = function.Result;
        if (function.Kind == WitFunctionKind.Constructor && type is null)
        {
            type = new WitNamedType(resource!.Name, function.Header.Place)
            {
                Id = new WitTypeId(unit.Id, resource.Name),
            };
        }

        Shape? result = type is null || values.Contains(null) ? null : shapes.Of(type, guests);
        if (function.IsAsync || values.Contains(null) || (type is not null && result is null))
        {
            WitRefusal refusal = function.IsAsync
                ? new WitRefusal(WitFindingKind.Unsupported, "async")
                : shapes.Refusal!;
            report(new WitFinding(
                refusal.Kind, function.Header.Place, new[] { path, refusal.What }.ToEquatableArray())
            {
                Unit = unit.Id,
            });
            return null;
        }

        return new DeclaredMethod(
            name,
            wasmName,
            parameters.Select((parameter, i) => new DeclaredParameter(Keywords.Escape(parameter), values[i]!))
                .ToEquatableArray(),
            result,
            WitDocs.Of(function.Header, path, WitDocs.Wit(function, catalog)))
        {
            IsLater = function.Header.Gate.Since is { IsFirstOfTrack: false },
        };
    }

    internal static string PathOf(WitUnit unit, WitFunction function, WitResource? resource) => function.Kind switch
    {
        WitFunctionKind.Free => $"{unit.Path}#{function.Name}",
        WitFunctionKind.Constructor => $"{unit.Path}#{resource!.Name}.constructor",
        _ => $"{unit.Path}#{resource!.Name}.{function.Name}",
    };

    /// <summary>A function of a contract, with what names it.</summary>
    internal static (string Path, string Name, string Word, WitPlace Place) Named(
        WitUnit unit, WitFunction function, WitResource? resource) => (
        PathOf(unit, function, resource),
        NameOf(function, resource),
        WitIdentifiers.Function,
        function.Header.Place);

    private static string NameOf(WitFunction function, WitResource? resource) => function.Kind switch
    {
        WitFunctionKind.Constructor => "New" + WitIdentifiers.Pascal(resource!.Name),
        WitFunctionKind.Static => WitIdentifiers.Pascal(resource!.Name) + WitIdentifiers.Pascal(function.Name),
        _ => WitIdentifiers.Pascal(function.Name),
    };
}
