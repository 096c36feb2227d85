using System.Globalization;

namespace WasmBindgen;

/// <summary>One guest function on the stack at the time of an interrupt or a trap.</summary>
/// <param name="FunctionName">Its name, if the module has a name section.</param>
/// <param name="FunctionIndex">Its index in the module; imports come first.</param>
/// <param name="FunctionOffset">Bytes from the start of its body; null when unknown.</param>
/// <param name="ModuleName">The module's name, if it has one.</param>
/// <param name="ModuleOffset">Bytes from the start of the module's binary; null when unknown.</param>
public sealed record GuestFrame(
    string? FunctionName, int FunctionIndex, long? FunctionOffset, string? ModuleName, long? ModuleOffset)
{
    /// <summary>
    /// The line in the guest's source code; null if its module has no DWARF debug information, or comes from
    /// <see cref="Module.Deserialize"/>, which does not keep it.
    /// </summary>
    public SourceLine? Source { get; init; }

    /// <summary>The frame, formatted like a line of a .NET stack trace. Names are cut off after 256 characters, and
    /// their control characters escaped.</summary>
    public override string ToString()
    {
        string function = FunctionName is { } name
            ? Printable.Name(name)
            : string.Create(CultureInfo.InvariantCulture, $"func[{FunctionIndex}]");
        string place = Source is not null ? $" in {Source}"
            : ModuleOffset is { } offset ? string.Create(CultureInfo.InvariantCulture, $" in 0x{offset:x}")
            : "";
        return ModuleName is null ? $"at {function}{place}" : $"at {Printable.Name(ModuleName)}!{function}{place}";
    }
}
