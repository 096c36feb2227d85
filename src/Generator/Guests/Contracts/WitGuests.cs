using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>What guests have for the classes that are bound to them, and want of hosts.</summary>
/// <param name="catalog">Knows the interfaces and worlds.</param>
/// <param name="naming">Knows the names.</param>
/// <param name="methods">Knows the functions.</param>
/// <param name="rootFunctions">
/// Gives the names of all functions in the contract of what a world imports itself, in whatever version.
/// </param>
internal sealed class WitGuests(
    WitCatalog catalog, WitNaming naming, WitMethods methods, Func<WitUnit, IEnumerable<string>> rootFunctions)
{
    /// <summary>The module of what a world imports itself.</summary>
    private const string Root = "$root";

    internal DeclaredGuest Of(WitSides side)
    {
        if (side.World is null)
        {
            return new DeclaredGuest(
                Interfaces(side.Binding.Imports).Where(one => methods.HasContract(one.Unit))
                    .Select(one => Import(side, one.Unit, one.Id, ModuleOf(one.Unit, one.Id), null))
                    .ToEquatableArray(),
                Interfaces(side.Binding.Imports)
                    .SelectMany(one => Resources(one.Unit, one.Id, ModuleOf(one.Unit, one.Id)))
                    .ToEquatableArray(),
                Interfaces(side.Binding.Exports)
                    .Select(one => Export(one.Unit, one.Id, ModuleOf(one.Unit, one.Id), "", "", side))
                    .ToEquatableArray(),
                default);
        }

        WitUnit world = catalog.Unit(side.World.Id)!;
        WitWorldExtern[] externs = [.. side.World.Externs.Where(one => catalog.IsEnabled(one.Header.Gate))];
        WitWorldExtern[] exports = [.. externs.Where(one => one.IsExport && !side.Binding.IsRootOnly)];
        string[] classes = ClassesOf(side, exports);
        string[] names = naming.NamesOf(
            [.. WitIdentifiers.OfWorld, side.Class, .. classes], [.. exports.Select(one => Named(world, one))]);
        var functions = new List<DeclaredMethod>();
        var interfaces = new List<DeclaredExport>();
        for (int i = 0; i < exports.Length; i++)
        {
            WitWorldExtern one = exports[i];
            if (one.Function is { } function)
            {
                DeclaredMethod? method = methods.Of(
                    world, function with { Header = one.Header }, null, one.Header.Name, names[i], side.Exports);
                if (method is not null && !side.Binding.Skips(method.Docs.Path))
                {
                    functions.Add(method);
                }
            }
            else if (catalog.Unit(one.Interface!) is { } unit && methods.FunctionsOf(unit).Any())
            {
                interfaces.Add(Export(unit, one.Interface!, NameOf(one), names[i], classes[i], side));
            }
        }

        return new DeclaredGuest(
            Imports(side, world, externs).ToEquatableArray(),
            (side.HasImports ? side.Worlds : [])
                .SelectMany(unit => Resources(unit, unit == world ? side.World.Id : unit.Id, Root))
                .Concat(externs.Where(static one => !one.IsExport && one.Function is null)
                    .SelectMany(one => Imported(one, side) is { } unit
                        ? Resources(unit, one.Interface!, NameOf(one))
                        : []))
                .ToEquatableArray(),
            interfaces.ToEquatableArray(),
            functions.ToEquatableArray());
    }

    /// <summary>
    /// The functions that a world imports itself, and those of the resources that stand in it, with the world that each
    /// is of.
    /// </summary>
    internal IEnumerable<(WitUnit Unit, WitFunction Function, WitResource? Resource)> RootFunctions(WitSides side) =>
        side.World!.Externs
            .Where(one => !one.IsExport && one.Function is not null && catalog.IsEnabled(one.Header.Gate))
            .Select(one => (side.Worlds[0], Function: one.Function! with { Header = one.Header }, (WitResource?)null))
            .Concat(side.Worlds.SelectMany(unit =>
                methods.FunctionsOf(unit).Select(one => (unit, one.Function, one.Resource))));

    private IEnumerable<DeclaredImport> Imports(WitSides side, WitUnit world, WitWorldExtern[] externs)
    {
        var items = new List<(string Path, string Name, string Word, WitPlace Place)>();
        var imports = new List<DeclaredImport>();
        if (side.HasImports && RootFunctions(side).Any())
        {
            items.Add((
                $"{world.Path}#imports",
                WitIdentifiers.Pascal(world.Label) + "Imports",
                WitIdentifiers.Interface,
                world.Header.Place));
            string[] own =
                [.. RootFunctions(side).Select(static one => one.Function.ExternName(one.Resource?.Name))];
            imports.Add(new DeclaredImport("", FullName(side, world), Root, null)
            {
                Lacks = rootFunctions(world).Where(name => !own.Contains(name)).ToEquatableArray(),
            });
        }

        foreach (WitWorldExtern one in externs.Where(static one => !one.IsExport && one.Function is null))
        {
            if (Imported(one, side) is { } unit && methods.HasContract(unit))
            {
                items.Add(Named(world, one));
                imports.Add(Import(side, unit, one.Interface!, NameOf(one), one.Header.ExternalId));
            }
        }

        string[] names = naming.NamesOf([.. WitIdentifiers.OfRecord, "Imports"], items);
        return imports.Select((one, i) => one with { Property = names[i] });
    }

    private DeclaredImport Import(WitSides side, WitUnit unit, string id, string module, string? externalId) =>
        new("", FullName(side, unit), module, externalId)
        {
            Lacks = Lacks(id, methods.FunctionsOf(unit).Select(static one =>
                one.Function.ExternName(one.Resource?.Name))).ToEquatableArray(),
        };

    /// <summary>The functions that the version of an id does not have.</summary>
    private IEnumerable<string> Lacks(string id, IEnumerable<string> functions) =>
        functions.Where(function => !catalog.Has(id, function));

    private IEnumerable<(WitUnit Unit, string Id)> Interfaces(IEnumerable<string> ids) =>
        ids.Where(id => catalog.Unit(id) is not null).Select(id => (catalog.Unit(id)!, id));

    /// <summary>
    /// The nested classes of exported interfaces, whose names neither each other nor the class around them has; empty
    /// for functions.
    /// </summary>
    private string[] ClassesOf(WitSides side, WitWorldExtern[] exports)
    {
        const string Suffix = "Exports";
        var labels = new WitNameScope(side.Class.EndsWith(Suffix, StringComparison.Ordinal)
            ? [side.Class.Substring(0, side.Class.Length - Suffix.Length)]
            : []);
        return
        [
            .. exports.Select(one => one.Function is not null ? "" : labels.Take(
                WitIdentifiers.Pascal(LabelOf(one)), WitIdentifiers.Interface, null, out _) + Suffix),
        ];
    }

    /// <param name="unit">The interface.</param>
    /// <param name="id">The id of the version that is meant.</param>
    /// <param name="name">The name that the guest exports it under.</param>
    /// <param name="property">The property that shows it; empty if a class is for it alone.</param>
    /// <param name="className">The nested class; empty as well.</param>
    /// <param name="side">The class that is bound.</param>
    private DeclaredExport Export(
        WitUnit unit, string id, string name, string property, string className, WitSides side)
    {
        string enclosing = className.Length > 0 ? className : side.Class;
        bool isFakeable = methods.IsFakeable(unit);
        DeclaredMethod[] all = [.. methods.Of(unit, side.Exports)];
        var scope = new WitNameScope(
            all.Select(static method => method.Name).Concat([enclosing, .. WitIdentifiers.OfExport]));
        return new DeclaredExport(
            property,
            className,
            name,
            isFakeable ? naming.FullName(unit, naming.ContractOf(unit)) : null,
            all.Where(method => AbsenceOf(method) is null)
                .Select(method => method.Name == enclosing || WitIdentifiers.OfExport.Contains(method.Name)
                    ? method with
                    {
                        Name = scope.Take(method.Name, WitIdentifiers.Function, null, out _),
                        ContractName = method.Name,
                    }
                    : method)
                .ToEquatableArray(),
            unit.Items.OfType<WitResource>()
                .Select(resource => new DeclaredResource(
                    naming.FullName(unit, naming.TypeOf(unit, resource.Name)), name, resource.Name))
                .ToEquatableArray())
        {
            Absent = all.Where(method => AbsenceOf(method) is not null)
                .Select(method => (method, AbsenceOf(method)!))
                .ToEquatableArray(),
        };

        string? AbsenceOf(DeclaredMethod method) =>
            side.Binding.Skips(method.Docs.Path) ? WitBinding.Skipping
            : catalog.Has(id, method.WasmName) ? null
            : WitBound.OtherVersion;
    }

    private WitUnit? Imported(WitWorldExtern one, WitSides side) =>
        catalog.Unit(one.Interface!) is { } unit && side.Imports.Contains(unit.Id) ? unit : null;

    private IEnumerable<DeclaredResource> Resources(WitUnit unit, string id, string module) =>
        unit.Items.OfType<WitResource>().Select(resource => new DeclaredResource(
            naming.FullName(unit, naming.ContractOf(unit, resource.Name)), module, resource.Name)
        {
            Lacks = Lacks(id, resource.Functions.Select(one => one.ExternName(resource.Name))).ToEquatableArray(),
        });

    /// <summary>The contract that a class has.</summary>
    private string FullName(WitSides side, WitUnit unit) => naming.FullName(
        unit, side.Binding.IsAsync ? naming.AsyncContractOf(unit) : naming.ContractOf(unit));

    /// <summary>The name of an interface for guests; of one that stands in a world the name there.</summary>
    private static string ModuleOf(WitUnit unit, string id) => unit.IsInline ? unit.Header.Name : id;

    /// <summary>The name that a guest has for an import or export.</summary>
    private static string NameOf(WitWorldExtern one) =>
        one.IsNamed || one.Inline is not null ? one.Header.Name : one.Interface!;

    internal (string Path, string Name, string Word, WitPlace Place) Named(WitUnit world, WitWorldExtern one)
    {
        string label = LabelOf(one);
        return (
            $"{world.Path}#{label}",
            WitIdentifiers.Pascal(label),
            one.Function is null ? WitIdentifiers.Interface : WitIdentifiers.Function,
            one.Header.Place);
    }

    private string LabelOf(WitWorldExtern one) => one.Function is not null || one.IsNamed || one.Inline is not null
        ? one.Header.Name
        : catalog.Unit(one.Interface!)!.Label;
}
