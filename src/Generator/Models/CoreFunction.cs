using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>A function as the guest sees it, after flattening (Canonical ABI, section Flattening).</summary>
/// <param name="Parameters">Its core parameters.</param>
/// <param name="Results">Its core results: at most one.</param>
/// <param name="ParametersSpill">Whether the only parameter is the address of an area that holds them all.</param>
/// <param name="ResultSpills">
/// Whether the result lies in an area: an import's last parameter is its address, an export returns it.
/// </param>
/// <param name="IsPlain">Whether every value is read from and written to its own slot, in place.</param>
/// <param name="NeedsMemory">Whether values lie in memory.</param>
/// <param name="NeedsStore">Whether the store keeps something for values.</param>
/// <param name="NeedsAllocator">Whether the guest must allocate for what it gets.</param>
internal sealed record CoreFunction(
    EquatableArray<CoreType> Parameters,
    EquatableArray<CoreType> Results,
    bool ParametersSpill,
    bool ResultSpills,
    bool IsPlain,
    bool NeedsMemory,
    bool NeedsStore,
    bool NeedsAllocator)
{
    /// <summary>Arguments and results share the slots.</summary>
    internal int SlotCount => Math.Max(Parameters.Count, Results.Count);

    /// <summary>The member of the runtime's <c>GuestNeeds</c>; null for none.</summary>
    internal string? Needs => NeedsAllocator ? "Allocator" : NeedsMemory ? "Memory" : null;

    internal static CoreFunction Of(Shape[] parameters, Shape? result, bool isImport)
    {
        List<CoreType> core = [.. parameters.SelectMany(static parameter => parameter.Flat)];
        bool parametersSpill = core.Count > Flattening.MaxParameters;
        if (parametersSpill)
        {
            core = [CoreType.I32];
        }

        bool resultSpills = result is not MultiValueShape && result?.Flat.Count > 1;
        List<CoreType> results = resultSpills ? [CoreType.I32] : result is null ? [] : [.. result.Flat];
        if (resultSpills && isImport)
        {
            core.Add(CoreType.I32);
            results = [];
        }

        bool parametersNeed = parameters.Any(static parameter => parameter.NeedsMemory);
        bool resultNeeds = result?.NeedsMemory == true;
        return new CoreFunction(
            core.ToEquatableArray(),
            results.ToEquatableArray(),
            parametersSpill,
            resultSpills,
            !parametersSpill
                && (result is null or SlotShape)
                && parameters.All(static parameter => parameter is SlotShape),
            parametersNeed || resultNeeds || parametersSpill || resultSpills,
            result?.NeedsStore == true || parameters.Any(static parameter => parameter.NeedsStore),
            isImport
                ? result?.NeedsAllocator == true || parameters.Any(static parameter => parameter.NeedsClasses)
                : parametersSpill || parameters.Any(static parameter => parameter.NeedsAllocator)
                    || result?.NeedsClasses == true);
    }
}
