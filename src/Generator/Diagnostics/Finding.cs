using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace WasmBindgen.Generator.Diagnostics;

/// <summary>An error that a parser found, as a value that a pipeline can keep: nothing in it is Roslyn's.</summary>
/// <param name="Id">The diagnostic's id.</param>
/// <param name="Message">What it says.</param>
/// <param name="Path">The file.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="Length">The number of characters.</param>
/// <param name="Line">The line of the first one.</param>
/// <param name="Column">The column of the first one.</param>
/// <param name="EndLine">The line after the last character.</param>
/// <param name="EndColumn">The column after the last character.</param>
/// <param name="IsMissed">Whether analyzers do not report it even when they run.</param>
internal sealed record Finding(
    string Id,
    string Message,
    string Path,
    int Start,
    int Length,
    int Line,
    int Column,
    int EndLine,
    int EndColumn,
    bool IsMissed)
{
    internal static Finding Of(Diagnostic diagnostic, bool isMissed)
    {
        FileLinePositionSpan lines = diagnostic.Location.GetLineSpan();
        TextSpan span = diagnostic.Location.SourceSpan;
        (LinePosition start, LinePosition end) = (lines.StartLinePosition, lines.EndLinePosition);
        return new Finding(
            diagnostic.Id,
            diagnostic.GetMessage(CultureInfo.InvariantCulture),
            lines.Path ?? "",
            span.Start,
            span.Length,
            start.Line,
            start.Character,
            end.Line,
            end.Character,
            isMissed);
    }

    internal Diagnostic ToDiagnostic()
    {
        DiagnosticDescriptor descriptor = Descriptors.Errors[Id];
        Location location = Path.Length == 0 ? Location.None : Location.Create(
            Path,
            new TextSpan(Start, Length),
            new LinePositionSpan(new LinePosition(Line, Column), new LinePosition(EndLine, EndColumn)));
        return Diagnostic.Create(
            Id,
            descriptor.Category,
            Message,
            descriptor.DefaultSeverity,
            descriptor.DefaultSeverity,
            descriptor.IsEnabledByDefault,
            warningLevel: 0,
            descriptor.Title,
            descriptor.Description,
            descriptor.HelpLinkUri,
            location,
            additionalLocations: null,
            descriptor.CustomTags);
    }
}
