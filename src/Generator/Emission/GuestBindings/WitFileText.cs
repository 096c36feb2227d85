using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// A file in WIT: a world of what guests import and export. Only a type that several interfaces need is in an interface
/// of its own.
/// </summary>
internal sealed partial class WitFileText
{
    private const string Root = "$root";

    private readonly GuestSurface _surface;
    private readonly Action<Refusal> _refuse;
    private readonly List<WitScope> _scopes = [];
    private readonly WitScope _world = new(Root);
    private string _member = "";
    private string _rootPackage = "";

    private WitFileText(GuestSurface surface, Action<Refusal> refuse)
    {
        _surface = surface;
        _refuse = refuse;
    }

    /// <param name="title">The file's name without its extension.</param>
    /// <param name="package">The package's name; empty for the usual one.</param>
    /// <param name="assembly">The name of the classes' assembly.</param>
    /// <param name="surface">What is written.</param>
    /// <param name="refuse">Gets what WIT cannot say.</param>
    internal static string Write(
        string title, string package, string assembly, GuestSurface surface, Action<Refusal> refuse)
    {
        bool isRefused = false;
        string text = new WitFileText(surface, refusal =>
        {
            isRefused = true;
            refuse(refusal);
        }).Write(Kebab(title), package, Kebab(assembly));
        if (isRefused)
        {
            return "";
        }

        // What nobody foresaw must not reach those who write guests.
        WitPackages read = WitPackages.Resolve("w", [WitParser.Parse(new WitSource("w/w.wit", text))]);
        foreach (WitError error in read.Errors)
        {
            refuse(new Refusal(
                title,
                $"WIT does not allow it ({error.Message})",
                "use other names, or name fewer classes in the item's Classes"));
        }

        return text;
    }

    private string Write(string world, string package, string assembly)
    {
        foreach ((string module, IReadOnlyList<SurfaceFunction> functions) in _surface.Imports)
        {
            foreach (SurfaceFunction function in functions)
            {
                Scope(module == Root ? null : module, function).IsImported = true;
            }
        }

        foreach (SurfaceFunction function in _surface.Exports)
        {
            int hash = function.Name.IndexOf('#');
            Scope(hash < 0 ? null : function.Name.Substring(0, hash), function).IsExported = true;
        }

        foreach ((string member, GuestProperty property) in _surface.Properties.Where(static one =>
            one.Property is not { Item: "Memory", WasmName: "memory" }))
        {
            _member = member;
            Refuse(
                $"WIT has no {property.Item ?? "global"} to export",
                "show it by a class that the item's Classes do not name, or make a function of it");
        }

        string[] packages = [.. _scopes.Select(static scope => scope.Package).OfType<string>().Distinct()];
        string root = package.Length > 0 ? package
            : packages.Length == 1 ? packages[0]
            : $"{assembly}:{world}";
        _rootPackage = root;
        PlaceTypes(root);
        string[] interfaces = [.. _scopes.Where(scope => scope.Package == root).Select(Interface)];
        string[] others =
        [
            .. packages.Where(other => other != root).Select(other =>
            {
                string[] items = [.. _scopes.Where(scope => scope.Package == other).Select(Interface)];
                return $"package {other} {{\n{CSharp.Indented(Parts(items))}\n}}";
            }),
        ];
        world = _scopes.Exists(scope => scope.Package == root && scope.Name == world) ? world + "-world" : world;
        string first = $"// Written by WasmBindgen from the C# classes {string.Join(", ", _surface.Classes)}: "
            + "changes will be lost.";
        return Parts([first, $"package {root};", .. interfaces, World(world, root), .. others]) + "\n";
    }

    /// <summary>The scope that a function is in, with the function.</summary>
    private WitScope Scope(string? module, SurfaceFunction function)
    {
        _member = function.Member;
        WitScope? scope = module is null ? _world : _scopes.Find(one => one.PathFrom("") == module);
        if (scope is null)
        {
            scope = new WitScope(module!);
            _scopes.Add(scope);
            if (scope.WhyNoName() is { } reason)
            {
                Refuse($"its module '{module}' is no name of WIT ({reason})", "give the module another name");
            }
        }

        string name = function.IsImport ? function.Name : function.Name.Substring(function.Name.IndexOf('#') + 1);
        if (scope.Functions.TrueForAll(other => other.Name != name))
        {
            scope.Functions.Add((name, function));
        }

        return scope;
    }

    private string World(string name, string root)
    {
        IEnumerable<string> externs = _scopes.SelectMany(scope => new[]
        {
            (Is: scope.IsImported, Word: "import"), (Is: scope.IsExported, Word: "export"),
        }.Where(static side => side.Is).Select(side => scope.Package is null
            ? $"{side.Word} {WitScope.Escape(scope.Name)}: interface {{\n{CSharp.Indented(Items(scope))}\n}}"
            : $"{side.Word} {scope.PathFrom(root)};"));
        IEnumerable<string> functions = _world.Functions.Select(one =>
            Function(one.Name, one.Function, one.Function.IsImport ? "import " : "export "));
        return $"world {WitScope.Escape(name)} {{\n"
            + CSharp.Indented(Parts([Uses(_world), .. Types(_world), string.Join("\n", externs), .. functions]))
            + "\n}";
    }

    private string Interface(WitScope scope) =>
        $"interface {WitScope.Escape(scope.Name)} {{\n{CSharp.Indented(Items(scope))}\n}}";

    private string Items(WitScope scope) => Parts(
    [
        Uses(scope),
        .. Types(scope),
        .. scope.Resources.Select(resource => Resource(scope, resource)),
        .. scope.Functions.Where(static one => one.Name[0] != '[').Select(one => Function(one.Name, one.Function, "")),
    ]);

    private static string Parts(string[] parts) =>
        string.Join("\n\n", parts.Where(static part => part.Length > 0));

    private static string Uses(WitScope scope) => string.Join("\n", scope.Uses.Select(static use =>
        $"use {use.Key}.{{{string.Join(", ", use.Value.Select(WitScope.Escape))}}};"));

    private string[] Types(WitScope scope) => [.. scope.Types.Select(Definition)];

    private string Resource(WitScope scope, string resource)
    {
        string items = string.Join("\n\n", scope.Functions.Select(one =>
        {
            (string kind, string rest) = one.Name[0] == '['
                ? (one.Name.Substring(1, one.Name.IndexOf(']') - 1), one.Name.Substring(one.Name.IndexOf(']') + 1))
                : ("", "");
            return kind == "constructor" && rest == resource
                    ? Documented(one.Function, $"constructor({Parameters(one.Function, 0)});")
                : kind == "method" && rest.StartsWith(resource + ".", StringComparison.Ordinal)
                    ? Method(one.Function, rest, "", 1)
                : kind == "static" && rest.StartsWith(resource + ".", StringComparison.Ordinal)
                    ? Method(one.Function, rest, "static ", 0)
                : "";
        }).Where(static item => item.Length > 0));
        return items.Length == 0
            ? $"resource {WitScope.Escape(resource)};"
            : $"resource {WitScope.Escape(resource)} {{\n{CSharp.Indented(items)}\n}}";

        string Method(SurfaceFunction function, string name, string word, int first)
        {
            name = Checked(function, name.Substring(resource.Length + 1));
            return Documented(function, $"{name}: {word}{Signature(function, first)};");
        }
    }

    private string Function(string name, SurfaceFunction function, string word) =>
        Documented(function, $"{word}{Checked(function, name)}: {Signature(function, 0)};");

    private static string Documented(SurfaceFunction function, string item) => $"/// {function.Member}\n{item}";

    /// <summary>A function's name, if it can be one.</summary>
    private string Checked(SurfaceFunction function, string name)
    {
        _member = function.Member;
        if (WitParser.WhyNoName(name) is { } reason)
        {
            Refuse(
                $"'{name}' is no name of WIT ({reason})",
                "set Naming = Naming.KebabCase in the attribute of the class, or use [WasmName]");
        }

        return WitScope.Escape(name);
    }

    private string Signature(SurfaceFunction function, int first)
    {
        string parameters = Parameters(function, first);
        if (function is { Allocation: not null, Core.NeedsAllocator: true })
        {
            Refuse("guests of WIT allocate by cabi_realloc", "remove [GuestAllocator] from the class");
        }

        if (function is { Memory: not null, Core.NeedsMemory: true })
        {
            Refuse("guests of WIT have their values in 'memory'", "name no other memory");
        }

        return $"func({parameters}){(function.Result is { } result ? " -> " + TypeOf(result, function) : "")}";
    }

    private string Parameters(SurfaceFunction function, int first)
    {
        _member = function.Member;
        return string.Join(", ", function.Parameters.Skip(first).Select(parameter =>
            $"{Named(parameter.Name)}: {TypeOf(parameter.Value, function)}"));
    }

    /// <summary>A C# name in kebab case.</summary>
    private string Named(string name)
    {
        string kebab = Kebab(name);
        if (WitParser.WhyNoName(kebab) is { } reason)
        {
            Refuse($"'{name}' would be '{kebab}', which is no name of WIT ({reason})", "give it another name");
        }

        return WitScope.Escape(kebab);
    }

    private static string Kebab(string name) => string.Join("-", Names.Apply(NamingPolicy.KebabCase, name)
        .Split(['-', '_', '.', ' '], StringSplitOptions.RemoveEmptyEntries));

    private string Refuse(string reason, string remedy)
    {
        _refuse(new Refusal(_member, reason, remedy));
        return "";
    }
}
