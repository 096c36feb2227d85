namespace WasmBindgen;

/// <summary>
/// Lets a struct or class cross as a WIT record, field by field in the order of declaration: its public instance
/// fields, and its properties that can be read and set. A <c>record</c> needs no attribute; with a primary constructor,
/// its parameters are the fields.
/// </summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class WasmRecordAttribute : Attribute;
