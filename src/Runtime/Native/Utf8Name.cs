using System.Diagnostics;
using System.Text;

namespace WasmBindgen.Native;

/// <summary>
/// A wasm name as UTF-8. It is checked first, because the engine leaks the arguments that come with an invalid name.
/// </summary>
internal static class Utf8Name
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The name contains an unpaired surrogate.</exception>
    [StackTraceHidden]
    internal static byte[] Encode(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            return Strict.GetBytes(name);
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException(
                "A wasm name must be valid Unicode: this one contains an unpaired surrogate.", nameof(name), exception);
        }
    }
}
