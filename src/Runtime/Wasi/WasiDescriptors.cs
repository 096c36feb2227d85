using System.Text;

namespace WasmBindgen.Wasi;

/// <summary>
/// The descriptors of a store. They start with the standard streams, 0 to 2, and the directories that the guest gets. A
/// guest may close and renumber all of them. What is the engine's has another number there.
/// </summary>
internal sealed class WasiDescriptors
{
    private readonly List<WasiDescriptor?> _all =
    [
        new WasiEngineDescriptor(0, WasiStream.Input),
        new WasiEngineDescriptor(1, WasiStream.Output),
        new WasiEngineDescriptor(2, WasiStream.Error),
    ];

    private readonly int _maxOpenFiles;

    internal WasiDescriptors(WasiOptions options)
    {
        const ulong EngineDevice = 1;
        _maxOpenFiles = options.MaxOpenFiles;
        uint number = (uint)_all.Count;
        var trees = new List<WasiTree>();
        foreach (WasiDirectory directory in options.Directories)
        {
            if (directory?.Files is not { } files)
            {
                _all.Add(new WasiEngineDescriptor(number++)); // as the engine will number it
                continue;
            }

            trees.Add(files.Tree);
            lock (files.Tree)
            {
                _all.Add(new WasiOpenNode(files.Tree, files.Tree.Root)
                {
                    Device = EngineDevice + 1 + (ulong)trees.IndexOf(files.Tree),
                    GivenPath = Encoding.UTF8.GetBytes(StoreWasi.Checked(directory.GuestPath)),
                    IsReadOnly = directory.IsReadOnly,
                });
            }
        }
    }

    /// <summary>What a descriptor stands for; null if it is none.</summary>
    internal WasiDescriptor? this[uint descriptor] => descriptor < _all.Count ? _all[(int)descriptor] : null;

    /// <summary>The standard stream of a descriptor, if any.</summary>
    internal WasiStream Stream(uint descriptor) =>
        (this[descriptor] as WasiEngineDescriptor)?.Stream ?? WasiStream.None;

    /// <summary><c>path_open</c>.</summary>
    internal static int Open(WasiCall call)
    {
        WasiDescriptors descriptors = call.Wasi.Descriptors;
        int open = descriptors._all.Count(static descriptor => descriptor is { IsOpened: true });
        return open < descriptors._maxOpenFiles ? call.CallFile() : WasiErrno.TooManyFiles;
    }

    /// <summary><c>fd_close</c>.</summary>
    internal static int Close(WasiCall call)
    {
        WasiDescriptors descriptors = call.Wasi.Descriptors;
        uint number = call.Number(0);
        if (descriptors[number] is not { } descriptor)
        {
            return WasiErrno.BadDescriptor;
        }

        descriptors._all[(int)number] = null;
        Close(descriptor, call.Wasi);
        return WasiErrno.Success;
    }

    /// <summary><c>fd_renumber</c>.</summary>
    internal static int Renumber(WasiCall call)
    {
        WasiDescriptors descriptors = call.Wasi.Descriptors;
        (uint from, uint to) = (call.Number(0), call.Number(1));
        if (descriptors[from] is not { } moved || descriptors[to] is not { } replaced)
        {
            return WasiErrno.BadDescriptor;
        }

        if (from != to)
        {
            descriptors._all[(int)from] = null;
            descriptors._all[(int)to] = moved;
            Close(replaced, call.Wasi);
        }

        return WasiErrno.Success;
    }

    /// <summary>Adds what a guest opens.</summary>
    /// <returns>The lowest number that is free.</returns>
    internal uint Add(WasiDescriptor descriptor)
    {
        descriptor.IsOpened = true;
        int number = _all.IndexOf(null);
        if (number >= 0)
        {
            _all[number] = descriptor;
            return (uint)number;
        }

        _all.Add(descriptor);
        return (uint)(_all.Count - 1);
    }

    /// <summary>The store ends, and with it what the engine has open.</summary>
    internal void CloseNodes()
    {
        foreach (WasiOpenNode open in _all.OfType<WasiOpenNode>())
        {
            Close(open);
        }

        _all.Clear();
    }

    private static void Close(WasiDescriptor descriptor, StoreWasi wasi)
    {
        switch (descriptor)
        {
            case WasiOpenNode open:
                Close(open);
                break;
            case WasiEngineDescriptor { Stream: WasiStream.None } file:
                wasi.Engine.Close(file.Number);
                break;
        }
    }

    private static void Close(WasiOpenNode open)
    {
        lock (open.Tree)
        {
            open.Tree.Close(open.Node);
        }
    }
}

/// <summary>What a descriptor of a guest stands for.</summary>
internal abstract class WasiDescriptor
{
    /// <summary>Whether the guest opened it.</summary>
    internal bool IsOpened { get; set; }
}

/// <summary>A standard stream, or a file or directory of the host.</summary>
/// <param name="number">Its number in the engine, which has streams of its own, to which nothing is written.</param>
/// <param name="stream">The stream.</param>
internal sealed class WasiEngineDescriptor(uint number, WasiStream stream = WasiStream.None) : WasiDescriptor
{
    internal uint Number => number;

    internal WasiStream Stream => stream;
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
