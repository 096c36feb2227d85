namespace WasmBindgen.EndToEnd.Tests;

[WasmResource]
[WasmImport("demo:app/counters")]
[Interrupts<InvalidOperationException>]
public sealed partial class Counter : IDisposable
{
    public Counter(int start)
    {
        if (start < 0)
        {
            throw new InvalidOperationException("A counter begins at 0 or above.");
        }

        Count = start;
        All.Add(this);
    }

    public int Disposals { get; private set; }

    internal static List<Counter> All { get; } = [];

    internal int Count { get; private set; }

    public int Increment(int by) => Count += by;

    public string Describe(string prefix) => $"{prefix}{Count}";

    public static Counter Merge(Counter a, Borrow<Counter> b) => new(a.Count + b.Value.Count);

    /// <summary>Has the guest run in the middle of it.</summary>
    public int Yield(Caller caller)
    {
        caller.GetFunction("back")!.Call();
        return Disposals;
    }

    [WasmIgnore]
    public void Reset() => Count = 0;

    public void Dispose() => Disposals++;
}

[WasmResource("ticket")]
public sealed class Ticket(string name) : IDisposable
{
    public string Name { get; } = name;

    internal bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

[WasmImport("tickets", Naming = Naming.Exact)]
public sealed partial class TicketHost
{
    public List<string> Seen { get; } = [];

    public Ticket[] Issue(int count) => [.. Enumerable.Range(1, count).Select(static i => new Ticket($"#{i}"))];

    public void Show(List<Borrow<Ticket>> tickets) => Seen.AddRange(tickets.Select(static ticket => ticket.Value.Name));

    public void Return(Ticket? ticket) => Seen.Add($"back {ticket?.Name}");

    public void Label(Ticket[] tickets, string label) => Seen.Add($"{label} {tickets.Length}");
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class TicketGuest
{
    public partial int Keep(Ticket ticket);

    public partial int Look(Borrow<Ticket> ticket, int wantsDrop);

    public partial Ticket Give(int handle);

    public partial void Show(int handle);
}

[WasmResource]
[WasmImport("sticky")]
[Interrupts<QuotaException>]
public sealed partial class Sticky : IDisposable
{
    public Sticky()
    {
    }

    public void Dispose() => throw new QuotaException("sticks");
}

/// <summary>Takes its time to go.</summary>
[WasmResource]
[WasmImport("slow")]
public sealed partial class Slow : IAsyncDisposable
{
    public Slow() => All.Add(this);

    internal static List<Slow> All { get; } = [];

    internal bool IsDisposed { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await Task.Delay(10);
        IsDisposed = true;
    }
}

/// <summary>Can go either way.</summary>
[WasmResource]
public sealed class Both : IDisposable, IAsyncDisposable
{
    internal List<string> Disposals { get; } = [];

    public void Dispose() => Disposals.Add("at once");

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        Disposals.Add("later");
    }
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class BothGuest
{
    public partial int Keep(Both both);
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class PairGuest
{
    public partial (Ticket, Ticket) Pair(int handle);
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class LabelGuest
{
    public partial int Label(Ticket ticket, string label);

    public partial int KeepTwo(Ticket one, Ticket other);

    public partial int Broken { get; set; }
}

public sealed class ResourceTests : IDisposable
{
    private const string Counters = """
        (import "demo:app/counters" "[constructor]counter" (func $new (param i32) (result i32)))
        (import "demo:app/counters" "[method]counter.increment" (func $increment (param i32 i32) (result i32)))
        (import "demo:app/counters" "[method]counter.describe" (func $describe (param i32 i32 i32 i32)))
        (import "demo:app/counters" "[static]counter.merge" (func $merge (param i32 i32) (result i32)))
        (import "demo:app/counters" "[method]counter.yield" (func $yield (param i32) (result i32)))
        (import "demo:app/counters" "[resource-drop]counter" (func $drop (param i32)))
        (memory (export "memory") 1)
        (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
        """;

    private const string Labels = """
        (module
          (memory (export "memory") 1)
          (global $broken (export "Broken") (mut i32) (i32.const 0))
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
            (if (i32.eq (global.get $broken) (i32.const 1)) (then (unreachable)))
            (i32.const 4096))
          (func (export "Label") (param i32 i32 i32) (result i32)
            (if (global.get $broken) (then (unreachable)))
            (local.get 0))
          (func (export "KeepTwo") (param i32 i32) (result i32) (local.get 1)))
        """;

    private readonly World _world = new();
    private readonly TicketHost _tickets = new();

    public ResourceTests()
    {
        Counter.All.Clear();
        Counter.AddTo(_world.Linker);
        _world.Linker.Define(_tickets);
    }

    public void Dispose() => _world.Dispose();

    /// <summary>The host still has what a guest was to get in a call that did not begin.</summary>
    [Fact]
    public void What_a_call_did_not_give_can_be_given_again()
    {
        var guest = new LabelGuest(_world.Instantiate(Labels));
        var ticket = new Ticket("kept");
        Assert.Equal("label", Assert.Throws<ArgumentNullException>(() => guest.Label(ticket, null!)).ParamName);
        guest.Broken = 1; // its allocator
        Assert.Throws<TrapException>(() => guest.Label(ticket, "x"));
        Assert.Throws<ArgumentException>(() => guest.KeepTwo(ticket, ticket));
        guest.Broken = 0;
        Assert.True(guest.KeepTwo(ticket, new Ticket("other")) > 0);
        Assert.Throws<ArgumentException>(() => guest.Label(ticket, "x")); // it is the guest's now
        Assert.False(ticket.IsDisposed);
        _world.Store.Dispose();
        Assert.True(ticket.IsDisposed);
    }

    [Fact]
    public void What_a_call_gave_is_the_guests_however_it_ends()
    {
        var guest = new LabelGuest(_world.Instantiate(Labels)) { Broken = 2 }; // the function
        var ticket = new Ticket("given");
        Assert.Throws<TrapException>(() => guest.Label(ticket, "x"));
        Assert.Throws<ArgumentException>(() => guest.Label(ticket, "x"));
        _world.Store.Dispose();
        Assert.True(ticket.IsDisposed);
    }

    [Fact]
    public void A_guest_makes_uses_and_drops_a_resource()
    {
        Instance instance = _world.Instantiate($"""
            (module {Counters}
              (data (i32.const 8) "n=")
              (func (export "run") (result i32) (local $c i32)
                (local.set $c (call $new (i32.const 40)))
                (drop (call $increment (local.get $c) (i32.const 1)))
                (call $describe (local.get $c) (i32.const 8) (i32.const 2) (i32.const 16))
                (call $increment (local.get $c) (i32.const 1))
                (call $drop (local.get $c))))
            """);
        Assert.Equal(42, instance.GetFunction("run")!.Call()[0].AsInt32());
        Counter counter = Assert.Single(Counter.All);
        Assert.Equal((42, 1), (counter.Count, counter.Disposals));
        Assert.Equal("n=41", instance.GetMemory("memory")!.ReadString(4096, 4));
        _world.Store.Dispose();
        Assert.Equal(1, counter.Disposals);
    }

    [Fact]
    public void What_a_guest_gives_away_twice_is_an_error_and_stays_its_own()
    {
        Instance instance = _world.Instantiate("""
            (module
              (import "tickets" "Label" (func $label (param i32 i32 i32 i32)))
              (memory (export "memory") 1)
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
              (func (export "Keep") (param i32) (result i32) (local.get 0))
              (func (export "Look") (param i32 i32) (result i32) (i32.const 0))
              (func (export "Give") (param i32) (result i32) (local.get 0))
              (func (export "Show") (param i32)
                (i32.store (i32.const 8) (local.get 0))
                (i32.store (i32.const 12) (local.get 0))
                (call $label (i32.const 8) (i32.const 2) (i32.const 0) (i32.const 0))))
            """);
        var guest = new TicketGuest(instance);
        var ticket = new Ticket("twice");
        int handle = guest.Keep(ticket);
        var fault = Assert.Throws<GuestMemoryException>(() => guest.Show(handle));
        Assert.Equal((GuestMemoryFault.InvalidHandle, "tickets[1]"), (fault.Fault, fault.Parameter));
        Assert.Equal($"{handle} is a handle of a Ticket that this call gives away already.", fault.Reason);
        Assert.False(ticket.IsDisposed);
        Assert.Same(ticket, guest.Give(handle));
    }

    [Fact]
    public void What_a_guest_owns_already_is_not_given_to_it_again()
    {
        var guest = new TicketGuest(_world.Instantiate("""
            (module
              (func (export "Keep") (param i32) (result i32) (local.get 0))
              (func (export "Look") (param i32 i32) (result i32) (i32.const 0))
              (func (export "Give") (param i32) (result i32) (local.get 0))
              (func (export "Show") (param i32)))
            """));
        var ticket = new Ticket("twice");
        int handle = guest.Keep(ticket);
        Assert.Contains("owns it already", Assert.Throws<ArgumentException>(() => guest.Keep(ticket)).Message);
        guest.Look(ticket, 0);
        Assert.Same(ticket, guest.Give(handle));
        guest.Keep(ticket);
        _world.Store.Dispose();
        Assert.True(ticket.IsDisposed);
    }

    [Fact]
    public void Own_changes_hands_and_borrow_does_not()
    {
        Instance instance = _world.Instantiate($"""
            (module {Counters}
              (func (export "run") (result i32) (local $a i32) (local $b i32)
                (local.set $a (call $new (i32.const 1)))
                (local.set $b (call $new (i32.const 2)))
                (drop (call $merge (local.get $a) (local.get $b)))
                (call $increment (local.get $b) (i32.const 0)))
              (func (export "again") (drop (call $increment (i32.const 1) (i32.const 0)))))
            """);
        Assert.Equal(2, instance.GetFunction("run")!.Call()[0].AsInt32());
        Assert.Equal([0, 0, 0], Counter.All.Select(static counter => counter.Disposals));
        // the first is the host's now
        var exception = Assert.Throws<GuestMemoryException>(() => instance.GetFunction("again")!.Call());
        Assert.Equal((GuestMemoryFault.InvalidHandle, "self"), (exception.Fault, exception.Parameter));
        _world.Store.Dispose();
        // the guest never dropped what it had
        Assert.Equal([0, 1, 1], Counter.All.Select(static counter => counter.Disposals));
    }

    [Theory]
    [InlineData("(drop (call $increment (i32.const 0) (i32.const 0)))", "[method]counter.increment", "self")]
    [InlineData("(drop (call $increment (i32.const 1) (i32.const 0)))", "[method]counter.increment", "self")]
    [InlineData("(drop (call $increment (i32.const -1) (i32.const 0)))", "[method]counter.increment", "self")]
    [InlineData("(drop (call $increment (i32.const 0x7fffffff) (i32.const 0)))", "[method]counter.increment", "self")]
    [InlineData("(call $drop (i32.const 5))", "[resource-drop]counter", "handle")]
    [InlineData(
        "(local.set $c (call $new (i32.const 0))) (call $drop (local.get $c)) (call $drop (local.get $c))",
        "[resource-drop]counter",
        "handle")]
    [InlineData(
        "(local.set $c (call $new (i32.const 0))) (call $drop (local.get $c)) (drop (call $new (i32.const 0))) (call "
            + "$drop (local.get $c))", "[resource-drop]counter", "handle")]
    [InlineData(
        "(local.set $c (call $new (i32.const 0))) (drop (call $merge (local.get $c) (local.get $c)))",
        "[static]counter.merge",
        "b")]
    public void Bad_handles(string body, string function, string parameter)
    {
        Instance instance = _world.Instantiate($"""(module {Counters} (func (export "run") (local $c i32) {body}))""");
        var exception = Assert.Throws<GuestMemoryException>(() => instance.GetFunction("run")!.Call());
        Assert.Equal(
            (GuestMemoryFault.InvalidHandle, $"demo:app/counters.{function}", parameter),
            (exception.Fault, exception.Function, exception.Parameter));
        Assert.Matches("is not a handle of a live Counter in this store|gives away already", exception.Message);
    }

    [Fact]
    public void A_constructor_may_interrupt()
    {
        Instance instance = _world.Instantiate(
            $"""(module {Counters} (func (export "run") (drop (call $new (i32.const -1)))))""");
        Assert.Equal(
            "A counter begins at 0 or above.",
            Assert.Throws<InvalidOperationException>(() => instance.GetFunction("run")!.Call()).Message);
    }

    [Fact]
    public void What_the_class_declares_holds_for_its_disposal()
    {
        Sticky.AddTo(_world.Linker);
        Instance instance = _world.Instantiate("""
            (module
              (import "sticky" "[constructor]sticky" (func $new (result i32)))
              (import "sticky" "[resource-drop]sticky" (func $drop (param i32)))
              (func (export "run") (call $drop (call $new))))
            """);
        Assert.Equal("sticks", Assert.Throws<QuotaException>(() => instance.GetFunction("run")!.Call()).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_can_only_be_disposed_asynchronously_is_waited_for(bool isAsync)
    {
        Slow.All.Clear();
        Slow.AddTo(_world.Linker);
        Instance instance = _world.Instantiate("""
            (module
              (import "slow" "[constructor]slow" (func $new (result i32)))
              (import "slow" "[resource-drop]slow" (func $drop (param i32)))
              (func (export "run") (call $drop (call $new)) (drop (call $new))))
            """);
        instance.GetFunction("run")!.Call();
        Assert.Equal([true, false], Slow.All.Select(static slow => slow.IsDisposed));
        if (isAsync)
        {
            await _world.Store.DisposeAsync();
        }
        else
        {
            _world.Store.Dispose();
        }

        Assert.True(Slow.All[1].IsDisposed);
    }

    [Theory]
    [InlineData(true, "later")]
    [InlineData(false, "at once")]
    public async Task What_can_be_disposed_both_ways_goes_as_its_store(bool isAsync, string expected)
    {
        var guest = new BothGuest(
            _world.Instantiate("""(module (func (export "Keep") (param i32) (result i32) (local.get 0)))"""));
        var both = new Both();
        guest.Keep(both);
        if (isAsync)
        {
            await _world.Store.DisposeAsync();
        }

        _world.Store.Dispose();
        await _world.Store.DisposeAsync();
        Assert.Equal(expected, Assert.Single(both.Disposals));
    }

    [Fact]
    public async Task A_disposal_that_fails_keeps_no_other_from_it()
    {
        Sticky.AddTo(_world.Linker);
        Instance instance = _world.Instantiate("""
            (module
              (import "sticky" "[constructor]sticky" (func $new (result i32)))
              (func (export "run") (drop (call $new)))
              (func (export "Keep") (param i32) (result i32) (local.get 0)))
            """);
        instance.GetFunction("run")!.Call();
        var both = new Both();
        new BothGuest(instance).Keep(both);
        await Assert.ThrowsAsync<QuotaException>(() => _world.Store.DisposeAsync().AsTask());
        Assert.Equal("later", Assert.Single(both.Disposals));
    }

    [Fact]
    public void Handles_cross_in_lists_options_and_both_ways()
    {
        Instance instance = _world.Instantiate("""
            (module
              (import "tickets" "Issue" (func $issue (param i32 i32)))
              (import "tickets" "Show" (func $show (param i32 i32)))
              (import "tickets" "Return" (func $return (param i32 i32)))
              (memory (export "memory") 1)
              (global $kept (mut i32) (i32.const 0))
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
              (func (export "run")
                (call $issue (i32.const 3) (i32.const 16))
                (call $show (i32.load (i32.const 16)) (i32.load (i32.const 20)))
                (call $return (i32.const 1) (i32.load (i32.const 4100)))
                (call $return (i32.const 0) (i32.const 0)))
              (func (export "Keep") (param i32) (result i32) (local.get 0))
              (func (export "Look") (param i32 i32) (result i32)
                (i32.store (i32.const 64) (local.get 0)) (call $show (i32.const 64) (i32.const 1))
                (if (local.get 1) (then (call $return (i32.const 1) (local.get 0))))
                (local.get 0))
              (func (export "Give") (param i32) (result i32) (local.get 0))
              (func (export "Show") (param i32)
                (i32.store (i32.const 64) (local.get 0)) (call $show (i32.const 64) (i32.const 1))))
            """);
        instance.GetFunction("run")!.Call();
        Assert.Equal(["#1", "#2", "#3", "back #2", "back "], _tickets.Seen);
        _tickets.Seen.Clear();

        var guest = new TicketGuest(instance);
        var ticket = new Ticket("mine");
        int handle = guest.Keep(ticket);
        guest.Show(handle);
        Assert.Same(ticket, guest.Give(handle));
        Assert.Throws<GuestMemoryException>(() => guest.Show(handle)); // it gave it away
        int lent = guest.Look(ticket, 0);
        Assert.Throws<GuestMemoryException>(() => guest.Show(lent)); // the call that it was lent for is over
        Assert.Throws<GuestMemoryException>(() => guest.Look(ticket, 1)); // what is lent cannot be given away
        Assert.Equal(["mine", "mine", "mine"], _tickets.Seen);
    }

    [Theory]
    [InlineData("(call $drop (global.get $c))", "[resource-drop]counter", "handle")]
    [InlineData("(drop (call $merge (global.get $c) (global.get $other)))", "[static]counter.merge", "a")]
    public void What_a_running_method_borrows_stays_where_it_is(string body, string function, string parameter)
    {
        Instance instance = _world.Instantiate($"""
            (module {Counters}
              (global $c (mut i32) (i32.const 0))
              (global $other (mut i32) (i32.const 0))
              (func (export "back") {body})
              (func (export "run")
                (global.set $c (call $new (i32.const 1)))
                (global.set $other (call $new (i32.const 2)))
                (drop (call $yield (global.get $c))))
              (func (export "drop") (call $drop (global.get $c))))
            """);
        var exception = Assert.Throws<GuestMemoryException>(() => instance.GetFunction("run")!.Call());
        Assert.Equal(
            (GuestMemoryFault.InvalidHandle, $"demo:app/counters.{function}", parameter),
            (exception.Fault, exception.Function, exception.Parameter));
        Assert.Contains("a Counter that a running call borrows", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, Counter.All[0].Disposals);
        instance.GetFunction("drop")!.Call(); // the method is over
        Assert.Equal(1, Counter.All[0].Disposals);
    }

    [Theory]
    [InlineData("(i32.const 2) (i32.const 0) (i32.const 0)", "tickets[1]")]
    [InlineData("(i32.const 1) (i32.const -1) (i32.const 5)", "label")]
    public void What_a_bad_call_gives_away_stays_the_guests(string arguments, string parameter)
    {
        Instance instance = _world.Instantiate($"""
            (module
              (import "tickets" "Label" (func $label (param i32 i32 i32 i32)))
              (memory (export "memory") 1)
              (func (export "Keep") (param i32) (result i32)
                (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 0)) (local.get 0))
              (func (export "Look") (param i32 i32) (result i32) (local.get 0))
              (func (export "Give") (param i32) (result i32) (local.get 0))
              (func (export "Pair") (param i32) (result i32) (i32.const 16))
              (func (export "Show") (param i32) (call $label (i32.const 16) {arguments})))
            """);
        var guest = new TicketGuest(instance);
        var ticket = new Ticket("mine");
        int handle = guest.Keep(ticket);
        Assert.Equal(parameter, Assert.Throws<GuestMemoryException>(() => guest.Show(handle)).Parameter);
        Assert.Equal(
            "return.Item2", Assert.Throws<GuestMemoryException>(() => new PairGuest(instance).Pair(handle)).Parameter);
        Assert.Empty(_tickets.Seen);
        Assert.Same(ticket, guest.Give(handle));
        guest.Keep(ticket);
        _world.Store.Dispose();
        Assert.True(ticket.IsDisposed);
    }

    [Fact]
    public void Ten_thousand_handles_leave_nothing_behind()
    {
        Instance instance = _world.Instantiate($"""
            (module {Counters} (func (export "run") (result i32) (local $c i32)
              (local.set $c (call $new (i32.const 0))) (call $drop (local.get $c)) (local.get $c)))
            """);
        Function run = instance.GetFunction("run")!;
        var handles = new HashSet<int>();
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(handles.Add(run.Call()[0].AsInt32()));
        }

        Assert.All(Counter.All, static counter => Assert.Equal(1, counter.Disposals));
        // places are used again
        Assert.True(
            handles.Max() > 0 && handles.Select(static handle => handle & ((1 << 21) - 1)).Distinct().Count() < 20);
    }
}
