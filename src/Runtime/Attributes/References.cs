namespace WasmBindgen;

/// <summary>
/// The object crosses as an <c>externref</c>: the guest can hold it, hand it back and compare it to null, and nothing
/// else. An object that comes back and is of another type is a fault of the guest's. <see cref="object"/> needs no
/// attribute.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue, AllowMultiple = false, Inherited = false)]
public sealed class ExternRefAttribute : Attribute;

/// <summary>
/// The delegate comes as an index into a table of the calling instance, which is how C and Rust pass pointers to
/// functions, and not as a <c>funcref</c>. Index 0 is null for them.
/// </summary>
/// <param name="table">The name under which the guest exports the table.</param>
[AttributeUsage(AttributeTargets.Parameter, AllowMultiple = false, Inherited = false)]
public sealed class TableIndexAttribute(string table = "__indirect_function_table") : Attribute
{
    /// <summary>The name under which the guest exports the table.</summary>
    public string Table { get; } = table;
}
