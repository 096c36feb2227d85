using System.Globalization;

namespace WasmBindgen;

/// <summary>What was wrong with what the guest handed over.</summary>
public enum GuestMemoryFault
{
    /// <summary>An address or length reaches outside the memory, or their sum overflows.</summary>
    OutOfBounds,

    /// <summary>An enum or variant value that names no case.</summary>
    InvalidDiscriminant,

    /// <summary>A <c>char</c> that is no Unicode scalar value (a surrogate, or above U+10FFFF).</summary>
    InvalidChar,

    /// <summary>Text that is not valid UTF-8.</summary>
    InvalidUtf8,
}

/// <summary>The guest handed over bad memory or a value that its type does not have. The guest is aborted.</summary>
public sealed class GuestMemoryException : WasmException
{
    private GuestMemoryException(GuestMemoryFault fault, string reason)
        : base(reason)
    {
        Fault = fault;
        Reason = reason;
    }

    /// <summary>What kind of fault it is.</summary>
    public GuestMemoryFault Fault { get; }

    /// <summary>What was wrong, in words.</summary>
    public string Reason { get; }

    /// <summary>The function whose argument or result it was, as <c>module.name</c>; null for an access by the host's own code.</summary>
    public string? Function { get; internal set; }

    /// <summary>The parameter, or <c>return</c>; null for an access by the host's own code.</summary>
    public string? Parameter { get; private init; }

    /// <summary>The address in guest memory, in bytes; null when the value did not come from memory.</summary>
    public long? Address { get; private init; }

    /// <summary>The length in bytes; null when the value did not come from memory.</summary>
    public long? Length { get; private init; }

    /// <inheritdoc/>
    public override string Message => (Function, Parameter) switch
    {
        (null, _) => Reason,
        (_, null) => $"`{Function}`: {Reason}",
        _ => $"`{Function}`, {Parameter}: {Reason}",
    };

    internal static GuestMemoryException OutOfBounds(long address, long length, ulong size) =>
        new(GuestMemoryFault.OutOfBounds, string.Create(
            CultureInfo.InvariantCulture,
            $"{length} bytes at address {address} (0x{address:x}) are not inside the guest's memory of {size} bytes."))
        {
            Address = address,
            Length = length,
        };

    internal static GuestMemoryException InvalidUtf8(long address, long length) =>
        new(GuestMemoryFault.InvalidUtf8, string.Create(
            CultureInfo.InvariantCulture,
            $"the {length} bytes at address {address} (0x{address:x}) are not valid UTF-8."))
        {
            Address = address,
            Length = length,
        };

    internal static GuestMemoryException InvalidDiscriminant(string parameter, string type, long value) =>
        new(GuestMemoryFault.InvalidDiscriminant, string.Create(
            CultureInfo.InvariantCulture, $"{value} is not a value of {type}."))
        {
            Parameter = parameter,
        };

    internal static GuestMemoryException InvalidChar(string parameter, uint value) =>
        new(GuestMemoryFault.InvalidChar, string.Create(
            CultureInfo.InvariantCulture, $"0x{value:x} is not a Unicode scalar value."))
        {
            Parameter = parameter,
        };
}
