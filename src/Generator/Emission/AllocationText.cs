using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>A guest's allocator in generated code.</summary>
internal static class AllocationText
{
    /// <summary>The runtime's <c>GuestAllocation</c>.</summary>
    internal static string Of(Allocation allocation) => allocation.IsAssemblyScript
        ? $"{Services}::GuestAllocation.AssemblyScript"
        : Enclose(
            allocation.Rust is null
                ? $"new {Services}::GuestAllocation("
                : $"{Services}::GuestAllocation.RustWasmBindgen(",
            [
                .. Function(allocation.Allocate),
                .. allocation.Free is { } free ? Function(free) : [],
                .. allocation.Module is { } module ? [$"module: {Literal(module)}"] : (string[])[],
                .. allocation.Rust is { UsesStack: true } ? ["usesStack: true"] : (string[])[],
                .. allocation.Rust?.ObjectTable is { } table ? [$"objectTable: {Literal(table)}"] : (string[])[],
                .. allocation.Is64Bit ? ["is64Bit: true"] : (string[])[],
            ],
            ")");

    private static string[] Function(AllocatorFunction function) =>
    [
        Literal(function.Name),
        Enclose(
            "[", function.Arguments.Select(static argument => $"{Services}::AllocatorArgument.{argument}"), "]"),
    ];
}
