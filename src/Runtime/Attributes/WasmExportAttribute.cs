namespace WasmBindgen;

/// <summary>
/// Marks a partial class as the typed view of what a guest exports: partial methods are calls, partial properties are
/// globals, memories and tables.
/// </summary>
/// <remarks>
/// <para>Used as follows:</para>
/// <code>
/// [WasmExport]
/// public sealed partial class Guest
/// {
///     public partial int Run(int a, int b);       // calls (export "run" (func (param i32 i32) (result i32)))
///     public partial int Counter { get; set; }    // reads and writes (export "counter" (global (mut i32)))
///     public partial Memory Memory { get; }
/// }
///
/// var guest = new Guest(linker.Instantiate(store, module));
/// </code>
/// <para>
/// The generator writes the constructor and the bodies. The constructor looks up every export once and checks its type;
/// a <see cref="LinkException"/> lists all mismatches. The bodies allocate nothing of their own. Partial properties
/// need C# 13.
/// </para>
/// <para>
/// A method throws the error that ends the guest, unless it returns a <see cref="GuestResult"/> or
/// <see cref="GuestResult{T}"/>: then it throws nothing. A trailing <see cref="CancellationToken"/> makes the call
/// cancellable, and a <see cref="TimeoutAttribute"/> limits its time.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = false)]
public sealed class WasmExportAttribute : Attribute
{
    /// <summary>How member names become wasm names; <see cref="WasmBindgen.Naming.SnakeCase"/> unless set.</summary>
    public Naming Naming { get; set; }

    /// <summary>
    /// What goes before the name of each member that has no <see cref="WasmNameAttribute"/>, such as
    /// <c>__wbindgen_</c>, with which <c>Malloc</c> is <c>__wbindgen_malloc</c>.
    /// </summary>
    public string? Prefix { get; set; }

    /// <summary>
    /// The memory that values lie in: the one that the guest exports under this name, or else the one that it imports
    /// under it. Unset: <c>memory</c>. <see cref="WasmMemoryAttribute"/> names that of a single method.
    /// </summary>
    public string? Memory { get; set; }

    /// <summary>
    /// The guest that the compiler compares the class with: the path of a <c>&lt;WasmGuest&gt;</c> item of the project,
    /// or the end of one, such as <c>plugin.wasm</c>. Unset: the guest of the project that is most like the class.
    /// </summary>
    public string? Guest { get; set; }
}
