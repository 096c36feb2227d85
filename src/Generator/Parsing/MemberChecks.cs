using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Parsing;

/// <summary>What every bound member must fulfil, import or export.</summary>
internal static class MemberChecks
{
    private static readonly string[] s_sides = ["WasmImport", "WasmExport", "WasmWorld"];

    /// <summary>That a class is the host's side or the guest's.</summary>
    internal static bool CheckOneSide(INamedTypeSymbol type, DiagnosticSink sink)
    {
        string[] sides = [.. s_sides.Where(side => type.FindAttribute(side + nameof(Attribute)) is not null)];
        if (sides.Length > 1)
        {
            sink.Report(Descriptors.BothSides, type, type.Name, sides[0], sides[1]);
        }

        return sides.Length < 2;
    }

    /// <summary>That a method is one that a guest can call or offer.</summary>
    internal static bool CheckMethod(IMethodSymbol method, DiagnosticSink sink)
    {
        if (method.IsVararg)
        {
            const string ArgList = "__arglist";
            sink.Report(
                Descriptors.ParameterType,
                method,
                ArgList,
                method.Name,
                ArgList,
                "",
                " (nobody knows which types it has)",
                Descriptors.UseAnotherType);
            return false;
        }

        DiagnosticDescriptor? problem =
            method.IsGenericMethod ? Descriptors.GenericMethod
            : method.ReturnsByRef || method.ReturnsByRefReadonly ? Descriptors.RefReturn
            : method.IsAsync && method.ReturnsVoid ? Descriptors.AsyncVoid
            : null;
        if (problem is not null)
        {
            sink.Report(problem, method, method.Name);
        }

        return problem is null;
    }

    /// <summary>
    /// Reports what would have to lie in memory and cannot, since there are more core parameters than are passed in
    /// slots.
    /// </summary>
    internal static bool CheckReferences(
        IMethodSymbol method,
        IEnumerable<(string Name, Shape? Value)> parameters,
        bool canSpill,
        string advice,
        DiagnosticSink sink) =>
        parameters.Sum(static parameter => parameter.Value?.Flat.Count ?? 0) <= Flattening.MaxParameters
        || CheckSpilled(method, parameters, canSpill, advice, sink);

    // Most methods have few parameters, and no need of its closures.
    private static bool CheckSpilled(
        IMethodSymbol method,
        IEnumerable<(string Name, Shape? Value)> parameters,
        bool canSpill,
        string advice,
        DiagnosticSink sink)
    {
        HashSet<string> names =
            [.. parameters.Where(parameter => parameter.Value is { } value && !(canSpill && value.CanSpill))
                .Select(static parameter => parameter.Name)];
        foreach (IParameterSymbol parameter in method.Parameters.Where(parameter => names.Contains(parameter.Name)))
        {
            const string Reason = " (more than 16 core parameters lie in memory, where it cannot)";
            ReportParameter(parameter, Found.Refused(Reason), advice, sink);
        }

        return names.Count == 0;
    }

    internal static void ReportByReference(IParameterSymbol parameter, DiagnosticSink sink, string advice = "") =>
        sink.Report(
            Descriptors.ParameterByReference,
            parameter,
            parameter.Name,
            parameter.ContainingSymbol.Name,
            parameter.RefKind.ToString().ToLowerInvariant(),
            advice);

    /// <summary>Reports a parameter of a type that cannot cross.</summary>
    internal static void ReportParameter(IParameterSymbol parameter, Found found, string advice, DiagnosticSink sink)
    {
        if (found.Unseen is { } unseen)
        {
            sink.Report(Descriptors.UnseenType, parameter, parameter.Name, unseen);
            return;
        }

        string type = parameter.Type.ToDisplayString();
        sink.Report(
            Descriptors.ParameterType,
            parameter,
            parameter.Name,
            parameter.ContainingSymbol.Name,
            type,
            advice,
            found.Reason,
            found.Remedy ?? Descriptors.UseAnotherType);
    }

    /// <summary>Reports a result of a type that cannot cross.</summary>
    internal static void ReportResult(IMethodSymbol method, Found found, string advice, DiagnosticSink sink)
    {
        if (found.Unseen is { } unseen)
        {
            sink.Report(Descriptors.UnseenType, method, method.Name, unseen);
            return;
        }

        sink.Report(
            Descriptors.ReturnType,
            method,
            method.Name,
            method.ReturnType.ToDisplayString(),
            advice,
            found.Reason,
            found.Remedy ?? Descriptors.UseAnotherResult);
    }

    /// <summary>The <c>[Fuel]</c> of a method; 0 if it has none.</summary>
    internal static ulong Fuel(IMethodSymbol method) =>
        method.FindAttribute("FuelAttribute") is { ConstructorArguments: [{ Value: ulong units }] } ? units : 0;

    /// <summary>Reports a name that is no name, unless there is none.</summary>
    internal static bool CheckOptionalName(ISymbol named, string? name, DiagnosticSink sink)
    {
        if (name is null || !Names.HasUnpairedSurrogate(name))
        {
            return true;
        }

        sink.Report(Descriptors.InvalidName, named, named.Name);
        return false;
    }

    /// <summary>Reports a memory without a name.</summary>
    /// <param name="method">The method.</param>
    /// <param name="sink">Gets the diagnostic.</param>
    /// <param name="memory">The memory that it names; null if it names none.</param>
    internal static bool CheckMemory(IMethodSymbol method, DiagnosticSink sink, out string? memory)
    {
        memory = null;
        if (method.FindAttribute("WasmMemoryAttribute")
            is not { ConstructorArguments: [{ Kind: not TypedConstantKind.Error } name] })
        {
            return true;
        }

        memory = name.Value as string;
        if (memory is not null)
        {
            return CheckOptionalName(method, memory, sink);
        }

        sink.Report(Descriptors.InvalidName, method, method.Name);
        return false;
    }

    /// <summary>Reports names that are taken twice or are no names.</summary>
    internal static bool CheckName(
        ISymbol member, string? name, Dictionary<string, ISymbol> taken, DiagnosticSink sink, bool isExport = false)
    {
        if (name is null || Names.HasUnpairedSurrogate(name))
        {
            sink.Report(Descriptors.InvalidName, member, member.Name);
            return false;
        }

        if (taken.TryGetValue(name, out ISymbol? other))
        {
            // Nobody names the same export twice by mistake: an int Run() may have a GuestResult<int> TryRun() beside
            // it.
            if (isExport && (HasName(member) || HasName(other)))
            {
                return true;
            }

            sink.Report(Descriptors.DuplicateName, member, name, Shown(other), Shown(member));
            return false;
        }

        taken.Add(name, member);
        return true;

        static bool HasName(ISymbol symbol) => symbol.FindAttribute("WasmNameAttribute") is not null;

        static string Shown(ISymbol symbol) =>
            symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
    }
}
