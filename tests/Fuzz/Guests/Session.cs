using System.Buffers.Binary;

namespace WasmBindgen.Fuzz.Guests;

/// <summary>Host methods declare it.</summary>
public sealed class StopException : Exception;

/// <summary>Most host methods do not declare it.</summary>
public sealed class OddException : Exception;

/// <summary>What a guest does on the way, besides passing values on.</summary>
internal enum Act
{
    Nothing,
    Trap,
    Grow,
    Overflow,
    Throw,
    Spin,
}

/// <summary>Calls into one instance, and what its guest and its host methods do meanwhile.</summary>
internal sealed class Session(Family family, Chance any, Tally tally, bool isHostile)
{
    private const int Heap = 4096;
    private const string NoClass = "so no function of it takes one"; // AssemblyScript's table of classes was changed
    private const int Deepest = 3;

    private readonly HashSet<Exception> _thrown = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<TrapCode> _traps = [];
    private readonly List<long> _seen = [0];
    private readonly List<object?> _objects = [null, "text", new()];
    private int _depth;
    private long _next;

    internal Chance Any => any;

    internal Store Store { get; init; } = null!;

    /// <summary>Whether calls may go wrong by what is in the guest's text.</summary>
    internal bool IsOdd { get; set; }

    internal bool EndsWithFailure { get; init; }

    internal bool IsDisposed { get; private set; }

    internal Memory? Memory { get; set; }

    internal object Guest { get; set; } = null!;

    /// <summary>Something happened for which the running call need not return the right value.</summary>
    internal bool Happened { get; set; }

    /// <summary>Makes one call and judges what it ends with.</summary>
    /// <returns>The exception, if there was one.</returns>
    internal Exception? Step()
    {
        if (_depth == 0)
        {
            _next = Heap;
            if (!EndsWithFailure) // every later call ends with the first trap
            {
                _traps.Clear();
            }
        }

        bool outer = Happened;
        Happened = IsOdd || IsDisposed; // what begins now is refused
        _depth++;
        try
        {
            family.Call(any.Below(family.CallCount), Guest, this);
            tally.Add(Happened ? "returned" : "right");
            return null;
        }
        catch (Exception exception) when (exception is not FaultException)
        {
            tally.Add(Judge(exception));
            IsOdd |= EndsWithFailure;
            return exception;
        }
        finally
        {
            _depth--;
            IsOdd |= Happened && family.Name == nameof(ScriptGuest); // its table of classes may have been changed
            Happened |= outer || _depth > 0;
        }
    }

    /// <summary>A call that returns its argument, unless something happened.</summary>
    internal void Same<T>(T value, Func<T, T> call) => Gets(value, call, static same => same);

    internal void SameResult<T>(T value, Func<T, GuestResult<T>> call)
    {
        GuestResult<T> result = call(value);
        _ = result.ToString();
        Same(value, _ => result.Unwrap());
    }

    internal void Gets<T, TResult>(T value, Func<T, TResult> call, Func<T, TResult> expected)
    {
        TResult result = call(value);
        Values.Check(result);
        if (!Happened && !Values.Same(expected(value), result))
        {
            throw new FaultException($"{family.Name}: {expected(value)} came back as {result}");
        }
    }

    /// <summary>A call that may end in any way that is documented.</summary>
    internal void Ends(Action call)
    {
        Happened = true;
        call();
    }

    internal T Throws<T>(T exception)
        where T : Exception
    {
        _thrown.Add(exception);
        return exception;
    }

    internal StopReason Reason()
    {
        Happened = true;
        return new StopReason(any.Int());
    }

    internal Interruptible<int, int> Return(int error)
    {
        Happened = true;
        return Interrupt.With(error);
    }

    /// <summary>What a host method does with its argument.</summary>
    internal T Pass<T>(T value)
    {
        Values.Check(value);
        if (!isHostile || !any.OneIn(4))
        {
            return value;
        }

        Happened = true;
        switch (any.Below(9))
        {
            case 0:
                throw Throws(new StopException());
            case 1:
                throw Throws(new OddException());
            case 2:
                throw Throws(new OperationCanceledException());
            case 3:
                throw Throws(GuestMemoryException.InvalidValue("It is not to the host's liking."));
            case 4 when Memory is not null:
                _ = Memory.ReadString(any.Long(), any.Int() & int.MaxValue);
                break;
            case 5 when Memory is not null:
                try
                {
                    Memory.Grow(any.Below(3));
                }
                catch (WasmException)
                {
                    tally.Add("growth refused");
                }

                break;
            case 6 when any.OneIn(8): // takes effect when the outermost call ends, and refuses what begins until then
                Store.Dispose();
                IsDisposed = true;
                Happened = true;
                break;
            default:
                if (_depth < Deepest && Step() is { } exception && any.OneIn(2))
                {
                    throw Throws(exception);
                }

                break;
        }

        return value;
    }

    /// <summary>Another value for what the guest passes, sometimes, and other bytes where it might point to.</summary>
    internal long Slot(long value)
    {
        if (!isHostile)
        {
            return value;
        }

        _seen.Add(value);
        if (any.OneIn(16) && Memory is { } memory)
        {
            Happened = true;
            Scribble(memory.GetSpan(), any.OneIn(2) ? value : any.Pick([.. _seen]));
        }

        if (!any.OneIn(12))
        {
            return value;
        }

        Happened = true;
        return any.Below(4) switch
        {
            0 => value + any.Below(17) - 8,
            1 => any.Pick([.. _seen]),
            2 => (Memory?.Length ?? 65536) - any.Below(17),
            _ => any.Long(),
        };
    }

    internal object? Reference(object? value)
    {
        _objects.Add(value);
        if (!isHostile || !any.OneIn(6))
        {
            return value;
        }

        Happened = true;
        return any.Pick([.. _objects]);
    }

    internal int Next()
    {
        if (!isHostile || !any.OneIn(40))
        {
            return (int)Act.Nothing;
        }

        Happened = true;
        Act act = any.OneIn(100) ? Act.Spin : (Act)any.Below((int)Act.Spin);
        _traps.Add(act switch
        {
            Act.Trap => TrapCode.Unreachable,
            Act.Overflow => TrapCode.StackOverflow,
            Act.Throw => TrapCode.UncaughtException,
            _ => default,
        });
        if (act == Act.Nothing && _depth < Deepest && Step() is { } exception && any.OneIn(2))
        {
            throw Throws(exception);
        }

        return act == Act.Spin && !HasTimeout ? 0 : (int)act;
    }

    internal bool HasTimeout => Store.Timeout is not null;

    internal long Allocate(long size, long alignment)
    {
        if (isHostile && any.OneIn(12))
        {
            Happened = true;
            return any.Below(3) switch { 0 => 0, 1 => _next + any.Below(16), _ => any.Long() };
        }

        _next = (_next + alignment - 1) & -alignment;
        long address = _next;
        _next += size;
        if (_next <= (Memory?.Length ?? 0))
        {
            return address;
        }

        Happened = true; // calls within calls use it up
        return 0;
    }

    /// <summary>An object of AssemblyScript's: its header says its class and size.</summary>
    internal long New(long size, long kind)
    {
        long address = Allocate(size + 20, 16) + 32;
        _next += 16;
        if (Memory is { } memory && address >= 8 && address <= memory.Length)
        {
            memory.Write(address - 8, (int)kind);
            memory.Write(address - 4, (int)size);
        }

        return address;
    }

    private void Scribble(Span<byte> memory, long address)
    {
        for (int i = any.Below(8); i >= 0; i--, address += 4)
        {
            if (address >= 0 && address <= memory.Length - 4)
            {
                BinaryPrimitives.WriteInt32LittleEndian(memory[(int)address..], any.Int());
            }
        }
    }

    /// <summary>The kind of an outcome; throws for one that no document mentions, or that had no reason.</summary>
    private string Judge(Exception exception)
    {
        _ = $"{exception.Message} {GuestBacktrace.Of(exception)}";
        bool isLimit = isHostile && exception is OutOfFuelException or GuestTimeoutException;
        if (!Happened && !isLimit)
        {
            throw new FaultException($"{family.Name}: an honest call failed", exception);
        }

        return exception switch
        {
            StopException when _thrown.Contains(exception) => "interrupt",
            HostFunctionException { InnerException: OddException or OperationCanceledException } host
                when _thrown.Contains(host.InnerException!) => "host exception",
            HostFunctionException { InnerException: OverflowException } => "address overflow", // GuestPointer's +
            GuestMemoryException { Function: not null, Reason.Length: > 0 } fault when Enum.IsDefined(fault.Fault) =>
                $"bad value ({fault.Fault})",
            GuestInterruptedException<StopReason> or GuestInterruptedException<int> => "interrupt by value",
            TrapException trap when _traps.Contains(trap.Code) => $"trap ({trap.Code})",
            ObjectDisposedException or HostFunctionException { InnerException: ObjectDisposedException }
                when IsDisposed => "disposed",
            WasmException or HostFunctionException { InnerException: WasmException }
                when family.Name == nameof(ScriptGuest) && exception.Message.Contains(NoClass, StringComparison.Ordinal)
                => "no class",
            OutOfFuelException => "out of fuel",
            GuestTimeoutException when HasTimeout => "timeout",
            GuestOutOfMemoryException => "out of memory",
            OperationCanceledException => "cancelled",
            _ => throw new FaultException($"{family.Name}: {exception.GetType()} is no documented outcome", exception),
        };
    }
}

/// <summary>What guests ask before they pass a value on, allocate or go on.</summary>
[WasmImport("fuzz")]
[Interrupts<StopException>]
public sealed partial class ChaosHost
{
    private readonly Session _session;

    internal ChaosHost(Session session) => _session = session;

    public long Slot(long value) => _session.Slot(value);

    [Interrupts]
    public int Act() => _session.Next();

    public long Allocate(long size, long alignment) => _session.Allocate(size, alignment);

    public long New(long size, long kind) => _session.New(size, kind);

    public object? Reference(object? value) => _session.Reference(value);
}
