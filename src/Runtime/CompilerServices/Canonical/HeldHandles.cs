using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// The handles that a guest passes to a host method. A borrowed object can be neither dropped nor given away while the
/// method runs. An object that is given away stays the guest's if a bad argument prevents the call. Only generated code
/// uses it.
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

    /// <summary>
    /// Makes the host the owner of what the guest gives away, once all arguments are known to be good.
    /// </summary>
    public void Accept() => _resources.Accept(_before);

    /// <summary>Releases the handles.</summary>
    public void Dispose() => _resources.Release(_before);
}
