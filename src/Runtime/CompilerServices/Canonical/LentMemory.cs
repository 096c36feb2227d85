using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// A list of numbers where it lies in the guest's memory, for a host method that cannot take a span since it is
/// asynchronous. It is lent for the call: what is kept of it throws afterwards. Only generated code makes it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public sealed unsafe class LentMemory<T> : MemoryManager<T>
    where T : unmanaged
{
    private readonly Store _store;
    private readonly Memory _memory;
    private readonly long _address;
    private readonly int _count;
    private readonly T* _data;
    private readonly int _reentries;
    private volatile bool _isOver;

    internal LentMemory(Store store, Memory memory, long address, Span<T> view)
    {
        _store = store;
        _memory = memory;
        _address = address;
        _count = view.Length;
        fixed (T* data = view)
        {
            _data = data; // the engine's memory, which no garbage collection moves
        }

        _reentries = store.Reentries;
    }

    /// <inheritdoc/>
    public override Memory<T> Memory => CreateMemory(_count);

    /// <inheritdoc/>
    public override Span<T> GetSpan()
    {
        if (_isOver)
        {
            throw new ObjectDisposedException(
                null,
                "A list in a guest's memory was lent to a host method for one call, which is over: copy what is to be "
                + "kept.");
        }

        // When the guest has run since, its memory may lie elsewhere. Only then need it be asked, by the thread of the
        // call: others may read while that waits.
        return _store.Reentries == _reentries ? new Span<T>(_data, _count) : _memory.GetSpan<T>(_address, _count);
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_count, nameof(elementIndex));
        fixed (T* data = GetSpan())
        {
            return new MemoryHandle(data + elementIndex, pinnable: this);
        }
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <summary>Ends the loan.</summary>
    protected override void Dispose(bool disposing) => _isOver = true;
}
