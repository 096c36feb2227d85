using System.Reflection;
using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Diagnostics;

/// <summary>
/// All diagnostics. WBG00xx: shape of a binding; 01xx: types; 02xx: names; 03xx: the project; 04xx: its guests.
/// </summary>
internal static partial class Descriptors
{
    private const string Category = "WasmBindgen";
    private const string HelpLink = "https://github.com/wasmbindgen/wasmbindgen/blob/main/docs/diagnostics.md#";

    /// <summary>{0}: the attribute; {1}: the binding class; {2}: the type that is not partial.</summary>
    internal static readonly DiagnosticDescriptor NotPartial = Create(
        "WBG0001",
        "A binding class must be partial",
        "[{0}] class '{1}' cannot be completed by the generator: declare '{2}' as partial",
        "The generator adds members to the class, which C# allows only when the class and all types around it are "
            + "partial.");

    /// <summary>{0}: the attribute; {1}: the struct.</summary>
    internal static readonly DiagnosticDescriptor NotClass = Create(
        "WBG0002",
        "A binding must be a class",
        "[{0}] does not work on the struct '{1}': make it a class",
        "The engine holds the host object by reference, and a guest's view is shared; a copied struct would lose its "
            + "state.");

    /// <summary>{0}: the attribute; {1}: the class.</summary>
    internal static readonly DiagnosticDescriptor GenericClass = Create(
        "WBG0003",
        "A binding class must not be generic",
        "[{0}] class '{1}' is generic or nested in a generic type: move the binding to a class without type parameters",
        "C# has no unmanaged entry points in generic types.");

    /// <summary>{0}: the method.</summary>
    internal static readonly DiagnosticDescriptor GenericMethod = Create(
        "WBG0004",
        "A bound method must not be generic",
        "Method '{0}' is generic: give it concrete types, or mark it [WasmIgnore]",
        "A guest imports and exports functions of one fixed type.");

    /// <summary>{0}: the method.</summary>
    internal static readonly DiagnosticDescriptor RefReturn = Create(
        "WBG0005",
        "A bound method must not return by reference",
        "Method '{0}' returns by reference: return the value, or mark it [WasmIgnore]",
        "A guest gets values, and cannot hold a reference into the host's memory.");

    /// <summary>{0}: the method.</summary>
    internal static readonly DiagnosticDescriptor AsyncVoid = Create(
        "WBG0006",
        "A bound method must not be async void",
        "Method '{0}' is async void: let it return a Task, for which the guest waits, or mark it [WasmIgnore]",
        "The guest would go on while the method still runs, and its exceptions would end the process.");

    /// <summary>{0}: the class or member.</summary>
    internal static readonly DiagnosticDescriptor StaticExport = Create(
        "WBG0007",
        "A guest class and its members must not be static",
        "'{0}' is static: make it an instance member of an instance class, since each object shows one guest instance",
        "A [WasmExport] class is bound to an instance in its constructor.");

    /// <summary>{0}: the method or class.</summary>
    internal static readonly DiagnosticDescriptor InterruptsOutside = Create(
        "WBG0008",
        "[Interrupts] has an effect only on host functions",
        "[Interrupts] on '{0}' has no effect: put it on a public method of a [WasmImport] class, or on the class",
        "Only host functions are called by guests, so only they can interrupt one.");

    /// <summary>{0}: the class, or the exception that it declares.</summary>
    internal static readonly DiagnosticDescriptor FileLocal = Create(
        "WBG0009",
        "A binding class and its interrupts must not be file-local",
        "Class '{0}' is file-local: make it internal",
        "The generated part is another file, which cannot see a file-local type.");

    /// <summary>{0}: the class.</summary>
    internal static readonly DiagnosticDescriptor ConstructorExists = Create(
        "WBG0010",
        "The constructor of a guest class is generated",
        "Class '{0}' declares a primary constructor or one that takes an Instance: remove it, the generator writes "
            + "`{0}(Instance instance)`",
        "The generated constructor looks up every export and checks its type.");

    /// <summary>{0}: the property.</summary>
    internal static readonly DiagnosticDescriptor PropertyShape = Create(
        "WBG0011",
        "A guest property must be one that can be generated",
        "Property '{0}' cannot show an export: use `get` and `set` for a global, `get` alone for a Memory, Table, "
            + "Global or Function, no `init` and no indexer",
        "A partial property of a [WasmExport] class reads and writes an exported global, or shows an exported item.");

    /// <summary>{0}: the class; {1}, {2}: the attributes.</summary>
    internal static readonly DiagnosticDescriptor BothSides = Create(
        "WBG0012",
        "A class binds imports or exports, not both",
        "Class '{0}' has both [{1}] and [{2}]: make it two classes",
        "One is the host side that a guest calls, the other the guest side that the host calls.");

    /// <summary>{0}: the method; {1}: what is lost.</summary>
    internal static readonly DiagnosticDescriptor IgnoredResult = Create(
        "WBG0013",
        "A guest's result must not be ignored",
        "The result of '{0}' is ignored, and with it {1}: read it, call Unwrap() to throw the error, or assign it to _",
        "A method that returns a GuestResult throws nothing, and the error in a Result is none that ends the guest. A "
            + "caller that ignores the result never learns of either.");

    /// <summary>{0}: the method.</summary>
    internal static readonly DiagnosticDescriptor Timeout = Create(
        "WBG0014",
        "A timeout must be positive",
        "The [Timeout] of '{0}' is not positive: give it a number of milliseconds above 0, or remove it",
        "A guest call cannot end before it begins; without a timeout it may take as long as it wants.");

    /// <summary>{0}: the exception; {1}: the method.</summary>
    internal static readonly DiagnosticDescriptor ErrnoTwice = Create(
        "WBG0015",
        "An error is a number, a case, an exception of the guest or an interrupt, once",
        "'{0}' is declared more than once on '{1}': either [Errno<{0}>] with one number, [WitError<{0}>] with one "
            + "case, [WasmTag<{0}>] with one tag, or [Interrupts<{0}>]",
        "Error by error, a host method decides whether the guest goes on with a number or an error in its result, can "
            + "catch it, or is aborted.");

    /// <summary>{0}: the method; {1}: the exception.</summary>
    internal static readonly DiagnosticDescriptor UndeclaredError = Create(
        "WBG0016",
        "A host method should declare what it throws",
        "'{0}' throws '{1}' and does not declare it, so that the call site gets a HostFunctionException: add "
            + "[Interrupts<{1}>] to the method",
        "Only a declared exception arrives at the call site as itself.");

    /// <summary>{0}: the class.</summary>
    internal static readonly DiagnosticDescriptor AddToTaken = Create(
        "WBG0018",
        "A class without a host object must have room for AddTo",
        "The generator cannot write `AddTo(Linker)` in '{0}', since something there or around it has that name: rename "
            + "that",
        "A static class, or a class of resources, is defined in a linker by its AddTo. Any other class is passed to "
            + "Linker.Define.");

    /// <summary>{0}: the signature; {1}: the word that it must have; {2}: all words.</summary>
    internal static readonly DiagnosticDescriptor AllocatorSignature = Create(
        "WBG0019",
        "An allocator's parameters must be ones that the host knows",
        "The parameters in \"{0}\" are not ones that the host can pass: use each of {2} at most once, and {1} always",
        "The host passes what the parameters in parentheses after the function's name say, in their order.");

    /// <summary>{0}: the method; {1}: the attribute.</summary>
    internal static readonly DiagnosticDescriptor HiddenMethod = Create(
        "WBG0020",
        "A method that is meant for guests must be public",
        "'{0}' has [{1}], but is no host function, since it is not public: make it public, or remove the attribute",
        "The public methods of a [WasmImport] class are its host functions. Others are its own.");

    /// <summary>{0}: the option; {1}: the class.</summary>
    internal static readonly DiagnosticDescriptor OptionOfWit = Create(
        "WBG0021",
        "Options for WIT have an effect only on classes that are bound to WIT",
        "{0} of '{1}' has no effect without WIT: name that by Wit, or remove the option",
        "World, Skip, Async and Cancellable say something of contracts and calls that are generated from WIT.");

    /// <summary>What to do about a type that cannot cross, unless something better is known.</summary>
    internal const string UseAnotherType = "use a " + CrossingTypes;

    /// <summary>The same of a result.</summary>
    internal const string UseAnotherResult = "use void, a " + CrossingTypes;

    private const string CrossingTypes = "scalar, string, list, record, tuple, option, result or variant";

    /// <summary>
    /// {0}: the parameter; {1}: the method; {2}: its type; {3}: other advice; {4}: the reason; {5}: what to do.
    /// </summary>
    internal static readonly DiagnosticDescriptor ParameterType = Create(
        "WBG0101",
        "A parameter's type cannot cross",
        "Parameter '{0}' of '{1}' has type '{2}', which cannot cross between host and guest{4}: {5}{3}",
        "Only types with a defined core WebAssembly form cross; there is no silent fallback.");

    /// <summary>{0}: the method; {1}: its return type; {2}: other advice; {3}: the reason; {4}: what to do.</summary>
    internal static readonly DiagnosticDescriptor ReturnType = Create(
        "WBG0102",
        "A return type cannot cross",
        "'{0}' returns '{1}', which cannot cross between host and guest{3}: {4}{2}",
        "Only types with a defined core WebAssembly form cross; there is no silent fallback.");

    /// <summary>{0}: the type; {1}: the method.</summary>
    internal static readonly DiagnosticDescriptor InterruptType = Create(
        "WBG0103",
        "An interrupt's type must be one that can be thrown",
        "[Interrupts<{0}>] on '{1}' can never happen: '{0}' cannot be thrown, derive it from System.Exception, or "
            + "return an Interrupt<{0}>",
        "A host method interrupts the guest by throwing an exception, or by returning an Interrupt or Interruptible of "
            + "any type.");

    /// <summary>{0}: the parameter; {1}: the method; {2}: the modifier; {3}: other advice.</summary>
    internal static readonly DiagnosticDescriptor ParameterByReference = Create(
        "WBG0104",
        "A parameter cannot be passed by reference",
        "Parameter '{0}' of '{1}' is passed by '{2}': pass it by value or by 'in'{3}",
        "Numbers, and structs of numbers, can be passed by reference. A host method gets a copy, which goes back when "
            + "it returns. For a guest's function, the guest must allocate the value, and free it after the call.");

    /// <summary>{0}: the method.</summary>
    internal static readonly DiagnosticDescriptor ErrnoReturn = Create(
        "WBG0106",
        "An errno takes the place of the result",
        "'{0}' has [Errno], but returns something else than void or int: change the return type, or interrupt the "
            + "guest with [Interrupts]",
        "The guest gets the number in place of the result, so the result must be an i32 that the guest can tell from "
            + "an error.");

    /// <summary>{0}: the property; {1}: its type.</summary>
    internal static readonly DiagnosticDescriptor PropertyType = Create(
        "WBG0105",
        "A property's type cannot show an export",
        "Property '{0}' has type '{1}', which no export has: use a bool, an integer, a float, a Rune, an enum, object, "
            + "Memory, SharedMemory, Table, Global or Function",
        "A partial property of a [WasmExport] class shows an exported global, memory, table or function.");

    /// <summary>{0}: the parameter, member or class; {1}: the type.</summary>
    internal static readonly DiagnosticDescriptor UnseenType = Create(
        "WBG0107",
        "A type must be one that the generator sees",
        "'{0}' cannot be bound, since its type '{1}' does not exist, or another generator makes it: declare it in the "
            + "project or in one that this one references",
        "Source generators do not see one another's output. Only the compiler and the analyzers see it all.");

    /// <summary>{0}: the wasm name; {1} and {2}: the members.</summary>
    internal static readonly DiagnosticDescriptor DuplicateName = Create(
        "WBG0201",
        "Two members have the same wasm name",
        "'{1}' and '{2}' are both named \"{0}\" for the guest: rename one, or give it a name with [WasmName]",
        "Names are unique in an import module and among exports. Overloads, and names that differ only by case, "
            + "collide under most naming policies.");

    /// <summary>{0}: the class or member.</summary>
    internal static readonly DiagnosticDescriptor InvalidName = Create(
        "WBG0202",
        "A wasm name must be valid Unicode",
        "The wasm name given to '{0}' is null or holds an unpaired surrogate: use a name that can be written in UTF-8",
        "Names in WebAssembly are UTF-8.");

    internal static readonly DiagnosticDescriptor UnsafeCode = Create(
        "WBG0301",
        "Generated bindings need unsafe code",
        "The bindings of '{0}' use pointers: set <AllowUnsafeBlocks>true</AllowUnsafeBlocks> in the project",
        "Thunks are unmanaged entry points over the engine's slots, which is why they allocate nothing.");

    internal static readonly DiagnosticDescriptor LanguageVersion = Create(
        "WBG0302",
        "Generated bindings need C# 12",
        "The bindings of '{0}' are written in C# 12: set <LangVersion>12</LangVersion> or newer in the project",
        "It is the default of .NET 8. Partial properties of [WasmExport] classes need C# 13.");

    // Made at the first use: the fields of a class in several files are set in no certain order.
    private static readonly Lazy<Dictionary<string, DiagnosticDescriptor>> s_all = new(static () => typeof(Descriptors)
        .GetFields(BindingFlags.Static | BindingFlags.NonPublic)
        .Select(static field => field.GetValue(null))
        .OfType<DiagnosticDescriptor>()
        .ToDictionary(static descriptor => descriptor.Id));

    /// <summary>All by id.</summary>
    internal static IReadOnlyDictionary<string, DiagnosticDescriptor> All => s_all.Value;

    private static DiagnosticSeverity SeverityOf(string id) => id switch
    {
        "WBG0413" or "WBG0442" or "WBG0443" => DiagnosticSeverity.Info,
        "WBG0008" or "WBG0013" or "WBG0016" or "WBG0020" or "WBG0021" or "WBG0401" or "WBG0403" or "WBG0407"
            or "WBG0425" or "WBG0445" or "WBG0447" =>
            DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Error,
    };

    private static DiagnosticDescriptor Create(string id, string title, string message, string description) => new(
        id,
        title,
        message,
        Category,
        SeverityOf(id),
        isEnabledByDefault: true,
        description,
        HelpLink + id.ToLowerInvariant(),
        // Whoever switched off an error would have bindings without some members, or that do nothing. What differs from
        // a guest leaves nothing out.
        SeverityOf(id) != DiagnosticSeverity.Error || id.StartsWith("WBG040", StringComparison.Ordinal)
            ? []
            : [WellKnownDiagnosticTags.NotConfigurable]);
}
