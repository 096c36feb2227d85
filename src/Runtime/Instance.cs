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
    private ImmutableArray<ExportType> _exports;

    internal Instance(Store store, wasmtime_instance_t instance, Linkage? linkage)
    {
        Store = store;
        Native = instance;
        Linkage = linkage;
    }

    /// <summary>The store that holds it.</summary>
    public Store Store { get; }

    /// <summary>What the instance exports, in the module's order. Read from the engine on first use.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public ImmutableArray<ExportType> Exports => _exports.IsDefault ? _exports = ReadExports() : _exports;

    private string DebuggerDisplay => $"instance of {Linkage?.Module.Name ?? "a module"}";

    internal wasmtime_instance_t Native { get; }

    /// <summary>The objects that show it.</summary>
    internal GuestObjects Guests { get; } = new();

    /// <summary>The instance of a component that it is part of; null for a module of its own.</summary>
    internal ComponentInstance? Component { get; init; }

    /// <summary>What it was made from; null for an instance of the official package.</summary>
    internal Linkage? Linkage { get; }

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

    /// <summary>An exported shared memory; null if none has that name.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public SharedMemory? GetSharedMemory(string name) =>
        Find(name, out wasmtime_extern_t item, acceptsShared: true) ? Items.AsSharedMemory(Store, item) : null;

    /// <summary>The memory that it exports under a name, or else imports; null if there is none.</summary>
    internal Memory? FindMemory(string name) =>
        GetMemory(name)
        ?? (Linkage?.FindMemory(name) is { } imported ? Items.AsMemory(Store, imported) : null);

    /// <summary>
    /// Calls the <c>_initialize</c> of a reactor, in the call that makes the instance. The store is entered.
    /// </summary>
    /// <returns>Whether it returned.</returns>
    internal bool TryInitialize(out GuestError failure)
    {
        Find(Module.Reactor, out wasmtime_extern_t item);
        wasmtime_func_t function = item.func;
        nint trap = 0;
        nint error = wasmtime_func_call_unchecked(Store.Context, &function, null, 0, &trap);
        bool hasFailed = Store.HasFailed(error, trap);
        failure = hasFailed ? Store.Failures.Read(error, trap) : default;
        return !hasFailed;
    }

    /// <summary>The functions that it exports.</summary>
    internal List<(byte[] Name, nint Function)> ReadFunctions()
    {
        var functions = new List<(byte[] Name, nint Function)>();
        wasmtime_instance_t instance = Native;
        for (nuint i = 0; ; i++)
        {
            byte* name;
            nuint length;
            wasmtime_extern_t item;
            if (wasmtime_instance_export_nth(Store.Context, &instance, i, &name, &length, &item) == 0)
            {
                return functions;
            }

            if (item.kind == ExternKind.Func)
            {
                functions.Add((new ReadOnlySpan<byte>(name, (int)length).ToArray(), item.func.index));
            }
            else
            {
                Items.IsReleasedShared(item);
            }
        }
    }

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
    internal bool Find(string name, out wasmtime_extern_t item, bool acceptsShared = false)
    {
        byte[] utf8 = Utf8Name.Encode(name);
        Store.Enter();
        bool exists = TryFindExport(utf8, out item, acceptsShared);
        Store.Exit();
        return exists;
    }

    /// <summary>The same, while the store is entered, by a name in UTF-8.</summary>
    internal bool TryFindExport(byte[] name, out wasmtime_extern_t item, bool acceptsShared)
    {
        wasmtime_instance_t instance = Native;
        wasmtime_extern_t found = default;
        bool exists;
        fixed (byte* first = name)
        {
            exists = wasmtime_instance_export_get(Store.Context, &instance, first, (nuint)name.Length, &found) != 0;
        }

        item = found;
        return exists && (acceptsShared || !Items.IsReleasedShared(found));
    }
}
