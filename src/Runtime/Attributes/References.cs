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
/// The delegate crosses as an index into a table of the guest, as C and Rust pass function pointers, not as a
/// <c>funcref</c>. In C and Rust, index 0 is null. A delegate of the host is put into the table, which must be able to
/// grow, and stays there until <see cref="Store.Release(Delegate)"/>, or until the store ends.
/// </summary>
/// <param name="table">The name under which the guest exports the table.</param>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class TableIndexAttribute(string table = "__indirect_function_table") : Attribute
{
    /// <summary>The name under which the guest exports the table.</summary>
    public string Table { get; } = table;
}
