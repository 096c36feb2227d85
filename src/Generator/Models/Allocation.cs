namespace WasmBindgen.Generator.Models;

/// <summary>Which functions allocate and free for the host, where that is not the Canonical ABI's way.</summary>
/// <param name="Allocate">The function that allocates.</param>
/// <param name="Free">The function that frees; null when nothing is freed.</param>
/// <param name="Module">The import module of the instance that exports them; null for the guest itself.</param>
/// <param name="Is64Bit">Whether addresses and sizes have 64 bits.</param>
/// <param name="IsAssemblyScript">Whether it is AssemblyScript's, whose functions are known.</param>
/// <param name="Rust">What else there is if it is wasm-bindgen's; null if it is not.</param>
internal sealed record Allocation(
    AllocatorFunction Allocate,
    AllocatorFunction? Free = null,
    string? Module = null,
    bool Is64Bit = false,
    bool IsAssemblyScript = false,
    RustAllocation? Rust = null);

/// <summary>What guests of wasm-bindgen have besides functions that allocate.</summary>
/// <param name="ObjectTable">Their table of objects; null for the usual name.</param>
/// <param name="UsesStack">Whether results lie on their stack.</param>
internal sealed record RustAllocation(string? ObjectTable, bool UsesStack = false);

/// <summary>A function that allocates or frees.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its parameters: members of the runtime's <c>AllocatorArgument</c>.</param>
internal sealed record AllocatorFunction(string Name, EquatableArray<string> Arguments);
