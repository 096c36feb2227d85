using System.Collections.Immutable;
using System.Text;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>Converts the engine's type objects to ours, and back.</summary>
internal static unsafe class TypeReader
{
    private const uint NoMaximum = uint.MaxValue;

    internal static string ReadName(wasm_byte_vec_t* name) => Encoding.UTF8.GetString(name->Bytes);

    internal static ExternType ReadExtern(nint type) => wasm_externtype_kind(type) switch
    {
        0 => ReadFunction(wasm_externtype_as_functype_const(type)),
        1 => ReadGlobal(wasm_externtype_as_globaltype_const(type)),
        2 => ReadTable(wasm_externtype_as_tabletype_const(type)),
        3 => ReadMemory(wasm_externtype_as_memorytype_const(type)),
        4 => ReadTag(wasm_externtype_as_tagtype_const(type)),
        byte other => throw new NotSupportedException(
            $"The engine reports an import or export of an unknown kind ({other})."),
    };

    internal static FunctionType ReadFunction(nint type) =>
        new(ReadValueTypes(wasm_functype_params(type)), ReadValueTypes(wasm_functype_results(type)));

    internal static TagType ReadTag(nint type) => new(ReadFunction(wasm_tagtype_functype(type)).Parameters);

    /// <returns>A <c>wasm_tagtype_t</c> for <c>wasm_tagtype_delete</c>.</returns>
    internal static nint NewTag(TagType type) =>
        wasm_tagtype_new(NewFunction([.. type.Parameters.Select(static parameter => parameter.Kind)], []));

    internal static GlobalType ReadGlobal(nint type) =>
        new(EngineGeneration.ReadValueType(wasm_globaltype_content(type)), wasm_globaltype_mutability(type) != 0);

    internal static TableType ReadTable(nint type)
    {
        wasm_limits_t* limits = wasm_tabletype_limits(type);
        return new(
            EngineGeneration.ReadValueType(wasm_tabletype_element(type)),
            limits->min,
            limits->max == NoMaximum ? null : limits->max);
    }

    internal static MemoryType ReadMemory(nint type)
    {
        ulong maximum;
        bool bounded = wasmtime_memorytype_maximum(type, &maximum) != 0;
        return new(
            wasmtime_memorytype_minimum(type),
            bounded ? maximum : null,
            wasmtime_memorytype_is64(type) != 0,
            wasmtime_memorytype_isshared(type) != 0);
    }

    /// <returns>A <c>wasm_functype_t</c> for <c>wasm_functype_delete</c>.</returns>
    internal static nint NewFunction(ReadOnlySpan<ValueKind> parameters, ReadOnlySpan<ValueKind> results)
    {
        wasm_ptr_vec_t nativeParameters = NewValueTypes(parameters);
        wasm_ptr_vec_t nativeResults = NewValueTypes(results);
        return wasm_functype_new(&nativeParameters, &nativeResults);
    }

    /// <returns>A <c>wasm_globaltype_t</c> for <c>wasm_globaltype_delete</c>.</returns>
    internal static nint NewGlobal(GlobalType type) =>
        wasm_globaltype_new(EngineGeneration.NewValueType(type.Content), (byte)(type.IsMutable ? 1 : 0));

    /// <returns>A <c>wasm_tabletype_t</c> for <c>wasm_tabletype_delete</c>.</returns>
    internal static nint NewTable(TableType type)
    {
        var limits = new wasm_limits_t { min = type.Minimum, max = type.Maximum ?? NoMaximum };
        return wasm_tabletype_new(EngineGeneration.NewValueType(type.Element), &limits);
    }

    /// <returns>A <c>wasm_memorytype_t</c> for <c>wasm_memorytype_delete</c>.</returns>
    internal static nint NewMemory(MemoryType type)
    {
        byte bounded = (byte)(type.Maximum is null ? 0 : 1);
        byte is64 = (byte)(type.Is64Bit ? 1 : 0);
        byte shared = (byte)(type.IsShared ? 1 : 0);
        ulong maximum = type.Maximum ?? 0;
        nint result;
        EngineMessage.ThrowIfFailed(
            wasmtime_memorytype_new(type.Minimum, bounded, maximum, is64, shared, pageSizeLog2: 16, &result));
        return result;
    }

    private static wasm_ptr_vec_t NewValueTypes(ReadOnlySpan<ValueKind> kinds)
    {
        var elements = new nint[kinds.Length];
        for (int i = 0; i < kinds.Length; i++)
        {
            elements[i] = EngineGeneration.NewValueType(kinds[i]);
        }

        wasm_ptr_vec_t vec = default;
        if (elements.Length > 0)
        {
            fixed (nint* first = elements)
            {
                wasm_valtype_vec_new(&vec, (nuint)elements.Length, first);
            }
        }

        return vec;
    }

    private static ImmutableArray<WasmValueType> ReadValueTypes(wasm_ptr_vec_t* vec)
    {
        var types = ImmutableArray.CreateBuilder<WasmValueType>((int)vec->size);
        for (nuint i = 0; i < vec->size; i++)
        {
            types.Add(EngineGeneration.ReadValueType(vec->data[i]));
        }

        return types.MoveToImmutable();
    }
}
