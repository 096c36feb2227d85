using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Diagnostics;

/// <summary>What is wrong with WIT, and between it and the classes that are bound to it.</summary>
internal static partial class Descriptors
{
    /// <summary>{0}: the interface; {1}: the WIT; {2}: what is meant.</summary>
    internal static readonly DiagnosticDescriptor UnknownInterface = Create(
        "WBG0410",
        "An interface must be in the WIT that a class names",
        "'{0}' is not in '{1}': {2}",
        "The attribute names an interface as WIT does: package, slash, name, and perhaps the version.");

    /// <summary>{0}: the class; {1}: the function; {2}: what to do.</summary>
    internal static readonly DiagnosticDescriptor MissingMethod = Create(
        "WBG0411",
        "A class must implement its contract",
        "'{0}' does not implement '{1}': {2}",
        "A guest that imports the interface may call each of its functions.");

    /// <summary>{0}: the method; {1}: the function; {2}: the part; {3}: what is wanted; {4}: what it has.</summary>
    internal static readonly DiagnosticDescriptor OtherSignature = Create(
        "WBG0412",
        "A method must have the signature that WIT gives it",
        "'{0}' differs from '{1}' in {2}: want `{3}`, have `{4}`",
        "WIT fixes the types of a function; what a method may have besides is in the documentation.");

    /// <summary>{0}: the method; {1}: the interface; {2}: the nearest function.</summary>
    internal static readonly DiagnosticDescriptor NoFunction = Create(
        "WBG0413",
        "A method that looks like a function of the contract is none",
        "'{0}' is no function of '{1}' and not called by guests: did you mean '{2}'?",
        "With WIT, the contract says which methods are host functions.");

    /// <summary>{0}: the method; {1}: the interface or world; {2}: what is meant.</summary>
    internal static readonly DiagnosticDescriptor NoFunctionForPartial = Create(
        "WBG0414",
        "A partial method must be a function of the WIT",
        "'{0}' is declared partial, but '{1}' has no such function: {2}",
        "A partial method of a class that is bound to WIT takes the place of the one that would be generated.");

    /// <summary>{0}: the class; {1}: what needs objects.</summary>
    internal static readonly DiagnosticDescriptor StaticContract = Create(
        "WBG0416",
        "A static class has no contract with resources or Async",
        "'{0}' is static and cannot have a contract with {1}: make it a class with objects",
        "Constructors of resources belong to the interface's object, and Async chooses the contract of one.");

    /// <summary>{0}: the class or member; {1}: what is wrong; {2}: what to do.</summary>
    internal static readonly DiagnosticDescriptor InTheWay = Create(
        "WBG0417",
        "A class must leave room for what is generated",
        "'{0}' {1}: {2}",
        "What is generated for WIT has names and a form of its own, beside what the class's author wrote.");

    /// <summary>{0}: the message.</summary>
    internal static readonly DiagnosticDescriptor InvalidWit = Create(
        "WBG0420",
        "WIT must be valid",
        "{0}",
        "The WIT has an error at this place.");

    /// <summary>{0}: the message.</summary>
    internal static readonly DiagnosticDescriptor UnknownPackage = Create(
        "WBG0421",
        "A package must be in the WIT or its dependencies",
        "{0}",
        "A folder of WIT has the packages that it uses in its folder deps.");

    /// <summary>{0}: the WIT; {1}: the worlds; {2}: what to do.</summary>
    internal static readonly DiagnosticDescriptor WhichWorld = Create(
        "WBG0422",
        "The world must be clear",
        "'{0}' has {1}: {2}",
        "A class is bound to one world of the WIT's own package.");

    /// <summary>{0}: the message.</summary>
    internal static readonly DiagnosticDescriptor TooManyFlags = Create(
        "WBG0423",
        "Flags must fit into 32 bits",
        "{0}",
        "The component model allows 32 flags.");

    /// <summary>{0}: the function; {1}: what it uses.</summary>
    internal static readonly DiagnosticDescriptor UnsupportedWit = Create(
        "WBG0424",
        "A function must use what is supported",
        "'{0}' uses {1}, which this library does not support: leave it out by Skip",
        "Asynchronous functions, streams, futures and error contexts are not supported.");

    /// <summary>{0}: the feature.</summary>
    internal static readonly DiagnosticDescriptor UnknownFeature = Create(
        "WBG0425",
        "A feature should be in the WIT",
        "Feature '{0}' is in no WIT file: remove it, or correct its name",
        "Features say which unstable items are generated.");

    /// <summary>{0}: the WIT; {1}: what to do.</summary>
    internal static readonly DiagnosticDescriptor UnknownWit = Create(
        "WBG0426",
        "WIT must be in the project",
        "'{0}' is no WIT of the project: {1}",
        "The .wit files under a project are its additional files; others are by <WasmGuest Include=\"…\" />.");

    /// <summary>{0}: the item; {1}: the assembly; {2}: the package there.</summary>
    internal static readonly DiagnosticDescriptor OtherShape = Create(
        "WBG0430",
        "A package must have one shape in all assemblies that share its types",
        "'{0}' has another shape in assembly '{1}', which has the types of '{2}': use the same WIT, or say "
            + "Share=\"false\" on its <WasmGuest> item",
        "A project uses the types of WIT that a referenced assembly has, and generates none of its own.");

    /// <summary>{0}: the type; {1}: the item; {2}: what is wrong.</summary>
    internal static readonly DiagnosticDescriptor NotThatType = Create(
        "WBG0431",
        "A type must have what WIT says of it",
        "'{0}' cannot be '{1}': {2}",
        "[WitType] is on a type that is filled in, or that has the same fields or members as WIT's.");

    /// <summary>{0}: the package; {1}, {2}: the versions; {3}: the type or function; {4}: the difference.</summary>
    internal static readonly DiagnosticDescriptor TrackDiffers = Create(
        "WBG0432",
        "Versions of one track must agree on types and signatures",
        "'{0}' {1} and {2} are one track, but '{3}' differs: {4}",
        "Versions that are compatible are one namespace; in it a type has one shape, and a function one signature.");

    /// <summary>{0}: the path; {1}: where it is looked for; {2}: what to do.</summary>
    internal static readonly DiagnosticDescriptor UnknownPath = Create(
        "WBG0433",
        "A path must name something in the project's WIT",
        "'{0}' names nothing {1}: {2}",
        "A path is the interface, # and an item of it, and for a part of that a dot and the part.");

    /// <summary>{0}: the item; {1}: the type; {2}: what differs; {3}: what to do.</summary>
    internal static readonly DiagnosticDescriptor CompiledOtherwise = Create(
        "WBG0435",
        "A type that the build compiles must be the one that the project has",
        "'{0}' is '{1}' by Types=\"Compile\", but {2}: {3}",
        "With Types=\"Compile\", the build makes sources of the types of WIT, and knows nothing of other sources.");

    /// <summary>{0}: the namespace; {1}: the package; {2}: the class.</summary>
    internal static readonly DiagnosticDescriptor NamespaceIsClass = Create(
        "WBG0440",
        "A namespace cannot be a class too",
        "Namespace '{0}' of '{1}' cannot be beside the class '{2}': rename the class, or give the package another "
            + "namespace by [assembly: WitNamespace]",
        "The types of a package are in a namespace that follows its name.");

    /// <summary>{0}: the name or item; {1}: the items or names; {2}: what to do.</summary>
    internal static readonly DiagnosticDescriptor NameTwice = Create(
        "WBG0441",
        "A name can be given once in its scope, and to an item once",
        "'{0}' is given {1}: {2}",
        "Two items of one scope cannot have the same name in C#, and an item has one.");

    /// <summary>{0}: the path; {1}: the name; {2}: what has its name.</summary>
    internal static readonly DiagnosticDescriptor Renamed = Create(
        "WBG0442",
        "An item of WIT has another name in C#",
        "'{0}' is '{1}', since '{2}' has its name: [WitName] gives it another",
        "Names that meet in C# get a word behind them; [WitName] gives another.");

    /// <summary>{0}: the generated type; {1}: the other.</summary>
    internal static readonly DiagnosticDescriptor ImplicitlyImported = Create(
        "WBG0443",
        "A generated type has the name of one that is imported implicitly",
        "'{0}' has the name of '{1}', which is imported implicitly: [WitName] gives it another",
        "A file that names both namespaces must say which of the types it means.");

    /// <summary>{0}: the property; {1}: the world's class.</summary>
    internal static readonly DiagnosticDescriptor NoImplementation = Create(
        "WBG0445",
        "An import of a world should have an implementation",
        "'{0}' of world '{1}' has no implementation: give it an object in place of null",
        "The record throws an ArgumentNullException, since a guest may call each function that it imports.");

    /// <summary>{0}: the variant; {1}: the cases.</summary>
    internal static readonly DiagnosticDescriptor ForgottenCases = Create(
        "WBG0447",
        "A switch over a variant should name all cases",
        "`switch` over '{0}' does not name {1}: name them, or have a default",
        "A later version of the WIT may have more cases, and the compiler does not know that a variant has no others.");

    /// <summary>{0}: the item; {1}: the type.</summary>
    internal static readonly DiagnosticDescriptor NotEnabled = Create(
        "WBG0434",
        "What an item uses must be there",
        "'{0}' uses '{1}', which is left out: its feature is not asked for",
        "Unstable items are generated if their feature is in Features of a <WasmGuest> item.");

    /// <summary>{0}: the name; {1}: what it is to be; {2}: the path.</summary>
    internal static readonly DiagnosticDescriptor InvalidCSharpName = Create(
        "WBG0444",
        "A name that is given must be one in C#",
        "'{0}' is no {1} in C#: choose another for '{2}'",
        "Names and namespaces for items of WIT are identifiers, and no keywords.");
}
