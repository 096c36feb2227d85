using WasmBindgen.Binary;

namespace WasmBindgen.Build.Core;

/// <summary>What a core module's type is made of, and the names of parameters.</summary>
internal sealed class CoreModule
{
    /// <summary>The type section; null for structs and arrays.</summary>
    internal List<FunctionType?> Types { get; } = [];

    /// <summary>By kind, what can be exported: imports come first.</summary>
    internal IReadOnlyList<List<WasmItem>> Items { get; } = [[], [], [], [], []];

    /// <summary>In the order of the binary.</summary>
    internal List<(string Module, string Name, WasmItem Item, uint Index)> Imports { get; } = [];

    /// <summary>In the order of the binary.</summary>
    internal List<(string Name, WasmItem Item, uint Index)> Exports { get; } = [];

    /// <summary>The names of parameters, by the indices of functions and parameters.</summary>
    internal Dictionary<uint, Dictionary<uint, string>> ParameterNames { get; } = [];

    /// <summary>What is in <c>component-type</c> sections, and where in the file it begins.</summary>
    internal List<(long Offset, byte[] Content)> ComponentTypes { get; } = [];
}
