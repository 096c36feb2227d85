namespace WasmBindgen;

/// <summary>
/// A host method that throws an exception of this type does not abort the guest: the guest continues, and gets a number
/// instead of the result. The method returns <see langword="int"/>, or <see langword="void"/>, in which case the guest
/// gets 0 when nothing is thrown. May be combined with <see cref="InterruptsAttribute{TException}"/>: some exceptions
/// then become numbers, and others end the guest. The attribute with the most derived type applies.
/// </summary>
/// <typeparam name="TException">The exception.</typeparam>
/// <param name="code">The number.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class ErrnoAttribute<TException>(int code) : Attribute
    where TException : Exception
{
    /// <summary>The number that the guest gets.</summary>
    public int Code { get; } = code;
}
