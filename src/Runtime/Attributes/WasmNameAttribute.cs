namespace WasmBindgen;

/// <summary>
/// Sets the exact name of a host function or an export, regardless of the class's <see cref="Naming"/>.
/// </summary>
/// <param name="name">The wasm name.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property,
    AllowMultiple = false, Inherited = false)]
public sealed class WasmNameAttribute(string name) : Attribute
{
    /// <summary>The wasm name.</summary>
    public string Name { get; } = name;
}
