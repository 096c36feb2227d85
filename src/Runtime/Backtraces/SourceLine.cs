namespace WasmBindgen;

/// <summary>A line of a guest's source code.</summary>
/// <param name="File">The path that the guest's compiler recorded.</param>
/// <param name="Line">The line in it, from 1.</param>
/// <param name="Column">The column in the line, from 1; null if the compiler recorded none.</param>
public sealed record SourceLine(string File, int Line, int? Column)
{
    /// <summary>The line, formatted as in .NET stack traces.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Printable.Name(File)}:line {Line}");
}
