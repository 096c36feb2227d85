namespace WasmBindgen.Generator.Models;

/// <summary>A <c>[WasmExport]</c> class.</summary>
/// <param name="Type">The class.</param>
/// <param name="HasBoundBase">Whether its base class is bound to an instance too.</param>
/// <param name="SlotsName">The name for the nested struct that holds a call's slots, which no member has.</param>
/// <param name="Allocation">How the guest allocates; null for the Canonical ABI's way.</param>
/// <param name="Memory">The memory that values lie in; null for <c>memory</c>.</param>
/// <param name="Functions">Its partial methods, in the order of declaration.</param>
/// <param name="Properties">Its partial properties, in the order of declaration.</param>
/// <param name="Refused">
/// The partial members that a diagnostic is about: the compiler reports a member without its other part before it asks
/// any analyzer, and the diagnostic would never be seen.
/// </param>
/// <param name="IsBound">
/// Whether the class gets its constructor; if not, a diagnostic is about the class, and all members are refused.
/// </param>
/// <param name="Guest">The guest that it shows; null if it names none.</param>
internal sealed record ExportClass(
    TypeDeclaration Type,
    bool HasBoundBase,
    string SlotsName,
    Allocation? Allocation,
    string? Memory,
    EquatableArray<GuestFunctionStub> Functions,
    EquatableArray<GuestProperty> Properties,
    EquatableArray<RefusedMember> Refused,
    bool IsBound,
    ShownGuest? Guest)
{
    /// <summary>The contract that it implements; null for none.</summary>
    internal string? Contract { get; init; }

    /// <summary>The members of the contract that it has other methods for.</summary>
    internal EquatableArray<ContractMember> Forwards { get; init; }

    /// <summary>The resources in what it shows, of which the guest has objects.</summary>
    internal EquatableArray<DeclaredResource> Handles { get; init; }

    /// <summary>The interfaces that the guest exports, each in a nested class.</summary>
    internal EquatableArray<ExportPart> Parts { get; init; }

    /// <summary>What is wrong with its WIT; null for nothing.</summary>
    internal string? Error { get; init; }
}

/// <summary>An exported interface.</summary>
/// <param name="Property">The property that shows it.</param>
/// <param name="Interface">The name that the guest exports it under.</param>
/// <param name="Class">The nested class.</param>
internal sealed record ExportPart(string Property, string Interface, ExportClass Class);

/// <summary>The guest whose exports become members of a class.</summary>
/// <param name="Name">The guest, as the attribute names it.</param>
/// <param name="Taken">The names that no member can have.</param>
/// <param name="Ignored">The exports that get no member.</param>
internal sealed record ShownGuest(string Name, EquatableArray<string> Taken, EquatableArray<string> Ignored);

/// <summary>A partial method that calls an exported function.</summary>
/// <param name="Modifiers">The modifiers that both parts must have, <c>partial</c> last.</param>
/// <param name="Method">The method's name as an identifier.</param>
/// <param name="WasmName">The name that the guest exports.</param>
/// <param name="Field">The name of the field that holds the function.</param>
/// <param name="Parameters">Its parameters, in order.</param>
/// <param name="Result">How its result crosses; null when the guest gives none.</param>
/// <param name="ReturnsErrors">Whether it returns a <c>GuestResult</c> in place of throwing.</param>
/// <param name="Token">The name of its trailing <c>CancellationToken</c> as an identifier; null if it has none.</param>
/// <param name="Timeout">Its <c>[Timeout]</c> in milliseconds; 0 if it has none.</param>
/// <param name="Fuel">The most fuel that a call may use; 0 for all that there is.</param>
/// <param name="IsAsync">Whether it returns a task of a call on the store's own thread.</param>
/// <param name="IsDocumented">Whether its author documented it: two parts cannot both.</param>
/// <param name="Memory">The memory that its values lie in; null for that of the class.</param>
/// <param name="Marks">The marks that its author put on it.</param>
/// <param name="Docs">What WIT says of it; null if it is not of WIT.</param>
/// <param name="Throws">Whether it throws the error of the function's result, and returns only its value.</param>
/// <param name="IsOnSelf">Whether the first parameter is the object that it is called on.</param>
internal sealed record GuestFunctionStub(
    string Modifiers,
    string Method,
    string WasmName,
    string Field,
    EquatableArray<StubParameter> Parameters,
    Shape? Result,
    bool ReturnsErrors,
    string? Token,
    int Timeout,
    ulong Fuel,
    bool IsAsync,
    bool IsDocumented,
    string? Memory,
    Marks Marks,
    Documented? Docs = null,
    bool Throws = false,
    bool IsOnSelf = false)
{
    /// <summary>The property that tells whether the guest has it; null if it must.</summary>
    internal string? Presence { get; init; }

    /// <summary>What the guest sees.</summary>
    internal CoreFunction Core { get; } =
        CoreFunction.Of(Parameters.Select(static parameter => parameter.Value), Result, isImport: false);

    /// <summary>Whether it is there because the guest has it, and not because it was declared.</summary>
    internal bool IsOfGuest => !Modifiers.EndsWith("partial", StringComparison.Ordinal);
}

/// <summary>A parameter of a partial method.</summary>
/// <param name="Modifiers">Empty, or <c>in </c> and the like.</param>
/// <param name="Name">The parameter's name as an identifier.</param>
/// <param name="Value">How it crosses.</param>
internal sealed record StubParameter(string Modifiers, string Name, Shape Value);

/// <summary>A partial property that shows an exported global, memory or table.</summary>
/// <param name="Modifiers">The modifiers that both parts must have, <c>partial</c> last.</param>
/// <param name="Property">The property's name as an identifier.</param>
/// <param name="WasmName">The name that the guest exports.</param>
/// <param name="Field">The name of the field that holds the item.</param>
/// <param name="Getter">The accessor as declared, such as <c>get</c>; null if there is none.</param>
/// <param name="Setter">The accessor as declared, such as <c>private set</c>; null if there is none.</param>
/// <param name="Value">How a global's value crosses; null for a memory or table.</param>
/// <param name="Item">The kind of item, such as <c>Memory</c>; null for a global.</param>
/// <param name="Marks">The marks that its author put on it.</param>
internal sealed record GuestProperty(
    string Modifiers,
    string Property,
    string WasmName,
    string Field,
    string? Getter,
    string? Setter,
    Shape? Value,
    string? Item,
    Marks Marks)
{
    /// <summary>Whether it is there because the guest has it, and not because it was declared.</summary>
    internal bool IsOfGuest => !Modifiers.EndsWith("partial", StringComparison.Ordinal);
}

/// <summary>The attributes of generated members.</summary>
[Flags]
internal enum Marks
{
    None = 0,
    GeneratedCode = 1,
    ExcludeFromCodeCoverage = 2,
    StackTraceHidden = 4,
}

/// <summary>A partial member that cannot be bound.</summary>
/// <param name="Declaration">Its declaration, as its other part must repeat it.</param>
/// <param name="Accessors">The accessors of a property; none for a method.</param>
internal sealed record RefusedMember(string Declaration, EquatableArray<string> Accessors);
