using System.Diagnostics;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <content>Creating instances.</content>
public sealed unsafe partial class Linker
{
    /// <summary>
    /// Creates an instance of a module in a store, and runs its start function if it has one; with
    /// <see cref="DefineWasi"/> also its <c>_initialize</c>, if it is a reactor.
    /// </summary>
    /// <exception cref="LinkException">Imports are missing or of another type; all of them are listed.</exception>
    /// <exception cref="TrapException">The start function trapped, or a segment does not fit.</exception>
    /// <exception cref="GuestTimeoutException">
    /// It took longer than <see cref="Store.Timeout"/>, also to wait for another thread that defines in the linker.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The linker is bound to another store, or another thread is using the store.
    /// </exception>
    /// <remarks>Interrupts of host methods that the start function calls arrive as in any other call.</remarks>
    public Instance Instantiate(Store store, Module module)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(module);
        ThrowIfForeign(store);
        ThrowIfForeign(module);
        return Run(store, module);
    }

    /// <summary>
    /// Looks up and checks a module's imports once, for many instances. Worthwhile with many imports.
    /// </summary>
    /// <exception cref="LinkException">Imports are missing or of another type; all of them are listed.</exception>
    public InstancePre InstantiatePre(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        ThrowIfForeign(module);
        DefineAliases(module, Timeout.InfiniteTimeSpan);
        _access.EnterReadLock();
        try
        {
            if (ProvidesTags(module))
            {
                return FindProblems(module) is { Count: > 0 } problems
                    ? throw Unsatisfied(module, problems)
                    : new InstancePre(new Linkage(module, _items), _store, pre: 0, _hasWasi, new Linker(this));
            }

            nint pre = Link(module, out LinkException? unlinkable);
            if (unlinkable is not null)
            {
                throw unlinkable;
            }

            try
            {
                ThrowIfLacking(module);
            }
            catch
            {
                wasmtime_instance_pre_delete(pre);
                throw;
            }

            return new InstancePre(new Linkage(module, _items), _store, pre, _hasWasi);
        }
        finally
        {
            _access.ExitReadLock();
        }
    }

    /// <summary>Has the engine look up a module's imports.</summary>
    private nint Link(Module module, out LinkException? unlinkable)
    {
        nint pre;
        nint error = wasmtime_linker_instantiate_pre(Handle, module.Handle, &pre);
        if (error == 0)
        {
            unlinkable = null;
            return pre;
        }

        string message = EngineMessage.Take(error);
        unlinkable = FindProblems(module) is { Count: > 0 } problems
            ? Unsatisfied(module, problems)
            : new LinkException($"Module `{Printable.Name(module.Name)}` cannot be linked: {message}", []);
        return 0;
    }

    /// <summary>Why a module that could not be instantiated cannot be linked either; null if it can.</summary>
    private LinkException? Unlinkable(Module module)
    {
        if (ProvidesTags(module))
        {
            return FindProblems(module) is { Count: > 0 } problems ? Unsatisfied(module, problems) : null;
        }

        nint pre = Link(module, out LinkException? unlinkable);
        if (pre != 0)
        {
            wasmtime_instance_pre_delete(pre);
        }

        return unlinkable;
    }

    [StackTraceHidden]
    private Instance Run(Store store, Module module)
    {
        GuestError failure;
        using (new CallScope(store, function: null))
        {
            bool isReactor = _hasWasi && module.IsReactor;
            if ((module.MayStart || isReactor) && store.LacksStack)
            {
                throw store.NoStack();
            }

            wasmtime_instance_t instance;
            nint trap = 0;
            nint error;
            LinkException? unlinkable = null;
            Linkage linkage;
            if (!DefineAliases(module, store.Limits.TimeLeft) || !_access.TryEnterReadLock(store.Limits.TimeLeft))
            {
                throw store.Limits.TimedOut();
            }

            try
            {
                ThrowIfLacking(module);
                if (_hasWasi)
                {
                    store.Wasi.Ensure();
                }

                linkage = new Linkage(module, _items);
                store.BeginInstance(linkage);
                error = ProvidesTags(module)
                    ? InstantiateWithTags(store, module, &instance, &trap)
                    : wasmtime_linker_instantiate(Handle, store.Context, module.Handle, &instance, &trap);
                if (error != 0 && store.Pending.IsNone && store.MemoryLimiter is not { IsRefused: true })
                {
                    unlinkable = Unlinkable(module);
                }
            }
            finally
            {
                _access.ExitReadLock();
            }

            if (!store.HasFailed(error, trap))
            {
                store.NoteTags(module, instance);
                var made = new Instance(store, instance, linkage);
                store.Callers.Instances.End(made);
                if (!isReactor || made.TryInitialize(out failure))
                {
                    return made;
                }
            }
            else if (unlinkable is not null)
            {
                wasmtime_error_delete(error);
                throw unlinkable;
            }
            else
            {
                failure = store.Failures.Read(error, trap, isInstantiation: true);
            }
        }

        failure.Throw();
        throw new UnreachableException();
    }
}
