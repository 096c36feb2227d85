namespace WasmBindgen.Generator.Models;

/// <summary>
/// A member of a contract that a class has another method for: one that takes more, returns otherwise, or throws.
/// </summary>
/// <param name="Contract">The contract as generated code names it.</param>
/// <param name="Method">The member.</param>
/// <param name="By">The method; null if the class leaves the function out.</param>
internal sealed record ContractMember(string Contract, DeclaredMethod Method, AuthoredMethod? By)
{
    /// <summary>Whether the method throws a function's error, which the contract returns.</summary>
    internal bool Throws => By is not null && ThrowsFor(Method, By);

    internal static bool ThrowsFor(DeclaredMethod method, AuthoredMethod by) =>
        method.Result is ResultShape && !by.Return.IsResult && by.Return.Outcome != Outcome.Interrupt;

    /// <summary>Whether a method has the contract's signature, as far as can be seen.</summary>
    internal static bool Fits(DeclaredMethod method, AuthoredMethod by) =>
        by.Parameters.Count == method.Parameters.Count
        && by.Parameters.All(static parameter => parameter.Injected is null)
        && by.Return.IsPlain
        && !ThrowsFor(method, by);
}
