using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary>
/// Keeps track of which descriptors of a store are the standard streams. They start as 0 to 2, and a guest may close
/// them, replace them by files, or renumber them. The engine does the same with its own streams, to which nothing is
/// ever written.
/// </summary>
internal sealed unsafe class WasiDescriptors
{
    private readonly Dictionary<uint, WasiStream> _streams = new()
    {
        [0] = WasiStream.Input,
        [1] = WasiStream.Output,
        [2] = WasiStream.Error,
    };

    /// <summary>The standard stream of a descriptor, if any.</summary>
    internal WasiStream this[uint descriptor] => _streams.GetValueOrDefault(descriptor);

    /// <summary><c>fd_close</c>.</summary>
    internal void Close(EngineWasi engine, Slot* slots)
    {
        uint descriptor = slots[0].U32;
        engine.Close(slots);
        if (slots[0].S32 == WasiFunctions.Success)
        {
            _streams.Remove(descriptor);
        }
    }

    /// <summary><c>fd_renumber</c>.</summary>
    internal void Renumber(EngineWasi engine, Slot* slots)
    {
        (uint from, uint to) = (slots[0].U32, slots[1].U32);
        engine.Renumber(slots);
        if (slots[0].S32 == WasiFunctions.Success && from != to)
        {
            _streams.Remove(to);
            if (_streams.Remove(from, out WasiStream stream))
            {
                _streams.Add(to, stream);
            }
        }
    }
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
