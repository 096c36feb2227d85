using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Native;

/// <summary>
/// The engine's error messages, for people. No code depends on their words, which change with its version.
/// </summary>
internal static unsafe partial class EngineMessage
{
    private const string CausedBy = "Caused by:";

    /// <summary>Reads and deletes <paramref name="error"/>.</summary>
    internal static string Take(nint error)
    {
        string message = Read(error);
        wasmtime_error_delete(error);
        return message;
    }

    /// <summary>Reads why a call failed, without the backtrace, which the engine puts before it.</summary>
    internal static string ReadCause(nint error)
    {
        string message = Read(error);
        return message[(message.LastIndexOf(CausedBy, StringComparison.Ordinal) is var index and >= 0
            ? index + CausedBy.Length
            : 0)..].Trim();
    }

    /// <summary>
    /// Like <see cref="Take"/>, but with the causes, which the engine numbers in lines of their own, in the same line.
    /// </summary>
    internal static string TakeLine(nint error) => string.Join(
        ": ",
        Take(error)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(static line => line != CausedBy)
            .Select(static line => Number().Replace(line, "")));

    internal static string Read(nint error)
    {
        wasm_byte_vec_t message;
        wasmtime_error_message(error, &message);
        string text = Encoding.UTF8.GetString(message.Bytes).Trim();
        wasm_byte_vec_delete(&message);
        return Printable.Message(text);
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

    [GeneratedRegex(@"^\d+: ")]
    private static partial Regex Number();
}
