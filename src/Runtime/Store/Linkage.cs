using System.Collections.Immutable;
using WasmBindgen.Native;

namespace WasmBindgen;

/// <summary>What instances are made from: a module, and the items of its store that the linker had for it.</summary>
internal sealed class Linkage(
    Module module, ImmutableDictionary<(string Module, string Name), wasmtime_extern_t> items)
{
    internal Module Module => module;

    /// <summary>The first memory that the module imports under this name, whatever the import module.</summary>
    internal wasmtime_extern_t? FindMemory(string name)
    {
        foreach (ImportType import in module.Imports)
        {
            if (import.Name == name && import.Type is MemoryType)
            {
                return Find(import.Module, name);
            }
        }

        return null;
    }

    /// <summary>An item that the linker had, which the module need not import.</summary>
    internal wasmtime_extern_t? Find(string importModule, string name) =>
        items.TryGetValue((importModule, name), out wasmtime_extern_t item) ? item : null;
}
