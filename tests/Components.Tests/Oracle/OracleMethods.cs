using System.Runtime.InteropServices;

namespace WasmBindgen.Components.Tests;

/// <summary>A <c>wasm_byte_vec_t</c>, or any other of the engine's vectors: all look alike.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vec
{
    internal nuint Size;
    internal void* Data;
}

/// <summary>A <c>wasmtime_component_val_t</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal unsafe struct Val
{
    [FieldOffset(0)]
    internal ValKind Kind;

    /// <summary>A scalar.</summary>
    [FieldOffset(8)]
    internal ulong Bits;

    /// <summary>A string, an enum's case, a list, a tuple, a record's entries, the names of flags.</summary>
    [FieldOffset(8)]
    internal Vec Vec;

    /// <summary>The case of a variant.</summary>
    [FieldOffset(8)]
    internal Vec Case;

    [FieldOffset(24)]
    internal Val* CasePayload;

    [FieldOffset(8)]
    internal Val* OptionPayload;

    [FieldOffset(8)]
    internal byte IsOk;

    [FieldOffset(16)]
    internal Val* ResultPayload;

    /// <summary>A <c>wasmtime_component_resource_any_t</c>.</summary>
    [FieldOffset(8)]
    internal nint Resource;
}

/// <summary>A <c>wasmtime_component_valrecord_entry_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ValEntry
{
    internal Vec Name;
    internal Val Value;
}

/// <summary>The kinds of <see cref="Val"/>.</summary>
internal enum ValKind : byte
{
    Bool, S8, U8, S16, U16, S32, U32, S64, U64, F32, F64, Char,
    String, List, Record, Tuple, Variant, Enum, Option, Result, Flags, Resource,
}

/// <summary>A <c>wasmtime_component_func_t</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct ComponentFunc;

/// <summary>A <c>wasmtime_component_instance_t</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct ComponentInstanceIndex;

/// <summary>A <c>wasmtime_component_valtype_t</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct ValType;

/// <summary>
/// The engine's component C API, spelled as in C. Layouts are those of Wasmtime 50; nothing fails at load if they are
/// wrong.
/// </summary>
internal static unsafe partial class OracleMethods
{
    private const string Library = "wasmtime";

    [LibraryImport(Library)]
    internal static partial nint wasm_config_new();

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_component_model_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_concurrency_support_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial nint wasm_engine_new_with_config(nint config);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_store_new(nint engine, nint data, nint finalizer);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_store_context(nint store);

    [LibraryImport(Library)]
    internal static partial void wasmtime_store_delete(nint store);

    [LibraryImport(Library)]
    internal static partial void wasm_byte_vec_new(Vec* result, nuint size, byte* bytes);

    [LibraryImport(Library)]
    internal static partial void wasm_byte_vec_delete(Vec* bytes);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_wat2wasm(byte* text, nuint length, Vec* binary);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint wasmtime_error_new(string message);

    [LibraryImport(Library)]
    internal static partial void wasmtime_error_message(nint error, Vec* message);

    [LibraryImport(Library)]
    internal static partial void wasmtime_error_delete(nint error);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_new(nint engine, byte* bytes, nuint length, nint* component);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_delete(nint component);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_linker_new(nint engine);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_linker_delete(nint linker);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_linker_root(nint linker);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_linker_instantiate(
        nint linker, nint context, nint component, ComponentInstanceIndex* instance);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_linker_instance_add_instance(
        nint linkerInstance, byte* name, nuint length, nint* nested);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_linker_instance_add_func(
        nint linkerInstance,
        byte* name,
        nuint length,
        delegate* unmanaged<nint, nint, nint, Val*, nuint, Val*, nuint, nint> callback,
        nint data,
        nint finalizer);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_linker_instance_add_resource(
        nint linkerInstance,
        byte* name,
        nuint length,
        nint type,
        delegate* unmanaged<nint, nint, uint, nint> destructor,
        nint data,
        nint finalizer);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_linker_instance_delete(nint linkerInstance);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_instance_get_export_index(
        ComponentInstanceIndex* instance, nint context, nint parent, byte* name, nuint length);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_component_instance_get_func(
        ComponentInstanceIndex* instance, nint context, nint exportIndex, ComponentFunc* function);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_export_index_delete(nint exportIndex);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_func_type(ComponentFunc* function, nint context);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_component_func_type_result(nint functionType, ValType* type);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_func_type_delete(nint functionType);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_valtype_delete(ValType* type);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_func_call(
        ComponentFunc* function, nint context, Val* args, nuint count, Val* results, nuint resultCount);

    [LibraryImport(Library)]
    internal static partial Val* wasmtime_component_val_new(Val* movedFrom);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_val_delete(Val* value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_vallist_new_uninit(Vec* result, nuint size);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_valrecord_new_uninit(Vec* result, nuint size);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_valtuple_new_uninit(Vec* result, nuint size);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_valflags_new_uninit(Vec* result, nuint size);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_resource_type_new_host(uint type);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_component_resource_type_equal(nint left, nint right);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_resource_type_delete(nint type);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_resource_any_type(nint any);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_component_resource_any_owned(nint any);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_resource_any_clone(nint any);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_resource_any_drop(nint context, nint any);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_resource_any_delete(nint any);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_resource_any_to_host(nint context, nint any, nint* host);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_resource_host_new(byte owned, uint rep, uint type);

    [LibraryImport(Library)]
    internal static partial uint wasmtime_component_resource_host_rep(nint host);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_component_resource_host_to_any(nint context, nint host, nint* any);

    [LibraryImport(Library)]
    internal static partial void wasmtime_component_resource_host_delete(nint host);
}
