using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>The type of a component's function; its parameters are called p0, p1 …</summary>
internal sealed record FunctionType(WitType[] Parameters, WitType? Result)
{
    internal static FunctionType Echo(WitType type) => new([type], type);

    /// <summary>As a component's text has it.</summary>
    internal string Wat => string.Join(' ', Parameters.Select(static (one, i) => $"(param \"p{i}\" {one.Wat})"))
        + (Result is null ? "" : $" (result {Result.Wat})");

    /// <summary>The parameters of the core function, on both sides; more than 16 lie in memory.</summary>
    internal List<string> Flat => Spills ? ["i32"] : FlatParameters;

    internal bool Spills => FlatParameters.Count > 16;

    /// <summary>Whether the result lies in memory.</summary>
    internal bool HasArea => Result?.Flat.Count > 1;

    internal string CoreExport => $"(param {string.Join(' ', Flat)}) {(HasArea ? "(result i32)" : CoreResult)}";

    internal string CoreImport => $"(param {string.Join(' ', Flat)}{(HasArea ? " i32)" : $") {CoreResult}")}";

    /// <summary>The types that have names, each once, those that others are made of first.</summary>
    internal IEnumerable<WitType> Named => Parameters.Concat(Result is null ? [] : [Result])
        .SelectMany(static type => type.WithParts())
        .Where(static type => type.Declare() is not null)
        .DistinctBy(static type => type.Wat);

    private List<string> FlatParameters => [.. Parameters.SelectMany(static one => one.Flat)];

    private string CoreResult => Result is null ? "" : $"(result {Result.Flat[0]})";
}
