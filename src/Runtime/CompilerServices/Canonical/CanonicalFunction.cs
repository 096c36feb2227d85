using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace WasmBindgen.CompilerServices;

/// <summary>An exported function of which not all values fit into slots. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public sealed class CanonicalFunction
{
    private readonly Memory? _memory;
    private readonly GuestAllocator? _allocator;

    internal CanonicalFunction(
        GuestFunction function, Memory? memory, GuestAllocator? allocator, GuestFunction? postReturn)
    {
        Function = function;
        _memory = memory;
        _allocator = allocator;
        PostReturn = postReturn;
    }

    /// <summary>The function itself.</summary>
    internal GuestFunction Function { get; }

    /// <summary>What the guest wants to be called when its result is read: it frees it then.</summary>
    internal GuestFunction? PostReturn { get; }

    /// <summary>
    /// Begins a call: nothing else uses the store until its end, and the time and token hold for all of it.
    /// </summary>
    /// <param name="memory">The memory that values lie in.</param>
    /// <param name="milliseconds">The call's time; 0 for any.</param>
    /// <param name="token">Its token.</param>
    /// <param name="fuel">The most that it may use; 0 for all that there is.</param>
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
        memory = new GuestMemory(Function.Store, _memory, _allocator, Function.Name);
        return new GuestCall(this, scope);
    }

    /// <inheritdoc cref="GuestFunction.RunAsync{T}"/>
    public Task<T> RunAsync<T>(Func<T> call, CancellationToken token = default) => Function.RunAsync(call, token);

    /// <inheritdoc cref="GuestFunction.RunAsync{T}"/>
    public Task RunAsync(Action call, CancellationToken token = default) => Function.RunAsync(call, token);

    /// <summary>Whether an exception is one of the guest's, which a stub that returns errors returns.</summary>
    public static bool IsGuestError(Exception exception) =>
        exception is GuestMemoryException
        || GuestBacktrace.Of(exception) is not null
        || exception is OperationCanceledException { CancellationToken.IsCancellationRequested: true };

    /// <summary>The error for an exception of the guest's.</summary>
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

    internal GuestCall(CanonicalFunction function, CallScope scope)
    {
        _function = function;
        _scope = scope;
        _handles = new CallHandles(function.Function.Store);
    }

    /// <summary>Calls the guest with arguments that are lowered. Throws what the call ended with.</summary>
    public void Invoke(Slot* slots, nuint count, ref GuestMemory memory)
    {
        if (!TryInvoke(slots, count, ref memory, out GuestError failure))
        {
            failure.Throw();
        }
    }

    /// <summary>
    /// Calls the guest with arguments that are lowered, and tells what the call ended with instead of throwing it.
    /// </summary>
    /// <returns>Whether the guest returned.</returns>
    public bool TryInvoke(Slot* slots, nuint count, ref GuestMemory memory, out GuestError failure)
    {
        if (!_function.Function.TryInvoke(slots, count, out failure))
        {
            return false;
        }

        memory.Refresh();
        return true;
    }

    /// <summary>
    /// Frees the arguments, and tells the guest that its result is read, if it wants to know. Throws what these calls
    /// ended with.
    /// </summary>
    public void PostReturn(Slot result, ref GuestMemory memory)
    {
        _handles.Accept();
        memory.Free();
        if (_function.PostReturn is { } function && !function.TryInvoke(&result, 1, out GuestError failure))
        {
            failure.Throw();
        }
    }

    /// <summary>Ends the call, and takes back what was lent for it.</summary>
    public void Dispose()
    {
        _handles.End();
        _scope.Dispose();
    }
}
