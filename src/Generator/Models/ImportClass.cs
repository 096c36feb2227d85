namespace WasmBindgen.Generator.Models;

/// <summary>A <c>[WasmImport]</c> class.</summary>
/// <param name="Type">The class.</param>
/// <param name="Module">The import module that it satisfies.</param>
/// <param name="IsStatic">Whether there is no host object: it is a static class, or one of resources.</param>
/// <param name="ThunksName">The name for the nested class of its thunks, which no member has.</param>
/// <param name="Allocation">How the guest allocates; null for the Canonical ABI's way.</param>
/// <param name="Memory">The memory that values lie in; null for <c>memory</c>.</param>
/// <param name="Functions">Its host functions, in the order of declaration.</param>
/// <param name="IsAddToTaken">
/// Whether a name keeps it from having a method <c>AddTo(Linker)</c>, so that it has that of the interface only.
/// </param>
internal sealed record ImportClass(
    TypeDeclaration Type,
    string Module,
    bool IsStatic,
    string ThunksName,
    Allocation? Allocation,
    string? Memory,
    EquatableArray<HostFunction> Functions,
    bool IsAddToTaken)
{
    /// <summary>The contract that the class implements; null for none.</summary>
    internal string? Contract { get; init; }

    /// <summary>The members of the contract that it has other methods for.</summary>
    internal EquatableArray<ContractMember> Forwards { get; init; }

    /// <summary>What is wrong with its WIT; null for nothing.</summary>
    internal string? Error { get; init; }
}

/// <summary>A method that is a host function.</summary>
/// <param name="Method">The method's name as an identifier.</param>
/// <param name="WasmName">The name that the guest imports.</param>
/// <param name="ThunkName">The name of its thunk, which no other thunk has.</param>
/// <param name="Target">What it is called on.</param>
/// <param name="IsObsolete">Whether only what is obsolete itself may call it.</param>
/// <param name="Parameters">Its parameters, in order.</param>
/// <param name="Result">How its result crosses; null when the guest gets none.</param>
/// <param name="Outcome">Whether it may return an error in place of the result, or always does.</param>
/// <param name="InterruptsWithAny">Whether everything that it throws is a declared interrupt.</param>
/// <param name="Catches">The exception types that the method declares, a derived one before its base.</param>
/// <param name="ReturnsZero">Whether it returns nothing, and the guest gets 0 as it gets a number for an error.</param>
/// <param name="Fuel">What it costs the guest.</param>
/// <param name="IsAsync">Whether it returns a task, which the guest waits for.</param>
/// <param name="Memory">The memory that its values lie in; null for that of the class.</param>
/// <param name="Contract">
/// The contract that the method, or a resource that is dropped, is of; null if the class itself says so.
/// </param>
/// <param name="Throws">Whether it throws the error of the function's result, and returns only its value.</param>
internal sealed record HostFunction(
    string Method,
    string WasmName,
    string ThunkName,
    CallTarget Target,
    bool IsObsolete,
    EquatableArray<HostParameter> Parameters,
    Shape? Result,
    Outcome Outcome,
    bool InterruptsWithAny,
    EquatableArray<Catch> Catches,
    bool ReturnsZero = false,
    ulong Fuel = 0,
    bool IsAsync = false,
    string? Memory = null,
    string? Contract = null,
    bool Throws = false)
{
    /// <summary>What the guest sees.</summary>
    internal CoreFunction Core { get; } =
        CoreFunction.Of(Parameters.Select(static parameter => parameter.Value), Result, isImport: true);

    /// <summary>The member of the runtime's <c>GuestNeeds</c>; null for none.</summary>
    internal string? Needs =>
        Core.Needs
        ?? (Parameters.Any(static parameter => parameter.Injected == "Memory") ? "Memory"
            : Catches.Any(static declared => declared.Tag?.Needs is not null) ? "ToThrow"
            : UsesHandles ? "Store"
            : null);

    /// <summary>
    /// The <c>Result</c> that the guest gets, to which an exception may give an error; null if it gets none.
    /// </summary>
    internal ResultShape? Fallible => ResultOf(Result);

    /// <summary>Whether the guest passes handles of resources.</summary>
    internal bool TakesHandles => Passed.Any(static parameter => HasHandle(parameter.Value!));

    /// <summary>Whether handles of resources cross.</summary>
    internal bool UsesHandles => TakesHandles || (Result is { } result && HasHandle(result));

    /// <summary>The parameters that the guest passes.</summary>
    internal IEnumerable<HostParameter> Passed => Parameters.Where(static parameter => parameter.Value is not null);

    /// <inheritdoc cref="Fallible"/>
    internal static ResultShape? ResultOf(Shape? result) =>
        (result is MultiValueShape values ? values.Value : result) as ResultShape;

    private static bool HasHandle(Shape value) => value is ResourceShape || value.Parts.Any(HasHandle);
}

/// <summary>An exception type that a host method declares.</summary>
/// <param name="Type">The type as generated code names it.</param>
/// <param name="Errno">The number that the guest gets; null when it gets none.</param>
/// <param name="Tag">What the guest can catch; null when it cannot.</param>
/// <param name="Error">The error in the result that the guest gets; null when it gets none.</param>
internal sealed record Catch(string Type, int? Errno, ThrownTag? Tag = null, ResultError? Error = null);

/// <summary>An error that a guest gets for an exception.</summary>
/// <param name="Value">The error as generated code says it.</param>
/// <param name="Others">The types derived from the exception's that are declared as something else.</param>
internal sealed record ResultError(string Value, EquatableArray<string> Others);

/// <summary>What a thunk calls.</summary>
internal enum CallTarget
{
    /// <summary>A method of the host object.</summary>
    Host,

    /// <summary>A static method.</summary>
    Type,

    /// <summary>A delegate.</summary>
    Delegate,

    /// <summary>A constructor of a resource.</summary>
    Constructor,

    /// <summary>A method of a resource, which the guest lends as the first parameter.</summary>
    Self,

    /// <summary>Nothing of the class: the guest drops a handle.</summary>
    Drop,
}

/// <summary>What a host method's return type says of interrupts.</summary>
internal enum Outcome
{
    /// <summary>Nothing: it returns the result itself.</summary>
    Result,

    /// <summary>It is an <c>Interruptible</c>.</summary>
    ResultOrInterrupt,

    /// <summary>It is an <c>Interrupt</c>.</summary>
    Interrupt,
}

/// <summary>A parameter of a host method.</summary>
/// <param name="Name">The parameter's name, for messages.</param>
/// <param name="Local">The name of the thunk's local for it, which collides with none of the thunk's own.</param>
/// <param name="Modifier">What goes before the argument: empty, or <c>in </c>, <c>ref </c>, <c>out </c>.</param>
/// <param name="Value">How it crosses; null when it is injected.</param>
/// <param name="Injected">Which of the call's own objects it is, such as <c>Caller</c>; null when it crosses.</param>
/// <param name="Guest">The type, if it is the caller's <c>[WasmExport]</c> class.</param>
internal sealed record HostParameter(
    string Name, string Local, string Modifier, Shape? Value, string? Injected, string? Guest = null)
{
    /// <summary>The names of a thunk's own parameters and locals.</summary>
    private static readonly HashSet<string> s_ofThunk = new(StringComparer.Ordinal)
    {
        "host", "context", "caller", "slots", "count", "result", "outcome", "exception", "memory", "parameters",
        "resultArea", "call", "handles", "Allocation",
    };

    /// <summary>The name of a parameter's local, which neither the thunk nor another parameter has.</summary>
    internal static string LocalFor(string name, List<HostParameter> others)
    {
        while (s_ofThunk.Contains(name) || IsTaken(name, others))
        {
            name += "_";
        }

        return name;

        static bool IsTaken(string name, List<HostParameter> others)
        {
            foreach (HostParameter other in others)
            {
                if (other.Local == name)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
