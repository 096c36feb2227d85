namespace WasmBindgen;

/// <summary>
/// The text is the address of UTF-8 bytes up to a zero byte: C's <c>char*</c>. Text for the guest must not hold U+0000.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class CStringAttribute : Attribute;

/// <summary>
/// The text is an address, a multiple of 2, and a number of UTF-16 code units, which may be unpaired surrogates.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class Utf16Attribute : Attribute;

/// <summary>
/// The text is an address and a number of bytes, each of them a character up to U+00FF. Text for the guest must not
/// hold others.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class Latin1Attribute : Attribute;
