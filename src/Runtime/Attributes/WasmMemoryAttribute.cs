namespace WasmBindgen;

/// <summary>
/// Names the memory that the values of one function lie in, for guests with several. For all functions of a class:
/// <see cref="WasmImportAttribute.Memory"/> and <see cref="WasmExportAttribute.Memory"/>.
/// </summary>
/// <remarks>The allocator of the class, if the function needs it, must allocate in this memory.</remarks>
/// <param name="name">The name under which the guest exports the memory, or else imports it.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor, AllowMultiple = false, Inherited = false)]
public sealed class WasmMemoryAttribute(string name) : Attribute
{
    /// <summary>The memory's name.</summary>
    public string Name { get; } = name;
}
