using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>An instance of a module. Lives as long as its store.</summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed unsafe class Instance
{
    private readonly string? _moduleName;
    private ImmutableArray<ExportType> _exports;

    internal Instance(Store store, wasmtime_instance_t instance, string? moduleName)
    {
        Store = store;
        Native = instance;
        _moduleName = moduleName;
    }

    /// <summary>The store that holds it.</summary>
    public Store Store { get; }

    /// <summary>What the instance exports, in the module's order. Read from the engine on first use.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public ImmutableArray<ExportType> Exports => _exports.IsDefault ? _exports = ReadExports() : _exports;

    private string DebuggerDisplay => $"instance of {_moduleName ?? "a module"}";

    internal wasmtime_instance_t Native { get; }

    /// <summary>An exported function for untyped calls; null if none has that name.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public Function? GetFunction(string name) =>
        Find(name, out wasmtime_extern_t item) ? Items.AsFunction(Store, item) : null;

    /// <summary>An exported memory; null if none has that name.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public Memory? GetMemory(string name) =>
        Find(name, out wasmtime_extern_t item) ? Items.AsMemory(Store, item) : null;

    /// <summary>An exported global; null if none has that name.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public Global? GetGlobal(string name) =>
        Find(name, out wasmtime_extern_t item) ? Items.AsGlobal(Store, item) : null;

    /// <summary>An exported table; null if none has that name.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public Table? GetTable(string name) => Find(name, out wasmtime_extern_t item) ? Items.AsTable(Store, item) : null;

    private ImmutableArray<ExportType> ReadExports()
    {
        ImmutableArray<ExportType>.Builder exports = ImmutableArray.CreateBuilder<ExportType>();
        wasmtime_instance_t instance = Native;
        Store.Enter();
        for (nuint i = 0; ; i++)
        {
            byte* name;
            nuint length;
            wasmtime_extern_t item;
            if (wasmtime_instance_export_nth(Store.Context, &instance, i, &name, &length, &item) == 0)
            {
                break;
            }

            exports.Add(new ExportType(Encoding.UTF8.GetString(name, (int)length), Items.TypeOf(Store, item)));
        }

        Store.Exit();
        return exports.DrainToImmutable();
    }

    /// <summary>Looks up an export whose kind is a plain handle.</summary>
    internal bool Find(string name, out wasmtime_extern_t item)
    {
        byte[] utf8 = Utf8Name.Encode(name);
        wasmtime_instance_t instance = Native;
        wasmtime_extern_t found = default;
        Store.Enter();
        bool exists;
        fixed (byte* first = utf8)
        {
            exists = wasmtime_instance_export_get(Store.Context, &instance, first, (nuint)utf8.Length, &found) != 0;
        }

        if (exists && found.kind == ExternKind.SharedMemory)
        {
            wasmtime_extern_delete(&found);
            exists = false;
        }

        Store.Exit();
        item = found;
        return exists;
    }
}
