using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>The functions of one host class on their way into a linker. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct HostFunctions
{
    private readonly Linker _linker;
    private readonly string _module;
    private readonly object? _host;
    private readonly GuestAllocation _allocation;

    /// <summary>
    /// Functions of <paramref name="host"/>; null for static methods, and for a host object that each store has of its
    /// own.
    /// </summary>
    public HostFunctions(Linker linker, string module, object? host, GuestAllocation? allocation = null)
    {
        ArgumentNullException.ThrowIfNull(linker);
        _linker = linker;
        _module = module;
        _host = host;
        _allocation = allocation ?? GuestAllocation.Canonical;
    }

    /// <summary>
    /// Defines one function. The thunk gets a handle of the host object as its first argument (C API: <c>env</c>).
    /// </summary>
    public void Define(
        string name,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint> thunk,
        GuestNeeds needs = GuestNeeds.None) =>
        _linker.DefineFunction(_module, name, parameters, results, thunk, _host, needs, _allocation);
}
