namespace WasmBindgen.Wasi;

/// <summary>
/// Keeps track of which descriptors of a store are the standard streams. They start as 0 to 2, and a guest may close
/// them, replace them by files, or renumber them. The engine does the same with its own streams, to which nothing is
/// ever written.
/// </summary>
/// <param name="maxOpenFiles">The most descriptors beside the streams and the directories of the host.</param>
internal sealed class WasiDescriptors(int maxOpenFiles)
{
    private readonly int _maxOpenFiles = maxOpenFiles;
    private int _openFiles;

    private readonly Dictionary<uint, WasiStream> _streams = new()
    {
        [0] = WasiStream.Input,
        [1] = WasiStream.Output,
        [2] = WasiStream.Error,
    };

    /// <summary>The standard stream of a descriptor, if any.</summary>
    internal WasiStream this[uint descriptor] => _streams.GetValueOrDefault(descriptor);

    /// <summary><c>path_open</c>.</summary>
    internal static int Open(WasiCall call)
    {
        WasiDescriptors descriptors = call.Wasi.Descriptors;
        if (descriptors._openFiles >= descriptors._maxOpenFiles)
        {
            return WasiErrno.TooManyFiles;
        }

        int errno = call.CallEngine();
        if (errno == WasiErrno.Success)
        {
            descriptors._openFiles++;
        }

        return errno;
    }

    /// <summary><c>fd_close</c>.</summary>
    internal static int Close(WasiCall call)
    {
        int errno = call.CallEngine();
        if (errno == WasiErrno.Success)
        {
            call.Wasi.Descriptors.Remove(call.Number(0));
        }

        return errno;
    }

    /// <summary><c>fd_renumber</c>.</summary>
    internal static int Renumber(WasiCall call)
    {
        (uint from, uint to) = (call.Number(0), call.Number(1));
        int errno = call.CallEngine();
        if (errno == WasiErrno.Success && from != to)
        {
            call.Wasi.Descriptors.Remove(to);
            call.Wasi.Descriptors.Move(from, to);
        }

        return errno;
    }

    private void Remove(uint descriptor)
    {
        if (!_streams.Remove(descriptor))
        {
            CountClosed();
        }
    }

    private void Move(uint from, uint to)
    {
        if (_streams.Remove(from, out WasiStream stream))
        {
            _streams.Add(to, stream);
        }
    }

    /// <summary>A directory of the host, which was never counted, may be closed too.</summary>
    private void CountClosed() => _openFiles = Math.Max(0, _openFiles - 1);
}

/// <summary>A standard stream.</summary>
internal enum WasiStream : byte
{
    /// <summary>Not a standard stream: a file, or nothing.</summary>
    None,

    /// <summary><see cref="WasiOptions.StandardInput"/>.</summary>
    Input,

    /// <summary><see cref="WasiOptions.StandardOutput"/>.</summary>
    Output,

    /// <summary><see cref="WasiOptions.StandardError"/>.</summary>
    Error,
}
