using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>A function as the guest sees it, after flattening (Canonical ABI, section Flattening).</summary>
/// <param name="Parameters">Its core parameters.</param>
/// <param name="Results">Its core results: at most one.</param>
/// <param name="ParametersSpill">Whether the only parameter is the address of an area that holds them all.</param>
/// <param name="ResultSpills">
/// Whether the result lies in an area: an import's last parameter is its address, an export returns it.
/// </param>
/// <param name="AreaComesFirst">Whether the first parameter is the address instead, of imports and exports.</param>
/// <param name="IsPlain">Whether every value is read from and written to its own slot, in place.</param>
/// <param name="NeedsMemory">Whether values lie in memory.</param>
/// <param name="NeedsStore">Whether the store keeps something for values.</param>
/// <param name="NeedsAllocator">Whether the guest must allocate for what it gets.</param>
internal sealed record CoreFunction(
    EquatableArray<CoreType> Parameters,
    EquatableArray<CoreType> Results,
    bool ParametersSpill,
    bool ResultSpills,
    bool AreaComesFirst,
    bool IsPlain,
    bool NeedsMemory,
    bool NeedsStore,
    bool NeedsAllocator)
{
    /// <summary>Arguments and results share the slots.</summary>
    internal int SlotCount => Math.Max(Parameters.Count, Results.Count);

    /// <summary>The member of the runtime's <c>GuestNeeds</c>; null for none.</summary>
    internal string? Needs => NeedsAllocator ? "Allocator" : NeedsMemory ? "Memory" : null;

    /// <summary>The slot of the first parameter that is a value.</summary>
    internal int FirstSlot => AreaComesFirst ? 1 : 0;

    /// <param name="parameters">How parameters cross; null for one that does not.</param>
    /// <param name="result">How the result crosses; null for none.</param>
    /// <param name="isImport">Whether the guest calls it.</param>
    internal static CoreFunction Of(IEnumerable<Shape?> parameters, Shape? result, bool isImport)
    {
        var core = new List<CoreType>();
        bool isPlain = result is null or SlotShape;
        bool needsMemory = result?.NeedsMemory == true;
        bool needsStore = result?.NeedsStore == true;
        bool needsAllocator = (isImport ? result?.NeedsAllocator : result?.NeedsClasses) == true;
        foreach (Shape? parameter in parameters)
        {
            if (parameter is null)
            {
                continue;
            }

            foreach (CoreType type in parameter.Flat)
            {
                core.Add(type);
            }

            isPlain &= parameter is SlotShape;
            needsMemory |= parameter.NeedsMemory;
            needsStore |= parameter.NeedsStore;
            needsAllocator |= isImport ? parameter.NeedsClasses : parameter.NeedsAllocator;
        }

        bool parametersSpill = core.Count > Flattening.MaxParameters;
        if (parametersSpill)
        {
            core = [CoreType.I32];
        }

        bool resultSpills = result is not MultiValueShape && result?.Flat.Count > 1;
        bool areaComesFirst = result is ResultAreaShape;
        EquatableArray<CoreType> results = resultSpills ? ScalarShape.Int.Flat : result?.Flat ?? default;
        if (resultSpills && (isImport || areaComesFirst))
        {
            core.Insert(areaComesFirst ? 0 : core.Count, CoreType.I32);
            results = default;
        }

        return new CoreFunction(
            core.ToEquatableArray(),
            results,
            parametersSpill,
            resultSpills,
            areaComesFirst,
            isPlain && !parametersSpill,
            needsMemory || parametersSpill || resultSpills,
            needsStore,
            needsAllocator || ((parametersSpill || areaComesFirst) && !isImport));
    }
}
