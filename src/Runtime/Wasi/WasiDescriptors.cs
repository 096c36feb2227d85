using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary>
/// Keeps track of which descriptors of a store are the standard streams. They start as 0 to 2, and a guest may close
/// them, replace them by files, or renumber them. The engine does the same with its own streams, to which nothing is
/// ever written.
/// </summary>
/// <param name="maxOpenFiles">The most descriptors beside the streams and the directories of the host.</param>
internal sealed unsafe class WasiDescriptors(int maxOpenFiles)
{
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
    internal void Open(EngineWasi engine, Slot* slots)
    {
        if (_openFiles >= maxOpenFiles)
        {
            slots[0].S32 = WasiFunctions.TooManyFiles;
            return;
        }

        engine.Open(slots);
        if (slots[0].S32 == WasiFunctions.Success)
        {
            _openFiles++;
        }
    }

    /// <summary><c>fd_close</c>.</summary>
    internal void Close(EngineWasi engine, Slot* slots)
    {
        uint descriptor = slots[0].U32;
        engine.Close(slots);
        if (slots[0].S32 == WasiFunctions.Success && !_streams.Remove(descriptor))
        {
            CountClosed();
        }
    }

    /// <summary><c>fd_renumber</c>.</summary>
    internal void Renumber(EngineWasi engine, Slot* slots)
    {
        (uint from, uint to) = (slots[0].U32, slots[1].U32);
        engine.Renumber(slots);
        if (slots[0].S32 == WasiFunctions.Success && from != to)
        {
            if (!_streams.Remove(to))
            {
                CountClosed();
            }

            if (_streams.Remove(from, out WasiStream stream))
            {
                _streams.Add(to, stream);
            }
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
