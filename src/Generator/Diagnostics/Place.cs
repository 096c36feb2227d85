using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace WasmBindgen.Generator.Diagnostics;

/// <summary>Where something stands, as a value that a pipeline can keep.</summary>
/// <param name="Path">The file; empty for none.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="Length">The number of characters.</param>
/// <param name="Line">The line of the first one, from 0 on.</param>
/// <param name="Column">The column of the first one.</param>
/// <param name="EndLine">The line after the last character.</param>
/// <param name="EndColumn">The column after the last character.</param>
internal readonly record struct Place(
    string Path, int Start, int Length, int Line, int Column, int EndLine, int EndColumn)
{
    internal static Place Of(Location location)
    {
        FileLinePositionSpan lines = location.GetLineSpan();
        TextSpan span = location.SourceSpan;
        (LinePosition start, LinePosition end) = (lines.StartLinePosition, lines.EndLinePosition);
        return new Place(
            lines.Path ?? "", span.Start, span.Length, start.Line, start.Character, end.Line, end.Character);
    }

    internal Location ToLocation() => string.IsNullOrEmpty(Path) ? Location.None : Location.Create(
        Path,
        new TextSpan(Start, Length),
        new LinePositionSpan(new LinePosition(Line, Column), new LinePosition(EndLine, EndColumn)));
}
