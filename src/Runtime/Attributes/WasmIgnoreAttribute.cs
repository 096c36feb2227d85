namespace WasmBindgen;

/// <summary>
/// Keeps a public method, or a resource's constructor, of a <see cref="WasmImportAttribute"/> class from becoming a
/// host function, and a property of an exception from becoming part of what a guest catches
/// (<see cref="WasmTagAttribute{TException}"/>). On a <see cref="WasmExportAttribute"/> class that shows a
/// <see cref="WasmExportAttribute.Guest"/>, it names an export that gets no member.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Class,
    AllowMultiple = true,
    Inherited = false)]
public sealed class WasmIgnoreAttribute : Attribute
{
    /// <summary>Ignores the member that has the attribute.</summary>
    public WasmIgnoreAttribute()
    {
    }

    /// <summary>Ignores an export of the guest that the class shows.</summary>
    /// <param name="export">The export's name.</param>
    public WasmIgnoreAttribute(string export) => Export = export;

    /// <summary>The export that gets no member; null when it is on a member.</summary>
    public string? Export { get; }
}
