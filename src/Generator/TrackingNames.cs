namespace WasmBindgen.Generator;

/// <summary>
/// The names of the pipelines' steps. A test goes through all of them and proves that unrelated edits re-run none.
/// </summary>
internal static class TrackingNames
{
    /// <summary>The models of the <c>[WasmImport]</c> classes.</summary>
    internal const string ImportClasses = nameof(ImportClasses);

    /// <summary>Those whose files need other names.</summary>
    internal const string ImportClashes = nameof(ImportClashes);

    /// <summary>The settings of their project that the text depends on.</summary>
    internal const string ImportSettings = nameof(ImportSettings);

    /// <summary>Their generated text.</summary>
    internal const string ImportSources = nameof(ImportSources);

    /// <summary>The errors in them that no analyzer tells.</summary>
    internal const string ImportErrors = nameof(ImportErrors);

    /// <summary>The models of the <c>[WasmExport]</c> classes.</summary>
    internal const string ExportClasses = nameof(ExportClasses);

    /// <summary>Those whose files need other names.</summary>
    internal const string ExportClashes = nameof(ExportClashes);

    /// <summary>The settings of their project that the text depends on.</summary>
    internal const string ExportSettings = nameof(ExportSettings);

    /// <summary>Their generated text.</summary>
    internal const string ExportSources = nameof(ExportSources);

    /// <summary>The errors in them that no analyzer tells.</summary>
    internal const string ExportErrors = nameof(ExportErrors);

    /// <summary>The core modules among the project's guests.</summary>
    internal const string GuestModules = nameof(GuestModules);

    /// <summary>The guests that have WIT in them.</summary>
    internal const string GuestsWithWit = nameof(GuestsWithWit);

    /// <summary>The models of the <c>[WasmExport]</c> classes, with what the guests that they name export.</summary>
    internal const string ExportClassesOfGuests = nameof(ExportClassesOfGuests);

    /// <summary>The project's files of WIT, parsed.</summary>
    internal const string WitFiles = nameof(WitFiles);

    /// <summary>The same, with what the project says of each.</summary>
    internal const string WitInputs = nameof(WitInputs);

    /// <summary>The models of the classes that are bound to WIT.</summary>
    internal const string WitClasses = nameof(WitClasses);

    /// <summary>The errors in them that no analyzer tells.</summary>
    internal const string WitErrors = nameof(WitErrors);

    /// <summary>The types of WIT that the build compiles, as it does it.</summary>
    internal const string WitCompiled = nameof(WitCompiled);

    /// <summary>Those that it has compiled.</summary>
    internal const string WitCompiledTypes = nameof(WitCompiledTypes);

    /// <summary>The types of WIT that referenced assemblies have.</summary>
    internal const string WitShared = nameof(WitShared);

    /// <summary>The types that their authors have for items of WIT.</summary>
    internal const string WitOwnTypes = nameof(WitOwnTypes);

    /// <summary>The WIT that classes name, declared in C# as if nobody had written a part of it.</summary>
    internal const string WitDeclared = nameof(WitDeclared);

    /// <summary>What the project has of the names that are generated.</summary>
    internal const string WitSurroundings = nameof(WitSurroundings);

    /// <summary>What is wrong with attributes that say something of items of WIT.</summary>
    internal const string WitAttributeErrors = nameof(WitAttributeErrors);

    /// <summary>The WIT that classes name, declared in C#.</summary>
    internal const string WitProject = nameof(WitProject);

    /// <summary>What is told of WIT.</summary>
    internal const string WitFindings = nameof(WitFindings);

    /// <summary>The packages of WIT.</summary>
    internal const string WitNamespaces = nameof(WitNamespaces);

    /// <summary>The generated text of packages.</summary>
    internal const string WitTypes = nameof(WitTypes);

    /// <summary>The generated text of the classes for guests' resources.</summary>
    internal const string WitHandles = nameof(WitHandles);

    /// <summary>The classes with what they are bound to.</summary>
    internal const string WitBoundClasses = nameof(WitBoundClasses);

    /// <summary>Those whose files need other names.</summary>
    internal const string WitClashes = nameof(WitClashes);

    /// <summary>The settings of their project that the text depends on.</summary>
    internal const string WitProjectSettings = nameof(WitProjectSettings);

    /// <summary>Their generated text.</summary>
    internal const string WitSources = nameof(WitSources);

    /// <summary>Whether the project needs extensions for the official package's objects.</summary>
    internal const string OfficialExtensions = nameof(OfficialExtensions);

    /// <summary>What keeps the project from compiling what is generated.</summary>
    internal const string ProjectProblems = nameof(ProjectProblems);

    /// <summary>The files for those who write guests that the project wants.</summary>
    internal const string WantedBindings = nameof(WantedBindings);

    /// <summary>All classes of the project, if it wants such files.</summary>
    internal const string BoundClasses = nameof(BoundClasses);

    /// <summary>The texts of such files.</summary>
    internal const string GuestBindings = nameof(GuestBindings);
}
