using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>A guest's allocator in generated code.</summary>
internal static class AllocationText
{
    /// <summary>The runtime's <c>GuestAllocation</c>.</summary>
    internal static string Of(Allocation allocation)
    {
        if (allocation.Pin is not null)
        {
            return $"{Services}::GuestAllocation.AssemblyScript";
        }

        var arguments = new List<string> { Literal(allocation.Allocate) };
        if (allocation.Free is { } free)
        {
            arguments.Add(Literal(free));
        }

        if (allocation.FreeTakesLength)
        {
            arguments.Add("freeTakesLength: true");
        }

        if (allocation.Is64Bit)
        {
            arguments.Add("is64Bit: true");
        }

        string form = allocation.IsRealloc ? "Realloc" : "Malloc";
        return $"{Services}::GuestAllocation.{form}({string.Join(", ", arguments)})";
    }
}
