namespace WasmBindgen;

/// <summary>
/// Lets an abstract record cross as a WIT variant. Its cases are the records nested in it that derive from it, in the
/// order of declaration; a case's payload is its primary constructor's parameter, or a tuple of them.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class WasmVariantAttribute : Attribute;
