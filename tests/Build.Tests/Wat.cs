using System.Runtime.InteropServices;
using System.Text;

namespace WasmBindgen.Build.Tests;

/// <summary>The engine's compiler of the text format (C API: <c>wat.h</c>).</summary>
internal static unsafe partial class Wat
{
    internal static byte[] Compile(byte[] text)
    {
        Bytes binary;
        fixed (byte* first = text)
        {
            nint error = wasmtime_wat2wasm(first, (nuint)text.Length, &binary);
            if (error != 0)
            {
                Bytes message;
                wasmtime_error_message(error, &message);
                throw new FormatException(Encoding.UTF8.GetString(message.Data, (int)message.Size));
            }
        }

        byte[] bytes = new ReadOnlySpan<byte>(binary.Data, (int)binary.Size).ToArray();
        wasm_byte_vec_delete(&binary);
        return bytes;
    }

    [LibraryImport("wasmtime")]
    private static partial nint wasmtime_wat2wasm(byte* text, nuint length, Bytes* binary);

    [LibraryImport("wasmtime")]
    private static partial void wasmtime_error_message(nint error, Bytes* message);

    [LibraryImport("wasmtime")]
    private static partial void wasm_byte_vec_delete(Bytes* bytes);

    private struct Bytes
    {
        internal nuint Size;
        internal byte* Data;
    }
}
