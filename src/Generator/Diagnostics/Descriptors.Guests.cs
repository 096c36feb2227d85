using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Diagnostics;

/// <summary>What is wrong between the classes of a project and its guests.</summary>
internal static partial class Descriptors
{
    /// <summary>{0}: the guest; {1}: what it is; {2}: what to do.</summary>
    internal static readonly DiagnosticDescriptor UnknownGuest = Create(
        "WBG0400",
        "A guest must be in the project",
        "Guest '{0}' is {1}: {2}",
        "What an attribute names as a guest is a <WasmGuest> item of the project.");

    /// <summary>
    /// {0}: the guest; {1}: the module; {2}: the name; {3}: the type; {4}: the class or project; {5}: a method.
    /// </summary>
    internal static readonly DiagnosticDescriptor MissingImport = Create(
        "WBG0401",
        "A class should have what its guests import",
        "'{0}' imports '{1}.{2}' {3}, which {4} does not have: add `{5}`",
        "A guest is instantiated only if the linker has everything that it imports.");

    /// <summary>
    /// {0}: the name; {1}: its type in the guest; {2}: the guest; {3}: the type here; {4} and {5}: both in C#.
    /// </summary>
    internal static readonly DiagnosticDescriptor OtherType = Create(
        "WBG0402",
        "A member must have the type that the guest has",
        "'{0}' is {1} in '{2}', but {3} here: want `{4}`, have `{5}`",
        "Linking compares the types of imports and exports, and a guest that differs is refused.");

    /// <summary>{0}: the name; {1}: what to do.</summary>
    internal static readonly DiagnosticDescriptor UnusedImport = Create(
        "WBG0403",
        "A host function should be one that a guest imports",
        "No guest of the project imports '{0}': {1}",
        "A host function that no guest imports is misspelt, or never called.");

    /// <summary>{0}: the guest; {1}: the name; {2}: what it has.</summary>
    internal static readonly DiagnosticDescriptor MissingExport = Create(
        "WBG0404",
        "A guest must export what a class shows",
        "'{0}' exports no '{1}': {2}",
        "A [WasmExport] class looks up all its members when it is bound, and a missing one is an error.");

    /// <summary>{0}: the guest; {1}: the function; {2}: the member; {3}: for which value; {4}: what to do.</summary>
    internal static readonly DiagnosticDescriptor MissingAllocator = Create(
        "WBG0405",
        "A guest must export the allocator that values need",
        "'{0}' exports no allocator '{1}', which '{2}' needs for {3}: {4}",
        "Strings, lists and the like that the host hands to a guest lie in memory that the guest allocates.");

    /// <summary>{0}: the guest; {1}: what its memory is; {2}: the member; {3}: what to do.</summary>
    internal static readonly DiagnosticDescriptor OtherMemory = Create(
        "WBG0406",
        "Values must lie in a memory that the guest has",
        "'{0}' has {1}, which '{2}' does not use: {3}",
        "The memory that values lie in is looked up by its name, and its addresses have 32 bits unless the class says "
            + "otherwise.");

    /// <summary>{0}: the guest; {1}: the name; {2}: its module; {3}: that of the class.</summary>
    internal static readonly DiagnosticDescriptor OtherModule = Create(
        "WBG0407",
        "A class should have the module that its guests import",
        "'{0}' imports '{1}' from '{2}', not '{3}': change the module to \"{2}\"",
        "A guest finds a host function by its module and its name.");

    /// <summary>{0}: the exception; {1}: what is wrong.</summary>
    internal static readonly DiagnosticDescriptor WitError = Create(
        "WBG0415",
        "An exception must become an error that the result has",
        "[WitError<{0}>]: {1}",
        "What a host method throws becomes a case of the error in its result that has nothing in it, or the text of "
            + "one that is a string.");

    /// <summary>{0}: the member; {1}: the file; {2}: why; {3}: what to do.</summary>
    internal static readonly DiagnosticDescriptor GuestBindings = Create(
        "WBG0429",
        "Bindings for guests must be able to say what a class has",
        "'{0}' cannot be written to '{1}', as {2}: {3}",
        "A <WasmGuestBindings> item is written from the project's classes, and leaves out none of their functions.");
}
