using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary><c>fd_write</c> and <c>fd_read</c> on the standard streams, which are .NET's.</summary>
internal static unsafe class WasiStreams
{
    private const uint MaxVectors = 1024;
    private const uint EnoughBytes = 1 << 20;

    /// <returns>The errno.</returns>
    internal static int Write(nint caller, Slot* slots, Stream? stream)
    {
        Memory memory = HostCall.Memory(caller);
        uint written = 0;
        try
        {
            // A guest may name the same bytes again and again, and nothing interrupts this loop.
            for (uint i = 0; i < Math.Min(slots[2].U32, MaxVectors) && written < EnoughBytes; i++)
            {
                Span<byte> part = Part(memory, slots[1].U32, i);
                stream?.Write(part);
                written += (uint)part.Length;
            }

            stream?.Flush();
            memory.Write(slots[3].U32, written);
            return WasiFunctions.Success;
        }
        catch (IOException)
        {
            return WasiFunctions.InputOutput;
        }
        catch (GuestMemoryException)
        {
            return WasiFunctions.BadAddress;
        }
    }

    /// <summary>One read, as of a file: it may give less than there is room for.</summary>
    /// <returns>The errno.</returns>
    /// <exception cref="OperationCanceledException">The stream kept the guest waiting beyond a limit of the call.</exception>
    internal static int Read(nint caller, Slot* slots, Stream? stream)
    {
        Memory memory = HostCall.Memory(caller);
        uint read = 0;
        try
        {
            for (uint i = 0; i < Math.Min(slots[2].U32, MaxVectors) && read == 0; i++)
            {
                Span<byte> part = Part(memory, slots[1].U32, i);
                read = stream is null ? 0 : (uint)Read(stream, part, HostCall.CancellationToken(caller));
            }

            memory.Write(slots[3].U32, read);
            return WasiFunctions.Success;
        }
        catch (IOException)
        {
            return WasiFunctions.InputOutput;
        }
        catch (GuestMemoryException)
        {
            return WasiFunctions.BadAddress;
        }
    }

    private static int Read(Stream stream, Span<byte> part, CancellationToken token)
    {
        if (!token.CanBeCanceled)
        {
            return stream.Read(part);
        }

        // A stream that does not listen is left to itself, so what it reads too late must not go to the guest's memory.
        byte[] buffer = new byte[Math.Min((uint)part.Length, EnoughBytes)];
        using AsyncCall call = AsyncCall.Begin();
        int count = call.Wait(stream.ReadAsync(buffer, token).AsTask().WaitAsync(token));
        buffer.AsSpan(0, count).CopyTo(part);
        return count;
    }

    /// <summary>The bytes of one <c>iovec</c>: address and length, which lie one after the other.</summary>
    private static Span<byte> Part(Memory memory, uint vectors, uint index)
    {
        long vector = vectors + (8L * index);
        uint length = memory.Read<uint>(vector + 4);
        return length > int.MaxValue
            ? throw GuestMemoryException.TooLong(memory.Read<uint>(vector), length)
            : memory.GetSpan(memory.Read<uint>(vector), (int)length);
    }
}
