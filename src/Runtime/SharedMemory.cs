using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// A linear memory that guests of several stores, and so several threads, use at the same time. It belongs to an engine
/// (<see cref="EngineOptions.SharedMemories"/>) and to no store, never moves, and lives as long as this object or a
/// store uses it. Safe for any thread, as memory goes: what others write meanwhile may be seen or not, in part too.
/// </summary>
/// <remarks>
/// Addresses and lengths are in bytes, and are checked like those of a <see cref="Memory"/>. For atomic access, use
/// <see cref="Interlocked"/> and <see cref="Volatile"/> on a span. No limit of a store applies to it, only the maximum
/// of its type; and a guest that waits in it (<c>memory.atomic.wait32</c>) without a time is not stopped by a token or
/// timeout until it is woken.
/// </remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed unsafe class SharedMemory : IDisposable
{
    private readonly SharedMemoryHandle _handle;

    /// <summary>Creates a memory that guests of any store can import.</summary>
    /// <exception cref="ArgumentException">
    /// The type is not shared, has no maximum, or its limits contradict each other.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The engine was made without <see cref="EngineOptions.SharedMemories"/>.
    /// </exception>
    /// <exception cref="WasmException">The system has no room for it.</exception>
    public SharedMemory(Engine engine, MemoryType type)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(type);
        if (type is not { IsShared: true, Maximum: { } most }
            || type.Minimum > most
            || most > (type.Is64Bit ? (1UL << 48) - 1 : 1UL << 16))
        {
            throw new ArgumentException($"A `{type}` is no shared memory with a minimum and a maximum.", nameof(type));
        }

        if (!engine.HasSharedMemories)
        {
            throw new InvalidOperationException("A shared memory needs an engine with EngineOptions.SharedMemories.");
        }

        Engine = engine;
        Type = type;
        nint native = TypeReader.NewMemory(type);
        nint memory;
        nint error = wasmtime_sharedmemory_new(engine.Handle, native, &memory);
        wasm_memorytype_delete(native);
        EngineMessage.ThrowIfFailed(error);
        _handle = new SharedMemoryHandle(memory);
    }

    /// <param name="engine">Its engine.</param>
    /// <param name="memory">What the engine gave, which this owns.</param>
    internal SharedMemory(Engine engine, nint memory)
    {
        Engine = engine;
        _handle = new SharedMemoryHandle(memory);
        nint native = wasmtime_sharedmemory_type(memory);
        Type = TypeReader.ReadMemory(native);
        wasm_memorytype_delete(native);
    }

    /// <summary>The engine that it was made with.</summary>
    public Engine Engine { get; }

    /// <summary>Its type; the minimum is its initial size.</summary>
    public MemoryType Type { get; }

    /// <summary>The current size in bytes.</summary>
    /// <exception cref="ObjectDisposedException">The memory is disposed.</exception>
    public long Length
    {
        get
        {
            using var use = new Use(this);
            return (long)use.Size;
        }
    }

    /// <summary>The current size in pages of 64 KiB.</summary>
    /// <exception cref="ObjectDisposedException">The memory is disposed.</exception>
    public long PageCount
    {
        get
        {
            using var use = new Use(this);
            return (long)wasmtime_sharedmemory_size(use.Native);
        }
    }

    private string DebuggerDisplay => $"{Type}{(_handle.IsClosed ? ", disposed" : "")}";

    /// <summary>The type as which it can be imported now.</summary>
    internal MemoryType PresentType => Type with { Minimum = (ulong)PageCount };

    /// <summary>Grows the memory by pages of 64 KiB. It does not move.</summary>
    /// <returns>The previous number of pages.</returns>
    /// <exception cref="WasmException">Its maximum does not allow it, or the system has no room.</exception>
    public long Grow(long pages)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pages);
        using var use = new Use(this);
        ulong previous;
        nint error = wasmtime_sharedmemory_grow(use.Native, (ulong)pages, &previous);
        return error == 0 ? (long)previous : throw new WasmException(
            $"A {PresentType} cannot grow by {pages} pages: {EngineMessage.Take(error)}.");
    }

    /// <summary>
    /// A view of a part of the memory, valid as long as this object is not disposed. A negative length is a large one.
    /// </summary>
    /// <exception cref="GuestMemoryException">The part is not inside the memory.</exception>
    public Span<byte> GetSpan(long address, int length) => GetSpan<byte>(address, length);

    /// <summary>
    /// A view of a part of the memory as values of type <typeparamref name="T"/>, in the host's byte order (wasm's is
    /// little-endian). A negative count is a large one: guests pass numbers of 32 bits without a sign.
    /// </summary>
    /// <exception cref="GuestMemoryException">The part is not inside the memory.</exception>
    public Span<T> GetSpan<T>(long address, int count)
        where T : unmanaged
    {
        using var use = new Use(this);
        long length = unchecked((uint)count) * (long)sizeof(T);
        byte* start = use.At(address, length);
        return count >= 0 ? new Span<T>(start, count) : throw GuestMemoryException.TooLong(address, length);
    }

    /// <summary>Reads a value, which need not be aligned.</summary>
    /// <exception cref="GuestMemoryException">It is not inside the memory.</exception>
    public T Read<T>(long address)
        where T : unmanaged
    {
        using var use = new Use(this);
        return Unsafe.ReadUnaligned<T>(use.At(address, sizeof(T)));
    }

    /// <summary>Writes a value; the address need not be aligned.</summary>
    /// <exception cref="GuestMemoryException">It does not fit inside the memory.</exception>
    public void Write<T>(long address, T value)
        where T : unmanaged
    {
        using var use = new Use(this);
        Unsafe.WriteUnaligned(use.At(address, sizeof(T)), value);
    }

    /// <summary>Reads UTF-8 text. A negative length is a large one.</summary>
    /// <exception cref="GuestMemoryException">It is not inside the memory, or is not valid UTF-8.</exception>
    public string ReadString(long address, int byteLength)
    {
        // Another thread may change it while it is decoded.
        byte[] copy = GetSpan(address, byteLength).ToArray();
        try
        {
            return Memory.StrictUtf8.GetString(copy);
        }
        catch (DecoderFallbackException)
        {
            throw GuestMemoryException.InvalidUtf8(address, byteLength);
        }
    }

    /// <summary>Writes text as UTF-8, without a zero byte.</summary>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="GuestMemoryException">It does not fit inside the memory; nothing is written.</exception>
    public int WriteString(long address, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        using var use = new Use(this);
        int count = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, new Span<byte>(use.At(address, count), count));
        return count;
    }

    /// <summary>
    /// Releases the memory. Stores whose guests import it keep it; spans of it must not be used any more.
    /// </summary>
    public void Dispose() => _handle.Dispose();

    /// <summary>The memory for the engine, until it has been used.</summary>
    internal Use Hold() => new(this);

    /// <summary>Keeps the memory from being released by another thread.</summary>
    internal readonly ref struct Use
    {
        private readonly SharedMemoryHandle _handle;

        internal Use(SharedMemory memory)
        {
            _handle = memory._handle;
            ObjectDisposedException.ThrowIf(_handle.IsClosed, memory);
            bool isHeld = false;
            _handle.DangerousAddRef(ref isHeld);
        }

        internal nint Native => _handle.DangerousGetHandle();

        internal nuint Size => wasmtime_sharedmemory_data_size(Native);

        internal byte* At(long address, long length)
        {
            nuint size = Size;
            return (ulong)length <= size && (ulong)address <= size - (ulong)length
                ? wasmtime_sharedmemory_data(Native) + address
                : throw GuestMemoryException.OutOfBounds(address, length, size);
        }

        public void Dispose() => _handle.DangerousRelease();
    }
}
