using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>What both sides of a binding have in common.</summary>
internal static class WitMembers
{
    /// <summary>
    /// The method that an author wrote for a function: rather an ordinary one than an explicit implementation; null for
    /// none.
    /// </summary>
    internal static AuthoredMethod? MethodFor(DeclaredMethod function, IEnumerable<AuthoredMethod> methods) => methods
        .Where(method => method.Name == function.Name && method.Passed.Count() == function.Parameters.Count)
        .OrderBy(static method => method.Contract is not null)
        .FirstOrDefault();

    /// <summary>The function of a name and a number of parameters; null for none.</summary>
    internal static DeclaredMethod? MethodFor(string name, int parameters, IEnumerable<DeclaredMethod> functions) =>
        functions.FirstOrDefault(function => function.Name == name && function.Parameters.Count == parameters);

    /// <summary>The members of a contract that a class has other methods for, or leaves out.</summary>
    internal static EquatableArray<ContractMember> Forwards(
        string contract,
        IEnumerable<DeclaredMethod> functions,
        IEnumerable<(DeclaredMethod Method, string Why)> absent,
        EquatableArray<AuthoredMethod> methods,
        Func<DeclaredMethod, AuthoredMethod?> methodFor,
        bool isHost) =>
        functions
            .Select(function =>
                methodFor(function) is not { } by
                    ? isHost && methods.Any(method => method.Name == function.Name)
                        ? Without(contract, function, "has another number of parameters")
                        : null
                : !WitFit.Fits(function, by) ? Without(contract, function, "has another signature")
                : by is { Contract: null, IsStatic: false }
                    && (function.ContractName is not null || !ContractMember.Fits(function, by))
                    ? new ContractMember(contract, function.OfContract, by)
                : null)
            .OfType<ContractMember>()
            .Concat(absent
                .Where(one => MethodFor(one.Method, methods) is not { } by || !ContractMember.Fits(one.Method, by))
                .Select(one => Without(contract, one.Method, one.Why)))
            .Where(member => !methods.Any(method => method.Contract is not null && method.Name == member.Method.Name))
            .ToEquatableArray();

    /// <summary>A member that nobody can call, so that the compiler finds it.</summary>
    private static ContractMember Without(string contract, DeclaredMethod function, string why) =>
        new(contract, function.OfContract, null) { Reason = $"{function.OfContract.Name} {why}." };
}
