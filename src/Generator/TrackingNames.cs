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

    /// <summary>The models of the <c>[WasmExport]</c> classes, with what the guests that they name export.</summary>
    internal const string ExportClassesOfGuests = nameof(ExportClassesOfGuests);

    /// <summary>Whether the project needs extensions for the official package's objects.</summary>
    internal const string OfficialExtensions = nameof(OfficialExtensions);

    /// <summary>What keeps the project from compiling what is generated.</summary>
    internal const string ProjectProblems = nameof(ProjectProblems);
}
