namespace WasmBindgen;

/// <summary>
/// How long a call of this <see cref="WasmExportAttribute"/> method may take. The guest then ends with a
/// <see cref="GuestTimeoutException"/>, up to <see cref="EngineOptions.InterruptionResolution"/> later.
/// </summary>
/// <param name="milliseconds">The time in milliseconds, more than 0.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class TimeoutAttribute(int milliseconds) : Attribute
{
    /// <summary>The time in milliseconds.</summary>
    public int Milliseconds { get; } = milliseconds;
}
