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

    /// <summary>
    /// Whether what the host has a guest allocate for a call is freed after it. What AssemblyScript allocates are
    /// objects of its own.
    /// </summary>
    internal static bool FreesArguments(INamedTypeSymbol type) =>
        type.FindAttribute("GuestAllocatorAttribute") is { ConstructorArguments: [_, { Value: string }] }
            && type.FindAttribute("AssemblyScriptAttribute") is null;

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
        return type.FindAttribute("Memory64Attribute") is null ? named : (named ?? s_realloc) with { Is64Bit = true };
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
