using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// A host method's <c>ref</c> or <c>out</c> parameter: a copy of the value that the guest's pointer refers to. The
/// method may call the guest, whose memory may move meanwhile; the value goes back to where the memory lies then. Only
/// generated code uses it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public struct GuestReference<T>
    where T : unmanaged
{
    private readonly T _before;

    internal GuestReference(ulong address, T value)
    {
        Address = address;
        Value = _before = value;
    }

    /// <summary>What the method reads and writes.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "It is passed by reference.")]
    public T Value;

    internal ulong Address { get; }

    /// <summary>Whether the method wrote another value.</summary>
    internal readonly bool HasChanged =>
        !MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in Value))
            .SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in _before)));
}
