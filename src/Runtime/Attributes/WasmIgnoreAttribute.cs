namespace WasmBindgen;

/// <summary>
/// Keeps a public method, or a resource's constructor, of a <see cref="WasmImportAttribute"/> class from becoming a
/// host function, and a property of an exception from becoming part of what a guest catches
/// (<see cref="WasmTagAttribute{TException}"/>).
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property,
    AllowMultiple = false,
    Inherited = false)]
public sealed class WasmIgnoreAttribute : Attribute;
