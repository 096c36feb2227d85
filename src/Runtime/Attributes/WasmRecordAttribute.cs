namespace WasmBindgen;

/// <summary>
/// Lets a struct or class cross as a WIT record. The record's fields are the public instance fields, and the properties
/// that can be read and set, in the order of declaration. A <c>record</c> needs no attribute; if it has a primary
/// constructor, its parameters are the fields.
/// </summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class WasmRecordAttribute : Attribute;
