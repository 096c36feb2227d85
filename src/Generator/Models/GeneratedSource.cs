namespace WasmBindgen.Generator.Models;

/// <summary>A generated file.</summary>
/// <param name="HintName">Its name among the generated files.</param>
/// <param name="Text">Its text.</param>
internal sealed record GeneratedSource(string HintName, string Text);
