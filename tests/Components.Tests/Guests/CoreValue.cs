using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// What a guest gives as a value, which may be none: an instruction for each slot, and data segments for the addresses
/// among them.
/// </summary>
internal sealed record CoreValue(WitType Type, string Encoding, string[] Slots, string Data = "")
{
    /// <summary>In place of the address of the area that the value lies in, or that a result goes to.</summary>
    internal uint? Area { get; init; }

    public override string ToString() => $"{Type.Wat} {Encoding}: {string.Join(' ', Slots)} {Data}{Area}";
}
