using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("env", Naming = Naming.Exact)]
public sealed partial class TargetHost
{
    public int Calls { get; private set; }

    public void Text(string text) => Calls++;

    public void Bytes(byte[] bytes) => Calls++;

    public void Longs(long[] longs) => Calls++;

    public void View(ReadOnlySpan<int> view) => Calls++;

    public void Names(string[] names) => Calls++;

    public void Options(int?[] options) => Calls++;

    public void Letters(List<Rune> letters) => Calls++;

    public void Colours(Colour[] colours) => Calls++;

    public void Figures(Figure[] figures) => Calls++;

    public void Draw(Figure figure) => Calls++;

    public void People(Person[] people) => Calls++;

    public void Outcome(Result<Unit, Unit> outcome) => Calls++;

    public void Many(string a, string b, string c, string d, string e, string f, string g, string h, Colour last) =>
        Calls++;

    public string Give(int length)
    {
        Calls++;
        return new string('x', length);
    }

    public string[] GiveMany() => ["one", "two"];
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class HostileGuest
{
    public partial string Text();

    public partial Person[] People();

    public partial Colour Plain();

    public partial (Colour, Colour) Pair();

    public partial void Take(string[] names);
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class CrowdedGuest
{
    public partial void Many(string a, string b, string c, string d, string e, string f, string g, string h, int last);
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class HostileResults
{
    public partial GuestResult<string> Text();

    public partial GuestResult Take(string[] names);
}

/// <summary>
/// Whatever a guest hands over, the host sees a typed fault that names the place, and never memory that is not the
/// guest's.
/// </summary>
/// <summary>Reads by itself where the guest says.</summary>
[WasmImport("raw")]
public sealed partial class RawHost
{
    public int Count(Memory memory, int address, int length) => memory.GetSpan(address, length).Length;

    public int Longs(Memory memory, int address, int count) => memory.GetSpan<long>(address, count).Length;

    public int Text(Memory memory, int address, int length) => memory.ReadString(address, length).Length;
}

public sealed class HostileGuestTests : IDisposable
{
    private const string Allocator =
        """(func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))""";

    private static readonly string[] Functions = ["Text", "People", "Plain", "Pair"];

    private readonly World _world = new();
    private readonly TargetHost _host = new();

    public HostileGuestTests() => _world.Linker.Define(_host);

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("count")]
    [InlineData("longs")]
    [InlineData("text")]
    public void A_negative_length_is_a_fault_of_the_guest(string function)
    {
        _world.Linker.Define(new RawHost());
        Instance instance = _world.Instantiate($"""
            (module
              (import "raw" "{function}" (func $f (param i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "run") (param i32 i32) (result i32) (call $f (local.get 0) (local.get 1))))
            """);
        Function run = instance.GetFunction("run")!;
        Assert.Equal(4, run.Call(8, 4)[0].AsInt32());
        GuestMemoryException fault = Assert.Throws<GuestMemoryException>(() => run.Call(8, -4));
        Assert.Equal(GuestMemoryFault.OutOfBounds, fault.Fault);
        Assert.Equal($"raw.{function}", fault.Function);
    }

    [Theory]
    [InlineData("Text", "65536 1", "", GuestMemoryFault.OutOfBounds, "text", 65536, 1)]
    [InlineData("Text", "-1 0", "", GuestMemoryFault.OutOfBounds, "text", 0xffffffff, 0)]
    [InlineData("Text", "65535 2", "", GuestMemoryFault.OutOfBounds, "text", 65535, 2)]
    [InlineData("Text", "1 -1", "", GuestMemoryFault.OutOfBounds, "text", 1, 0xffffffff)]
    [InlineData("Text", "-1 -1", "", GuestMemoryFault.OutOfBounds, "text", 0xffffffff, 0xffffffff)]
    [InlineData("Text", "-16 32", "", GuestMemoryFault.OutOfBounds, "text", 0xfffffff0, 32)]
    [InlineData("Text", "16 3", @"16:\e2\82", GuestMemoryFault.InvalidUtf8, "text", 16, 3)]
    [InlineData("Text", "16 3", @"16:\ed\a0\80", GuestMemoryFault.InvalidUtf8, "text", 16, 3)]
    [InlineData("Text", "16 2", @"16:\c0\80", GuestMemoryFault.InvalidUtf8, "text", 16, 2)]
    [InlineData("Bytes", "0 -1", "", GuestMemoryFault.OutOfBounds, "bytes", 0, 0xffffffff)]
    // 8 times this wraps to 0 in 32 bits
    [InlineData("Longs", "0 536870912", "", GuestMemoryFault.OutOfBounds, "longs", 0, 0x100000000)]
    [InlineData("Longs", "8 -1", "", GuestMemoryFault.OutOfBounds, "longs", 8, 0x7fffffff8)]
    [InlineData("Longs", "4 1", "", GuestMemoryFault.Misaligned, "longs", 4, 8)]
    [InlineData("Longs", "4 0", "", GuestMemoryFault.Misaligned, "longs", 4, 0)]
    [InlineData("View", "65536 1", "", GuestMemoryFault.OutOfBounds, "view", 65536, 4)]
    [InlineData("View", "0 1073741824", "", GuestMemoryFault.OutOfBounds, "view", 0, 0x100000000)]
    [InlineData("View", "2 1", "", GuestMemoryFault.Misaligned, "view", 2, 4)]
    [InlineData("Names", "0 2", @"8:\ff\ff\00\00\02", GuestMemoryFault.OutOfBounds, "names[1]", 65535, 2)]
    [InlineData("Options", "0 3", @"8:\02", GuestMemoryFault.InvalidDiscriminant, "options[1]", -1, -1)]
    [InlineData("Letters", "0 2", @"4:\00\d8", GuestMemoryFault.InvalidChar, "letters[1]", -1, -1)]
    [InlineData("Letters", "0 1", @"0:\00\00\11", GuestMemoryFault.InvalidChar, "letters[0]", -1, -1)]
    [InlineData("Colours", "0 4", @"3:\03", GuestMemoryFault.InvalidDiscriminant, "colours[3]", -1, -1)]
    [InlineData("Figures", "0 2", @"24:\04", GuestMemoryFault.InvalidDiscriminant, "figures[1]", -1, -1)]
    [InlineData(
        "Figures", "0 1", @"0:\02\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\09",
        GuestMemoryFault.InvalidDiscriminant, "figures[0].Text.Colour", -1, -1)]
    [InlineData("Draw", "7 l0 0 0", "", GuestMemoryFault.InvalidDiscriminant, "figure", -1, -1)]
    [InlineData("Draw", "2 l65537 1 0", "", GuestMemoryFault.OutOfBounds, "figure.Text.Value", 65537, 1)]
    [InlineData("Draw", "2 l0 0 -1", "", GuestMemoryFault.InvalidDiscriminant, "figure.Text.Colour", -1, -1)]
    [InlineData("People", "0 1", @"24:\00\00\01\00\01", GuestMemoryFault.OutOfBounds, "people[0].Key", 65536, 1)]
    [InlineData("People", "0 1", @"12:\07", GuestMemoryFault.InvalidDiscriminant, "people[0].Email", -1, -1)]
    [InlineData("Outcome", "2", "", GuestMemoryFault.InvalidDiscriminant, "outcome", -1, -1)]
    [InlineData("Many", "65500", "", GuestMemoryFault.OutOfBounds, "parameters", 65500, 68)]
    [InlineData("Many", "2", "", GuestMemoryFault.Misaligned, "parameters", 2, 68)]
    [InlineData("Many", "0", @"64:\03", GuestMemoryFault.InvalidDiscriminant, "last", -1, -1)]
    [InlineData("Many", "0", @"8:\00\00\01\00\01", GuestMemoryFault.OutOfBounds, "b", 65536, 1)]
    [InlineData("Give", "1 65530", "", GuestMemoryFault.OutOfBounds, "return", 65530, 8)]
    [InlineData("Give", "1 1026", "", GuestMemoryFault.Misaligned, "return", 1026, 8)]
    [InlineData("Give", "1 -4", "", GuestMemoryFault.OutOfBounds, "return", 0xfffffffc, 8)]
    [InlineData("Give", "70000 1024", "", GuestMemoryFault.OutOfBounds, "return", 4096, 70000)] // the allocator lies
    public void Bad_arguments(
        string function, string arguments, string data, GuestMemoryFault fault, string parameter, long address,
        long length)
    {
        string[] values = arguments.Split(' ');
        string types = string.Join(' ', values.Select(value => value[0] == 'l' ? "i64" : "i32"));
        string constants = string.Concat(
            values.Select(value => value[0] == 'l' ? $"(i64.const {value[1..]})" : $"(i32.const {value})"));
        string segment = data.Length == 0 ? "" : $"(data (i32.const {data.Split(':')[0]}) \"{data.Split(':')[1]}\")";
        Instance instance = _world.Instantiate($"""
            (module
              (import "env" "{function}" (func $f (param {types})))
              (memory (export "memory") 1) {segment} {Allocator}
              (func (export "run") (call $f {constants})))
            """);
        var exception = Assert.Throws<GuestMemoryException>(() => instance.GetFunction("run")!.Call());
        Assert.Equal(
            (fault, $"env.{function}", parameter, address, length),
            (exception.Fault, exception.Function, exception.Parameter, exception.Address
                ?? -1, exception.Length ?? -1));
        Assert.Contains($"`env.{function}`, {parameter}: ", exception.Message, StringComparison.Ordinal);
        Assert.Single(exception.Backtrace!.Frames);
        Assert.Equal(function == "Give" && length == 70000 ? 1 : 0, _host.Calls);
        // and again: the store is as good as before
        Assert.Throws<GuestMemoryException>(() => instance.GetFunction("run")!.Call());
    }

    [Theory]
    [InlineData("(i32.const 4097)", GuestMemoryFault.Misaligned)]
    [InlineData("(i32.const -4)", GuestMemoryFault.OutOfBounds)]
    [InlineData("(i32.const 65532)", GuestMemoryFault.OutOfBounds)]
    public void Bad_allocations(string address, GuestMemoryFault fault)
    {
        Instance instance = _world.Instantiate($"""
            (module
              (import "env" "GiveMany" (func $f (param i32)))
              (memory (export "memory") 1)
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) {address})
              (func (export "run") (call $f (i32.const 1024)))
              (func (export "Text") (result i32) (i32.const 0)) (func (export "Take") (param i32 i32)))
            """);
        var exception = Assert.Throws<GuestMemoryException>(() => instance.GetFunction("run")!.Call());
        Assert.Equal((fault, "return", "env.GiveMany"), (exception.Fault, exception.Parameter, exception.Function));
        GuestError error = new HostileResults(instance).Take(["a", "b"]).Error;
        Assert.Equal(GuestErrorKind.GuestMemory, error.Kind);
        exception = Assert.IsType<GuestMemoryException>(error.ToException());
        Assert.Equal((fault, "names", "Take"), (exception.Fault, exception.Parameter, exception.Function));
    }

    [Theory]
    [InlineData("(i32.const 4097)", GuestMemoryFault.Misaligned)]
    [InlineData("(i32.const 65532)", GuestMemoryFault.OutOfBounds)]
    public void Bad_allocations_for_more_parameters_than_slots(string address, GuestMemoryFault fault)
    {
        var guest = new CrowdedGuest(_world.Instantiate($"""
            (module
              (memory (export "memory") 1)
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) {address})
              (func (export "Many") (param i32)))
            """));
        var exception = Assert.Throws<GuestMemoryException>(() => guest.Many("", "", "", "", "", "", "", "", 9));
        Assert.Equal((fault, "parameters", "Many"), (exception.Fault, exception.Parameter, exception.Function));
        Assert.StartsWith("`Many`, parameters: ", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>8000 strings that are the same 32,000 bytes: a quarter of a gigabyte, of a guest of one page.</summary>
    [Fact]
    public void A_list_that_points_at_the_same_bytes_again_and_again()
    {
        Instance instance = _world.Instantiate("""
            (module
              (import "env" "Names" (func $names (param i32 i32)))
              (memory (export "memory") 1)
              (func (export "run") (param $count i32) (local $i i32)
                (loop $next
                  (i32.store offset=4 (i32.mul (local.get $i) (i32.const 8)) (i32.const 32000))
                  (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8000))))
                (call $names (i32.const 0) (local.get $count))))
            """);
        Function run = instance.GetFunction("run")!;
        var exception = Assert.Throws<GuestMemoryException>(() => run.Call(8000));
        Assert.Equal(
            (GuestMemoryFault.TooLong, "env.Names", "names[522]"),
            (exception.Fault, exception.Function, exception.Parameter));
        Assert.Contains("would copy more than 16777216 bytes", exception.Message, StringComparison.Ordinal);

        // What one call copied does not count in the next.
        run.Call(200);
        run.Call(200);
        Assert.Equal(2, _host.Calls);
    }

    [Fact]
    public void An_allocator_that_traps_ends_the_call()
    {
        Instance instance = _world.Instantiate("""
            (module
              (import "env" "Give" (func $f (param i32 i32)))
              (memory (export "memory") 1)
              (func $allocate (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
              (func $run (export "run") (call $f (i32.const 1) (i32.const 1024)))
              (func (export "Text") (result i32) (i32.const 0)) (func (export "Take") (param i32 i32)))
            """);
        var trap = Assert.Throws<TrapException>(() => instance.GetFunction("run")!.Call());
        Assert.Equal(TrapCode.Unreachable, trap.Code);
        Assert.Equal(["allocate", "run"], trap.Backtrace!.Frames.Select(frame => frame.FunctionName));
        GuestResult result = new HostileResults(instance).Take([]);
        Assert.Equal((GuestErrorKind.Trap, TrapCode.Unreachable), (result.Error.Kind, result.Error.TrapCode));
        Assert.Throws<TrapException>(result.Unwrap);
    }

    [Theory]
    [InlineData("Text", "65532", "", GuestMemoryFault.OutOfBounds, "return")]
    [InlineData("Text", "3", "", GuestMemoryFault.Misaligned, "return")]
    [InlineData("Text", "0", @"0:\10\00\00\00\ff\ff\ff\ff", GuestMemoryFault.OutOfBounds, "return")]
    [InlineData("Text", "0", @"0:\08\00\00\00\01\00\00\00\80", GuestMemoryFault.InvalidUtf8, "return")]
    [InlineData(
        "People", "0", @"0:\08\00\00\00\01\00\00\00\ff\ff\ff\ff\01", GuestMemoryFault.OutOfBounds, "return[0].Name")]
    [InlineData("Plain", "9", "", GuestMemoryFault.InvalidDiscriminant, "return")]
    [InlineData("Pair", "0", @"1:\09", GuestMemoryFault.InvalidDiscriminant, "return.Item2")]
    public void Bad_results(string function, string result, string data, GuestMemoryFault fault, string part)
    {
        string segment = data.Length == 0 ? "" : $"(data (i32.const {data.Split(':')[0]}) \"{data.Split(':')[1]}\")";
        string all = string.Concat(
            Functions.Select(name => $"(func (export \"{name}\") (result i32) (i32.const {result}))"));
        var guest = new HostileGuest(_world.Instantiate($"""
            (module (memory (export "memory") 1) {segment} {Allocator} {all} (func (export "Take") (param i32 i32)))
            """));
        var exception = Assert.Throws<GuestMemoryException>(() =>
        {
            object? _ = function switch
            {
                "Text" => guest.Text(),
                "People" => guest.People(),
                "Plain" => guest.Plain(),
                _ => guest.Pair(),
            };
        });
        Assert.Equal((fault, function, part), (exception.Fault, exception.Function, exception.Parameter));
        guest.Take([]);
    }

    [Fact]
    public void A_guest_whose_memory_moves_while_it_allocates()
    {
        using var world = new World(new EngineOptions { MemoryReservation = 0 });
        world.Linker.Define(new TargetHost());
        Instance instance = world.Instantiate("""
            (module
              (import "env" "GiveMany" (func $f (param i32)))
              (memory (export "memory") 1)
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
                (i32.mul (memory.grow (i32.const 40)) (i32.const 65536)))
              (func (export "run") (call $f (i32.const 1024))))
            """);
        instance.GetFunction("run")!.Call();
        Memory memory = instance.GetMemory("memory")!;
        int list = memory.Read<int>(1024);
        Assert.Equal(2, memory.Read<int>(1028));
        Assert.Equal("one", memory.ReadString(memory.Read<int>(list), memory.Read<int>(list + 4)));
        Assert.Equal("two", memory.ReadString(memory.Read<int>(list + 8), memory.Read<int>(list + 12)));
        Assert.True(memory.PageCount >= 120);
    }

    [Fact]
    public void A_memory_that_moves_while_a_record_is_made_and_read()
    {
        // Growth by a few pages at a time, far beyond what stays free behind a memory by chance.
        using var world = new World(new EngineOptions { MemoryReservation = 0, MemoryReservationForGrowth = 0 });
        world.Linker.Define(new RestlessHost());
        Instance instance = world.Instantiate("""
            (module
              (import "env" "Twice" (func $twice (param i32 i32 i32)))
              (memory (export "memory") 1)
              (data (i32.const 64) "\01\00\00\00\02\00\00\00\03\00\00\00\04\00\00\00")
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
              (func (export "run") (call $twice (i32.const 64) (i32.const 2) (i32.const 128))))
            """);
        Memory memory = instance.GetMemory("memory")!;
        Restless.Happens = () => memory.Grow(16);
        try
        {
            instance.GetFunction("run")!.Call();
        }
        finally
        {
            Restless.Happens = null;
        }

        Assert.Equal((1024, 2), (memory.Read<int>(128), memory.Read<int>(132)));
        Assert.Equal([2, 4, 6, 8], Enumerable.Range(0, 4).Select(i => memory.Read<int>(1024 + (4 * i))));
        Assert.True(memory.PageCount > 16 * 6);
    }

    [Fact]
    public void A_memory_that_moves_between_a_view_and_what_comes_after_it()
    {
        using var world = new World(new EngineOptions { MemoryReservation = 0, MemoryReservationForGrowth = 0 });
        world.Linker.Define(new RestlessHost());
        Instance instance = world.Instantiate("""
            (module
              (import "env" "Total" (func $total (param i32 i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 64) "\01\00\00\00\02\00\00\00\03\00\00\00\04\00\00\00")
              (func (export "run") (result i32)
                (call $total (i32.const 64) (i32.const 4) (i32.const 68) (i32.const 5) (i32.const 6))))
            """);
        Memory memory = instance.GetMemory("memory")!;
        Restless.Happens = () => memory.Grow(16);
        try
        {
            for (int i = 0; i < 20; i++)
            {
                memory.Write(68, 2);
                Assert.Equal(1 + 2 + 3 + 4 + 5 + 6, instance.GetFunction("run")!.Call()[0].AsInt32());
                Assert.Equal(12, memory.Read<int>(68));
            }
        }
        finally
        {
            Restless.Happens = null;
        }
    }

    [Theory]
    [InlineData("i32")]
    [InlineData("i64")]
    public void A_memory_that_moves_between_two_views_that_go_back_to_its_guest(string word)
    {
        using var world = new World(new EngineOptions { MemoryReservation = 0, MemoryReservationForGrowth = 0 });
        Instance instance = world.Instantiate($"""
            (module
              (memory (export "memory") {(word == "i64" ? word : "")} 1)
              (data ({word}.const 64) "\01\02\03")
              (func (export "cabi_realloc") (param {word} {word} {word} {word}) (result {word})
                ({word}.mul (memory.grow ({word}.const 40)) ({word}.const 65536)))
              (func (export "First") (param {word} {word} {word} {word} {word} {word}) (result i32)
                (i32.add
                  (i32.mul (i32.load8_u (local.get 0)) (i32.const 100))
                  (i32.add (i32.mul (i32.load8_u (local.get 2)) (i32.const 10)) (i32.load8_u (local.get 4))))))
            """);
        Memory memory = instance.GetMemory("memory")!;
        for (int i = 0; i < 5; i++)
        {
            ReadOnlySpan<byte> one = new GuestPointer<byte>(memory, 64).AsSpan(1);
            ReadOnlySpan<byte> two = new GuestPointer<byte>(memory, 65).AsSpan(1);
            ReadOnlySpan<byte> three = new GuestPointer<byte>(memory, 66).AsSpan(1);
            Assert.Equal(123, word == "i64" ? new WideViewGuest(instance)
                .First(one, two, three) : new ViewGuest(instance).First(one, two, three));
        }
    }
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class ViewGuest
{
    public partial int First(ReadOnlySpan<byte> one, ReadOnlySpan<byte> two, ReadOnlySpan<byte> three);
}

[Memory64]
[WasmExport(Naming = Naming.Exact)]
public sealed partial class WideViewGuest
{
    public partial int First(ReadOnlySpan<byte> one, ReadOnlySpan<byte> two, ReadOnlySpan<byte> three);
}

/// <summary>A record whose own code does things.</summary>
public sealed record Restless
{
    [ThreadStatic]
    internal static Action? Happens;

    private readonly int _a;
    private readonly int _b;

    public Restless(int a, int b)
    {
        (_a, _b) = (a, b);
        Happens?.Invoke();
    }

    public int A
    {
        get
        {
            Happens?.Invoke();
            return _a;
        }
    }

    public int B
    {
        get
        {
            Happens?.Invoke();
            return _b;
        }
    }
}

[WasmImport("env", Naming = Naming.Exact)]
public sealed partial class RestlessHost
{
    public int Total(ReadOnlySpan<int> numbers, ref int second, Restless item)
    {
        second += 10;
        int total = 0;
        foreach (int number in numbers)
        {
            total += number;
        }

        Action? happens = Restless.Happens;
        Restless.Happens = null; // or the views would be over
        total += item.A + item.B;
        Restless.Happens = happens;
        return total;
    }

    public Restless[] Twice(Restless[] items) => [.. items.Select(static item => new Restless(2 * item.A, 2 * item.B))];
}
