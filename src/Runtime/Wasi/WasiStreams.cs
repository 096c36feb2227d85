using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary>
/// <c>fd_write</c> and <c>fd_read</c>: the standard streams are .NET streams.
/// </summary>
internal static class WasiStreams
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    /// <summary><c>fd_write</c>.</summary>
    /// <returns>The errno.</returns>
    internal static int Write(WasiCall call) => call.Wasi.Descriptors.Stream(call.Number(0)) switch
    {
        WasiStream.Output => Write(call, call.Wasi.Options.StandardOutput),
        WasiStream.Error => Write(call, call.Wasi.Options.StandardError),
        WasiStream.None => call.CallFile(),
        _ => WasiErrno.BadDescriptor,
    };

    /// <summary><c>fd_read</c>.</summary>
    /// <returns>The errno.</returns>
    /// <exception cref="OperationCanceledException">The stream blocked beyond a limit of the call.</exception>
    internal static int Read(WasiCall call) => call.Wasi.Descriptors.Stream(call.Number(0)) switch
    {
        WasiStream.Input => Read(call, call.Wasi.Options.StandardInput),
        WasiStream.None => call.CallFile(),
        _ => WasiErrno.BadDescriptor,
    };

    private static int Write(WasiCall call, Stream? stream)
    {
        call.Part("nwritten", call.Number(3), sizeof(uint), sizeof(uint)); // before anything is written
        try
        {
            uint written = 0;
            foreach ((uint address, int length) in call.Vectors("iovs", 1))
            {
                ReadOnlySpan<byte> part = call.Part("iovs", address, length);
                stream?.Write(call.Store.Engine.MemoriesMove ? part.ToArray() : part); // it may call the guest
                written += (uint)length;
            }

            stream?.Flush();
            call.Write("nwritten", 3, written);
            return WasiErrno.Success;
        }
        catch (IOException)
        {
            return WasiErrno.InputOutput;
        }
    }

    /// <summary>A single read, as from a file: it may return less than there is room for.</summary>
    private static int Read(WasiCall call, Stream? stream)
    {
        call.Part("nread", call.Number(3), sizeof(uint), sizeof(uint)); // before anything is read
        try
        {
            uint read = 0;
            foreach ((uint address, int length) in call.Vectors("iovs", 1))
            {
                if (length != 0 && stream is not null)
                {
                    read = (uint)Read(call, stream, address, length);
                    break; // also at the end: a terminal would want to be told twice
                }
            }

            call.Write("nread", 3, read);
            return WasiErrno.Success;
        }
        catch (IOException)
        {
            return WasiErrno.InputOutput;
        }
    }

    private static int Read(WasiCall call, Stream stream, uint address, int length)
    {
        Span<byte> part = call.Part("iovs", address, length);
        CancellationToken token = HostCall.CancellationToken(call.Caller);
        if (!token.CanBeCanceled && !call.Store.Engine.MemoriesMove)
        {
            return part[..stream.Read(part)].Length; // fails if the stream claims more than it was asked for
        }

        // A stream that ignores the token reads on, but what it reads too late must not go to the guest's memory.
        byte[] buffer = new byte[length];
        using AsyncCall waiting = AsyncCall.Begin();
        int count = waiting.Wait(ReadAsync(stream, buffer, token));
        // the memory may have moved meanwhile
        buffer.AsSpan(0, count).CopyTo(call.Part("iovs", address, length));
        return count;
    }

    private static async Task<int> ReadAsync(
        Stream stream, byte[] buffer, CancellationToken token, bool isRepeated = false)
    {
        Task<int> read = stream.ReadAsync(buffer, token).AsTask();
        try
        {
            return await read.WaitAsync(token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested && !isRepeated)
        {
            // The end of an earlier call came late to the stream: a pipe keeps it for the next read.
            return await ReadAsync(stream, buffer, token, isRepeated: true);
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
}
