namespace WasmBindgen;

/// <summary>
/// A host method that returns a <see cref="Result{T, TError}"/> and throws a <typeparamref name="TException"/> gives
/// the guest an error, and the guest goes on. The attribute with the most derived type applies, whether it is this one
/// or an <see cref="InterruptsAttribute{TError}"/>. On a class, it applies to all methods that return such a result.
/// </summary>
/// <remarks>
/// <code>
/// public enum FileError { NoEntry, Denied }
///
/// [WitError&lt;FileNotFoundException&gt;("no-entry")]
/// [WitError&lt;UnauthorizedAccessException&gt;("denied")]
/// public Result&lt;string, FileError&gt; Read(string path) => File.ReadAllText(path);
/// </code>
/// An exception that ended an inner guest call, a fault of the guest's arguments and one by which the method obeyed a
/// limit of the call are no errors for the guest, whatever is declared.
/// </remarks>
/// <typeparam name="TException">The exception's type, or a base of it.</typeparam>
/// <param name="name">
/// The error: a member of an enum, or a case of a variant that has nothing in it, by its name in WIT, such as
/// <c>no-entry</c>. Left out if the error is a <see cref="string"/>: the guest then gets the exception's message.
/// </param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class WitErrorAttribute<TException>(string? name = null) : Attribute
    where TException : Exception
{
    /// <summary>The error's name in WIT; null for the exception's message.</summary>
    public string? Name { get; } = name;
}
