using System.Diagnostics;
using System.Runtime.CompilerServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>The guest functions that were running when an interrupt or a trap aborted them, innermost first.</summary>
/// <remarks>
/// Frames are read from the engine on first use. The engine keeps the innermost <see cref="MaxFrames"/> of them.
/// </remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed unsafe class GuestBacktrace
{
    private static readonly ConditionalWeakTable<Exception, GuestBacktrace> Attached = [];
    private static long s_deliveries;

    [ThreadStatic]
    private static LastDelivery? t_last;

    // Read once, under a lock on this object: a separate list and lock would add more than a tenth to what .NET
    // allocates for a failure.
    private List<GuestFrame>? _frames;
    private bool _isInterrupt;

    // The engine's trap or error, until its frames are read.
    private KeptFault _unread;

    // The last delivery to a call site: its number, its store, and whether that was the store's outermost call.
    private long _delivery;
    private Store? _store;
    private bool _landed;
    private bool _isTruncated;
    private ImportType? _import;

    internal GuestBacktrace(KeptFault fault) => _unread = fault;

    private GuestBacktrace()
    {
    }

    /// <summary>
    /// The frames, innermost first. Frames of an outer guest in another store follow those of the inner guest.
    /// </summary>
    public IReadOnlyList<GuestFrame> Frames
    {
        get
        {
            ReadFrames();
            return _frames ?? [];
        }
    }

    /// <summary>The largest number of frames that the engine keeps for one store.</summary>
    public static int MaxFrames => EngineGeneration.MaxFrames;

    /// <summary>Whether there are as many frames as the engine keeps, so there may have been more.</summary>
    public bool IsTruncated
    {
        get
        {
            ReadFrames();
            return _isTruncated;
        }
    }

    /// <summary>
    /// The host function that ended the guest, as the guest imports it; null if the guest ended by itself or by a
    /// limit.
    /// </summary>
    public ImportType? Import
    {
        get
        {
            ReadFrames();
            return _import;
        }
    }

    /// <summary>The backtrace of an exception that came out of a guest; null for any other.</summary>
    public static GuestBacktrace? Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Attached.TryGetValue(exception, out GuestBacktrace? backtrace) ? backtrace : null;
    }

    /// <summary>The import and the frames, one per line, formatted like a .NET stack trace.</summary>
    public override string ToString()
    {
        IEnumerable<string> lines = Frames.Select(static frame => frame.ToString());
        if (Import is { } import)
        {
            lines = lines.Prepend($"at import {Printable.Name($"{import.Module}.{import.Name}")}: {import.Type}");
        }

        return string.Join('\n', (IsTruncated ? lines.Append("…") : lines).Select(static line => "   " + line));
    }

    /// <summary>
    /// Whether <paramref name="exception"/> is an interrupt or trap of an inner guest call that passes through a host
    /// method of <paramref name="store"/>, not one that the method threw itself (perhaps an old object again).
    /// </summary>
    internal static bool IsInFlight(Exception exception, Store store) =>
        t_last is { } last && last.Exception.Target == exception
        && !(last.Landed && (last.Store.Target == store || store.IsEnteredSinceDelivery));

    private string DebuggerDisplay => _unread.Batch is null ? $"{_frames?.Count ?? 0} frames" : "not read yet";

    /// <summary>The number of deliveries so far, on all threads.</summary>
    internal static long Deliveries => Volatile.Read(ref s_deliveries);

    /// <summary>
    /// Marks an exception that was delivered on another thread since then as in flight on this one: a task brought it
    /// here.
    /// </summary>
    /// <returns>False, because it is used as an exception filter.</returns>
    internal static bool TakeOver(Exception exception, long since)
    {
        if (Of(exception) is { } backtrace && backtrace._delivery > since)
        {
            Note(exception, backtrace._store, backtrace._landed);
        }

        return false;
    }

    /// <summary>What ended the guest, according to an exception that need not have a backtrace.</summary>
    internal static GuestErrorKind KindOfAny(Exception exception) =>
        (Of(exception) ?? new GuestBacktrace()).KindOf(exception);

    /// <summary>What ended the guest, according to the exception that has this backtrace.</summary>
    internal GuestErrorKind KindOf(Exception exception) => exception switch
    {
        _ when _isInterrupt => GuestErrorKind.Interrupt,
        GuestInterruptedException => GuestErrorKind.Interrupt,
        GuestTimeoutException => GuestErrorKind.Timeout,
        GuestOutOfMemoryException => GuestErrorKind.OutOfMemory,
        TrapException => GuestErrorKind.Trap,
        HostFunctionException => GuestErrorKind.HostFunction,
        GuestMemoryException => GuestErrorKind.GuestMemory,
        OperationCanceledException => GuestErrorKind.Cancelled,
        _ => GuestErrorKind.Engine,
    };

    /// <summary>Marks the library's own exception, thrown inside a host method, as already in flight.</summary>
    internal static T BeginInFlight<T>(T exception)
        where T : Exception
    {
        var backtrace = new GuestBacktrace();
        Attached.AddOrUpdate(exception, backtrace);
        backtrace.MarkDelivered(exception, store: null, landed: false);
        return exception;
    }

    /// <summary>
    /// Adds the frames of a failure when <paramref name="exception"/> reaches a call site. The engine's first trace of
    /// a store includes its outer guest calls, so a store adds its frames only once.
    /// </summary>
    internal static GuestBacktrace Deliver(
        Exception exception, Store store, GuestBacktrace? failure, bool landed, Journey journey)
    {
        GuestBacktrace? backtrace = journey == Journey.GoesOn ? Of(exception) : null;
        if (backtrace is null)
        {
            // It starts here, perhaps not for the first time; or it was created late, for this failure alone.
            backtrace = failure ?? new GuestBacktrace();
            backtrace._isInterrupt = journey == Journey.BeginsAsInterrupt;
            Attached.AddOrUpdate(exception, backtrace);
        }
        else if (failure is not null && backtrace._store != store)
        {
            backtrace.Append(failure);
        }

        backtrace.MarkDelivered(exception, store, landed);
        return backtrace;
    }

    private void Append(GuestBacktrace outer)
    {
        lock (this)
        {
            if (_unread.Batch is null && _frames is null)
            {
                _unread = outer.TakeUnread();
            }

            IReadOnlyList<GuestFrame> further = outer.Frames;
            _import ??= outer._import;
            if (further.Count > 0)
            {
                ReadFrames();
                _frames = [.. _frames ?? [], .. further];
                _isTruncated |= outer._isTruncated;
            }
        }
    }

    private KeptFault TakeUnread()
    {
        lock (this)
        {
            KeptFault fault = _unread;
            _unread = default;
            return fault;
        }
    }

    private void MarkDelivered(Exception exception, Store? store, bool landed)
    {
        _store = store;
        _landed = landed;
        _delivery = Interlocked.Increment(ref s_deliveries);
        Note(exception, store, landed);
    }

    private static void Note(Exception exception, Store? store, bool landed)
    {
        LastDelivery last = t_last ??= new LastDelivery();
        last.Exception.Target = exception;
        last.Store.Target = store;
        last.Landed = landed;
        WasmBindgen.Store.NoteDelivery();
    }

    private void ReadFrames()
    {
        lock (this)
        {
            if (TakeUnread() is { Batch: { } batch } fault
                && batch.Take(fault.Index, out bool isTrap) is not 0 and var native)
            {
                Read(native, isTrap, fault.Origin);
                FaultBatch.Delete(native, isTrap);
            }
        }
    }

    private void Read(nint fault, bool isTrap, FaultOrigin origin)
    {
        // Frames borrow from the fault, and names from the frames: everything is copied before either is deleted.
        wasm_ptr_vec_t frames;
        if (isTrap)
        {
            wasm_trap_trace(fault, &frames);
        }
        else
        {
            wasmtime_error_wasm_trace(fault, &frames);
        }

        var read = new List<GuestFrame>((int)frames.size);
        for (int i = 0; i < read.Capacity; i++)
        {
            nint frame = frames.data[i];
            read.Add(new GuestFrame(
                ReadName(wasmtime_frame_func_name(frame)),
                (int)wasm_frame_func_index(frame),
                ReadOffset(wasm_frame_func_offset(frame)),
                ReadName(wasmtime_frame_module_name(frame)),
                ReadOffset(wasm_frame_module_offset(frame))));
        }

        _isTruncated |= read.Count >= MaxFrames;
        wasm_frame_vec_delete(&frames);
        _frames = [.. origin.AddSourceLines(read)];
        _import ??= origin.FindImport();
    }

    private static string? ReadName(wasm_byte_vec_t* name) => name is null ? null : TypeReader.ReadName(name);

    private static long? ReadOffset(nuint offset) => offset == nuint.MaxValue ? null : (long)offset;

    /// <summary>
    /// The last delivery on a thread. The exception's backtrace cannot tell, as another thread may throw the same
    /// object meanwhile.
    /// </summary>
    private sealed class LastDelivery
    {
        internal readonly WeakReference Exception = new(null);
        internal readonly WeakReference Store = new(null);
        internal bool Landed;
    }
}
