using System.Security.Cryptography;

namespace WasmBindgen.Wasi;

/// <summary><c>random_get</c>.</summary>
internal static class WasiRandom
{
    // So that a guest that asks for gigabytes is still stopped in time.
    private const uint Piece = 1 << 20;

    /// <returns>The errno.</returns>
    /// <exception cref="OperationCanceledException">A limit of the call was reached.</exception>
    internal static int Fill(Store store, nint caller, uint address, uint length)
    {
        Memory memory = store.Callers.Memory(caller);
        if ((ulong)address + length > (ulong)memory.Length)
        {
            return WasiFunctions.BadAddress;
        }

        for (uint done = 0; done < length;)
        {
            int piece = (int)Math.Min(length - done, Piece);
            RandomNumberGenerator.Fill(memory.GetSpan((long)address + done, piece));
            done += (uint)piece;
            if (store.Limits.IsPassed(out _))
            {
                throw new OperationCanceledException(store.Limits.Token);
            }
        }

        return WasiFunctions.Success;
    }
}
