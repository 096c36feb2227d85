using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>The guest's exports that values outside slots need. Only generated code uses it.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum GuestNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A memory named <c>memory</c>.</summary>
    Memory = 1,

    /// <summary>That memory, and <c>cabi_realloc</c> to allocate in it.</summary>
    Allocator = 3,
}
