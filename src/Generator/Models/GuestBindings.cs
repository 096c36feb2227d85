namespace WasmBindgen.Generator.Models;

/// <summary>A file for those who write guests, which the project wants: an item <c>WasmGuestBindings</c>.</summary>
/// <param name="Path">Its path, as the item has it.</param>
/// <param name="Package">The package of a file in WIT; empty for the usual one.</param>
/// <param name="Classes">The classes that it is about, by name; none for all.</param>
internal sealed record WantedBindings(string Path, string Package, EquatableArray<string> Classes);

/// <summary>The classes that such files are about, in the order of their names.</summary>
/// <param name="Assembly">The name of their assembly.</param>
/// <param name="Imports">The host's side.</param>
/// <param name="Exports">The guests' side.</param>
internal sealed record BoundClasses(
    string Assembly, EquatableArray<ImportClass> Imports, EquatableArray<ExportClass> Exports);

/// <summary>The text of such a file.</summary>
/// <param name="Path">The file's path, as the item has it.</param>
/// <param name="Text">The text; null if there are refusals.</param>
/// <param name="Refusals">What cannot be said in its language.</param>
internal sealed record GuestBindings(string Path, string? Text, EquatableArray<Refusal> Refusals);

/// <summary>Why a member cannot be in a file.</summary>
/// <param name="Member">The member.</param>
/// <param name="Reason">Why, as what follows "as".</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record Refusal(string Member, string Reason, string Remedy);
