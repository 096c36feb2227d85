using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>A guest's allocator in generated code.</summary>
internal static class AllocationText
{
    /// <summary>The arguments of the runtime's <c>GuestAllocation</c>.</summary>
    internal static string Arguments(Allocation allocation)
    {
        var arguments = new List<string> { Literal(allocation.Allocate) };
        foreach (string? name in new[] { allocation.Free, allocation.Pin })
        {
            if (name is not null)
            {
                arguments.Add(Literal(name));
            }
        }

        Flag(allocation.IsRealloc, "isRealloc");
        Flag(allocation.FreeTakesLength, "freeTakesLength");
        Flag(allocation.Is64Bit, "is64Bit");
        return string.Join(", ", arguments);

        void Flag(bool isSet, string name)
        {
            if (isSet)
            {
                arguments.Add($"{name}: true");
            }
        }
    }
}
