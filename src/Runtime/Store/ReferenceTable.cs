using System.Diagnostics;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>References that cross: host objects as externrefs, and guest functions as delegates.</summary>
[StackTraceHidden]
internal sealed unsafe class ReferenceTable(Store store)
{
    // One delegate for each function and type: a callback that is passed again is the same object. Functions live as
    // long as the store, and their number is limited.
    private readonly Dictionary<(nint Function, Type Type, Memory? Memory), Delegate> _callbacks = [];

    // The engine may collect an externref without a root as soon as the next one is created.
    private readonly List<wasmtime_externref_t> _roots = [];

    /// <summary>The number of externrefs that are held for running calls.</summary>
    internal int RootCount => _roots.Count;

    /// <summary>The object of an externref; null for null.</summary>
    /// <exception cref="GuestMemoryException">It is of a value of the guest's own.</exception>
    internal object? Object(uint raw)
    {
        if (raw == 0)
        {
            return null;
        }

        wasmtime_externref_t reference;
        wasmtime_externref_from_raw(store.Context, raw, &reference);
        try
        {
            return Object(&reference);
        }
        finally
        {
            wasmtime_externref_unroot(&reference);
        }
    }

    /// <inheritdoc cref="Object(uint)"/>
    internal object? Object(wasmtime_externref_t* reference)
    {
        if (reference->store_id == 0)
        {
            return null;
        }

        nint data = wasmtime_externref_data(store.Context, reference);
        return data != 0
            ? GCHandle.FromIntPtr(data).Target
            : throw GuestMemoryException.InvalidReference(
                "the externref is a value of the guest's own, not an object of the host.");
    }

    /// <summary>
    /// Creates an externref of an object, which holds it until <c>wasmtime_externref_unroot</c>, and as long as a guest
    /// does. The engine frees the handle when nothing holds the externref any longer.
    /// </summary>
    internal wasmtime_externref_t Root(object value)
    {
        wasmtime_externref_t reference;
        store.MemoryLimiter?.BeginMemories(); // the first one makes the engine create its heap
        nint handle = GCHandle.ToIntPtr(GCHandle.Alloc(value));
        return wasmtime_externref_new(store.Context, handle, &HostData.Free, &reference) != 0
            ? reference
            : throw new WasmException("The engine has no room for another externref.");
    }

    /// <summary>Creates an externref of an object. It is valid until the guest runs, which then holds it.</summary>
    /// <param name="value">The object.</param>
    /// <param name="isLast">Whether nothing else is lowered before the guest runs.</param>
    internal uint Reference(object value, bool isLast)
    {
        wasmtime_externref_t reference = Root(value);
        uint raw = wasmtime_externref_to_raw(store.Context, &reference);
        if (isLast)
        {
            wasmtime_externref_unroot(&reference);
        }
        else
        {
            _roots.Add(reference);
        }

        return raw;
    }

    /// <summary>Releases the externrefs that were held for a call that ends.</summary>
    internal void EndRoots(int count)
    {
        foreach (ref wasmtime_externref_t reference in CollectionsMarshal.AsSpan(_roots)[count..])
        {
            fixed (wasmtime_externref_t* root = &reference)
            {
                wasmtime_externref_unroot(root);
            }
        }

        _roots.RemoveRange(count, _roots.Count - count);
    }

    /// <summary>The delegate for a funcref; null for null.</summary>
    /// <exception cref="GuestMemoryException">The function has another type.</exception>
    internal TDelegate? Callback<TDelegate>(
        nint raw,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        Func<GuestFunction, TDelegate> bind,
        Memory? memory = null)
        where TDelegate : Delegate
    {
        if (raw == 0)
        {
            return null;
        }

        if (!_callbacks.TryGetValue((raw, typeof(TDelegate), memory), out Delegate? known))
        {
            wasmtime_func_t function;
            wasmtime_func_from_raw(store.Context, raw, &function);
            FunctionType have = Items.FunctionType(store, function);
            var want = new FunctionType([.. parameters], [.. results]);
            if (!have.Satisfies(want))
            {
                throw GuestMemoryException.InvalidReference($"the function is {have}, not {want}.");
            }

            known = bind(new GuestFunction(store, function, "funcref"));
            _callbacks.Add((raw, typeof(TDelegate), memory), known);
        }

        return (TDelegate)known;
    }
}
