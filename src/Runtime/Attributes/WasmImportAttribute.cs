namespace WasmBindgen;

/// <summary>
/// Marks a partial class as the host side of an import module: every public method declared in it becomes a host
/// function that satisfies the guest's import of that module and name.
/// </summary>
/// <remarks>
/// <para>
/// "Import" is the guest's point of view, as in the WebAssembly specification: the guest imports what this class
/// provides. (.NET's own tooling for guests uses a similar name for the other side.)
/// </para>
/// <para>Used as follows:</para>
/// <code>
/// [WasmImport("env")]
/// public sealed partial class Env
/// {
///     // satisfies (import "env" "add" (func (param i32 i32) (result i32)))
///     public int Add(int a, int b) => a + b;
/// }
///
/// linker.Define(new Env());
/// </code>
/// <para>
/// The generator implements <see cref="IWasmImports"/>, and writes a thunk for each method. A thunk lifts the arguments
/// from the engine's slots, calls the method, lowers the result, and turns an exception into an interrupt of the guest.
/// Parameters of type <see cref="Caller"/>, <see cref="WasmBindgen.Memory"/>, <see cref="Store"/> and
/// <see cref="CancellationToken"/>, and of <see cref="WasmExportAttribute"/> classes, take no slot and are provided. A
/// method that returns an <see cref="Interrupt{TError}"/> or <see cref="Interruptible{T, TError}"/> ends the guest
/// without an exception.
/// </para>
/// </remarks>
/// <param name="module">The import module that the guest names.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = false)]
public sealed class WasmImportAttribute(string module) : Attribute
{
    /// <summary>The import module that the guest names.</summary>
    public string Module { get; } = module;

    /// <summary>
    /// How method names become wasm names. Unset: <see cref="WasmBindgen.Naming.SnakeCase"/>, or
    /// <see cref="WasmBindgen.Naming.KebabCase"/> when the module is an interface of a component (its name has a
    /// <c>:</c> or <c>/</c>).
    /// </summary>
    public Naming Naming { get; set; }

    /// <summary>
    /// What goes before the name of each method that has no <see cref="WasmNameAttribute"/>, such as
    /// <c>__wbindgen_</c>, with which <c>Throw</c> is <c>__wbindgen_throw</c>.
    /// </summary>
    public string? Prefix { get; set; }

    /// <summary>
    /// The memory that values lie in: the one that the guest exports under this name, or else the one that it imports
    /// under it. Unset: <c>memory</c>. <see cref="WasmMemoryAttribute"/> names that of a single method.
    /// </summary>
    public string? Memory { get; set; }

    /// <summary>
    /// The guest that the compiler compares the class with: the path of a <c>&lt;WasmGuest&gt;</c> item of the project,
    /// or the end of one, such as <c>plugin.wasm</c>. Unset: all guests of the project.
    /// </summary>
    public string? Guest { get; set; }

    /// <summary>
    /// The WIT that has the interface: a file or folder, relative to the project. The class then implements the
    /// interface's contract, which is generated, and the contract says which methods are host functions. Unset: the
    /// class says everything itself.
    /// </summary>
    public string? Wit { get; set; }

    /// <summary>
    /// The world of <see cref="Wit"/> that has the functions, if they are a world's own: those of module <c>$root</c>,
    /// or of an interface that stands in the world. Only needed where WIT has several worlds.
    /// </summary>
    public string? World { get; set; }

    /// <summary>
    /// Functions of <see cref="Wit"/> that are left out, by name or by path, such as <c>poll</c> or
    /// <c>demo:plugin/log#poll</c>.
    /// </summary>
    public string[]? Skip { get; set; }

    /// <summary>
    /// Whether the contract of <see cref="Wit"/> is the asynchronous one, such as <c>ILogAsync</c>: its methods return
    /// a <see cref="ValueTask"/>, for which the guest waits, and take a <see cref="CancellationToken"/> last.
    /// </summary>
    public bool Async { get; set; }
}
