using WasmBindgen.CompilerServices;
using WasmBindgen.Native;

namespace WasmBindgen;

/// <content>
/// Host functions that serve imports of other names than their own. Which those are, only the module tells.
/// </content>
public sealed unsafe partial class Linker
{
    // The functions that may serve others: of versioned interfaces, and of classes with [RustWasmBindgen].
    private readonly Dictionary<(string Module, string Name), HostFunction> _originals = [];

    /// <summary>Defines the functions that a module imports under other names than they have here.</summary>
    /// <param name="module">The module.</param>
    /// <param name="wait">How long to wait for other threads, each time.</param>
    /// <returns>Whether that was long enough.</returns>
    private bool DefineAliases(Module module, TimeSpan wait)
    {
        // A start function that instantiates cannot change the linker.
        if (_originals.Count == 0 || _access.IsReadLockHeld)
        {
            return true;
        }

        if (!_access.TryEnterReadLock(wait))
        {
            return false;
        }

        bool isDefined;
        try
        {
            isDefined = FindAliases(module).Count == 0;
        }
        finally
        {
            _access.ExitReadLock();
        }

        if (isDefined)
        {
            return true;
        }

        if (!_access.TryEnterWriteLock(wait))
        {
            return false;
        }

        try
        {
            foreach ((ImportType import, (string Module, string Name) origin) in FindAliases(module))
            {
                HostFunction function = _originals[origin] with { Name = import.Name };
                Definition definition = _definitions[origin] with { Origin = origin };
                DefineFunction(import.Module, Utf8Name.Encode(import.Module), function);
                Register(import.Module, import.Name, definition, function.Requirement);
            }

            return true;
        }
        finally
        {
            _access.ExitWriteLock();
        }
    }

    /// <summary>The imports that can be served so, with what is to serve each.</summary>
    private List<(ImportType Import, (string Module, string Name) Origin)> FindAliases(Module module) =>
        [.. FindHashed(module), .. FindVersions(module)];

    private bool IsUndefined(ImportType import) =>
        !_definitions.TryGetValue((import.Module, import.Name), out Definition known) || known.IsTrap;

    /// <summary>By way of which name an import was defined; null if by none.</summary>
    private (string Module, string Name)? OriginOf(ImportType import) =>
        _definitions.TryGetValue((import.Module, import.Name), out Definition known) ? known.Origin : null;

    /// <summary>Forgets what was defined by way of a name that is defined anew.</summary>
    private void ForgetAliases(string module, string name)
    {
        if (_originals.Remove((module, name)))
        {
            foreach ((string Module, string Name) known in _definitions
                .Where(known => known.Value.Origin == (module, name))
                .Select(static known => known.Key)
                .ToArray())
            {
                _definitions.Remove(known);
            }
        }
    }
}
