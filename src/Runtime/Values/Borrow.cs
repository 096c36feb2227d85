namespace WasmBindgen;

/// <summary>
/// A resource that stays the sender's: WIT's <c>borrow</c>. It may be used until the call ends. For guests made by
/// wasm-bindgen, an object: its <c>&amp;JsValue</c>.
/// </summary>
/// <typeparam name="T">
/// A class with <see cref="WasmResourceAttribute"/>, or an interface that is generated of a WIT resource; any class if
/// the method's has <see cref="RustWasmBindgenAttribute.ObjectHeap"/>. C# converts no expression of an interface type:
/// write <c>new(bucket)</c> for one.
/// </typeparam>
/// <param name="Value">The object.</param>
public readonly record struct Borrow<T>(T Value)
    where T : class?
{
    /// <summary>Lends an object.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Usage", "CA2225", Justification = "The constructor is the other way.")]
    public static implicit operator Borrow<T>(T value) => new(value);
}
