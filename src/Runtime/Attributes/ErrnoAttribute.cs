namespace WasmBindgen;

/// <summary>
/// A host method that throws an exception of this type does not abort the guest: the guest goes on, and gets a number
/// instead of the result. The method returns <see langword="void"/>, in which case the guest gets 0 when nothing is
/// thrown, or <see langword="int"/>. Beside <see cref="InterruptsAttribute{TException}"/> this decides error by error
/// between a number and the end of the guest; the more derived type counts.
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
