namespace WasmBindgen;

/// <summary>What an AssemblyScript guest calls an array.</summary>
public enum ScriptArrayKind
{
    /// <summary><c>Array&lt;T&gt;</c>, which is also written <c>T[]</c>.</summary>
    Array,

    /// <summary><c>StaticArray&lt;T&gt;</c>.</summary>
    StaticArray,

    /// <summary><c>Int32Array</c>, <c>Uint8Array</c> and the like.</summary>
    TypedArray,

    /// <summary><c>ArrayBuffer</c>, which has no type of elements.</summary>
    ArrayBuffer,
}

/// <summary>
/// What an array for a guest of an <see cref="AssemblyScriptAttribute"/> class is there: a parameter of an export, or a
/// result of a host method. On the class, it is said of all that say nothing themselves.
/// </summary>
/// <param name="kind">What the guest's function takes. The module does not say it, and another one is misread.</param>
/// <remarks>
/// A <see cref="WasmException"/> reports a guest that has no such class at all. What a guest passes needs no attribute,
/// for its objects say their class.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Parameter | AttributeTargets.ReturnValue,
    AllowMultiple = false,
    Inherited = false)]
public sealed class ScriptArrayAttribute(ScriptArrayKind kind) : Attribute
{
    /// <summary>What the guest's function takes.</summary>
    public ScriptArrayKind Kind { get; } = kind;
}
