namespace WasmBindgen;

/// <summary>
/// A string or list is returned as one i64: the address in the upper half, the length in the lower. Used by guests that
/// have only one result and no return area.
/// </summary>
[AttributeUsage(AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class PackedAttribute : Attribute;

/// <summary>
/// Each part of a tuple or record is returned as a core result, instead of in memory (core specification, multi-value).
/// </summary>
[AttributeUsage(AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class MultiValueAttribute : Attribute;
