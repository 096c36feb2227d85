namespace WasmBindgen;

/// <summary>
/// Marks a partial class as a whole world of WIT: its nested record <c>Imports</c> has what the host gives, properties
/// and methods are what the guest exports, and <c>Instantiate</c> puts both together.
/// </summary>
/// <remarks>
/// <para>Used as follows:</para>
/// <code>
/// [WasmWorld("plugin.wit")]
/// public sealed partial class Plugin;
///
/// var guest = Plugin.Instantiate(store, module, new(new ConsoleLog()));
/// guest.Api.Length([new(0, 0), new(3, 4)]);
/// </code>
/// <para>
/// The types and interfaces of WIT are generated in namespaces that follow its packages, once for all classes of a
/// project. What <see cref="InterruptsAttribute"/> on this class declares holds for all functions of its imports. An
/// object of a <see cref="WasmImportAttribute"/> class brings its own declarations instead.
/// </para>
/// </remarks>
/// <param name="wit">The file or folder of WIT, relative to the project.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = false)]
public sealed class WasmWorldAttribute(string wit) : Attribute
{
    /// <summary>The file or folder of WIT, relative to the project.</summary>
    public string Wit { get; } = wit;

    /// <summary>The world. Unset: the only one of the WIT's own package.</summary>
    public string? World { get; set; }

    /// <summary>
    /// The memory that values lie in: the one that the guest exports under this name, or else the one that it imports
    /// under it. Unset: <c>memory</c>.
    /// </summary>
    public string? Memory { get; set; }

    /// <summary>
    /// Functions that are left out, by name or by path, such as <c>poll</c> or <c>demo:plugin/api#poll</c>.
    /// </summary>
    public string[]? Skip { get; set; }

    /// <summary>
    /// Interfaces of WASI that <c>Imports</c> has, such as <c>wasi:cli/environment</c>. All others are left to the
    /// linker.
    /// </summary>
    public string[]? Own { get; set; }

    /// <summary>
    /// Whether <c>Imports</c> has the asynchronous contracts, such as <c>ILogAsync</c>: their methods return a
    /// <see cref="ValueTask"/>, for which the guest waits, and take a <see cref="CancellationToken"/> last.
    /// </summary>
    public bool Async { get; set; }

    /// <summary>Whether every generated method takes a <see cref="CancellationToken"/> last.</summary>
    public bool Cancellable { get; set; }
}
