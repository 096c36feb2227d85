using System.Runtime.InteropServices;
using System.Text;

namespace WasmBindgen.Conformance.Tests;

/// <summary>
/// Native memory for the component API's values; the engine only reads arguments, so it need not be its own.
/// </summary>
internal sealed unsafe class ComponentValues : IDisposable
{
    private readonly List<nint> _blocks = [];

    internal byte* Allocate(int size)
    {
        byte* block = (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(size, 1));
        _blocks.Add((nint)block);
        return block;
    }

    internal byte* Box(WitType type, object? value)
    {
        byte* box = Allocate(Component.ValueSize);
        type.Write(box, value, this);
        return box;
    }

    /// <summary>Writes a <c>wasm_name_t</c>.</summary>
    internal void WriteName(byte* target, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte* bytes = Allocate(utf8.Length);
        utf8.CopyTo(new Span<byte>(bytes, utf8.Length));
        *(nint*)target = utf8.Length;
        *(byte**)(target + 8) = bytes;
    }

    internal void WriteSequence(byte* target, byte kind, (WitType Type, object? Value)[] items)
    {
        byte* first = Allocate(Component.ValueSize * items.Length);
        *target = kind;
        *(nint*)(target + 8) = items.Length;
        *(byte**)(target + 16) = first;
        for (int i = 0; i < items.Length; i++)
        {
            items[i].Type.Write(first + (Component.ValueSize * i), items[i].Value, this);
        }
    }

    public void Dispose() => _blocks.ForEach(static block => NativeMemory.Free((void*)block));
}

/// <summary>
/// An instance of a component, by the engine's own component API: the implementation that ours is held against.
/// </summary>
internal sealed unsafe class Component : IDisposable
{
    internal const int ValueSize = 32;

    private static readonly nint Library = Load();
    private readonly nint _engine;
    private readonly nint _component;
    private nint _store;
    private readonly byte[] _instance = new byte[16];

    /// <summary>Compiles a component's text.</summary>
    internal Component(string wat)
    {
        byte[] text = Encoding.UTF8.GetBytes(wat);
        nint* binary = stackalloc nint[2];
        _engine = ((delegate* unmanaged<nint>)Export("wasm_engine_new"))();
        nint component;
        fixed (byte* first = text)
        {
            Check(
                ((delegate* unmanaged<byte*, nint, nint*, nint>)Export("wasmtime_wat2wasm"))(
                    first, text.Length, binary),
                wat);
        }

        Check(
            ((delegate* unmanaged<nint, nint, nint, nint*, nint>)Export("wasmtime_component_new"))(
                _engine, binary[1], binary[0], &component),
            wat);
        ((delegate* unmanaged<nint*, void>)Export("wasm_byte_vec_delete"))(binary);
        _component = component;
        Instantiate();
    }

    private nint Context => ((delegate* unmanaged<nint, nint>)Export("wasmtime_store_context"))(_store);

    /// <summary>A new instance in place of the present one: after a trap, it can be used no more.</summary>
    internal void Instantiate()
    {
        DeleteStore();
        _store = ((delegate* unmanaged<nint, nint, nint, nint>)Export("wasmtime_store_new"))(_engine, 0, 0);
        nint linker = ((delegate* unmanaged<nint, nint>)Export("wasmtime_component_linker_new"))(_engine);
        fixed (byte* instance = _instance)
        {
            Check(
                ((delegate* unmanaged<nint, nint, nint, byte*, nint>)Export("wasmtime_component_linker_instantiate"))(
                    linker, Context, _component, instance),
                "instantiate");
        }

        ((delegate* unmanaged<nint, void>)Export("wasmtime_component_linker_delete"))(linker);
    }

    /// <summary>Calls an export.</summary>
    /// <returns>Whether it returned; if not, the instance is a new one.</returns>
    internal bool TryCall(string name, byte* arguments, int argumentCount, byte* results, int resultCount)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        byte* function = stackalloc byte[32];
        byte* unused = stackalloc byte[ValueSize];
        fixed (byte* instance = _instance, first = utf8)
        {
            nint index = ((delegate* unmanaged<byte*, nint, nint, byte*, nint, nint>)Export(
                "wasmtime_component_instance_get_export_index"))(
                instance, Context, 0, first, utf8.Length);
            Assert.NotEqual(0, index);
            Assert.NotEqual(
                0,
                ((delegate* unmanaged<byte*, nint, nint, byte*, byte>)Export("wasmtime_component_instance_get_func"))(
                    instance, Context, index, function));
            ((delegate* unmanaged<nint, void>)Export("wasmtime_component_export_index_delete"))(index);
        }

        nint error =
            ((delegate* unmanaged<byte*, nint, byte*, nint, byte*, nint, nint>)Export("wasmtime_component_func_call"))(
                function, Context, arguments is null ? unused : arguments, argumentCount,
                results is null ? unused : results, resultCount);
        if (error != 0)
        {
            ((delegate* unmanaged<nint, void>)Export("wasmtime_error_delete"))(error);
            Instantiate();
            return false;
        }

        return true;
    }

    internal static void DeleteValue(byte* value) =>
        ((delegate* unmanaged<byte*, void>)Export("wasmtime_component_val_delete"))(value);

    public void Dispose()
    {
        DeleteStore();
        ((delegate* unmanaged<nint, void>)Export("wasmtime_component_delete"))(_component);
        ((delegate* unmanaged<nint, void>)Export("wasm_engine_delete"))(_engine);
    }

    private static nint Load()
    {
        using var engine = new Engine(); // finds and vets the library
        return NativeLibrary.Load("wasmtime", typeof(Engine).Assembly, null);
    }

    private static void* Export(string name) => (void*)NativeLibrary.GetExport(Library, name);

    private static void Check(nint error, string what)
    {
        if (error != 0)
        {
            nint* message = stackalloc nint[2];
            ((delegate* unmanaged<nint, nint*, void>)Export("wasmtime_error_message"))(error, message);
            throw new InvalidOperationException(
                $"{Encoding.UTF8.GetString((byte*)message[1], (int)message[0])}\n{what}");
        }
    }

    private void DeleteStore()
    {
        if (_store != 0)
        {
            ((delegate* unmanaged<nint, void>)Export("wasmtime_store_delete"))(_store);
        }
    }
}
