namespace WasmBindgen;

/// <summary>
/// Declares that a <typeparamref name="TException"/> that a host method throws is a WebAssembly exception for the
/// guest, which may catch it by the tag that it imports. Uncaught, it ends the guest, and the call site that entered
/// the guest gets the very same exception object, as of an interrupt. On a class, it applies to all methods.
/// </summary>
/// <remarks>
/// <para>
/// What the guest gets are the exception's own public properties, in the order of declaration, those of a base class
/// first; properties with <see cref="WasmIgnoreAttribute"/>, and those of .NET's own exceptions, do not count. They
/// cross like any result of a host method, but only up to 16 core values. If the guest's tag takes a single
/// <c>externref</c> instead, it gets the exception object.
/// </para>
/// <code>
/// public sealed class QuotaException(int limit) : Exception { public int Limit => limit; }
///
/// [WasmTag&lt;QuotaException&gt;("env", "quota")]    // (import "env" "quota" (tag (param i32)))
/// public void Spend(int amount) => …
/// </code>
/// </remarks>
/// <param name="module">The module of the tag's import.</param>
/// <param name="name">Its name.</param>
/// <typeparam name="TException">The exception's type, or a base of it.</typeparam>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class WasmTagAttribute<TException>(string module, string name) : Attribute
    where TException : Exception
{
    /// <summary>The module of the tag's import.</summary>
    public string Module { get; } = module;

    /// <summary>The name of the tag's import.</summary>
    public string Name { get; } = name;
}
