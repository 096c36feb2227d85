namespace WasmBindgen;

/// <summary>
/// Limits how long a call of this <see cref="WasmExportAttribute"/> method may take. After that time the guest ends
/// with a <see cref="GuestTimeoutException"/>, at most <see cref="EngineOptions.InterruptionResolution"/> late.
/// </summary>
/// <param name="milliseconds">The time in milliseconds, more than 0.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class TimeoutAttribute(int milliseconds) : Attribute
{
    /// <summary>The time in milliseconds.</summary>
    public int Milliseconds { get; } = milliseconds;
}
