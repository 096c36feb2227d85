using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// A guest's linear memory. Addresses and lengths are in bytes. Every access is checked against the memory's current
/// size, without overflow.
/// </summary>
/// <remarks>
/// A span is a direct view of the memory. It becomes invalid when the memory grows or the store is disposed, so do not
/// keep one across a call into the guest. Nor does it keep the store alive: a store without other references may be
/// collected while a span is in use, unless it is disposed (<c>using</c>) or kept alive afterwards. Nothing can check
/// that.
/// </remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed unsafe class Memory
{
    internal static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private MemoryType? _type;

    /// <summary>Creates a memory that guests can import.</summary>
    /// <exception cref="WasmException">The store's limits do not allow it.</exception>
    /// <exception cref="NotSupportedException">The type is shared: see <see cref="SharedMemory"/>.</exception>
    public Memory(Store store, MemoryType type)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(type);
        ulong most = type.Is64Bit ? 1UL << 48 : 1UL << 16;

        // 2^48 pages are valid as a maximum. As a minimum, their size in bytes overflows, and the engine aborts the
        // process.
        ulong mostAtFirst = Math.Min(type.Maximum ?? most, type.Is64Bit ? most - 1 : most);
        if (type.Minimum > mostAtFirst || type.Maximum > most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(type),
                $"The limits of `{type}` contradict each other, or exceed the {most} pages that a memory can have.");
        }

        if (type.IsShared)
        {
            throw new NotSupportedException($"A `{type}` belongs to no store: make a SharedMemory.");
        }

        Store = store;
        Native = store.MemoryLimiter is { } limiter ? NewLimited(store, type, limiter) : New(store, type);
    }

    internal Memory(Store store, wasmtime_item_t item)
    {
        Store = store;
        Native = item;
    }

    /// <summary>The store that holds it.</summary>
    public Store Store { get; }

    /// <summary>Its type as declared; the minimum is its initial size. Read from the engine on first use.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public MemoryType Type => _type ??= ReadType();

    /// <summary>The current size in bytes.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public long Length
    {
        get
        {
            View(out ulong size);
            return (long)size;
        }
    }

    /// <summary>The current size in pages of 64 KiB.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public long PageCount
    {
        get
        {
            wasmtime_item_t item = Native;
            Store.Enter();
            ulong pages = wasmtime_memory_size(Store.Context, &item);
            Store.Exit();
            return (long)pages;
        }
    }

    private string DebuggerDisplay => _type?.ToString() ?? "memory";

    /// <summary>
    /// The type as which it can be imported now: an import's minimum is compared with the current size.
    /// </summary>
    internal MemoryType PresentType => Type with { Minimum = (ulong)PageCount };

    /// <summary>Whether it may lie elsewhere when the guest has run.</summary>
    internal bool MayMove => Store.Engine.MemoriesMove;

    internal wasmtime_item_t Native { get; }

    /// <summary>Grows the memory by pages of 64 KiB. Spans of it become invalid.</summary>
    /// <returns>The previous number of pages.</returns>
    /// <exception cref="WasmException">Its maximum or a limit of the store does not allow it.</exception>
    public long Grow(long pages)
    {
        nint error = Grow(pages, out ulong previous);
        return error == 0 ? (long)previous : throw new WasmException(
            $"A {PresentType} cannot grow by {pages} pages: {EngineMessage.Take(error)}. "
            + $"Its maximum or a limit of the store does not allow it{Store.LimitsInWords}.");
    }

    /// <summary>
    /// Grows the memory by pages of 64 KiB, if it can. Spans of it become invalid then. For host functions by which
    /// guests ask for memory, as emscripten's <c>emscripten_resize_heap</c>.
    /// </summary>
    /// <returns>Whether its maximum and the limits of the store allow it.</returns>
    public bool TryGrow(long pages)
    {
        nint error = Grow(pages, out _);
        if (error != 0)
        {
            wasmtime_error_delete(error);
        }

        return error == 0;
    }

    private nint Grow(long pages, out ulong previous)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pages);
        wasmtime_item_t item = Native;
        ulong found;
        Store.Enter();
        MemoryRefusal? refusal = Store.MemoryLimiter?.Take();
        nint error = wasmtime_memory_grow(Store.Context, &item, (ulong)pages, &found);
        Store.MemoryLimiter?.Restore(refusal);
        Store.Exit();
        previous = found;
        return error;
    }

    /// <summary>The whole memory.</summary>
    /// <exception cref="OverflowException">The memory is larger than a span can be (2 GiB).</exception>
    public Span<byte> GetSpan()
    {
        byte* data = View(out ulong size);
        return new Span<byte>(data, checked((int)size));
    }

    /// <summary>
    /// A part of the memory. A negative length is a large one: guests pass lengths of 32 bits without a sign.
    /// </summary>
    /// <exception cref="GuestMemoryException">The part is not inside the memory.</exception>
    public Span<byte> GetSpan(long address, int length) => GetSpan<byte>(address, length);

    /// <summary>
    /// A part of the memory as values of type <typeparamref name="T"/>, in the host's byte order (wasm's is
    /// little-endian). The address need not be aligned. A negative count is a large one.
    /// </summary>
    /// <exception cref="GuestMemoryException">The part is not inside the memory.</exception>
    public Span<T> GetSpan<T>(long address, int count)
        where T : unmanaged => GetGuestSpan<T>(address, unchecked((uint)count));

    /// <summary>Like <see cref="GetSpan{T}"/>, for a count given by the guest.</summary>
    [StackTraceHidden]
    internal Span<T> GetGuestSpan<T>(long address, uint count)
        where T : unmanaged
    {
        long length = count * (long)sizeof(T);
        byte* start = Locate(address, length);
        return count <= int.MaxValue
            ? new Span<T>(start, (int)count)
            : throw GuestMemoryException.TooLong(address, length);
    }

    /// <summary>Reads a value, in the host's byte order.</summary>
    /// <exception cref="GuestMemoryException">It is not inside the memory.</exception>
    public T Read<T>(long address)
        where T : unmanaged
    {
        T value = Unsafe.ReadUnaligned<T>(Hold(address, sizeof(T)));
        Store.Exit();
        return value;
    }

    /// <summary>Writes a value, in the host's byte order.</summary>
    /// <exception cref="GuestMemoryException">It is not inside the memory.</exception>
    public void Write<T>(long address, T value)
        where T : unmanaged
    {
        Unsafe.WriteUnaligned(Hold(address, sizeof(T)), value);
        Store.Exit();
    }

    /// <summary>Reads UTF-8 text. A negative length is a large one.</summary>
    /// <exception cref="GuestMemoryException">
    /// It is not inside the memory, is not valid UTF-8, or is longer than a string can be.
    /// </exception>
    public string ReadString(long address, int byteLength)
    {
        uint length = unchecked((uint)byteLength);
        byte* start = Hold(address, length);
        try
        {
            return byteLength >= 0
                ? StrictUtf8.GetString(start, byteLength)
                : throw GuestMemoryException.TooLong(address, length);
        }
        catch (DecoderFallbackException)
        {
            throw GuestMemoryException.InvalidUtf8(address, byteLength);
        }
        catch (OutOfMemoryException)
        {
            throw GuestMemoryException.TooLong(address, byteLength);
        }
        finally
        {
            Store.Exit();
        }
    }

    /// <summary>Reads UTF-8 text up to a zero byte.</summary>
    /// <exception cref="GuestMemoryException">
    /// There is no zero byte before the memory's end, or the text is not valid UTF-8.
    /// </exception>
    public string ReadNullTerminatedString(long address)
    {
        byte* start = Hold(address, 1, out ulong size);
        int most = (int)Math.Min(size - (ulong)address, int.MaxValue);
        int length = new ReadOnlySpan<byte>(start, most).IndexOf((byte)0);
        Store.Exit();
        return length >= 0 ? ReadString(address, length)
            : throw (most == int.MaxValue
                ? GuestMemoryException.TooLong(address, most)
                : GuestMemoryException.OutOfBounds(address, (long)most + 1, size));
    }

    /// <summary>Writes text as UTF-8, without a zero byte.</summary>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="GuestMemoryException">It does not fit inside the memory; nothing is written.</exception>
    public int WriteString(long address, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int count = Encoding.UTF8.GetByteCount(value);
        byte* start = Hold(address, count);
        Encoding.UTF8.GetBytes(value, new Span<byte>(start, count));
        Store.Exit();
        return count;
    }

    private static wasmtime_item_t New(Store store, MemoryType type)
    {
        store.Enter();
        nint native = TypeReader.NewMemory(type);
        wasmtime_item_t item;
        nint error = wasmtime_memory_new(store.Context, native, &item);
        wasm_memorytype_delete(native);
        store.Exit();
        EngineMessage.ThrowIfFailed(error);
        return item;
    }

    private MemoryType ReadType()
    {
        wasmtime_item_t item = Native;
        Store.Enter();
        nint native = wasmtime_memory_type(Store.Context, &item);
        Store.Exit();
        MemoryType type = TypeReader.ReadMemory(native);
        wasm_memorytype_delete(native);
        return type;
    }

    /// <summary>
    /// The engine itself creates a memory that it is asked for directly, and then nothing enforces the limit. So the
    /// memory is created through an instance.
    /// </summary>
    private static wasmtime_item_t NewLimited(Store store, MemoryType type, MemoryLimiter limiter)
    {
        ulong bytes = Math.Min(type.Minimum, ulong.MaxValue >> 16) << 16;
        if (limiter.Exceeded(0, bytes) is { } refusal)
        {
            throw new WasmException(
                $"The initial size of a {type} exceeds StoreOptions.{refusal.Option}, {refusal.Limit}.");
        }

        using Module module = Module.FromText(
            store.Engine, "memory", $"(module (memory (export \"memory\") {type.ToString()["memory ".Length..]}))");
        using var linker = new Linker(store.Engine);
        using InstancePre pre = linker.InstantiatePre(module);
        return pre.InstantiateOwn(store, memories: 0).GetMemory("memory")!.Native;
    }

    [StackTraceHidden]
    private byte* Locate(long address, long length)
    {
        byte* start = Hold(address, length);
        Store.Exit();
        return start;
    }

    /// <summary>Like the other overload.</summary>
    [StackTraceHidden]
    private byte* Hold(long address, long length) => Hold(address, length, out _);

    /// <summary>
    /// Enters the store, so that no other thread disposes it or lets the memory grow before the bytes are read or
    /// written; <see cref="Store.Exit"/> ends that. Does not enter if the bytes are not inside the memory.
    /// </summary>
    [StackTraceHidden]
    private byte* Hold(long address, long length, out ulong size)
    {
        wasmtime_item_t item = Native;
        Store.Enter();
        size = wasmtime_memory_data_size(Store.Context, &item);
        byte* data = wasmtime_memory_data(Store.Context, &item);
        if ((ulong)length <= size && (ulong)address <= size - (ulong)length)
        {
            return data + address;
        }

        Store.Exit();
        throw GuestMemoryException.OutOfBounds(address, length, size);
    }

    [StackTraceHidden]
    private byte* View(out ulong size)
    {
        wasmtime_item_t item = Native;
        Store.Enter();
        size = wasmtime_memory_data_size(Store.Context, &item);
        byte* data = wasmtime_memory_data(Store.Context, &item);
        Store.Exit();
        return data;
    }
}
