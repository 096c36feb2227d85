namespace WasmBindgen;

/// <summary>
/// Declares that a host method aborts the guest by throwing, whatever it throws: the very same exception object arrives
/// at the call site that entered the guest, with its stack trace and, by <see cref="GuestBacktrace.Of"/>, the guest's.
/// On a class it holds for all its methods.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class InterruptsAttribute : Attribute;

/// <summary>
/// Declares that a host method aborts the guest by throwing a <typeparamref name="TError"/>: the very same exception
/// object arrives at the call site that entered the guest. Anything else that it throws arrives as a
/// <see cref="HostFunctionException"/>. On a class it holds for all its methods.
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
