namespace WasmBindgen.Build;

/// <summary>What a guest is to the generator.</summary>
/// <param name="Wat">The type of a core module.</param>
/// <param name="Wit">The worlds of a component, or of a core module that is to become one.</param>
internal sealed record GuestText(string? Wat, string? Wit);
