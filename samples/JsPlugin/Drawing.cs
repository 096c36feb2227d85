using WasmBindgen;

/// <summary>The world of plugin.wit: what a plugin imports, and what it exports.</summary>
[WasmWorld("plugin.wit")]
[Interrupts<ExitCode>]
internal sealed partial class DrawingPlugin;
