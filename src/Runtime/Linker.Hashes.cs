using System.Buffers;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;

namespace WasmBindgen;

/// <content>The functions that wasm-bindgen imports with a hash behind their name.</content>
public sealed unsafe partial class Linker
{
    private const int HashDigits = 16;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    // Those of classes with [RustWasmBindgen], by which imports with a hash are served.
    private readonly Dictionary<(string Module, string Name), HostFunction> _hashless = [];

    /// <summary>
    /// Defines the functions that a module imports with a hash, and that there are without. Which those are, only the
    /// module tells.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="wait">How long to wait for other threads, each time.</param>
    /// <returns>Whether that was long enough.</returns>
    private bool DefineHashed(Module module, TimeSpan wait)
    {
        // A start function that instantiates cannot change the linker.
        if (_hashless.Count == 0 || _access.IsReadLockHeld)
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
            isDefined = FindHashed(module).Count == 0;
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
            foreach ((ImportType import, string name) in FindHashed(module))
            {
                HostFunction function = _hashless[(import.Module, name)] with { Name = import.Name };
                Definition definition = _definitions[(import.Module, name)] with { Hashless = name };
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

    /// <summary>The imports that can be served so, with the name that there is.</summary>
    private List<(ImportType Import, string Name)> FindHashed(Module module) =>
        // What was defined for an earlier module is as ambiguous as others. What the host names with its hash is not.
        [.. module.Imports
            .Where(import => import.Type is FunctionType
                && (IsUndefined(import) || _definitions[(import.Module, import.Name)].Hashless is not null))
            .DistinctBy(static import => (import.Module, import.Name))
            .Select(import => (Import: import, Name: Hashless(import)))
            .Where(static found => found.Name is not null)
            .GroupBy(static found => (found.Import.Module, found.Name))
            .Where(static found => found.Count() == 1) // otherwise nobody knows which of them is meant
            .Select(static found => (found.Single().Import, found.Key.Name!))
            .Where(found => IsUndefined(found.Import))];

    private bool IsUndefined(ImportType import) =>
        !_definitions.TryGetValue((import.Module, import.Name), out Definition known) || known.IsTrap;

    /// <summary>The name without a hash under which there is what an import wants; null if there is none.</summary>
    private string? Hashless(ImportType import)
    {
        const string Function = "__wbg_";
        const string Intrinsic = "__wbindgen_";
        string name = import.Name;
        int end = name.Length - HashDigits - 1;
        if (end <= 0 || name[end] != '_' || name.AsSpan(end + 1).ContainsAnyExcept(s_digits))
        {
            return null;
        }

        name = name[..end];
        return _hashless.ContainsKey((import.Module, name)) ? name
            : name.StartsWith(Function + Intrinsic, StringComparison.Ordinal)
                && name[Function.Length..] is var intrinsic
                && _hashless.ContainsKey((import.Module, intrinsic))
                ? intrinsic
            : null;
    }

    /// <summary>Forgets what was defined for imports with a hash by way of a name that is defined anew.</summary>
    private void ForgetHashed(string module, string name)
    {
        if (_hashless.Remove((module, name)))
        {
            foreach ((string Module, string Name) known in _definitions
                .Where(known => known.Key.Module == module && known.Value.Hashless == name)
                .Select(static known => known.Key)
                .ToArray())
            {
                _definitions.Remove(known);
            }
        }
    }
}
