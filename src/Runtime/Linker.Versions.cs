namespace WasmBindgen;

/// <content>Interfaces that a guest imports in another version than there is.</content>
public sealed unsafe partial class Linker
{
    // By interface and track: the modules that have functions, the highest version first.
    private readonly Dictionary<(string Interface, string Track), List<string>> _versions = [];

    /// <summary>Whether the functions of a module may serve imports of other versions, which it then notes.</summary>
    private bool NoteVersion(string module)
    {
        if (!InterfaceVersion.TryParse(module, out InterfaceVersion version) || version.Item.Length > 0)
        {
            return false;
        }

        if (!_versions.TryGetValue((version.Interface, version.Track), out List<string>? modules))
        {
            modules = [];
            _versions.Add((version.Interface, version.Track), modules);
        }

        if (!modules.Contains(module))
        {
            modules.Add(module);
            modules.Sort(static (left, right) => VersionOf(right).CompareTo(VersionOf(left)));
        }

        return true;

        static (ulong, ulong) VersionOf(string module) =>
            InterfaceVersion.TryParse(module, out InterfaceVersion parsed) ? parsed.Version : default;
    }

    /// <summary>The imports of an interface that there is only in other versions of the same track.</summary>
    private IEnumerable<(ImportType Import, (string Module, string Name) Origin)> FindVersions(Module module)
    {
        if (_versions.Count == 0)
        {
            yield break;
        }

        foreach (ImportType import in module.Imports.DistinctBy(static import => (import.Module, import.Name)))
        {
            (string Module, string Name)? known = OriginOf(import);
            if (import.Type is FunctionType
                && (known is not null || IsUndefined(import))
                && InterfaceVersion.TryParse(import.Module, out InterfaceVersion version)
                && _versions.TryGetValue((version.Interface, version.Track), out List<string>? modules)
                && modules.Find(one => one != import.Module && _originals.ContainsKey((one, import.Name)))
                    is { } highest
                && known != (highest, import.Name))
            {
                yield return (import, (highest, import.Name));
            }
        }
    }
}
