using System.Runtime.CompilerServices;

namespace WasmBindgen.Benchmarks;

/// <summary>The calls as this project makes them.</summary>
internal sealed class BindingCalls : IDisposable
{
    private readonly World _world = new();
    private readonly ValueBenchmarks _setup = new();
    private readonly Guest _guest;
    private readonly ValueGuest _values;

    internal BindingCalls()
    {
        _guest = _world.Guest;
        _setup.Setup();
        _values = _setup.Guest;
    }

    public void Dispose()
    {
        _setup.Cleanup();
        _world.Dispose();
    }

    internal void HostToGuest(int count)
    {
        Guest guest = _guest;
        for (int i = 0; i < count; i++)
        {
            if (guest.F(i) != i + 1)
            {
                throw new InvalidOperationException("F returned something else.");
            }
        }
    }

    /// <summary>
    /// What a single call takes: the JIT cannot prepare a loop's calls into native code once for all of them.
    /// </summary>
    internal void HostToGuestApart(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (F(_guest, i) != i + 1)
            {
                throw new InvalidOperationException("F returned something else.");
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static int F(Guest guest, int value) => guest.F(value);
    }

    /// <summary>A call that could be cancelled, and is not.</summary>
    internal void HostToGuestWithin(int count)
    {
        using var source = new CancellationTokenSource();
        for (int i = 0; i < count; i++)
        {
            if (_guest.G(i, source.Token) != i + 1)
            {
                throw new InvalidOperationException("G returned something else.");
            }
        }
    }

    internal void HostToGuestInTime(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_guest.GInTime(i) != i + 1)
            {
                throw new InvalidOperationException("G returned something else.");
            }
        }
    }

    internal void GuestToHost(int count) => _guest.CallAdd(count);

    internal void Text(int count, int length) => _values.CallText(count, length);

    internal void Bytes(int count, int length) => _values.CallBytes(count, length);

    internal void Record(int count) => _values.CallOne(count);

    internal void InterruptByValue(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!_guest.CallStopByValue().TryGetInterrupt(out int error) || error != 1)
            {
                throw new InvalidOperationException("The guest was not interrupted.");
            }
        }
    }

    internal void Interrupt(int count)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                _guest.CallStop();
            }
            catch (StopException)
            {
            }
        }
    }

    internal void InterruptAgain(int count)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                _guest.CallStopAgain();
            }
            catch (StopException)
            {
            }
        }
    }
}
