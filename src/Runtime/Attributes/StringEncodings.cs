namespace WasmBindgen;

/// <summary>
/// The text is UTF-8 that ends with a zero byte, passed as its address: C's <c>char*</c>. Text for the guest must not
/// contain U+0000.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class CStringAttribute : Attribute;

/// <summary>
/// The text is UTF-16, passed as its address, a multiple of 2, and its number of code units. Unpaired surrogates are
/// allowed.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class Utf16Attribute : Attribute;

/// <summary>
/// The text is Latin-1, passed as its address and number of bytes. Text for the guest must not contain characters above
/// U+00FF.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class Latin1Attribute : Attribute;
