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
    /// <summary>For exports without an interface.</summary>
    public WasmExportAttribute()
    {
    }

    /// <summary>For the exports of one interface, such as <c>demo:plugin/api</c>.</summary>
    /// <param name="interface">
    /// The interface's name. Names of members are in kebab case then, unless <see cref="Naming"/> says otherwise, and
    /// have the interface's before them: <c>demo:plugin/api#length</c>.
    /// </param>
    public WasmExportAttribute(string @interface) => Interface = @interface;

    /// <summary>The interface that the guest exports; null for none.</summary>
    public string? Interface { get; }

    /// <summary>
    /// How member names become wasm names; unset: <see cref="WasmBindgen.Naming.SnakeCase"/>, of an interface
    /// <see cref="WasmBindgen.Naming.KebabCase"/>.
    /// </summary>
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

    /// <summary>
    /// The WIT that has the interface: a file or folder, relative to the project. Every function of the interface then
    /// becomes a method; a partial method that the class declares is used in place of the one that would be generated.
    /// </summary>
    public string? Wit { get; set; }

    /// <summary>The world of the guest's WIT, where that has several.</summary>
    public string? World { get; set; }

    /// <summary>
    /// Functions of WIT that are left out, by name or by path, such as <c>poll</c> or <c>demo:plugin/api#poll</c>.
    /// </summary>
    public string[]? Skip { get; set; }

    /// <summary>Whether every method that is generated of WIT takes a <see cref="CancellationToken"/> last.</summary>
    public bool Cancellable { get; set; }
}
