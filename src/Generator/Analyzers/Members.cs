using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>What members of both sides have to agree about with guests.</summary>
internal static class Members
{
    private static readonly string[] s_reallocs = ["cabi_realloc", "canonical_abi_realloc"];
    private static readonly string[] s_usualAllocators = ["malloc", "alloc", "allocate", "__wbindgen_malloc"];

    /// <summary>The member that was parsed; the class if it is none of its own.</summary>
    internal static ISymbol Of(INamedTypeSymbol type, string member, string wasmName, MemberNaming naming)
    {
        ISymbol[] members = [.. type.GetMembers(member.TrimStart('@'))];
        return members.FirstOrDefault(found => Names.WasmName(found, naming) == wasmName)
            ?? members.FirstOrDefault()
            ?? type;
    }

    internal static string Text(CoreFunction function) => CoreTypes.Function(
        function.Parameters.Select(CoreTypes.Text), function.Results.Select(CoreTypes.Text));

    internal static string Text(ISymbol member) => member.ToDisplayString(
        SymbolDisplayFormat.MinimallyQualifiedFormat.WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeParameters
                | SymbolDisplayMemberOptions.IncludeType
                | SymbolDisplayMemberOptions.IncludeRef));

    internal static bool Equals(CoreFunction function, GuestFunctionType type) =>
        function.Parameters.Select(CoreTypes.Text).SequenceEqual(type.Parameters)
        && function.Results.Select(CoreTypes.Text).SequenceEqual(type.Results);

    /// <summary>
    /// Whether a host function can be what a guest imports: it may take more than the guest passes, such as null.
    /// </summary>
    internal static bool Satisfies(CoreFunction function, GuestFunctionType import) =>
        function.Parameters.Count == import.Parameters.Count
        && function.Parameters.Zip(import.Parameters, static (taken, passed) => taken.Text() == passed
            || (taken == CoreType.ExternRef && passed == "(ref extern)")
            || (taken == CoreType.FuncRef && IsFunctionReference(passed)))
            .All(static fits => fits)
        && function.Results.Select(CoreTypes.Text).SequenceEqual(import.Results);

    /// <summary>The header that a code fix gives a method; null if more than that must change.</summary>
    internal static string? Replacement(string method, GuestFunctionType type) =>
        GuestCode.IsBindable(type) && type.Results.Count < 2 ? GuestCode.Method(method, type) : null;

    /// <summary>What a code fix needs to know.</summary>
    internal static ImmutableDictionary<string, string?> Fix(params (string Key, string? Value)[] values) =>
        values.Where(static value => value.Value is not null)
            .ToImmutableDictionary(static value => value.Key, static value => value.Value);

    /// <summary>What a code fix needs to know to give a member another wasm name.</summary>
    internal static ImmutableDictionary<string, string?> Rename(string? name, MemberNaming naming) => name is null
        ? ImmutableDictionary<string, string?>.Empty
        : Fix(("Name", name), ("Member", NameOf(name, naming) is null ? GuestCode.MemberName(name) : null));

    /// <summary>The name that a member needs in an attribute; null if its own is enough.</summary>
    internal static string? NameOf(string name, MemberNaming naming) =>
        naming.Prefix + Names.Apply(naming.Policy, GuestCode.MemberName(name)) == name ? null : name;

    /// <summary>Reports that a guest does not export what values are allocated with.</summary>
    internal static void ReportAllocator(
        GuestModule guest,
        Allocation? allocation,
        bool isNeeded,
        string value,
        ISymbol member,
        Action<Diagnostic> report)
    {
        if (!isNeeded || allocation?.Module is not null)
        {
            return;
        }

        string[] allocators = allocation is null ? s_reallocs : [allocation.Allocate.Name];
        if (allocators.Any(IsExported))
        {
            if (allocation?.Free?.Name is { } free && !IsExported(free))
            {
                Report(free, null);
            }

            return;
        }

        Report(allocators[0], s_usualAllocators.FirstOrDefault(IsExported));

        bool IsExported(string name) => guest.Export(name)?.Type is GuestFunctionType;

        void Report(string name, string? other) => report(Diagnostic.Create(
            Descriptors.MissingAllocator,
            member.Locations.FirstOrDefault(),
            Fix(("Allocator", other), ("Free", IsExported("free") ? "free" : null)),
            guest.Name,
            name,
            member.Name,
            value,
            $"name the guest's own with [GuestAllocator]{(other is null ? "" : $", such as '{other}'")}"));
    }

    /// <summary>Reports that values would lie in a memory that a guest does not have.</summary>
    internal static void ReportMemory(
        GuestModule guest, string? name, bool is64Bit, bool isNeeded, ISymbol member, Action<Diagnostic> report)
    {
        if (!isNeeded)
        {
            return;
        }

        (string Name, bool Is64Bit)[] memories = [.. guest.Exports.Concat(guest.Imports)
            .Where(static item => item.Type is GuestMemoryType)
            .Select(static item => (item.Name, ((GuestMemoryType)item.Type).Is64Bit))];
        name ??= "memory";
        if (memories.Where(memory => memory.Name == name).ToArray() is [var used, ..])
        {
            if (used.Is64Bit != is64Bit)
            {
                Report(
                    $"its memory as '{name}', of {(used.Is64Bit ? 64 : 32)} bits",
                    used.Is64Bit ? "add [Memory64] to the class" : "remove [Memory64]",
                    used.Is64Bit ? ("Memory64", "") : default);
            }
        }
        else if (memories is [var other, ..])
        {
            Report(
                $"its memory as '{other.Name}'",
                $"set Memory = \"{other.Name}\" on the class",
                ("Memory", other.Name));
        }
        else
        {
            Report("no memory", "pass numbers alone", default);
        }

        void Report(string what, string advice, (string Key, string? Value) fix) => report(Diagnostic.Create(
            Descriptors.OtherMemory,
            member.Locations.FirstOrDefault(),
            fix.Key is null ? ImmutableDictionary<string, string?>.Empty : Fix(fix),
            guest.Name,
            what,
            member.Name,
            advice));
    }

    /// <summary>Types of functions by index are taken to be right: their definitions are not in the text.</summary>
    private static bool IsFunctionReference(string type) =>
        type.StartsWith("(ref ", StringComparison.Ordinal)
        && (type.EndsWith(" func)", StringComparison.Ordinal) || char.IsDigit(type[type.Length - 2]));
}
