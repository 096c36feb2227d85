namespace WasmBindgen;

/// <summary>
/// Keeps a public method, or a resource's constructor, of a <see cref="WasmImportAttribute"/> class from becoming a
/// host function.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor, AllowMultiple = false, Inherited = false)]
public sealed class WasmIgnoreAttribute : Attribute;
