namespace WasmBindgen;

/// <summary>Keeps a public method of a <see cref="WasmImportAttribute"/> class from becoming a host function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WasmIgnoreAttribute : Attribute;
