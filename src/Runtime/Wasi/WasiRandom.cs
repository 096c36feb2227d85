using System.Security.Cryptography;

namespace WasmBindgen.Wasi;

/// <summary><c>random_get</c>.</summary>
internal static class WasiRandom
{
    /// <returns>The errno.</returns>
    /// <exception cref="OperationCanceledException">A limit of the call was reached.</exception>
    internal static int Fill(WasiCall call)
    {
        (uint address, uint length) = (call.Number(0), call.Number(1));
        call.Part("buf", address, length);
        for (uint done = 0; done < length;)
        {
            // A guest that asks for gigabytes is still stopped in time.
            int piece = (int)Math.Min(length - done, WasiCall.Piece);
            Span<byte> part = call.Part("buf", (long)address + done, piece);
            if (call.Wasi.Options.Random is { } random)
            {
                random.NextBytes(part);
            }
            else
            {
                RandomNumberGenerator.Fill(part);
            }

            done += (uint)piece;
            if (call.Store.Limits.IsPassed(out _))
            {
                throw new OperationCanceledException(call.Store.Limits.Token);
            }
        }

        return WasiErrno.Success;
    }
}
