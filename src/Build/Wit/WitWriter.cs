using System.Text;
using WasmBindgen.Components.Format;

namespace WasmBindgen.Build.Wit;

/// <summary>Writes packages as WIT, the first as the root and the others within it.</summary>
internal sealed class WitWriter
{
    private readonly StringBuilder _text = new();
    private readonly TypeTexts _types;
    private readonly WitDocumentation _documentation;
    private int _depth;
    private bool _isFirst = true;

    private WitWriter(TypeNames names, WitDocumentation documentation)
    {
        _types = new TypeTexts(names);
        _documentation = documentation;
    }

    /// <exception cref="InvalidDataException">Something has no form in WIT, or the text is too long.</exception>
    internal static string Write(WitDocument document, TypeNames names, WitDocumentation documentation)
    {
        var writer = new WitWriter(names, documentation);
        for (int i = 0; i < document.Count; i++)
        {
            WitPackage package = document[i];
            string version = package.Version is null ? "" : $"@{package.Version}";
            string name = string.Join(":", package.Name.Split(':').Select(WitNames.Label)) + version;
            writer.Annotate(package.FullName);
            if (i == 0)
            {
                writer.Line($"package {name};");
                writer._text.Append('\n');
                writer.Package(package);
            }
            else
            {
                writer.Block($"package {name}", () => writer.Package(package));
            }
        }

        return writer._text.ToString();
    }

    private void Package(WitPackage package)
    {
        foreach (WitInterface type in package.Interfaces)
        {
            Separate();
            string path = $"{package.FullName}/{type.Name}";
            Annotate(path);
            Block($"interface {WitNames.Label(type.Name)}", () => Interface(type, package, path));
        }

        foreach (WitWorld world in package.Worlds)
        {
            Separate();
            string path = $"{package.FullName}/{world.Name}";
            Annotate(path);
            Block($"world {WitNames.Label(world.Name)}", () => World(world, package, path));
        }
    }

    private void World(WitWorld world, WitPackage package, string path)
    {
        foreach (WorldItem import in world.Imports.Where(static import => import.Interface is not null))
        {
            Item("import", import, world, package, path);
        }

        Types(world, package, path);
        foreach (WorldItem import in world.Imports.Where(static import => import.Interface is null))
        {
            Item("import", import, world, package, path);
        }

        if (world.Exports.Count > 0)
        {
            Separate();
        }

        foreach (WorldItem export in world.Exports)
        {
            Item("export", export, world, package, path);
        }
    }

    private void Item(string direction, WorldItem item, WitWorld world, WitPackage package, string path)
    {
        string label = item.Name is null ? "" : WitNames.Label(item.Name) + ": ";
        if (item.Function is { } function)
        {
            Annotate($"{path}#{item.Name}");
            Line($"{direction} {label}{_types.Function("", function, world)};");
        }
        else if (item.Interface is { Package: null } part)
        {
            Annotate($"{path}/{item.Name}");
            Block($"{direction} {label}interface", () => Interface(part, package, $"{path}/{item.Name}"));
        }
        else
        {
            WitInterface target = item.Interface!;
            Annotate($"{path}/{item.Name ?? target.FullName}");
            Line($"{direction} {label}{Path(target, package)};");
        }

        _isFirst = false;
    }

    private void Interface(WitInterface type, WitPackage package, string path)
    {
        Types(type, package, path);
        foreach (NamedFunction function in type.Functions)
        {
            (string kind, string resource, string name) = WitNames.Function(function.Name);
            if (kind.Length == 0)
            {
                Separate();
                Annotate($"{path}#{name}");
                Line($"{WitNames.Label(name)}: {_types.Function("", function.Type, type)};");
            }
            else if (!type.Types.Contains(resource))
            {
                throw new InvalidDataException(
                    $"a function is of a resource '{WitNames.Label(resource)}' that is not there");
            }
        }
    }

    private void Types(WitScope scope, WitPackage package, string path)
    {
        Uses(scope, package);
        foreach (NamedType type in scope.Types.Where(type => type.Target is null || type.Target.Scope == scope))
        {
            Separate();
            string typePath = $"{path}#{type.Name}";
            Annotate(typePath);
            string label = WitNames.Label(type.Name);
            if (type.Target is not null)
            {
                Line($"type {label} = {WitNames.Label(type.Target.Name)};");
            }
            else
            {
                Declare(type, label, scope, typePath);
            }
        }
    }

    private void Uses(WitScope scope, WitPackage package)
    {
        WitScope? last = null;
        foreach (NamedType type in scope.Types)
        {
            if (type.Target is not { } target || target.Scope == scope)
            {
                continue;
            }

            string name = WitNames.Label(target.Name);
            string use = name + (type.Name == target.Name ? "" : $" as {WitNames.Label(type.Name)}");
            if (target.Scope == last)
            {
                _text.Length -= "};\n".Length;
                _text.Append($", {use}}};\n");
            }
            else
            {
                last = target.Scope;
                string from = last is WitInterface { Package: not null } named
                    ? Path(named, package)
                    : throw new InvalidDataException(
                        $"the type '{name}' is of a part of a world, which nothing else can use");
                Line($"use {from}.{{{use}}};");
            }

            _isFirst = false;
        }
    }

    private void Declare(NamedType type, string label, WitScope scope, string path)
    {
        switch (type.Type.Kind)
        {
            case TypeKind.Resource:
                Resource(type, label, scope, path);
                break;
            case TypeKind.Record or TypeKind.Variant or TypeKind.Flags or TypeKind.Enum:
                string keyword = type.Type.Kind switch
                {
                    TypeKind.Record => "record",
                    TypeKind.Variant => "variant",
                    TypeKind.Flags => "flags",
                    _ => "enum",
                };
                Block($"{keyword} {label}", () =>
                {
                    foreach (TypedMember member in type.Type.Members)
                    {
                        Annotate($"{path}.{member.Name}");
                        string text = WitNames.Label(member.Name);
                        if (member.Type is not null)
                        {
                            string of = _types.Of(member.Type, scope);
                            text += type.Type.Kind == TypeKind.Record ? $": {of}" : $"({of})";
                        }

                        Line(text + ",");
                    }
                });
                break;
            default:
                Line($"type {label} = {_types.Structure(type.Type, scope)};");
                break;
        }
    }

    private void Resource(NamedType type, string label, WitScope scope, string path)
    {
        var members = scope.Functions
            .Select(static function => (Parts: WitNames.Function(function.Name), function.Name, function.Type))
            .Where(function => function.Parts.Kind.Length > 0 && function.Parts.Resource == type.Name)
            .ToArray();
        if (members.Length == 0)
        {
            Line($"resource {label};");
            return;
        }

        Block($"resource {label}", () =>
        {
            foreach (((string kind, _, string name), string fullName, FunctionEntity function) in members)
            {
                Annotate($"{path.Substring(0, path.LastIndexOf('#'))}#{fullName}");
                string begin = kind == "constructor" ? "" : WitNames.Label(name) + ": ";
                Line($"{begin}{_types.Function(kind, function, scope)};");
            }
        });
    }

    private static string Path(WitInterface type, WitPackage from)
    {
        WitPackage package = type.Package!;
        string name = WitNames.Label(type.Name);
        if (package == from)
        {
            return name;
        }

        string packageName = string.Join(":", package.Name.Split(':').Select(WitNames.Label));
        return $"{packageName}/{name}{(package.Version is null ? "" : $"@{package.Version}")}";
    }

    private void Annotate(string path)
    {
        foreach (string line in _documentation.Of(path))
        {
            Line(line);
        }
    }

    private void Block(string header, Action content)
    {
        Line(header + " {");
        _depth++;
        _isFirst = true;
        content();
        _depth--;
        _isFirst = false;
        Line("}");
    }

    private void Line(string text)
    {
        _text.Append(' ', 2 * _depth).Append(text).Append('\n');
        if (_text.Length > TypeTexts.MaxText)
        {
            throw new InvalidDataException($"its interface is longer than {TypeTexts.MaxText} characters");
        }
    }

    /// <summary>An empty line between what is in a block.</summary>
    private void Separate()
    {
        if (!_isFirst)
        {
            _text.Append('\n');
        }

        _isFirst = false;
    }
}
