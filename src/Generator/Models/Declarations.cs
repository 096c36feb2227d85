namespace WasmBindgen.Generator.Models;

/// <summary>What is generated of the WIT that a compilation is bound to.</summary>
/// <param name="Namespaces">The packages, each in a namespace.</param>
/// <param name="Guests">What each binding calls.</param>
internal sealed record Declarations(
    EquatableArray<DeclaredNamespace> Namespaces, EquatableArray<DeclaredGuest> Guests);

/// <summary>A package in C#: all its versions of one track.</summary>
/// <param name="Package">The newest version's name, such as <c>demo:plugin@1.0.0</c>.</param>
/// <param name="Name">The namespace.</param>
/// <param name="IsPublic">Whether a class that other assemblies see is bound to it.</param>
/// <param name="Types">Records, variants, enums and flags.</param>
/// <param name="Contracts">The interfaces that hosts implement.</param>
/// <param name="Handles">The classes for guests' resources.</param>
internal sealed record DeclaredNamespace(
    string Package,
    string Name,
    bool IsPublic,
    EquatableArray<DeclaredType> Types,
    EquatableArray<Contract> Contracts,
    EquatableArray<HandleClass> Handles)
{
    /// <summary>The author's own classes for resources of the host's.</summary>
    internal EquatableArray<DeclaredHost> Hosts { get; init; }

    /// <summary>What is left without some contracts and classes.</summary>
    internal DeclaredNamespace Without(Func<string, bool> isTaken) => this with
    {
        Contracts = Contracts.Where(contract => !isTaken(contract.FullName)).ToEquatableArray(),
        Handles = Handles.Where(handle => !isTaken(handle.FullName)).ToEquatableArray(),
    };

    /// <summary>Whether there is nothing to generate.</summary>
    internal bool IsEmpty => Types.Count + Contracts.Count + Handles.Count + Hosts.Count == 0;
}

/// <summary>A class that is to implement the contract of a resource.</summary>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="Declaration">Its declaration, such as <c>partial class FileBucket</c>.</param>
/// <param name="Contract">The contract as generated code names it.</param>
internal sealed record DeclaredHost(string Namespace, string Declaration, string Contract);

/// <summary>What WIT says of an item beside its type.</summary>
/// <param name="Path">Its path, such as <c>demo:plugin/types@1.0.0#point</c>.</param>
/// <param name="Text">Its documentation: lines separated by <c>\n</c>; empty for none.</param>
/// <param name="Wit">Its type in WIT, where an alias that C# does not have is in it; null otherwise.</param>
/// <param name="Since">The version that brought it; null if that is not said.</param>
/// <param name="Deprecated">The version that deprecated it; null if none did.</param>
/// <param name="ExternalId">Its name for the world outside; null for none.</param>
internal sealed record Documented(
    string Path, string Text, string? Wit, string? Since, string? Deprecated, string? ExternalId);

/// <summary>A type that is generated.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FullName">The type as generated code names it.</param>
/// <param name="Docs">What WIT says of it.</param>
internal abstract record DeclaredType(string Name, string FullName, Documented Docs)
{
    /// <summary>The namespace that its author chose, empty for none; null for its package's.</summary>
    internal string? Namespace { get; init; }

    /// <summary>Whether other assemblies see it, by what its author wrote; null if nobody says.</summary>
    internal bool? IsPublic { get; init; }
}

/// <summary>A record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FullName">The type as generated code names it.</param>
/// <param name="Docs">What WIT says of it.</param>
/// <param name="IsReference">Whether it is a class: something in it is a reference.</param>
/// <param name="Fields">Its fields in order.</param>
internal sealed record DeclaredRecord(
    string Name, string FullName, Documented Docs, bool IsReference, EquatableArray<DeclaredField> Fields)
    : DeclaredType(Name, FullName, Docs);

/// <summary>A field of a record.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Value">How it crosses, and its type.</param>
/// <param name="IsOptional">Whether it and all behind it may be left out.</param>
/// <param name="Docs">What WIT says of it.</param>
internal sealed record DeclaredField(string Name, Shape Value, bool IsOptional, Documented Docs);

/// <summary>A variant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FullName">The type as generated code names it.</param>
/// <param name="Docs">What WIT says of it.</param>
/// <param name="Cases">Its cases in order.</param>
internal sealed record DeclaredVariant(
    string Name, string FullName, Documented Docs, EquatableArray<DeclaredCase> Cases)
    : DeclaredType(Name, FullName, Docs);

/// <summary>A case of a variant.</summary>
/// <param name="Name">The nested record's name.</param>
/// <param name="Parameter">The name of its function in <c>Match</c>, as an identifier.</param>
/// <param name="Value">How what comes with it crosses; null for nothing.</param>
/// <param name="Docs">What WIT says of it.</param>
internal sealed record DeclaredCase(string Name, string Parameter, Shape? Value, Documented Docs);

/// <summary>An enum, or flags.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FullName">The type as generated code names it.</param>
/// <param name="Docs">What WIT says of it.</param>
/// <param name="IsFlags">Which of them.</param>
/// <param name="Members">Its members in order: the numbers from 0 on, or the bits from the lowest on.</param>
internal sealed record DeclaredEnum(
    string Name, string FullName, Documented Docs, bool IsFlags, EquatableArray<DeclaredConstant> Members)
    : DeclaredType(Name, FullName, Docs);

/// <summary>A member of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Docs">What WIT says of it.</param>
internal sealed record DeclaredConstant(string Name, Documented Docs);

/// <summary>An interface for the host's side: what guests import, or the methods of a resource of the host's.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FullName">The type as generated code names it.</param>
/// <param name="Docs">What WIT says of it.</param>
/// <param name="Module">The name that guests import its functions from.</param>
/// <param name="Resource">The name of the resource whose objects it is for; null for an interface's functions.</param>
/// <param name="Methods">Its methods in order.</param>
internal sealed record Contract(
    string Name,
    string FullName,
    Documented Docs,
    string Module,
    string? Resource,
    EquatableArray<DeclaredMethod> Methods)
{
    /// <summary>Whether other assemblies see it, by what its author wrote; null if nobody says.</summary>
    internal bool? IsPublic { get; init; }

    /// <summary>The methods that the class at hand does not have, and others do, with what is said of them.</summary>
    internal EquatableArray<(DeclaredMethod Method, string Why)> Absent { get; init; }

    /// <summary>As a class has it.</summary>
    internal Contract Without(Func<DeclaredMethod, bool> isAbsent, string why) => this with
    {
        Methods = Methods.Where(method => !isAbsent(method)).ToEquatableArray(),
        Absent = Absent.Concat(Methods.Where(isAbsent).Select(method => (method, why))).ToEquatableArray(),
    };
}

/// <summary>A class for objects of a guest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FullName">The type as generated code names it.</param>
/// <param name="Docs">What WIT says of it.</param>
/// <param name="Interface">The interface that exports it.</param>
/// <param name="Resource">The resource's name there.</param>
/// <param name="Methods">Its methods in order.</param>
internal sealed record HandleClass(
    string Name,
    string FullName,
    Documented Docs,
    string Interface,
    string Resource,
    EquatableArray<DeclaredMethod> Methods)
{
    /// <summary>Whether other assemblies see it, by what its author wrote; null if nobody says.</summary>
    internal bool? IsPublic { get; init; }
}

/// <summary>A function in C#.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="WasmName">The function's name among those of its interface, such as <c>[method]bucket.get</c>.</param>
/// <param name="Parameters">Its parameters in order, without the object of a method.</param>
/// <param name="Result">How its result crosses; null for none.</param>
/// <param name="Docs">What WIT says of it.</param>
internal sealed record DeclaredMethod(
    string Name, string WasmName, EquatableArray<DeclaredParameter> Parameters, Shape? Result, Documented Docs)
{
    /// <summary>The name that its contract has for it, where a class with the contract cannot; null otherwise.</summary>
    internal string? ContractName { get; init; }

    /// <summary>
    /// The name of the token that it takes last, if its contract is asynchronous: it returns a task then; null if it is
    /// not.
    /// </summary>
    internal string? Token { get; init; }

    /// <summary>The method of an asynchronous contract.</summary>
    internal DeclaredMethod Async()
    {
        string token = "cancellationToken";
        while (Parameters.Any(parameter => parameter.Name == token))
        {
            token += "_";
        }

        return this with { Token = token };
    }

    /// <summary>Whether guests of earlier versions of the track may lack it.</summary>
    internal bool IsLater { get; init; }

    /// <summary>The function as its contract has it.</summary>
    internal DeclaredMethod OfContract => ContractName is null ? this : this with { Name = ContractName };
}

/// <summary>A parameter.</summary>
/// <param name="Name">Its name as an identifier.</param>
/// <param name="Value">How it crosses, and its type.</param>
internal sealed record DeclaredParameter(string Name, Shape Value);

/// <summary>What a binding has of a guest, and wants of its host.</summary>
/// <param name="Imports">The contracts that the host implements, in the order of the record <c>Imports</c>.</param>
/// <param name="Resources">The resources in what it imports.</param>
/// <param name="Exports">The interfaces that the guest exports.</param>
/// <param name="Functions">The functions that the guest exports.</param>
internal sealed record DeclaredGuest(
    EquatableArray<DeclaredImport> Imports,
    EquatableArray<DeclaredResource> Resources,
    EquatableArray<DeclaredExport> Exports,
    EquatableArray<DeclaredMethod> Functions)
{
    /// <summary>The functions that are not declared, by their paths, and what of each is not supported.</summary>
    internal EquatableArray<(string Path, string What)> Unsupported { get; init; }

    /// <summary>
    /// The names in the class's attribute that mean nothing: which member has it, the name, and what may be meant.
    /// </summary>
    internal EquatableArray<(string Member, string Name, string? Nearest)> Unknown { get; init; }
}

/// <summary>An import of a world.</summary>
/// <param name="Property">The property of <c>Imports</c>.</param>
/// <param name="Contract">The contract as generated code names it.</param>
/// <param name="Module">The name that the guest imports from.</param>
/// <param name="ExternalId">Its name for the world outside; null for none.</param>
internal sealed record DeclaredImport(string Property, string Contract, string Module, string? ExternalId)
{
    /// <summary>The functions of the contract that the version at hand does not have.</summary>
    internal EquatableArray<string> Lacks { get; init; }
}

/// <summary>A resource that a guest uses or has.</summary>
/// <param name="Contract">The contract, or the class for a guest's, as generated code names it.</param>
/// <param name="Module">The name that the guest imports its methods from, or exports them under.</param>
/// <param name="Name">Its name there.</param>
internal sealed record DeclaredResource(string Contract, string Module, string Name)
{
    /// <inheritdoc cref="DeclaredImport.Lacks"/>
    internal EquatableArray<string> Lacks { get; init; }
}

/// <summary>An exported interface.</summary>
/// <param name="Property">The property that has it.</param>
/// <param name="Class">The name of its nested class.</param>
/// <param name="Name">The name that the guest exports it under.</param>
/// <param name="Contract">The contract that the class implements as generated code names it; null for none.</param>
/// <param name="Methods">Its functions.</param>
/// <param name="Handles">The resources in it: the classes for their objects, as generated code names them.</param>
internal sealed record DeclaredExport(
    string Property,
    string Class,
    string Name,
    string? Contract,
    EquatableArray<DeclaredMethod> Methods,
    EquatableArray<DeclaredResource> Handles)
{
    /// <inheritdoc cref="Contract.Absent"/>
    internal EquatableArray<(DeclaredMethod Method, string Why)> Absent { get; init; }
}
