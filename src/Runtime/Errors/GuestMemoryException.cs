using System.Globalization;

namespace WasmBindgen;

/// <summary>What was wrong with a value that the guest passed.</summary>
public enum GuestMemoryFault
{
    /// <summary>An address or length reaches outside the memory, or their sum overflows.</summary>
    OutOfBounds,

    /// <summary>A number that is not a member of the enum, or not a case of the variant.</summary>
    InvalidDiscriminant,

    /// <summary>A <c>char</c> that is not a Unicode scalar value (a surrogate, or above U+10FFFF).</summary>
    InvalidChar,

    /// <summary>Text that is not valid UTF-8.</summary>
    InvalidUtf8,

    /// <summary>An address that is not aligned for the value's type.</summary>
    Misaligned,

    /// <summary>
    /// Text or a list that is inside the memory, but is longer than .NET can hold, or exceeds what one call may copy.
    /// </summary>
    TooLong,

    /// <summary>A value that a user's marshaller does not accept.</summary>
    InvalidValue,

    /// <summary>
    /// A handle that is stale, forged or of another type or store; or one that is dropped or given away while a host
    /// method borrows it.
    /// </summary>
    InvalidHandle,

    /// <summary>
    /// An externref or funcref that is null or has the wrong type, or a table index without a function.
    /// </summary>
    InvalidReference,

    /// <summary>Text of a component that is not valid UTF-16.</summary>
    InvalidUtf16,
}

/// <summary>The guest passed a bad address or an invalid value. The guest is aborted.</summary>
public sealed class GuestMemoryException : WasmException
{
    private GuestMemoryException(GuestMemoryFault fault, string reason)
        : base(reason)
    {
        Fault = fault;
        Reason = reason;
    }

    /// <summary>The kind of fault.</summary>
    public GuestMemoryFault Fault { get; }

    /// <summary>A sentence that says what was wrong.</summary>
    public string Reason { get; }

    /// <summary>
    /// The function of the bad argument or result, as <c>module.name</c>; null for an access by the host's own code.
    /// </summary>
    public string? Function { get; internal set; }

    /// <summary>
    /// The parameter or <c>return</c>, with the path to the bad part, such as <c>items[3].name</c>; null for an access
    /// by the host's own code.
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
    /// Creates the exception for a marshaller that gets an invalid value. Function and parameter are filled in later.
    /// </summary>
    /// <param name="reason">A sentence that says what is wrong.</param>
    public static GuestMemoryException InvalidValue(string reason) => new(GuestMemoryFault.InvalidValue, reason);

    internal static GuestMemoryException InvalidHandle(int handle, string type) =>
        new(GuestMemoryFault.InvalidHandle, string.Create(
            CultureInfo.InvariantCulture, $"{handle} is not a handle of a live {type} in this store."));

    internal static GuestMemoryException NoResource(Type shown) =>
        new(GuestMemoryFault.InvalidHandle, $"The component exports no resource that {shown} shows.");

    internal static GuestMemoryException HandleInUse(int handle, string type) =>
        new(GuestMemoryFault.InvalidHandle, string.Create(
            CultureInfo.InvariantCulture,
            $"{handle} is a handle of a {type} that a running call borrows."));

    internal static GuestMemoryException HandleGiven(int handle, string type) =>
        new(GuestMemoryFault.InvalidHandle, string.Create(
            CultureInfo.InvariantCulture, $"{handle} is a handle of a {type} that this call gives away already."));

    internal static GuestMemoryException KeptLoan() => new(
        GuestMemoryFault.InvalidHandle,
        "The guest has returned and still has a handle that was lent to it for the call.");

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

    internal static GuestMemoryException InvalidUtf16(long address, long length) =>
        new(GuestMemoryFault.InvalidUtf16, string.Create(
            CultureInfo.InvariantCulture,
            $"the {length} bytes at address {address} (0x{address:x}) are not valid UTF-16."))
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
            $"with {length} bytes at address {address} (0x{address:x}), the call would copy more than {budget} bytes: "
            + $"many values refer to the same bytes."))
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
    /// Adds the part that contains the bad value to <see cref="Parameter"/>, from inside to outside. Used as an
    /// exception filter, so that a successful call pays nothing.
    /// </summary>
    /// <returns>False.</returns>
    internal bool IsIn(string part, string? function = null)
    {
        if (GuestBacktrace.Of(this) is null) // otherwise it belongs to another call, made by the guest's allocator
        {
            Parameter = Parameter is null ? part : Parameter[0] == '[' ? part + Parameter : $"{part}.{Parameter}";
            Function ??= function;
        }

        return false;
    }

    /// <summary>Like <see cref="IsIn"/>, for an element of a list.</summary>
    /// <returns>False.</returns>
    internal bool IsAt(int index) => IsIn(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));
}
