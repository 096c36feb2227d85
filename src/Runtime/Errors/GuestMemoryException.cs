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

    /// <summary>An address that is no multiple of what the value's type wants.</summary>
    Misaligned,

    /// <summary>
    /// Text or a list that lies inside the memory, but is longer than .NET can hold, or is with others more than a call
    /// may copy.
    /// </summary>
    TooLong,

    /// <summary>A value that a user's marshaller does not accept.</summary>
    InvalidValue,

    /// <summary>
    /// A handle of no live resource of its type in the store: stale, forged, or another store's; or one that is dropped
    /// or given away while a host method borrows it.
    /// </summary>
    InvalidHandle,

    /// <summary>An externref or funcref that is null or of another type, or an index of no function.</summary>
    InvalidReference,
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

    /// <summary>
    /// The function whose argument or result it was, as <c>module.name</c>; null for an access by the host's own code.
    /// </summary>
    public string? Function { get; internal set; }

    /// <summary>
    /// The parameter or <c>return</c>, and the part of it, such as <c>items[3].name</c>; null for an access by the
    /// host's own code.
    /// </summary>
    public string? Parameter { get; private set; }

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

    /// <summary>
    /// For a marshaller that gets a value which its type does not have; function and parameter are filled in on the way
    /// out.
    /// </summary>
    /// <param name="reason">What is wrong, as a sentence.</param>
    public static GuestMemoryException InvalidValue(string reason) => new(GuestMemoryFault.InvalidValue, reason);

    internal static GuestMemoryException InvalidHandle(int handle, Type type) =>
        new(GuestMemoryFault.InvalidHandle, string.Create(
            CultureInfo.InvariantCulture, $"{handle} is no handle of a live {type.Name} in this store."));

    internal static GuestMemoryException HandleInUse(int handle, Type type) =>
        new(GuestMemoryFault.InvalidHandle, string.Create(
            CultureInfo.InvariantCulture,
            $"{handle} is a handle of a {type.Name} that a running host method borrows."));

    internal static GuestMemoryException InvalidReference(string reason) =>
        new(GuestMemoryFault.InvalidReference, reason);

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

    internal static GuestMemoryException Misaligned(long address, long length, int alignment) =>
        new(GuestMemoryFault.Misaligned, string.Create(
            CultureInfo.InvariantCulture, $"address {address} (0x{address:x}) is not a multiple of {alignment}."))
        {
            Address = address,
            Length = length,
        };

    internal static GuestMemoryException TooLong(long address, long length) =>
        new(GuestMemoryFault.TooLong, string.Create(
            CultureInfo.InvariantCulture,
            $"{length} bytes at address {address} (0x{address:x}) are more than .NET can hold in one piece."))
        {
            Address = address,
            Length = length,
        };

    internal static GuestMemoryException TooMuch(long address, long length, ulong budget) =>
        new(GuestMemoryFault.TooLong, string.Create(
            CultureInfo.InvariantCulture,
            $"with {length} bytes at address {address} (0x{address:x}) the call would copy more than {budget} bytes: "
            + $"values point at the same bytes many times."))
        {
            Address = address,
            Length = length,
        };

    internal static GuestMemoryException InvalidDiscriminant(string? parameter, string type, long value) =>
        new(GuestMemoryFault.InvalidDiscriminant, string.Create(
            CultureInfo.InvariantCulture, $"{value} is not a value of {type}."))
        {
            Parameter = parameter,
        };

    internal static GuestMemoryException InvalidChar(string? parameter, uint value) =>
        new(GuestMemoryFault.InvalidChar, string.Create(
            CultureInfo.InvariantCulture, $"0x{value:x} is not a Unicode scalar value."))
        {
            Parameter = parameter,
        };

    /// <summary>
    /// Takes note, from inside to outside, of the part that the bad value is in. An exception filter: nothing is
    /// caught, so the way that goes well pays nothing.
    /// </summary>
    /// <returns>False.</returns>
    internal bool IsIn(string part, string? function = null)
    {
        if (GuestBacktrace.Of(this) is null) // or else it is that of another call, which the guest's allocator made
        {
            Parameter = Parameter is null ? part : Parameter[0] == '[' ? part + Parameter : $"{part}.{Parameter}";
            Function ??= function;
        }

        return false;
    }

    /// <summary>As <see cref="IsIn"/>, for an element of a list.</summary>
    /// <returns>False.</returns>
    internal bool IsAt(int index) => IsIn(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));
}
