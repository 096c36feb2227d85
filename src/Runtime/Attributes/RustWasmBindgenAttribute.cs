namespace WasmBindgen;

/// <summary>
/// The guests of this class were made by Rust's wasm-bindgen: the <c>_bg.wasm</c> file of a published package. The host
/// takes the place of the JavaScript beside it.
/// </summary>
/// <remarks>
/// <para>
/// What the guest is passed is the guest's, which frees it; what it returns is the host's, which frees it. A
/// <see cref="string"/> that is null is a null address, and so is a list. A <c>Result&lt;T, E&gt;</c> of Rust is a
/// <see cref="Result{T, TError}"/> whose error is an object. Objects (<see cref="object"/>, or a class with
/// <see cref="ExternRefAttribute"/>) are what Rust has as a <c>JsValue</c>; null is its <c>undefined</c> and its
/// <c>null</c>.
/// </para>
/// <para>
/// A method of a <see cref="WasmImportAttribute"/> class also serves imports whose name is its own with the hash behind
/// it: <c>__wbg_log</c> is <c>__wbg_log_ea240990d83e374e</c>, and <c>__wbindgen_throw</c> is
/// <c>__wbg___wbindgen_throw_bb96b2010945f0bc</c>. Where a module imports several functions that differ in the hash
/// only, none is served so: name each with <see cref="WasmNameAttribute"/>.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class RustWasmBindgenAttribute : Attribute
{
    /// <summary>
    /// Whether the guest holds objects by their index in a heap of the host's, and returns several values through
    /// memory. So does one that exports <c>__wbindgen_add_to_stack_pointer</c>, or imports
    /// <c>__wbindgen_object_drop_ref</c>. Others, which most compilers since Rust 1.82 make, hold them as
    /// <c>externref</c>.
    /// </summary>
    public bool ObjectHeap { get; set; }

    /// <summary>
    /// The guest's table of objects, into which errors, the objects of arrays, and parameters with
    /// <see cref="TableIndexAttribute"/> are indices. Unset: <c>__wbindgen_externrefs</c>; older guests export it as
    /// <c>__wbindgen_export_0</c> or the like.
    /// </summary>
    public string? ObjectTable { get; set; }
}
