namespace WasmBindgen;

/// <summary>Gives a package or interface of WIT another namespace than the one that follows the package.</summary>
/// <param name="path">
/// The package or interface, with or without its version, or with the part of it that counts, such as
/// <c>demo:plugin@2</c>.
/// </param>
/// <param name="namespace">The namespace.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class WitNamespaceAttribute(string path, string @namespace) : Attribute
{
    /// <summary>The package or interface.</summary>
    public string Path { get; } = path;

    /// <summary>The namespace.</summary>
    public string Namespace { get; } = @namespace;
}
