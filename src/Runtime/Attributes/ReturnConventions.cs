namespace WasmBindgen;

/// <summary>
/// A string or list comes back as one i64: the address in the upper half, the length in the lower. So return guests
/// that have one result only and no return area.
/// </summary>
[AttributeUsage(AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class PackedAttribute : Attribute;

/// <summary>
/// The parts of a tuple or record come back as so many core results, instead of in memory (core specification,
/// multi-value).
/// </summary>
[AttributeUsage(AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class MultiValueAttribute : Attribute;
