namespace WasmBindgen.Fuzz.Guests;

public delegate int BinaryOperator(int left, int right);

[WasmImport("env")]
[Interrupts<StopException>]
public sealed partial class ReferenceHost
{
    private readonly Session _session;

    internal ReferenceHost(Session session) => _session = session;

    public object? Any(object? value) => _session.Pass(value);

    public object Some(object value) => _session.Pass(value);

    [return: ExternRef]
    public string? Text([ExternRef] string? value) => _session.Pass(value);

    public BinaryOperator? Back(BinaryOperator? value) => _session.Pass(value);

    public int Apply(BinaryOperator function, int left, int right) => _session.Pass(function(left, right));

    public int ApplyAt([TableIndex] BinaryOperator? function, int left, int right) =>
        _session.Pass(function?.Invoke(left, right) ?? 0);
}

[WasmExport]
public sealed partial class ReferenceGuest
{
    public partial object? Any(object? value);

    public partial object Some(object value);

    [return: ExternRef]
    public partial string? Text([ExternRef] string? value);

    public partial BinaryOperator? Back(BinaryOperator? value);

    public partial int Apply(BinaryOperator function, int left, int right);

    public partial int ApplyAt(int index, int left, int right);

    /// <summary>No import has this name: the guest makes one up.</summary>
    public partial BinaryOperator Adder();

    internal static readonly Action<ReferenceGuest, Session>[] Calls =
    [
        static (guest, s) => s.Same(s.Any.Perhaps(() => new object()), guest.Any),
        static (guest, s) => s.Same(new object(), guest.Some),
        static (guest, s) => s.Same(s.Any.Perhaps(s.Any.Text), guest.Text),
        static (guest, s) => s.Same(s.Any.OneIn(3) ? null : guest.Adder(), guest.Back),
        static (guest, s) => s.Gets(guest.Adder(), value => guest.Apply(value, 2, 3), static _ => 5),
        static (guest, s) => s.Gets(1, value => guest.ApplyAt(value, 2, 3), static _ => 5),
        static (guest, s) => s.Ends(() => guest.ApplyAt(s.Any.Int(), 2, 3)),
        static (guest, s) => s.Gets(guest.Adder(), static value => value(2, 3), static _ => 5),
    ];
}

/// <summary>Something that guests hold by a handle.</summary>
[WasmResource]
public sealed class Ticket : IDisposable
{
    private int _disposals;

    public void Dispose()
    {
        if (Interlocked.Increment(ref _disposals) > 1)
        {
            throw new FaultException("A resource was disposed twice.");
        }
    }
}

/// <summary>Something that guests make themselves.</summary>
[WasmResource]
[WasmImport("env")]
[Interrupts<StopException>]
public sealed partial class Counter(int count) : IDisposable
{
    private int _disposals;

    public int Add(int by) => count += by;

    public string Describe(string prefix) => $"{prefix}{count}";

    public static Counter Merge(Counter a, Borrow<Counter> b) => new(a.Add(0) + b.Value.Add(0));

    public void Dispose()
    {
        if (++_disposals > 1)
        {
            throw new FaultException("A resource was disposed twice.");
        }
    }
}

[WasmImport("env")]
[Interrupts<StopException>]
public sealed partial class ResourceHost
{
    private readonly Session _session;

    internal ResourceHost(Session session) => _session = session;

    public Ticket Own(Ticket value) => _session.Pass(value);

    public Ticket? Maybe(Ticket? value) => _session.Pass(value);

    public Ticket[] Many(Ticket[] value) => _session.Pass(value);

    public (Ticket, string) Named((Ticket, string) value) => _session.Pass(value);

    public int Look(Borrow<Ticket> value) => _session.Pass(value.Value.GetHashCode());

    public int LookAll(List<Borrow<Ticket>> value) => _session.Pass(value.Count);
}

[WasmExport]
public sealed partial class ResourceGuest
{
    public partial Ticket Own(Ticket value);

    public partial Ticket? Maybe(Ticket? value);

    public partial Ticket[] Many(Ticket[] value);

    public partial (Ticket, string) Named((Ticket, string) value);

    public partial int Look(Borrow<Ticket> value);

    public partial int LookAll(List<Borrow<Ticket>> value);

    [WasmName("[constructor]counter")]
    public partial int New(int start);

    [WasmName("[method]counter.add")]
    public partial int Add(int handle, int by);

    [WasmName("[method]counter.describe")]
    public partial string Describe(int handle, string prefix);

    [WasmName("[static]counter.merge")]
    public partial int Merge(int a, int b);

    [WasmName("[resource-drop]counter")]
    public partial void Drop(int handle);

    internal static readonly Action<ResourceGuest, Session>[] Calls =
    [
        static (guest, s) => s.Same(new Ticket(), guest.Own),
        static (guest, s) => s.Same(s.Any.Perhaps(static () => new Ticket()), guest.Maybe),
        static (guest, s) => s.Same(s.Any.List(static () => new Ticket()), guest.Many),
        static (guest, s) => s.Same((new Ticket(), s.Any.Text()), guest.Named),
        static (guest, s) => s.Gets(
            new Ticket(), value => guest.Look(value), static value => value.GetHashCode()),
        static (guest, s) => s.Gets(
            s.Any.List(static () => new Ticket()),
            value => guest.LookAll([.. value.Select(static one => new Borrow<Ticket>(one))]),
            static value => value.Length),
        static (guest, s) => s.Gets(s.Any.Below(100), value => Count(guest, value), static value => value + 1),
        static (guest, s) => s.Ends(() => guest.Add(s.Any.Int(), s.Any.Int())),
        static (guest, s) => s.Ends(() => guest.Merge(s.Any.Int(), s.Any.Int())),
        static (guest, s) => s.Ends(() => guest.Drop(s.Any.Int())),
    ];

    private static int Count(ResourceGuest guest, int start)
    {
        int one = guest.New(start);
        int other = guest.New(1);
        int both = guest.Merge(one, other);
        int count = guest.Add(both, 0);
        string text = guest.Describe(both, "");
        guest.Drop(other);
        guest.Drop(both);
        return text == $"{count}" ? count : -1;
    }
}
