using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>What a project's WIT is for the classes that are bound to it.</summary>
/// <param name="Namespaces">What is generated of packages.</param>
/// <param name="Classes">What each class is bound to, by its name.</param>
/// <param name="Findings">What is told of the WIT itself.</param>
internal sealed record WitProject(
    EquatableArray<DeclaredNamespace> Namespaces, EquatableArray<WitBound> Classes, EquatableArray<Finding> Findings)
{
    /// <summary>The types and contracts that are generated under names of WIT.</summary>
    internal EquatableArray<WitNamed> Names { get; init; }

    /// <summary>
    /// What is wrong with attributes, by the path in them, or by the type that has one as messages name it.
    /// </summary>
    internal EquatableArray<(string Name, Finding Problem)> Attributes { get; init; }
}

/// <summary>A type or contract that is generated.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where it is in WIT.</param>
internal sealed record WitNamed(string Namespace, string Name, WitPlace Place)
{
    internal string FullName => $"{Namespace}.{Name}";
}

/// <summary>What a class is bound to.</summary>
/// <param name="Class">The class as generated code names it.</param>
/// <param name="Guest">What its guest has and wants; null if that is not known.</param>
/// <param name="Contracts">The contracts of what it imports, and of the resources in them.</param>
/// <param name="Errors">The types of the errors that functions of these contracts give.</param>
/// <param name="Problem">Why it is not bound; null if it is. Its place is the attribute.</param>
/// <param name="Error">What is wrong with its WIT, and where; null for nothing.</param>
/// <param name="HasDeprecated">Whether something in its WIT is deprecated.</param>
internal sealed record WitBound(
    string Class,
    DeclaredGuest? Guest,
    EquatableArray<Contract> Contracts,
    EquatableArray<DeclaredType> Errors,
    Finding? Problem,
    string? Error,
    bool HasDeprecated)
{
    /// <summary>What is said of a function that other versions have.</summary>
    internal const string OtherVersion = "is not in this version";

    /// <summary>The contract of an import, with what its version has; null if it has none.</summary>
    internal Contract? ContractOf(DeclaredImport? import) =>
        import is null ? null : ContractOf(import.Contract, import.Lacks);

    /// <summary>The contract of a resource, with what its version has.</summary>
    internal Contract ContractOf(DeclaredResource resource) => ContractOf(resource.Contract, resource.Lacks)!;

    private Contract? ContractOf(string name, EquatableArray<string> lacks) => Contracts
        .FirstOrDefault(contract => contract.FullName == name)?
        .Without(method => lacks.Contains(method.WasmName), OtherVersion);
}
