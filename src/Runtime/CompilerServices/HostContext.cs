using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Components;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// What the functions of one host class need of a call besides its slots: the host object, and the memory and allocator
/// of the guest that calls. The engine hands a handle of it to each thunk (C API: <c>env</c>).
/// </summary>
/// <param name="thunks">The class of the thunks.</param>
/// <param name="host">
/// The host object; null for static methods, and when each store has its own.
/// </param>
/// <param name="abi">The memory that values lie in, and how the guest allocates.</param>
internal sealed class HostContext(Type thunks, object? host, GuestAbi abi)
{
    /// <summary>The context of a thunk's first argument.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static HostContext Of(nint context) => Unsafe.As<HostContext>(GCHandle.FromIntPtr(context).Target!);

    /// <summary>What functions of this context need from the guest; null for nothing.</summary>
    internal GuestRequirement? Requires(GuestNeeds needs) =>
        needs is GuestNeeds.Memory or GuestNeeds.Allocator ? new ValueRequirement(needs, abi) : null;

    /// <summary>
    /// The host object; null for static methods, and when each store has its own. Of a delegate that the guest can
    /// call, the delegate, until it is released.
    /// </summary>
    internal object? Host { get; set; } = host;

    /// <summary>The memory that values lie in, and how the guest allocates.</summary>
    internal GuestAbi Abi => abi;

    /// <summary>The class of the thunks, whose assembly thus stays loaded.</summary>
    internal Type Thunks => thunks;

    /// <summary>How values cross to the component that imports the function; null for a core module.</summary>
    internal CanonicalContext? Canonical { get; private init; }

    /// <summary>The same for one import of a component.</summary>
    internal HostContext For(CanonicalContext canonical) => new(thunks, Host, abi) { Canonical = canonical };

    /// <summary>The memory that the values of the guest that calls lie in.</summary>
    internal Memory Memory(Store store, nint caller) => Canonical is { } canonical
        ? canonical.Memory ?? throw CanonicalContext.NoMemory()
        : store.Callers.Memory(caller, abi.Memory);

    /// <summary>What reads and writes the values of the guest that calls.</summary>
    internal GuestMemory Values(Store store, nint caller)
    {
        if (Canonical is not { } canonical)
        {
            return new GuestMemory(store, store.Callers.Memory(caller, abi.Memory), caller, abi);
        }

        canonical.State.RequireLeave();
        return new GuestMemory(store, canonical, caller);
    }
}
