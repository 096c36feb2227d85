using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// Says what a class that is bound to WIT gives guests, which analyzers compare with what guests import. Only generated
/// code has it.
/// </summary>
/// <param name="module">The import module.</param>
/// <param name="functions">The functions.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ServesAttribute(string module, params string[] functions) : Attribute
{
    /// <summary>The import module.</summary>
    public string Module { get; } = module;

    /// <summary>The functions.</summary>
    public IReadOnlyList<string> Functions { get; } = functions;
}
