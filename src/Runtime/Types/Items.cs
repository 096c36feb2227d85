using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>Turns the results of a store's export lookup into our objects; null if the kind is another.</summary>
internal static unsafe class Items
{
    internal static Function? AsFunction(Store store, in wasmtime_extern_t item) =>
        item.kind == ExternKind.Func ? new Function(store, item.func) : null;

    internal static Global? AsGlobal(Store store, in wasmtime_extern_t item) =>
        item.kind == ExternKind.Global ? new Global(store, item.item) : null;

    internal static Table? AsTable(Store store, in wasmtime_extern_t item) =>
        item.kind == ExternKind.Table ? new Table(store, item.item) : null;

    internal static Memory? AsMemory(Store store, in wasmtime_extern_t item) =>
        item.kind == ExternKind.Memory ? store.Callers.Intern(item.item) : null;

    internal static SharedMemory? AsSharedMemory(Store store, in wasmtime_extern_t item) =>
        item.kind == ExternKind.SharedMemory ? new SharedMemory(store.Engine, item.shared_memory) : null;

    /// <summary>Finds what the calling instance exports under a name in UTF-8.</summary>
    /// <param name="caller">The call.</param>
    /// <param name="name">The name.</param>
    /// <param name="item">What it exports.</param>
    /// <param name="acceptsShared">Whether it may be a shared memory, which is then to be released.</param>
    internal static bool TryFindExport(
        nint caller, byte[] name, out wasmtime_extern_t item, bool acceptsShared = false)
    {
        wasmtime_extern_t found = default;
        bool exists;
        fixed (byte* first = name)
        {
            exists = wasmtime_caller_export_get(caller, first, (nuint)name.Length, &found) != 0;
        }

        item = found;
        return exists && (acceptsShared || !IsReleasedShared(found));
    }

    /// <summary>Releases a shared memory.</summary>
    /// <returns>Whether it was one.</returns>
    internal static bool IsReleasedShared(wasmtime_extern_t item)
    {
        if (item.kind == ExternKind.SharedMemory)
        {
            wasmtime_extern_delete(&item);
            return true;
        }

        return false;
    }

    /// <summary>Whether both are the same item of one store.</summary>
    internal static bool AreSame(in wasmtime_extern_t one, in wasmtime_extern_t other) =>
        one.kind == other.kind
        && (one.kind == ExternKind.Func
            ? one.func.index == other.func.index
            : KeyOf(one.item) == KeyOf(other.item));

    /// <summary>
    /// What identifies a memory, table or global in its store. Only these 32-bit fields count: between them is padding
    /// with arbitrary content.
    /// </summary>
    internal static (uint, uint) KeyOf(in wasmtime_item_t item) =>
        (unchecked((uint)item.index), unchecked((uint)item.sub_index));

    /// <summary>The type of an item. Releases a shared memory, the only kind that owns something.</summary>
    internal static ExternType TypeOf(Store store, wasmtime_extern_t item)
    {
        switch (item.kind)
        {
            case ExternKind.Func:
                return FunctionType(store, item.func);
            case ExternKind.Global:
                nint global = wasmtime_global_type(store.Context, &item.item);
                GlobalType globalType = TypeReader.ReadGlobal(global);
                wasm_globaltype_delete(global);
                return globalType;
            case ExternKind.Table:
                nint table = wasmtime_table_type(store.Context, &item.item);
                TableType tableType = TypeReader.ReadTable(table);
                wasm_tabletype_delete(table);
                return tableType;
            case ExternKind.Memory:
                nint memory = wasmtime_memory_type(store.Context, &item.item);
                MemoryType memoryType = TypeReader.ReadMemory(memory);
                wasm_memorytype_delete(memory);
                return memoryType;
            case ExternKind.SharedMemory:
                nint shared = wasmtime_sharedmemory_type(item.shared_memory);
                MemoryType sharedType = TypeReader.ReadMemory(shared);
                wasm_memorytype_delete(shared);
                wasmtime_extern_delete(&item);
                return sharedType;
            case ExternKind.Tag:
                nint tag = wasmtime_tag_type(store.Context, &item.item);
                TagType tagType = TypeReader.ReadTag(tag);
                wasm_tagtype_delete(tag);
                return tagType;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    internal static FunctionType FunctionType(Store store, wasmtime_func_t function)
    {
        nint type = wasmtime_func_type(store.Context, &function);
        FunctionType result = TypeReader.ReadFunction(type);
        wasm_functype_delete(type);
        return result;
    }
}
