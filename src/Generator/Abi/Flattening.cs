namespace WasmBindgen.Generator.Abi;

/// <summary>The limits and rules of flattening (Canonical ABI, section Flattening).</summary>
internal static class Flattening
{
    /// <summary>A function whose parameters need more slots gets them in memory.</summary>
    internal const int MaxParameters = 16;

    /// <summary>The case's number, and slots that hold the payload of any case.</summary>
    internal static List<CoreType> OfCases(IEnumerable<IEnumerable<CoreType>> payloads)
    {
        var flat = new List<CoreType> { CoreType.I32 };
        foreach (IEnumerable<CoreType> payload in payloads)
        {
            int slot = 1;
            foreach (CoreType type in payload)
            {
                if (slot < flat.Count)
                {
                    flat[slot] = Join(flat[slot], type);
                }
                else
                {
                    flat.Add(type);
                }

                slot++;
            }
        }

        return flat;
    }

    /// <summary>The type whose slot holds either of two.</summary>
    private static CoreType Join(CoreType left, CoreType right) =>
        left == right ? left
        : left is CoreType.I32 or CoreType.F32 && right is CoreType.I32 or CoreType.F32 ? CoreType.I32
        : CoreType.I64;
}
