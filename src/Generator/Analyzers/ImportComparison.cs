using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>Compares a <c>[WasmImport]</c> class with what guests import.</summary>
internal static class ImportComparison
{

    internal static void Report(
        HostClass host,
        Location? attribute,
        GuestModule[] guests,
        HostClasses hosts,
        Action<Diagnostic> report,
        CancellationToken cancellation)
    {
        foreach (GuestModule guest in guests)
        {
            foreach (GuestItem import in guest.Imports)
            {
                if (host.Serves(import.Module) && import.Type is GuestFunctionType type)
                {
                    Compare(host, guest, import, type, hosts, report, cancellation);
                }
            }
        }

        ReportUnused(host, attribute, guests, report);
    }

    internal static void ReportUnserved(
        GuestModule guest,
        AdditionalText text,
        HostClasses hosts,
        Action<Diagnostic> report,
        CancellationToken cancellation)
    {
        foreach (GuestItem import in guest.Imports)
        {
            if (import.Type is GuestFunctionType type
                && !IsServed(import)
                && !hosts.Of(import.Module, IsFor(guest), cancellation)
                    .Any(host => host.IsSource || host.Has(import.Name)))
            {
                TextLine line = text.GetText(cancellation)!.Lines[import.Line];
                report(Diagnostic.Create(
                    Descriptors.MissingImport,
                    Location.Create(text.Path, line.Span, new LinePositionSpan(
                        new LinePosition(import.Line, 0), new LinePosition(import.Line, line.Span.Length))),
                    guest.Name,
                    import.Module,
                    import.Name,
                    type,
                    "the project",
                    $"[WasmImport(\"{import.Module}\")] … "
                        + GuestCode.Method(GuestCode.MemberName(import.Name), type)));
            }
        }
    }

    private static void Compare(
        HostClass host,
        GuestModule guest,
        GuestItem import,
        GuestFunctionType type,
        HostClasses hosts,
        Action<Diagnostic> report,
        CancellationToken cancellation)
    {
        if (!host.Has(import.Name))
        {
            if (!IsServed(import)
                && hosts.Of(host.Module, IsFor(guest), cancellation).ToArray() is var others
                && SymbolEqualityComparer.Default.Equals(
                    others.FirstOrDefault(static other => other.IsSource)?.Type, host.Type)
                && !others.Any(other => other.Has(import.Name)))
            {
                string method = host.IsOfWit
                    ? "the function to its WIT"
                    : $"{GuestCode.Attributes(type)}public "
                        + GuestCode.Method(GuestCode.MemberName(import.Name), type);
                report(Diagnostic.Create(
                    Descriptors.MissingImport,
                    host.Type.Locations.FirstOrDefault(),
                    Members.Fix(
                        ("Method", GuestCode.IsBindable(type) && !host.IsOfWit ? method : null),
                        ("Name", Members.NameOf(import.Name, host.Naming))),
                    guest.Name,
                    import.Module,
                    import.Name,
                    type,
                    $"'{host.Type.Name}'",
                    method));
            }

            return;
        }

        if (host.Function(import.Name) is not { } function)
        {
            return; // it has an error, which is told
        }

        ISymbol member = Members.Of(host.Type, function.Method, import.Name, host.Naming);
        if (!Members.Satisfies(function.Core, type))
        {
            if (!hosts.Of(host.Module, IsFor(guest), cancellation).Any(
                other => other.Function(import.Name) is { } one && Members.Satisfies(one.Core, type)))
            {
                report(Diagnostic.Create(
                    Descriptors.OtherType,
                    member.Locations.FirstOrDefault(),
                    Members.Fix(("Method", Members.Replacement(function.Method, type))),
                    import.Name,
                    type,
                    guest.Name,
                    Members.Text(function.Core),
                    GuestCode.Attributes(type) + GuestCode.Method(function.Method, type),
                    Members.Text(member)));
            }

            return;
        }

        string valueOfAllocator = function.Result?.NeedsAllocator == true ? "its result" : "its parameters";
        Members.ReportAllocator(
            guest, host.Model!.Allocation, function.Core.NeedsAllocator, valueOfAllocator, member, report);
        Members.ReportMemory(
            guest,
            function.Memory ?? host.Model.Memory,
            host.Model.Allocation?.Is64Bit == true,
            function.Core.NeedsMemory,
            member,
            report);
    }

    private static void ReportUnused(
        HostClass host, Location? attribute, GuestModule[] guests, Action<Diagnostic> report)
    {
        GuestItem[] functions = [.. guests
            .SelectMany(static guest => guest.Imports)
            .Where(static import => import.Type is GuestFunctionType)];
        HashSet<string> wanted = new(
            functions.Where(import => host.Serves(import.Module)).Select(import => host.NameOf(import.Name)),
            StringComparer.Ordinal);
        HostFunction[] unused = [.. host.Model?.Functions
            .Where(function => function.Target != CallTarget.Drop && !wanted.Contains(function.WasmName)) ?? []];
        if (wanted.Count == 0
            && unused.Length > 0
            && functions.FirstOrDefault(import =>
                !host.Serves(import.Module) && host.Has(import.Name)) is { } elsewhere)
        {
            GuestModule guest = guests.First(guest => guest.Imports.Contains(elsewhere));
            report(Diagnostic.Create(
                Descriptors.OtherModule,
                attribute,
                Members.Fix(("Module", elsewhere.Module)),
                guest.Name,
                elsewhere.Name,
                elsewhere.Module,
                host.Module));
            return;
        }

        wanted.ExceptWith(host.Names);
        foreach (HostFunction function in unused)
        {
            string? nearest = NearestName.Of(function.WasmName, wanted.OrderBy(static name => name));
            report(Diagnostic.Create(
                Descriptors.UnusedImport,
                Members.Of(host.Type, function.Method, function.WasmName, host.Naming).Locations.FirstOrDefault(),
                Members.Rename(nearest, host.Naming),
                function.WasmName,
                nearest is null ? "remove it, or mark it [WasmIgnore]" : $"did you mean '{nearest}'?"));
        }
    }

    /// <summary>Whether <c>Linker.DefineWasi</c> or <c>Linker.DefineInvokes</c> has it.</summary>
    private static bool IsServed(GuestItem import) =>
        import.Module == "wasi_snapshot_preview1"
        || (import.Module == "env" && import.Name.StartsWith("invoke_", StringComparison.Ordinal));

    private static Func<string?, bool> IsFor(GuestModule guest) =>
        name => name is null || GuestNames.IsNamed(guest.Name, name);
}
