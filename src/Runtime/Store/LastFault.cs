namespace WasmBindgen;

/// <summary>
/// The engine's trap or error of a store's last failure. So a failure whose backtrace nobody reads costs no object, and
/// the backtrace can still be read later. Safe for any thread.
/// </summary>
internal sealed class LastFault : IDisposable
{
    private readonly object _gate = new();
    private nint _fault;
    private bool _isTrap;
    private bool _landed;
    private FaultOrigin _origin;
    private int _number;
    private GuestBacktrace? _backtrace;
    private FaultBatch? _batch;
    private bool _isFinalized;

    ~LastFault()
    {
        lock (_gate) // another finalizer may have let a thread use the store
        {
            Delete();
            _isFinalized = true;
        }
    }

    /// <summary>Takes over the engine's trap or error, replacing that of the previous failure.</summary>
    /// <returns>The failure's number, for <see cref="Read(int, out bool)"/>.</returns>
    internal int Keep(nint error, nint trap, bool landed, FaultOrigin origin)
    {
        lock (_gate)
        {
            Delete();
            if (_isFinalized)
            {
                _isFinalized = false;
                GC.ReRegisterForFinalize(this);
            }

            (_fault, _isTrap) = trap != 0 ? (trap, true) : (error, false);
            _landed = landed;
            _origin = origin;
            _backtrace = null;
            return ++_number;
        }
    }

    /// <summary>The backtrace of a failure, if it was the last one.</summary>
    internal GuestBacktrace? Read(int number, out bool landed)
    {
        lock (_gate)
        {
            landed = _landed;
            return number == _number ? Read() : null;
        }
    }

    /// <summary>The backtrace of the last failure, which no longer depends on this object.</summary>
    internal GuestBacktrace? Read()
    {
        lock (_gate)
        {
            if (_fault != 0)
            {
                if (_batch?.TryAdd(_fault, _isTrap, out int index) is not true)
                {
                    _batch = new FaultBatch();
                    _ = _batch.TryAdd(_fault, _isTrap, out index);
                }

                _backtrace = new GuestBacktrace(new KeptFault(_batch, index, _origin));
                _fault = 0;
            }

            return _backtrace;
        }
    }

    /// <summary>Deletes the trap or error, unless its backtrace was read.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Delete();
        }

        GC.SuppressFinalize(this);
    }

    private void Delete()
    {
        if (_fault != 0)
        {
            FaultBatch.Delete(_fault, _isTrap);
            _fault = 0;
        }
    }
}
