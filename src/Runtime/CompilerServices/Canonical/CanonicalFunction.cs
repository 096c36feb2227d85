using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using WasmBindgen.Components;

namespace WasmBindgen.CompilerServices;

/// <summary>An exported function whose values do not all fit into slots. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public sealed class CanonicalFunction
{
    private readonly Memory? _memory;
    private readonly GuestAllocator? _allocator;
    private readonly GuestAbi _abi;
    private readonly Instance? _instance;

    /// <param name="function">The function itself.</param>
    /// <param name="memory">The memory that its values lie in; null if it needs none.</param>
    /// <param name="allocator">What allocates there; null if it needs nothing of that.</param>
    /// <param name="postReturn">What frees its result; null if there is none.</param>
    /// <param name="abi">The names of those.</param>
    /// <param name="instance">The instance; null if the function came as a reference.</param>
    internal CanonicalFunction(
        GuestFunction function,
        Memory? memory,
        GuestAllocator? allocator,
        GuestFunction? postReturn,
        GuestAbi abi,
        Instance? instance)
    {
        Function = function;
        _memory = memory;
        _allocator = allocator;
        PostReturn = postReturn;
        _abi = abi;
        _instance = instance;
    }

    /// <summary>A function of a component.</summary>
    /// <param name="function">The core function.</param>
    /// <param name="canonical">How values cross.</param>
    /// <param name="postReturn">What frees its result; null if there is none.</param>
    internal CanonicalFunction(GuestFunction function, CanonicalContext canonical, GuestFunction? postReturn)
        : this(function, canonical.Memory, canonical.Allocator, postReturn, GuestAbi.Canonical, instance: null) =>
        Canonical = canonical;

    /// <summary>How values cross to a component; null for a core module.</summary>
    internal CanonicalContext? Canonical { get; }

    /// <summary>The function itself.</summary>
    internal GuestFunction Function { get; }

    /// <summary>
    /// The guest's function to call after its result has been read, which frees the result; null if there is none.
    /// </summary>
    internal GuestFunction? PostReturn { get; }

    /// <summary>
    /// Begins a call. Nothing else uses the store until its end, and the time and token apply to all of it.
    /// </summary>
    /// <param name="memory">The memory that contains values.</param>
    /// <param name="milliseconds">The call's time; 0 for no limit.</param>
    /// <param name="token">Its token.</param>
    /// <param name="fuel">The fuel that it may use; 0 for all.</param>
    [SuppressMessage(
        "Design", "CA1068", Justification = "A generated stub passes what it has, in the order of GuestFunction.Call.")]
    public GuestCall Begin(
        out GuestMemory memory, int milliseconds = 0, CancellationToken token = default, ulong fuel = 0)
    {
        if (token.IsCancellationRequested)
        {
            GuestFunction.Cancelled(token).Throw();
        }

        var scope = new CallScope(Function.Store, Function.Name, milliseconds, fuel, token);
        memory = Canonical is { } canonical
            ? new GuestMemory(Function, canonical)
            : new GuestMemory(Function, _memory, _allocator, _abi, _instance);
        return new GuestCall(this, scope, Canonical is { Instance.Poisons: true } ? Enter(Canonical, scope) : null);
    }

    private static ComponentCall Enter(CanonicalContext canonical, in CallScope scope)
    {
        try
        {
            return new ComponentCall(canonical.State.Enter());
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="GuestFunction.RunAsync{T}"/>
    public Task<T> RunAsync<T>(Func<T> call, CancellationToken token = default) => Function.RunAsync(call, token);

    /// <inheritdoc cref="GuestFunction.RunAsync{T}"/>
    public Task RunAsync(Action call, CancellationToken token = default) => Function.RunAsync(call, token);

    /// <summary>Whether an exception comes from the guest. A stub that returns errors then returns it.</summary>
    public static bool IsGuestError(Exception exception) =>
        exception is GuestMemoryException
        || GuestBacktrace.Of(exception) is not null
        || exception is OperationCanceledException { CancellationToken.IsCancellationRequested: true };

    /// <summary>The error for an exception that comes from the guest.</summary>
    public GuestError Fail(Exception exception) => Function.Fail(exception);
}

/// <summary>One call in progress. Only generated code uses it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe ref struct GuestCall
{
    private readonly CanonicalFunction _function;
    private readonly CallScope _scope;
    private readonly CallHandles _handles;
    private readonly ComponentCall? _call;

    internal GuestCall(CanonicalFunction function, CallScope scope, ComponentCall? call)
    {
        _call = call;
        _function = function;
        _scope = scope;
        _handles = new CallHandles(function.Function.Store, function.Canonical?.State);
    }

    /// <summary>Calls the guest with lowered arguments. Throws the error of the call.</summary>
    public void Invoke(Slot* slots, nuint count, ref GuestMemory memory)
    {
        if (!TryInvoke(slots, count, ref memory, out GuestError failure))
        {
            failure.Throw();
        }
    }

    /// <summary>Like <see cref="Invoke"/>, but returns the error of the call instead of throwing it.</summary>
    /// <returns>Whether the guest returned.</returns>
    public bool TryInvoke(Slot* slots, nuint count, ref GuestMemory memory, out GuestError failure)
    {
        _handles.Give();
        if (!_function.Function.TryInvoke(slots, count, out failure))
        {
            return false;
        }

        memory.Refresh();
        if (_handles.HasLoans)
        {
            failure = _function.Fail(GuestMemoryException.KeptLoan());
            return false;
        }

        return true;
    }

    /// <summary>
    /// Frees the arguments, and tells the guest that its result has been read, if it exports a function for that.
    /// Throws the errors of these calls.
    /// </summary>
    public void PostReturn(Slot result, ref GuestMemory memory)
    {
        _handles.Accept();
        memory.Free();
        if (_function.PostReturn is { } function)
        {
            using (_function.Canonical?.State.Stay())
            {
                if (!function.TryInvoke(&result, 1, out GuestError failure))
                {
                    failure.Throw();
                }
            }
        }

        _call?.Complete();
    }

    /// <summary>Ends the call, and takes back what was lent for it.</summary>
    public void Dispose()
    {
        _handles.End();
        _call?.End();
        _scope.Dispose();
    }
}
