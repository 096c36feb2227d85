using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// The handles that a guest passes to a host method: what is borrowed can be neither dropped nor given away while the
/// method runs, and what is given away stays the guest's if a bad argument keeps the method from running. Only
/// generated code uses it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly ref struct HeldHandles
{
    private readonly ResourceTable _resources;
    private readonly int _before;

    internal HeldHandles(ResourceTable resources)
    {
        _resources = resources;
        _before = resources.HeldCount;
    }

    /// <summary>All arguments are good: what the guest gives away is the host's.</summary>
    public void Accept() => _resources.Accept(_before);

    /// <summary>Lets go of them.</summary>
    public void Dispose() => _resources.Release(_before);
}
