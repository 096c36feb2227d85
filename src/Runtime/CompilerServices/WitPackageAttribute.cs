using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// Says which types of a package of WIT an assembly has, so that assemblies that reference it use these and generate
/// none of their own. Only generated code has it.
/// </summary>
/// <param name="package">The package with its newest version, such as <c>demo:plugin@1.0.0</c>.</param>
/// <param name="namespace">The namespace of the types.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WitPackageAttribute(string package, string @namespace) : Attribute
{
    /// <summary>The package with its newest version.</summary>
    public string Package { get; } = package;

    /// <summary>The namespace of the types.</summary>
    public string Namespace { get; } = @namespace;

    /// <summary>Each type: its name, <c>=</c> and a hash of its shape, separated by spaces.</summary>
    public string Shape { get; set; } = "";
}
