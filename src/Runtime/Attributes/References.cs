namespace WasmBindgen;

/// <summary>
/// The object crosses as an <c>externref</c>: the guest can only hold it, hand it back and compare it with null. If the
/// guest hands back an object of another type, that is a <see cref="GuestMemoryException"/>. <see cref="object"/> needs
/// no attribute.
/// </summary>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Property,
    AllowMultiple = false,
    Inherited = false)]
public sealed class ExternRefAttribute : Attribute;

/// <summary>
/// The delegate crosses as an index into a table of the calling instance, as C and Rust pass function pointers, not as
/// a <c>funcref</c>. In C and Rust, index 0 is null.
/// </summary>
/// <param name="table">The name under which the guest exports the table.</param>
[AttributeUsage(AttributeTargets.Parameter, AllowMultiple = false, Inherited = false)]
public sealed class TableIndexAttribute(string table = "__indirect_function_table") : Attribute
{
    /// <summary>The name under which the guest exports the table.</summary>
    public string Table { get; } = table;
}
