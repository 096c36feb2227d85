namespace WasmBindgen.Fuzz.Misuse;

/// <summary>The objects of one input, which all its threads use.</summary>
internal sealed class Pool(Tally tally)
{
    private const int Deepest = 3;

    // Null on threads of the library's own, whose host methods do nothing.
    [ThreadStatic]
    private static Chance? t_any;

    [ThreadStatic]
    private static int t_depth;

    private static Exception? s_fault;

    private readonly object?[] _objects = new object?[40];

    /// <summary>The first exception that no operation may throw.</summary>
    internal static Exception? Fault => Volatile.Read(ref s_fault);

    internal static Chance? Random
    {
        get => t_any;
        set => t_any = value;
    }

    /// <summary>Whether several threads use it, so that nobody knows what another has changed meanwhile.</summary>
    internal bool IsShared { get; init; }

    /// <summary>Some object of a type, alive or disposed.</summary>
    /// <exception cref="NothingException">There is none.</exception>
    internal T Get<T>()
        where T : class
    {
        T[] found = [.. _objects.OfType<T>()];
        return found.Length > 0 ? t_any!.Pick(found) : throw new NothingException();
    }

    internal void Put(object made) => _objects[t_any!.Below(_objects.Length)] = made;

    /// <summary>Forgets all objects, and disposes some.</summary>
    internal void Clear()
    {
        foreach (object? one in _objects)
        {
            if (one is IDisposable disposable && t_any!.OneIn(2))
            {
                Attempt(disposable.Dispose);
            }
        }

        Array.Clear(_objects);
    }

    /// <summary>Runs a random operation.</summary>
    internal void Step()
    {
        Chance any = t_any!;
        Attempt(() => any.Pick(Operations.All)(this, any));
    }

    /// <summary>What a host method does in the middle of a call.</summary>
    internal void StepWithin()
    {
        if (t_any is { } any && t_depth < Deepest)
        {
            t_depth++;
            for (int i = any.Below(4); i > 0; i--)
            {
                Step();
            }

            t_depth--;
        }
    }

    internal static int Fail() => throw new CarelessException();

    internal void Attempt(Action operation)
    {
        try
        {
            operation();
            tally.Add("worked");
        }
        catch (NothingException)
        {
        }
        catch (Exception exception) when (IsDocumented(exception))
        {
            tally.Add(exception.GetType().Name);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref s_fault, exception, null);
        }
    }

    /// <summary>Whether an exception says what its caller did wrong, or what ended a guest.</summary>
    internal static bool IsDocumented(Exception exception) => exception switch
    {
        HostFunctionException host => IsDocumented(host.InnerException!),
        _ => exception.Message.Length > 0
            && exception is ObjectDisposedException or InvalidOperationException or ArgumentException
                or OperationCanceledException or NotSupportedException or WasmException or CarelessException,
    };
}

/// <summary>There is no object for an operation, which is not the product's affair.</summary>
internal sealed class NothingException : Exception;

/// <summary>What a host method throws without having declared it.</summary>
internal sealed class CarelessException : Exception;

/// <summary>Uses what nobody holds any more.</summary>
internal sealed class LastUse(Pool pool, Action use)
{
    ~LastUse() => pool.Attempt(use);
}

[WasmImport("env")]
internal sealed partial class CarelessHost(Pool pool)
{
    public int Back(int value)
    {
        pool.StepWithin();
        return Pool.Random?.OneIn(20) == true ? Pool.Fail() : value;
    }

    public string Echo(string text)
    {
        pool.StepWithin();
        return text;
    }

    public object? Keep(object? value) => value;

    public async Task<int> Later(int value, CancellationToken token)
    {
        pool.StepWithin();
        await Task.Yield();
        token.ThrowIfCancellationRequested();
        return value;
    }
}

[WasmExport]
internal sealed partial class CarelessGuest
{
    public partial int Add(int left, int right);

    public partial GuestResult<int> Back(int value, CancellationToken token);

    public partial string Echo(string text);

    public partial object? Keep(object? value);

    public partial int Later(int value);

    [Timeout(20)]
    public partial void Spin(CancellationToken token);

    [WasmName("add")]
    public partial Task<int> AddLater(int left, int right);

    [WasmName("back")]
    public partial Task<GuestResult<int>> BackLater(int value, CancellationToken token);
}
