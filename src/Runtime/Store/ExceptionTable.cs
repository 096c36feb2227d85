using System.Collections.Immutable;
using System.Diagnostics;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>The WebAssembly exceptions of a store: the tags that are known, and what the host threw last.</summary>
[StackTraceHidden]
internal sealed unsafe class ExceptionTable(Store store) : IDisposable
{
    // A guest can export any number of tags; the names of later ones are not known.
    private const int MaxNamed = 1000;

    // Each is a host exception that its guest may throw on, perhaps in a later call.
    private readonly Thrown[] _thrown = new Thrown[8];
    private readonly Dictionary<(string, string), (wasmtime_item_t Native, TagType Type)> _ofHost = [];
    private readonly List<(wasmtime_item_t Native, string Module, string Name)> _exported = [];
    private int _next;

    /// <summary>What the host threw last; null if nothing yet.</summary>
    internal Exception? Last => _thrown[(_next + _thrown.Length - 1) % _thrown.Length].Exception;

    /// <summary>Remembers the names of the tags that an instance exports.</summary>
    internal void NoteExports(Module module, wasmtime_instance_t instance)
    {
        foreach (ExportType export in module.Exports)
        {
            if (export.Type is TagType && _exported.Count < MaxNamed)
            {
                wasmtime_extern_t item;
                byte[] name = Utf8Name.Encode(export.Name);
                fixed (byte* first = name)
                {
                    wasmtime_instance_export_get(store.Context, &instance, first, (nuint)name.Length, &item);
                }

                _exported.Add((item.item, module.Name, export.Name));
            }
        }
    }

    /// <summary>The store's tag for what host methods throw. The first use decides its type.</summary>
    internal wasmtime_item_t OfHost(string module, string name, TagType wanted, out TagType type)
    {
        if (_ofHost.TryGetValue((module, name), out (wasmtime_item_t Native, TagType Type) known))
        {
            type = known.Type;
            return known.Native;
        }

        wasmtime_item_t tag;
        nint native = TypeReader.NewTag(wanted);
        nint error = wasmtime_tag_new(store.Context, native, &tag);
        wasm_tagtype_delete(native);
        EngineMessage.ThrowIfFailed(error);
        _ofHost.Add((module, name), (tag, type = wanted));
        return tag;
    }

    /// <summary>Throws an exception into the guest whose host function returns the result.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="values">The tag's values, whose references are released.</param>
    /// <param name="exception">The exception, for the call site.</param>
    /// <param name="import">The function that threw it.</param>
    /// <returns>The trap for the engine.</returns>
    internal nint Throw(
        wasmtime_item_t tag, Span<wasmtime_val_t> values, Exception exception, (string?, string?) import)
    {
        store.MemoryLimiter?.BeginMemories(); // the first one makes the engine create its heap
        wasmtime_externref_t root;
        fixed (wasmtime_val_t* first = values)
        {
            nint error = wasmtime_exnref_new(store.Context, &tag, first, (nuint)values.Length, &root);
            for (int i = 0; i < values.Length; i++)
            {
                wasmtime_val_unroot(first + i);
            }

            EngineMessage.ThrowIfFailed(error);
        }

        ref Thrown place = ref _thrown[_next];
        _next = (_next + 1) % _thrown.Length;
        place.Release();
        place = new Thrown { Root = root, Exception = exception, Import = import };
        return wasmtime_context_set_exception(store.Context, &root);
    }

    /// <summary>Takes an uncaught exception from the engine, which holds it until then.</summary>
    /// <param name="thrown">The host's exception, if it is one.</param>
    /// <param name="import">The function that threw that.</param>
    /// <param name="tag">What the guest threw, if it is none.</param>
    /// <returns>Whether there was one.</returns>
    internal bool TakeUncaught(
        out Exception? thrown, out (string? Module, string? Function) import, out UncaughtTag? tag)
    {
        (thrown, import, tag) = (null, default, null);
        wasmtime_externref_t root;
        if (wasmtime_context_take_exception(store.Context, &root) == 0)
        {
            return false;
        }

        try
        {
            uint raw = wasmtime_exnref_to_raw(store.Context, &root);
            foreach (ref Thrown known in _thrown.AsSpan())
            {
                if (known.Is(raw, store.Context))
                {
                    (thrown, import) = (known.Exception, known.Import);
                    return true;
                }
            }

            tag = Read(&root);
            if (tag is { Values: [{ Kind: ValueKind.ExternRef } only] }
                && IsOfHost(&root)
                && only.AsObject() is Exception payload)
            {
                thrown = payload;
            }

            return true;
        }
        finally
        {
            wasmtime_exnref_unroot(&root);
        }
    }

    /// <summary>Releases the exceptions; their store need not exist any more.</summary>
    public void Dispose()
    {
        foreach (ref Thrown thrown in _thrown.AsSpan())
        {
            thrown.Release();
        }
    }

    private UncaughtTag Read(wasmtime_externref_t* exception)
    {
        wasmtime_item_t tag = TagOf(exception);
        nint native = wasmtime_tag_type(store.Context, &tag);
        TagType type = TypeReader.ReadTag(native);
        wasm_tagtype_delete(native);
        (string? module, string? name) = NameOf(&tag);
        var values = ImmutableArray.CreateBuilder<WasmValue>(type.Parameters.Length);
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            wasmtime_val_t value;
            EngineMessage.ThrowIfFailed(wasmtime_exnref_field(store.Context, exception, (nuint)i, &value));
            values.Add(WasmValue.TakeAny(store, &value));
        }

        return new UncaughtTag(module, name, type, values.MoveToImmutable());
    }

    private wasmtime_item_t TagOf(wasmtime_externref_t* exception)
    {
        wasmtime_item_t tag;
        EngineMessage.ThrowIfFailed(wasmtime_exnref_tag(store.Context, exception, &tag));
        return tag;
    }

    private bool IsOfHost(wasmtime_externref_t* exception)
    {
        wasmtime_item_t tag = TagOf(exception);
        foreach ((wasmtime_item_t known, _) in _ofHost.Values)
        {
            if (wasmtime_tag_eq(store.Context, &tag, &known) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private (string? Module, string? Name) NameOf(wasmtime_item_t* tag)
    {
        foreach (((string Module, string Name) name, (wasmtime_item_t known, _)) in _ofHost)
        {
            if (wasmtime_tag_eq(store.Context, tag, &known) != 0)
            {
                return name;
            }
        }

        foreach ((wasmtime_item_t known, string module, string name) in _exported)
        {
            if (wasmtime_tag_eq(store.Context, tag, &known) != 0)
            {
                return (module, name);
            }
        }

        return default;
    }

    /// <summary>An exception that the host threw, and what it is for the engine.</summary>
    private struct Thrown
    {
        internal wasmtime_externref_t Root;
        internal Exception? Exception;
        internal (string?, string?) Import;

        /// <summary>Whether it is the one that the engine has under a number now.</summary>
        internal bool Is(uint raw, nint context)
        {
            wasmtime_externref_t root = Root;
            return Exception is not null && wasmtime_exnref_to_raw(context, &root) == raw;
        }

        internal void Release()
        {
            if (Exception is not null)
            {
                wasmtime_externref_t root = Root;
                wasmtime_exnref_unroot(&root);
                this = default;
            }
        }
    }
}
