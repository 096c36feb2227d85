using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>A function of a guest behind a delegate. Only generated code derives from it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GuestCallback
{
    /// <summary>For a function whose type has been checked.</summary>
    protected GuestCallback(GuestFunction function) => Function = function;

    /// <summary>For a function whose values do not all fit into slots.</summary>
    protected GuestCallback(CanonicalFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Function = function.Function;
        Canonical = function;
    }

    /// <summary>The function. Calling it throws when its store is disposed or in use by another thread.</summary>
    protected internal GuestFunction Function { get; }

    /// <summary>The same, if its values do not all fit into slots.</summary>
    protected CanonicalFunction Canonical { get; } = null!;
}
