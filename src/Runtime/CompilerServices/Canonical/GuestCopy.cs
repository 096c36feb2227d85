using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// A host method's <c>Memory</c> parameter: a copy of the guest's list, which goes back when the method has ended. What
/// an I/O operation does with it later, or a thread that was left to itself, harms nobody. Only generated code uses it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly struct GuestCopy<T>
    where T : unmanaged
{
    private readonly T[] _elements;

    internal GuestCopy(ulong address, T[] elements)
    {
        Address = address;
        _elements = elements;
    }

    /// <summary>What the method reads and writes.</summary>
    public Memory<T> Memory => _elements;

    internal ulong Address { get; }

    internal ReadOnlySpan<T> Elements => _elements;
}
