namespace WasmBindgen;

/// <summary>
/// On a method of a <see cref="WasmImportAttribute"/> class: what a call costs the guest, in addition to the guest's
/// own instructions. If less is left, the guest ends with an <see cref="OutOfFuelException"/> and the method is not
/// called. On an engine without <see cref="EngineOptions.ConsumeFuel"/>, a call costs nothing. On a method of a
/// <see cref="WasmExportAttribute"/> class: the most of <see cref="Store.Fuel"/> that one call may use.
/// </summary>
/// <param name="units">The amount in the engine's units, about one per instruction; more than 0.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class FuelAttribute(ulong units) : Attribute
{
    /// <summary>The amount in the engine's units.</summary>
    public ulong Units { get; } = units;
}
