namespace WasmBindgen;

/// <summary>
/// Declares that any exception that a host method throws aborts the guest. The call site that entered the guest gets
/// the very same exception object, with its stack trace; <see cref="GuestBacktrace.Of"/> returns the guest's. On a
/// class, it applies to all methods.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class InterruptsAttribute : Attribute;

/// <summary>
/// Declares that a host method aborts the guest by throwing a <typeparamref name="TError"/>. The call site that entered
/// the guest gets the very same exception object. Any other exception arrives there as a
/// <see cref="HostFunctionException"/>. On a class, it applies to all methods.
/// </summary>
/// <remarks>
/// <code>
/// [Interrupts&lt;ExitCodeException&gt;]
/// public void EarlyExit() => throw new ExitCodeException(1);
///
/// try { guest.Run(1, 7); }
/// catch (ExitCodeException exit) { … }
/// </code>
/// </remarks>
/// <typeparam name="TError">The exception's type, or a base of it.</typeparam>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InterruptsAttribute<TError> : Attribute;
