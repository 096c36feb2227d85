namespace WasmBindgen.Generator.Text;

/// <summary>The marks of generated code.</summary>
internal static class Generated
{
    /// <summary>Says who made it.</summary>
    internal static readonly string Code =
        "[global::System.CodeDom.Compiler.GeneratedCode(\"WasmBindgen\", "
            + $"\"{typeof(Generated).Assembly.GetName().Version.ToString(3)}\")]";

    /// <summary>Keeps it out of what tests are to cover.</summary>
    internal const string NotCovered = "[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]";
}
