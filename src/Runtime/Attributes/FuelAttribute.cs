namespace WasmBindgen;

/// <summary>
/// On a method of a <see cref="WasmImportAttribute"/> class: what a call of it costs the guest, beside the guest's own
/// instructions. If less is left, the guest ends with an <see cref="OutOfFuelException"/> and the method is not called.
/// On an engine without <see cref="EngineOptions.ConsumeFuel"/> it costs nothing. On a method of a
/// <see cref="WasmExportAttribute"/> class: the most that one call of it may use of <see cref="Store.Fuel"/>.
/// </summary>
/// <param name="units">In the engine's units, about one an instruction; more than 0.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class FuelAttribute(ulong units) : Attribute
{
    /// <summary>In the engine's units.</summary>
    public ulong Units { get; } = units;
}
