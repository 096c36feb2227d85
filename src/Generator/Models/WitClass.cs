namespace WasmBindgen.Generator.Models;

/// <summary>A class that is bound to WIT, as its author wrote it.</summary>
/// <param name="Type">The class.</param>
/// <param name="Target">What it is bound to.</param>
/// <param name="IsStatic">Whether it has no objects.</param>
/// <param name="ThunksName">The name for its nested class of thunks, which no member has.</param>
/// <param name="SlotsName">The name for its nested struct of slots.</param>
/// <param name="IsAddToTaken">Whether a name keeps it from having a method <c>AddTo(Linker)</c>.</param>
/// <param name="Allocation">How the guest allocates; null for the Canonical ABI's way.</param>
/// <param name="Memory">The memory that values lie in; null for <c>memory</c>.</param>
/// <param name="IsCancellable">Whether generated calls take a token.</param>
/// <param name="InterruptsWithAny">Whether everything that its methods throw is a declared interrupt.</param>
/// <param name="Catches">What its methods declare to throw, all of them.</param>
/// <param name="Methods">The methods that its author wrote.</param>
/// <param name="Nested">Those of the nested classes for exported interfaces, by the names of these.</param>
/// <param name="Taken">The names of members, in the order of the alphabet.</param>
internal sealed record WitClass(
    TypeDeclaration Type,
    WitTarget Target,
    bool IsStatic,
    string ThunksName,
    string SlotsName,
    bool IsAddToTaken,
    Allocation? Allocation,
    string? Memory,
    bool IsCancellable,
    bool InterruptsWithAny,
    EquatableArray<Catch> Catches,
    EquatableArray<AuthoredMethod> Methods,
    EquatableArray<NestedMethods> Nested,
    EquatableArray<string> Taken)
{
    /// <summary>Its members beside those that are generated: of the class, and then of nested ones.</summary>
    internal EquatableArray<AuthoredMember> Members { get; init; }

    /// <summary>Whether there are objects of derived classes alone.</summary>
    internal bool IsAbstract { get; init; }

    /// <summary>Whether it is a record.</summary>
    internal bool IsRecord { get; init; }

    /// <summary>What it derives from.</summary>
    internal BaseClass Base { get; init; }
}

/// <summary>What a class derives from, for the constructor that is generated.</summary>
internal enum BaseClass
{
    /// <summary>One that needs nothing.</summary>
    Plain,

    /// <summary>One that is bound to an instance as well.</summary>
    Bound,

    /// <summary>One whose constructors all need something else.</summary>
    InTheWay,
}

/// <summary>A member that an author wrote beside what is generated.</summary>
/// <param name="Class">The nested class that it is in; null for the class itself.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Parameters">The types of a method's parameters, without what is around or in them.</param>
/// <param name="Problem">Why a nested type cannot be a part of a generated one; null if it can.</param>
internal sealed record AuthoredMember(
    string? Class, string Name, AuthoredKind Kind, EquatableArray<string> Parameters, string? Problem);

/// <summary>What a member is.</summary>
internal enum AuthoredKind
{
    Method,
    Class,
    Record,
    Other,
}

/// <summary>Methods of a nested class.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Methods">The methods.</param>
internal sealed record NestedMethods(string Class, EquatableArray<AuthoredMethod> Methods);

/// <summary>What a class does with WIT.</summary>
internal enum WitSide
{
    /// <summary>It is the host's side of an interface.</summary>
    Import,

    /// <summary>It calls what a guest exports.</summary>
    Export,

    /// <summary>It is both sides of a world.</summary>
    World,
}

/// <summary>What a class is bound to.</summary>
/// <param name="Class">The class as generated code names it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Side">What it does.</param>
/// <param name="Wit">The WIT; null if that is its guest's.</param>
/// <param name="Guest">The guest whose WIT it is; null if it names WIT.</param>
/// <param name="Interface">The interface; null for a world.</param>
/// <param name="World">The world; null if it names none.</param>
/// <param name="IsPublic">Whether other assemblies see it.</param>
/// <param name="Skipped">The functions that are left out.</param>
/// <param name="Own">The interfaces of WASI that it takes over.</param>
internal sealed record WitTarget(
    string Class,
    string Name,
    WitSide Side,
    string? Wit,
    string? Guest,
    string? Interface,
    string? World,
    bool IsPublic,
    EquatableArray<string> Skipped,
    EquatableArray<string> Own)
{
    /// <summary>Whether it is for the asynchronous contracts.</summary>
    internal bool IsAsync { get; init; }
}

/// <summary>
/// A method that an author wrote for a function of WIT. Its types may be generated ones, which no symbol tells: they
/// are those of the function.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Modifiers">Its modifiers.</param>
/// <param name="Contract">The name of the interface that it implements explicitly; null for an ordinary one.</param>
/// <param name="IsStatic">Whether it is static.</param>
/// <param name="Parameters">Its parameters in order.</param>
/// <param name="Return">What it returns.</param>
/// <param name="InterruptsWithAny">Whether everything that it throws is a declared interrupt.</param>
/// <param name="Catches">The exception types that it declares; an error by its name in WIT.</param>
/// <param name="Timeout">Its time in milliseconds; 0 for no limit.</param>
/// <param name="Fuel">Its fuel: what it costs the guest, or the most that a call may use.</param>
/// <param name="Memory">The memory that its values lie in; null for that of the class.</param>
/// <param name="IsObsolete">Whether only what is obsolete itself may call it.</param>
/// <param name="IsDocumented">Whether its author documented it.</param>
/// <param name="Marks">The marks that its author put on it.</param>
internal sealed record AuthoredMethod(
    string Name,
    string Modifiers,
    string? Contract,
    bool IsStatic,
    EquatableArray<AuthoredParameter> Parameters,
    AuthoredReturn Return,
    bool InterruptsWithAny,
    EquatableArray<Catch> Catches,
    int Timeout,
    ulong Fuel,
    string? Memory,
    bool IsObsolete,
    bool IsDocumented,
    Marks Marks)
{
    internal bool IsPartial => Modifiers.EndsWith("partial", StringComparison.Ordinal);

    /// <summary>Whether it can implement a contract.</summary>
    internal bool IsPublic => Modifiers.StartsWith("public", StringComparison.Ordinal) || Modifiers.Contains(" public");

    /// <summary>The diagnostic of what keeps it from being a function; null for nothing.</summary>
    internal string? Problem { get; init; }

    /// <summary>The parameters that the guest passes or gets.</summary>
    internal IEnumerable<AuthoredParameter> Passed =>
        Parameters.Where(static parameter => parameter.Injected is null);
}

/// <summary>A parameter of such a method.</summary>
/// <param name="Name">Its name as an identifier.</param>
/// <param name="Modifiers">Empty, or <c>in </c> and the like.</param>
/// <param name="Injected">Which of the call's own objects it is; null when it crosses.</param>
/// <param name="Guest">The type, if it is the caller's <c>[WasmExport]</c> class.</param>
/// <param name="Type">Its type, as far as any symbol tells; null for one that does not exist yet.</param>
internal sealed record AuthoredParameter(
    string Name, string Modifiers, string? Injected, string? Guest, string? Type = null);

/// <summary>What such a method returns.</summary>
/// <param name="Task">The name of the task's type; null for none.</param>
/// <param name="ReturnsErrors">Whether it is a <c>GuestResult</c>.</param>
/// <param name="Outcome">Whether it may be an interrupt.</param>
/// <param name="IsResult">Whether the value in it is a <c>Result</c>.</param>
/// <param name="IsVoid">Whether there is no value in it.</param>
/// <param name="Type">The type of the value in it; null if there is none, or if no symbol tells.</param>
internal sealed record AuthoredReturn(
    string? Task, bool ReturnsErrors, Outcome Outcome, bool IsResult, bool IsVoid, string? Type = null)
{
    /// <summary>Whether it is a value, or nothing, and no more.</summary>
    internal bool IsPlain => Task is null && !ReturnsErrors && Outcome == Outcome.Result;
}
