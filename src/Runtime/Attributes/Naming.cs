namespace WasmBindgen;

/// <summary>How C# names become wasm names. <see cref="WasmNameAttribute"/> overrides it for one member.</summary>
public enum Naming
{
    /// <summary>The default of the attribute.</summary>
    Default,

    /// <summary><c>EarlyExit</c> is <c>early_exit</c>.</summary>
    SnakeCase,

    /// <summary><c>EarlyExit</c> is <c>EarlyExit</c>.</summary>
    Exact,

    /// <summary><c>EarlyExit</c> is <c>earlyExit</c>.</summary>
    CamelCase,

    /// <summary><c>EarlyExit</c> is <c>early-exit</c>.</summary>
    KebabCase,
}
