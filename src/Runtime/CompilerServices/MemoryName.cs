using WasmBindgen.Native;

namespace WasmBindgen.CompilerServices;

/// <summary>The name of the memory that values lie in: of an export, or else of an import.</summary>
internal sealed class MemoryName(string text)
{
    /// <summary>What toolchains call a guest's memory.</summary>
    internal static MemoryName Default { get; } = new("memory");

    internal string Text => text;

    /// <summary>It goes to the engine with each call of a store with several instances.</summary>
    internal byte[] Utf8 { get; } = Utf8Name.Encode(text);

    internal static MemoryName Of(string? text) => text is null ? Default : new MemoryName(text);
}
