using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>The guest's exports that values outside slots need. Only generated code uses it.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum GuestNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A memory.</summary>
    Memory = 1,

    /// <summary>A memory, and functions that allocate in it.</summary>
    Allocator = 3,

    /// <summary>Nothing for its values; but what it throws may need something.</summary>
    ToThrow = 4,

    /// <summary>Only what the store has, or the instance of a component: handles.</summary>
    Store = 8,
}
