using System.Buffers;

namespace WasmBindgen;

/// <content>The functions that wasm-bindgen imports with a hash behind their name.</content>
public sealed unsafe partial class Linker
{
    private const int HashDigits = 16;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    // Those of classes with [RustWasmBindgen], by which imports with a hash are served.
    private readonly HashSet<(string Module, string Name)> _hashless = [];

    /// <summary>The imports with a hash of which there is one without.</summary>
    private IEnumerable<(ImportType Import, (string Module, string Name) Origin)> FindHashed(Module module) =>
        // What was defined for an earlier module is as ambiguous as others. What the host names with its hash is not.
        _hashless.Count == 0 ? [] : module.Imports
            .Where(import => import.Type is FunctionType && (IsUndefined(import) || OriginOf(import) is not null))
            .DistinctBy(static import => (import.Module, import.Name))
            .Select(import => (Import: import, Name: Hashless(import)))
            .Where(static found => found.Name is not null)
            .GroupBy(static found => (found.Import.Module, Name: found.Name!))
            .Where(static found => found.Count() == 1) // otherwise nobody knows which of them is meant
            .Select(static found => (found.Single().Import, found.Key))
            .Where(found => IsUndefined(found.Import));

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
        return _hashless.Contains((import.Module, name)) ? name
            : name.StartsWith(Function + Intrinsic, StringComparison.Ordinal)
                && name[Function.Length..] is var intrinsic
                && _hashless.Contains((import.Module, intrinsic))
                ? intrinsic
            : null;
    }
}
