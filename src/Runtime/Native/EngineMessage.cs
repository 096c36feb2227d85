using System.Diagnostics;
using System.Text;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Native;

/// <summary>
/// The engine's error messages, for people. No code depends on their words, which change with its version.
/// </summary>
internal static unsafe class EngineMessage
{
    /// <summary>Reads and deletes <paramref name="error"/>.</summary>
    internal static string Take(nint error)
    {
        string message = Read(error);
        wasmtime_error_delete(error);
        return message;
    }

    internal static string Read(nint error)
    {
        wasm_byte_vec_t message;
        wasmtime_error_message(error, &message);
        string text = Encoding.UTF8.GetString(message.Bytes).Trim();
        wasm_byte_vec_delete(&message);
        return text;
    }

    /// <summary>Throws the engine's message, if there is an error (null is success).</summary>
    [StackTraceHidden]
    internal static void ThrowIfFailed(nint error)
    {
        if (error != 0)
        {
            throw new WasmException(Take(error));
        }
    }
}
