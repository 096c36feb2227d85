namespace WasmBindgen;

/// <summary>A line of a guest's source code.</summary>
/// <param name="File">The path that the guest's compiler wrote down.</param>
/// <param name="Line">The line in it, from 1.</param>
/// <param name="Column">The column in the line, from 1; null when the compiler wrote none down.</param>
public sealed record SourceLine(string File, int Line, int? Column)
{
    /// <summary>The line as .NET stack traces have it.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}:line {Line}");
}
