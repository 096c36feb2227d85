using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>Compares a <c>[WasmExport]</c> class with what guests export.</summary>
internal static class ExportComparison
{
    private const int MaxListed = 5;

    /// <summary>
    /// Reports what differs from the guest that is most like the class: if it names none, any may be meant.
    /// </summary>
    internal static void Report(
        INamedTypeSymbol type,
        AttributeData attribute,
        GuestModule[] guests,
        Action<Diagnostic> report,
        CancellationToken cancellation)
    {
        if (ExportParser.Parse(type, attribute, DiagnosticSink.None, cancellation) is not { IsBound: true } model)
        {
            return;
        }

        MemberNaming naming = Names.NamingOfExports(attribute);
        List<Diagnostic>? fewest = null;
        foreach (GuestModule guest in guests)
        {
            var found = new List<Diagnostic>();
            foreach (GuestFunctionStub function in model.Functions)
            {
                ISymbol member = Members.Of(type, function.Method, function.WasmName, naming);
                Compare(guest, model, function, naming, member, found);
            }

            foreach (GuestProperty property in model.Properties)
            {
                ISymbol member = Members.Of(type, property.Property, property.WasmName, naming);
                Compare(guest, property, naming, member, found);
            }

            if (fewest is null || found.Count < fewest.Count)
            {
                fewest = found;
            }
        }

        fewest?.ForEach(report);
    }

    private static void Compare(
        GuestModule guest,
        ExportClass model,
        GuestFunctionStub function,
        MemberNaming naming,
        ISymbol member,
        List<Diagnostic> found)
    {
        if (Find(guest, function.WasmName, naming, member, found) is not { } export)
        {
            return;
        }

        if (export.Type is not GuestFunctionType type || !Members.Equals(function.Core, type))
        {
            var other = export.Type as GuestFunctionType;
            found.Add(Diagnostic.Create(
                Descriptors.OtherType,
                member.Locations.FirstOrDefault(),
                Members.Fix(("Method", other is null ? null : Members.Replacement(function.Method, other))),
                function.WasmName,
                export.Type,
                guest.Name,
                Members.Text(function.Core),
                other is null
                    ? Property(export, member.Name)
                    : GuestCode.Attributes(other) + GuestCode.Method(function.Method, other),
                Members.Text(member)));
            return;
        }

        string value = function.Parameters.FirstOrDefault(static parameter => parameter.Value.NeedsAllocator)
            is { } parameter
            ? $"'{parameter.Name}'"
            : "its parameters";
        Allocation? allocation = model.Allocation ?? (model.Guest is null ? null : GuestMembers.AllocationOf(guest));
        Members.ReportAllocator(guest, allocation, function.Core.NeedsAllocator, value, member, found.Add);
        Members.ReportMemory(
            guest,
            function.Memory ?? model.Memory,
            model.Allocation?.Is64Bit == true,
            function.Core.NeedsMemory,
            member,
            found.Add);
    }

    private static void Compare(
        GuestModule guest, GuestProperty property, MemberNaming naming, ISymbol member, List<Diagnostic> found)
    {
        if (Find(guest, property.WasmName, naming, member, found) is not { } export)
        {
            return;
        }

        string? content = property.Value?.Flat is [var core] ? core.Text() : null;
        (bool fits, string have) = property.Item switch
        {
            null => (
                export.Type is GuestGlobalType global
                    && global.Content == content
                    && (global.IsMutable || property.Setter is null),
                property.Setter is null ? $"(global {content})" : $"(global (mut {content}))"),
            "SharedMemory" => (export.Type is GuestMemoryType { IsShared: true }, "(memory shared)"),
            "Memory" => (export.Type is GuestMemoryType { IsShared: false }, "(memory)"),
            { } item => (
                item.Equals(export.Type.Kind, StringComparison.OrdinalIgnoreCase), $"({item.ToLowerInvariant()})"),
        };
        if (!fits)
        {
            found.Add(Diagnostic.Create(
                Descriptors.OtherType,
                member.Locations.FirstOrDefault(),
                property.WasmName,
                export.Type,
                guest.Name,
                have,
                Property(export, member.Name),
                Members.Text(member)));
        }
    }

    private static GuestItem? Find(
        GuestModule guest, string name, MemberNaming naming, ISymbol member, List<Diagnostic> found)
    {
        if (guest.Export(name) is { } export)
        {
            return export;
        }

        string[] names = [.. guest.Exports.Select(static item => item.Name)];
        string? nearest = NearestName.Of(name, names);
        found.Add(Diagnostic.Create(
            Descriptors.MissingExport,
            member.Locations.FirstOrDefault(),
            Members.Rename(nearest, naming),
            guest.Name,
            name,
            nearest is not null ? $"did you mean '{nearest}'?"
                : names.Length == 0 ? "it exports nothing"
                : $"it exports {string.Join(", ", names.Take(MaxListed))}"
                    + (names.Length > MaxListed ? $" and {names.Length - MaxListed} more" : "")));
        return null;
    }

    /// <summary>What shows an export in C#.</summary>
    private static string Property(GuestItem export, string name) => export.Type switch
    {
        GuestFunctionType function => GuestCode.Method(name, function),
        GuestGlobalType { IsMutable: true } global => $"{GuestCode.Type(global.Content)} {name} {{ get; set; }}",
        GuestGlobalType global => $"{GuestCode.Type(global.Content)} {name} {{ get; }}",
        GuestMemoryType { IsShared: true } => $"SharedMemory {name} {{ get; }}",
        GuestMemoryType => $"Memory {name} {{ get; }}",
        GuestTableType => $"Table {name} {{ get; }}",
        _ => export.Type.ToString(),
    };
}
