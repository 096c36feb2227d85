using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Parsing;

/// <summary>How a class's guests allocate for the host.</summary>
internal static class AllocationParser
{
    /// <summary>
    /// Whether what the host has a guest allocate for a call is freed after it. What AssemblyScript allocates are
    /// objects of its own.
    /// </summary>
    internal static bool FreesArguments(INamedTypeSymbol type) =>
        type.FindAttribute("GuestAllocatorAttribute") is { ConstructorArguments: [_, { Value: string }] }
            && type.FindAttribute("AssemblyScriptAttribute") is null;

    /// <returns>Null for the Canonical ABI's way.</returns>
    internal static Allocation? Parse(INamedTypeSymbol type) =>
        type.FindAttribute("AssemblyScriptAttribute") is not null
            ? new Allocation("__new", Free: "__unpin", Pin: "__pin")
        : type.FindAttribute("Memory64Attribute") is not null
            ? (Named(type) ?? new Allocation("cabi_realloc", IsRealloc: true)) with { Is64Bit = true }
        : Named(type);

    private static Allocation? Named(INamedTypeSymbol type) =>
        type.FindAttribute("GuestAllocatorAttribute")
            is { ConstructorArguments: [{ Value: string allocate }, var free] } attribute
            ? new Allocation(
                allocate,
                free.Value as string,
                FreeTakesLength: free.Value is string
                    && attribute.NamedArguments.Any(
                        static argument => argument is { Key: "FreeTakesLength", Value.Value: true }))
            : null;
}
