namespace WasmBindgen.Generator.Models;

/// <summary>
/// A member of a contract that a class has another method for: one that takes more, returns otherwise, or throws.
/// </summary>
/// <param name="Contract">The contract as generated code names it.</param>
/// <param name="Method">The member.</param>
/// <param name="By">The method; null if there is none.</param>
internal sealed record ContractMember(string Contract, DeclaredMethod Method, AuthoredMethod? By)
{
    /// <summary>Why there is no method; empty if there is one.</summary>
    internal string Reason { get; init; } = "";

    /// <summary>Whether the method throws a function's error, which the contract returns.</summary>
    internal bool Throws => By is not null && ThrowsFor(Method, By);

    internal static bool ThrowsFor(DeclaredMethod method, AuthoredMethod by) =>
        method.Result is ResultShape && !by.Return.IsResult && by.Return.Outcome != Outcome.Interrupt;

    /// <summary>Whether a method has the contract's signature, as far as can be seen.</summary>
    internal static bool Fits(DeclaredMethod method, AuthoredMethod by) =>
        by.IsPublic
        && by.Parameters.Count == method.Parameters.Count
        && by.Parameters.All(static parameter => parameter.Injected is null
            && !parameter.Modifiers.EndsWith("in ", StringComparison.Ordinal)
            && !parameter.Modifiers.EndsWith("readonly ", StringComparison.Ordinal))
        && by.Return.IsPlain
        && !ThrowsFor(method, by);
}
