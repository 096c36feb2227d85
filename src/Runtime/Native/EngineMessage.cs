using System.Text;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Native;

/// <summary>
/// What the engine says of an error, for people. Nothing depends on its words: they change with the engine's version, and with
/// RUST_BACKTRACE=1 a native stack trace follows them, which is cut off.
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
        string text = Encoding.UTF8.GetString(message.Bytes);
        wasm_byte_vec_delete(&message);

        int native = text.IndexOf("\n\nStack backtrace:", StringComparison.Ordinal);
        return (native < 0 ? text : text[..native]).Trim();
    }

    /// <summary>Throws what the engine says, if it says anything (null is success).</summary>
    internal static void ThrowIfFailed(nint error)
    {
        if (error != 0)
        {
            throw new WasmException(Take(error));
        }
    }
}
