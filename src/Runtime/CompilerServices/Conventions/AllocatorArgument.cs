using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>A parameter of a guest's function that allocates or frees.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum AllocatorArgument
{
    /// <summary>The number of bytes.</summary>
    Size,

    /// <summary>Their alignment in bytes, a power of two.</summary>
    Alignment,

    /// <summary>The address to free.</summary>
    Address,

    /// <summary>The address of what is to be made larger: 0, as nothing is.</summary>
    OldAddress,

    /// <summary>The number of bytes of what is to be made larger: 0, as nothing is.</summary>
    OldSize,

    /// <summary>The number of a class of AssemblyScript.</summary>
    Class,
}
