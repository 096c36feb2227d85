using WasmBindgen.Loading;
using WasmBindgen.Native;

namespace WasmBindgen.Runtime.Tests;

internal static unsafe class WatCompiler
{
    internal static byte[] Compile(byte[] wat)
    {
        EngineLibrary.EnsureLoaded();
        wasm_byte_vec_t binary;
        fixed (byte* first = wat)
        {
            EngineMessage.ThrowIfFailed(NativeMethods.wasmtime_wat2wasm(first, (nuint)wat.Length, &binary));
        }

        byte[] bytes = binary.Bytes.ToArray();
        NativeMethods.wasm_byte_vec_delete(&binary);
        return bytes;
    }
}
