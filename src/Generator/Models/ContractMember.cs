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

    /// <summary>Whether a call from outside a guest has what the method takes.</summary>
    internal bool IsCalled =>
        By?.Parameters.Any(static parameter => parameter.Injected is not (null or "CancellationToken")) == false;

    /// <summary>Whether a task is awaited for another.</summary>
    internal bool IsAwaited => Method.Token is not null && By?.Return.Task is not null && IsCalled;

    /// <summary>Whether the method throws a function's error, which the contract returns.</summary>
    internal bool Throws => By is not null && ThrowsFor(Method, By);

    internal static bool ThrowsFor(DeclaredMethod method, AuthoredMethod by) =>
        method.Result is ResultShape && !by.Return.IsResult && by.Return.Outcome != Outcome.Interrupt;

    /// <summary>Whether a method has the contract's signature, as far as can be seen.</summary>
    internal static bool Fits(DeclaredMethod method, AuthoredMethod by)
    {
        int tokens = method.Token is null ? 0 : 1;
        return by.IsPublic
            && by.Parameters.Count == method.Parameters.Count + tokens
            && by.Parameters.Take(method.Parameters.Count).All(static parameter => parameter.Injected is null
                && !parameter.Modifiers.EndsWith("in ", StringComparison.Ordinal)
                && !parameter.Modifiers.EndsWith("readonly ", StringComparison.Ordinal))
            && by.Parameters.Skip(method.Parameters.Count)
                .All(static parameter => parameter.Injected == "CancellationToken")
            && (tokens == 0
                ? by.Return.IsPlain
                : by.Return is { Task: "ValueTask", ReturnsErrors: false, Outcome: Outcome.Result })
            && !ThrowsFor(method, by);
    }
}
