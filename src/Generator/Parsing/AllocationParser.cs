using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Parsing;

/// <summary>How a class's guests allocate for the host.</summary>
internal static class AllocationParser
{
    private static readonly Dictionary<string, string> s_allocateWords = new(StringComparer.Ordinal)
    {
        ["size"] = "Size",
        ["alignment"] = "Alignment",
        ["old_address"] = "OldAddress",
        ["old_size"] = "OldSize",
    };

    private static readonly Dictionary<string, string> s_freeWords = new(StringComparer.Ordinal)
    {
        ["address"] = "Address",
        ["size"] = "Size",
        ["alignment"] = "Alignment",
    };

    private static readonly Allocation s_realloc = new(new AllocatorFunction(
        "cabi_realloc", new[] { "OldAddress", "OldSize", "Alignment", "Size" }.ToEquatableArray()));

    private static readonly Allocation s_rust = new(
        new AllocatorFunction("__wbindgen_malloc", new[] { "Size", "Alignment" }.ToEquatableArray()),
        new AllocatorFunction("__wbindgen_free", new[] { "Address", "Size", "Alignment" }.ToEquatableArray()));

    /// <summary>
    /// Whether what the host has a guest allocate for a call is freed after it. What AssemblyScript allocates are
    /// objects of its own, and guests of wasm-bindgen free what they are passed.
    /// </summary>
    internal static bool FreesArguments(INamedTypeSymbol type) =>
        type.FindAttribute("GuestAllocatorAttribute") is { ConstructorArguments: [_, { Value: string }] }
            && type.FindAttribute("AssemblyScriptAttribute") is null
            && type.FindAttribute("RustWasmBindgenAttribute") is null;

    /// <param name="type">The class.</param>
    /// <param name="sink">Gets the diagnostics.</param>
    /// <param name="fits">Becomes false if the host cannot call the functions.</param>
    /// <returns>Null for the Canonical ABI's way.</returns>
    internal static Allocation? Parse(INamedTypeSymbol type, DiagnosticSink sink, ref bool fits)
    {
        if (type.FindAttribute("AssemblyScriptAttribute") is not null)
        {
            return new Allocation(new AllocatorFunction("__new", default), IsAssemblyScript: true);
        }

        Allocation? named = Named(type, sink, ref fits);
        if (type.FindAttribute("RustWasmBindgenAttribute") is { } rust)
        {
            return (named ?? s_rust) with { Rust = new RustAllocation(rust.Named("ObjectTable")) };
        }

        return type.FindAttribute("Memory64Attribute") is null ? named : (named ?? s_realloc) with { Is64Bit = true };
    }

    /// <summary>
    /// Without what no function of a class needs: wasm-bindgen leaves out what a guest's own JavaScript does not call.
    /// </summary>
    internal static Allocation? ForResults(Allocation? allocation, IEnumerable<Shape> results)
    {
        if (allocation?.Rust is not { } rust)
        {
            return allocation;
        }

        Shape[] all = [.. results];
        return allocation with
        {
            Free = all.Any(IsFreed) ? allocation.Free : null,
            Rust = rust with { UsesStack = all.Any(static result => result is ResultAreaShape) },
        };

        static bool IsFreed(Shape shape) => shape is OwnedShape || shape.Parts.Any(IsFreed);
    }

    private static Allocation? Named(INamedTypeSymbol type, DiagnosticSink sink, ref bool fits)
    {
        if (type.FindAttribute("GuestAllocatorAttribute") is not { ConstructorArguments: [var allocate, var free] } by)
        {
            return null;
        }

        var found = new Allocation(
            Function(type, allocate.Value as string, s_allocateWords, "size", sink, ref fits),
            free.IsNull ? null : Function(type, free.Value as string, s_freeWords, "address", sink, ref fits),
            by.Named("Module"));
        fits &= MemberChecks.CheckOptionalName(type, found.Module, sink);
        return found;
    }

    /// <summary>Reads <c>name</c> or <c>name(word, word)</c>.</summary>
    private static AllocatorFunction Function(
        INamedTypeSymbol type,
        string? signature,
        Dictionary<string, string> words,
        string required,
        DiagnosticSink sink,
        ref bool fits)
    {
        int open = signature?.LastIndexOf('(') ?? -1;
        bool isPlain = open < 0 || !signature!.EndsWith(")", StringComparison.Ordinal);
        string name = isPlain ? signature ?? "" : signature!.Substring(0, open).Trim();
        string[] given = isPlain
            ? [required]
            : [.. signature!.Substring(open + 1, signature.Length - open - 2)
                .Split(',').Select(static word => word.Trim())];
        if (signature is null || Names.HasUnpairedSurrogate(name))
        {
            sink.Report(Descriptors.InvalidName, type, type.Name);
            fits = false;
        }
        else if (!given.Contains(required)
            || given.Distinct(StringComparer.Ordinal).Count() != given.Length
            || !given.All(words.ContainsKey))
        {
            sink.Report(Descriptors.AllocatorSignature, type, signature, required, string.Join(", ", words.Keys));
            fits = false;
        }

        return new AllocatorFunction(
            name, given.Select(word => words.TryGetValue(word, out string? known) ? known : "").ToEquatableArray());
    }
}
