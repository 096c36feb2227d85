using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary><c>fd_write</c> and <c>fd_read</c> on the standard streams, which are .NET streams.</summary>
internal static class WasiStreams
{
    private const uint MaxVectors = 1024;
    private const uint EnoughBytes = 1 << 20;

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    /// <returns>The errno.</returns>
    internal static unsafe int Write(nint caller, Slot* slots, Stream? stream)
    {
        Memory memory = HostCall.Memory(caller);
        uint written = 0;
        try
        {
            // A guest may pass the same bytes again and again, and nothing interrupts this loop.
            for (uint i = 0; i < Math.Min(slots[2].U32, MaxVectors) && written < EnoughBytes; i++)
            {
                (uint address, int length) = Vector(memory, slots[1].U32, i);
                stream?.Write(memory.GetSpan(address, length));
                written += (uint)length;
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

    /// <summary>A single read, as from a file: it may return less than there is room for.</summary>
    /// <returns>The errno.</returns>
    /// <exception cref="OperationCanceledException">The stream blocked beyond a limit of the call.</exception>
    internal static unsafe int Read(nint caller, Slot* slots, Stream? stream)
    {
        Memory memory = HostCall.Memory(caller);
        uint read = 0;
        try
        {
            for (uint i = 0; i < Math.Min(slots[2].U32, MaxVectors) && read == 0; i++)
            {
                (uint address, int length) = Vector(memory, slots[1].U32, i);
                read = stream is null
                    ? 0
                    : (uint)Read(stream, memory, address, length, HostCall.CancellationToken(caller));
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

    private static int Read(Stream stream, Memory memory, uint address, int length, CancellationToken token)
    {
        Span<byte> part = memory.GetSpan(address, length);
        if (!token.CanBeCanceled)
        {
            return part[..stream.Read(part)].Length; // fails if the stream claims more than it was asked for
        }

        // A stream that ignores the token reads on, but what it reads too late must not go to the guest's memory.
        byte[] buffer = new byte[Math.Min((uint)length, EnoughBytes)];
        using AsyncCall call = AsyncCall.Begin();
        int count = call.Wait(ReadAsync(stream, buffer, token));
        // the memory may have moved meanwhile
        buffer.AsSpan(0, count).CopyTo(memory.GetSpan(address, length));
        return count;
    }

    private static async Task<int> ReadAsync(Stream stream, byte[] buffer, CancellationToken token)
    {
        Task<int> read = stream.ReadAsync(buffer, token).AsTask();
        try
        {
            return await read.WaitAsync(token);
        }
        catch (OperationCanceledException)
        {
            // A stream that obeys the token gets a moment to end the read. Otherwise the read would continue, and take
            // what the next one should get.
            await Task.WhenAny(read, Task.Delay(Grace, CancellationToken.None));
            if (read.IsCompletedSuccessfully)
            {
                return await read;
            }

            throw;
        }
    }

    /// <summary>One <c>iovec</c>: an address, followed by a length.</summary>
    private static (uint Address, int Length) Vector(Memory memory, uint vectors, uint index)
    {
        long vector = vectors + (8L * index);
        uint address = memory.Read<uint>(vector);
        uint length = memory.Read<uint>(vector + 4);
        memory.GetGuestSpan<byte>(address, length); // checked even without a stream
        return (address, (int)length);
    }
}
