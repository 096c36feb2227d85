using System.Runtime.InteropServices;

namespace WasmBindgen.Native;

// wasmtime/memory.h, table.h, global.h, tag.h, exnref.h, and the references of val.h
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint wasmtime_memory_new(nint context, nint type, wasmtime_item_t* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_memory_type(nint context, wasmtime_item_t* memory);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial byte* wasmtime_memory_data(nint context, wasmtime_item_t* memory);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nuint wasmtime_memory_data_size(nint context, wasmtime_item_t* memory);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial ulong wasmtime_memory_size(nint context, wasmtime_item_t* memory);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_memory_grow(
        nint context, wasmtime_item_t* memory, ulong pages, ulong* previous);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_table_new(
        nint context, nint type, wasmtime_val_t* initial, wasmtime_item_t* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_table_type(nint context, wasmtime_item_t* table);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_table_get(
        nint context, wasmtime_item_t* table, ulong index, wasmtime_val_t* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_table_set(
        nint context, wasmtime_item_t* table, ulong index, wasmtime_val_t* value);

    [LibraryImport(Library)]
    internal static partial ulong wasmtime_table_size(nint context, wasmtime_item_t* table);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_table_grow(
        nint context, wasmtime_item_t* table, ulong delta, wasmtime_val_t* initial, ulong* previous);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_global_new(
        nint context, nint type, wasmtime_val_t* value, wasmtime_item_t* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_global_type(nint context, wasmtime_item_t* global);

    [LibraryImport(Library)]
    internal static partial void wasmtime_global_get(nint context, wasmtime_item_t* global, wasmtime_val_t* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_global_set(nint context, wasmtime_item_t* global, wasmtime_val_t* value);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_externref_new(
        nint context, nint data, delegate* unmanaged[Cdecl]<nint, void> finalizer, wasmtime_externref_t* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_externref_data(nint context, wasmtime_externref_t* reference);

    [LibraryImport(Library)]
    internal static partial void wasmtime_externref_from_raw(nint context, uint raw, wasmtime_externref_t* result);

    [LibraryImport(Library)]
    internal static partial uint wasmtime_externref_to_raw(nint context, wasmtime_externref_t* reference);

    [LibraryImport(Library)]
    internal static partial void wasmtime_externref_unroot(wasmtime_externref_t* reference);

    /// <summary>Does nothing for what is no reference.</summary>
    [LibraryImport(Library)]
    internal static partial void wasmtime_val_unroot(wasmtime_val_t* value);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_exnref_new(
        nint context, wasmtime_item_t* tag, wasmtime_val_t* fields, nuint count, wasmtime_externref_t* result);

    [LibraryImport(Library)]
    internal static partial uint wasmtime_exnref_to_raw(nint context, wasmtime_externref_t* reference);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_exnref_tag(
        nint context, wasmtime_externref_t* reference, wasmtime_item_t* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_exnref_field(
        nint context, wasmtime_externref_t* reference, nuint index, wasmtime_val_t* result);

    [LibraryImport(Library)]
    internal static partial void wasmtime_exnref_unroot(wasmtime_externref_t* reference);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_tag_new(nint context, nint type, wasmtime_item_t* result);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_tag_eq(nint context, wasmtime_item_t* left, wasmtime_item_t* right);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_tag_type(nint context, wasmtime_item_t* tag);
}
