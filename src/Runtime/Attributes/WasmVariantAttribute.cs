namespace WasmBindgen;

/// <summary>
/// Lets an abstract record cross as a WIT variant. Its cases are the nested records that derive from it, in the order
/// of declaration. A case's payload is the parameter of its primary constructor, or a tuple of several.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class WasmVariantAttribute : Attribute;
