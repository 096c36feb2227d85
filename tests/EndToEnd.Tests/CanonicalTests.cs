using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

public sealed record Person(string Name, int Age, string? Email, byte[] Key);

public readonly record struct Point(short X, double Y);

[WasmRecord]
public struct Settings
{
#pragma warning disable CA1051 // a field is one of the ways to declare a part of a record
    public bool IsOn;
    public Rune Mark;
#pragma warning restore CA1051

    public ulong Limit { get; set; }
}

public enum Colour
{
    Red,
    Green,
    Blue,
}

[Flags]
public enum Access
{
    None = 0,
    Read = 1,
    Write = 2,
    Run = 4,
}

[WasmVariant]
public abstract record Figure
{
    public sealed record Nothing : Figure;

    public sealed record Circle(float Radius) : Figure;

    public sealed record Text(string Value, Colour Colour) : Figure;

    public sealed record Big(ulong Value) : Figure;
}

/// <summary>Gives back what it gets. What the guest handed over lies in fields for the tests to see.</summary>
[WasmImport("env", Naming = Naming.Exact)]
public sealed partial class EchoHost
{
    public object? Seen { get; private set; }

    public string Text(string value) => See(value);

    public string? Maybe(string? value) => See(value);

    public int? Number(int? value) => See(value);

    public int[] Numbers(int[] value) => See(value);

    public List<string> Names(List<string> value) => See(value);

    public ImmutableArray<bool> Bits(ImmutableArray<bool> value) => See(value);

    public IReadOnlyList<Rune> Runes(IReadOnlyList<Rune> value) => See(value);

    public ReadOnlyMemory<double> Doubles(ReadOnlyMemory<double> value) => See(value);

    public Person Someone(Person value) => See(value);

    public Person[] People(Person[] value) => See(value);

    public Point At(Point value) => See(value);

    public Settings Set(Settings value) => See(value);

    public (int, string) Pair((int, string) value) => See(value);

    public Figure Draw(Figure value) => See(value);

    public Figure[] DrawAll(Figure[] value) => See(value);

    public Result<string, Colour> Outcome(Result<string, Colour> value) => See(value);

    public Result<Unit, Unit> Bare(Result<Unit, Unit> value) => See(value);

    public Option<int?> Nested(Option<int?> value) => See(value);

    public (Colour, Access)[] Enums((Colour, Access)[] value) => See(value);

    public (ulong, Person) Many(Person a, Person b, Person c, ulong last)
    {
        Seen = (a, b, c);
        return (last, c);
    }

    public double Sum(ReadOnlySpan<double> values, Span<byte> target)
    {
        target.Fill(7);
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    public ReadOnlySpan<char> Upper(string value) => value.ToUpperInvariant();

    private T See<T>(T value)
    {
        Seen = value;
        return value;
    }
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class EchoGuest
{
    public partial string Text(ReadOnlySpan<char> value);

    public partial string? Maybe(string? value);

    public partial int? Number(int? value);

    public partial int[] Numbers(ReadOnlySpan<int> value);

    public partial List<string> Names(List<string> value);

    public partial ImmutableArray<bool> Bits(ImmutableArray<bool> value);

    public partial IReadOnlyList<Rune> Runes(IReadOnlyList<Rune> value);

    public partial ReadOnlyMemory<double> Doubles(ReadOnlyMemory<double> value);

    public partial Person Someone(Person value);

    public partial Person[] People(Person[] value);

    public partial Point At(Point value);

    public partial Settings Set(Settings value);

    public partial (int, string) Pair((int, string) value);

    public partial Figure Draw(Figure value);

    public partial Figure[] DrawAll(Figure[] value);

    public partial Result<string, Colour> Outcome(Result<string, Colour> value);

    public partial Result<Unit, Unit> Bare(Result<Unit, Unit> value);

    public partial Option<int?> Nested(Option<int?> value);

    public partial (Colour, Access)[] Enums((Colour, Access)[] value);

    public partial (ulong, Person) Many(Person a, Person b, Person memory, ulong slots);

    public partial double Sum(double[] values, byte[] target);

    [WasmName("memory")]
    public partial Memory Memory { get; }
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class EchoResults
{
    public partial GuestResult<string> Text(string value);

    public partial GuestResult<Figure> Draw(Figure value);
}

/// <summary>
/// Every shape by way of a real guest: host → guest → host → guest → host, so each value is lowered and lifted twice.
/// </summary>
public sealed class CanonicalTests : IDisposable
{
    private const int Released = 512;

    private static readonly (string Name, string Parameters, string Result)[] Functions =
    [
        ("Text", "i32 i32", "area"), ("Maybe", "i32 i32 i32", "area"), ("Number", "i32 i32", "area"),
        ("Numbers", "i32 i32", "area"),
        ("Names", "i32 i32", "area"), ("Bits", "i32 i32", "area"), ("Runes", "i32 i32", "area"),
        ("Doubles", "i32 i32", "area"),
        ("Someone", "i32 i32 i32 i32 i32 i32 i32 i32", "area"), ("People", "i32 i32", "area"),
        ("At", "i32 f64", "area"),
        ("Set", "i32 i32 i64", "area"), ("Pair", "i32 i32 i32", "area"), ("Draw", "i32 i64 i32 i32", "area"),
        ("DrawAll", "i32 i32", "area"),
        ("Outcome", "i32 i32 i32", "area"), ("Bare", "i32", "i32"), ("Nested", "i32 i32 i32", "area"),
        ("Enums", "i32 i32", "area"),
        ("Many", "i32", "area"), ("Sum", "i32 i32 i32 i32", "f64"),
        ];

    private readonly World _world = new();
    private readonly EchoHost _host = new();
    private readonly EchoGuest _guest;
    private readonly EchoResults _results;

    public CanonicalTests()
    {
        _world.Linker.Define(_host);
        Instance instance = _world.Instantiate(Wat(Functions));
        _guest = new EchoGuest(instance);
        _results = new EchoResults(instance);
    }

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("größer ⇒ 🦀\0end")]
    public void Text(string value)
    {
        Assert.Equal(value, _guest.Text(value));
        Assert.Equal(value, _host.Seen);
        Assert.Equal(value, _results.Text(value).Unwrap());
        Assert.Equal(value, _guest.Maybe(value));
    }

    [Fact]
    public void Unpaired_surrogates_go_out_as_the_replacement_character() =>
        Assert.Equal("a�b", _guest.Text("a\ud800b"));

    [Fact]
    public void Options()
    {
        Assert.Null(_guest.Maybe(null));
        Assert.Null(_guest.Number(null));
        Assert.Equal(int.MinValue, _guest.Number(int.MinValue));
        Assert.Equal(Option<int?>.None, _guest.Nested(default));
        Assert.Equal(new Option<int?>(null), _guest.Nested(new Option<int?>(null)));
        Assert.Equal(new Option<int?>(-1), _guest.Nested(new Option<int?>(-1)));
    }

    [Fact]
    public void Lists()
    {
        Assert.Equal([1, -2, int.MaxValue], _guest.Numbers([1, -2, int.MaxValue]));
        Assert.Empty(_guest.Numbers([]));
        Assert.Equal(["", "a", "bc"], _guest.Names(["", "a", "bc"]));
        Assert.Equal([true, false, true], _guest.Bits([true, false, true]).ToArray());
        Assert.Empty(_guest.Bits(default));
        Assert.Equal([new Rune('x'), new Rune(0x10ffff)], _guest.Runes([new Rune('x'), new Rune(0x10ffff)]));
        Assert.Equal([1.5, double.NegativeInfinity], _guest.Doubles(new[] { 1.5, double.NegativeInfinity }).ToArray());
        Assert.Equal(100_000, _guest.Numbers(new int[100_000]).Length); // more than the first pages hold
    }

    [Fact]
    public void Records()
    {
        var ada = new Person("Ada", 36, null, [1, 2, 3]);
        Person back = _guest.Someone(ada);
        Assert.Equal((ada.Name, ada.Age, ada.Email), (back.Name, back.Age, back.Email));
        Assert.Equal(ada.Key, back.Key);
        Assert.Equal(
            ["Ada", "Bob"],
            _guest.People([ada, ada with { Name = "Bob", Email = "b@c" }]).Select(person => person.Name));
        Assert.Equal("b@c", ((Person[])_host.Seen!)[1].Email);
        Assert.Equal(new Point(-3, 0.5), _guest.At(new Point(-3, 0.5)));
        Assert.Equal((-7, "seven"), _guest.Pair((-7, "seven")));
        var settings = new Settings { IsOn = true, Mark = new Rune('!'), Limit = ulong.MaxValue };
        Assert.Equal(settings, _guest.Set(settings));
    }

    [Fact]
    public void Variants()
    {
        Figure[] figures =
        [
            new Figure.Nothing(),
            new Figure.Circle(2.5f),
            new Figure.Text("hi", Colour.Blue),
            new Figure.Big(ulong.MaxValue),
        ];
        foreach (Figure figure in figures)
        {
            Assert.Equal(figure, _guest.Draw(figure));
            Assert.Equal(figure, _results.Draw(figure).Unwrap());
        }

        Assert.Equal(figures, _guest.DrawAll(figures));
        Assert.Throws<ArgumentNullException>(() => _guest.Draw(null!));
    }

    [Fact]
    public void Results_and_enums()
    {
        Assert.Equal(Result<string, Colour>.Ok("fine"), _guest.Outcome("fine"));
        Assert.Equal(Result<string, Colour>.Error(Colour.Green), _guest.Outcome(Colour.Green));
        Assert.True(_guest.Bare(Result<Unit, Unit>.Ok(default)).IsOk);
        Assert.False(_guest.Bare(Result<Unit, Unit>.Error(default)).IsOk);
        (Colour, Access)[] enums = [(Colour.Red, Access.None), (Colour.Blue, Access.Read | Access.Run)];
        Assert.Equal(enums, _guest.Enums(enums));
    }

    [Fact]
    public void More_than_16_slots_go_by_way_of_memory()
    {
        var person = new Person("P", 1, "e", [9]);
        (ulong number, Person last) = _guest.Many(
            person, person with { Age = 2 }, person with { Age = 3 }, ulong.MaxValue - 1);
        Assert.Equal(ulong.MaxValue - 1, number);
        Assert.Equal(3, last.Age);
        var seen = ((Person, Person, Person))_host.Seen!;
        Assert.Equal((1, 2, 3), (seen.Item1.Age, seen.Item2.Age, seen.Item3.Age));
    }

    [Fact]
    public void Spans_are_views_of_the_guests_memory()
    {
        Assert.Equal(6.5, _guest.Sum([1, 2, 3.5], new byte[5]));
        Assert.Equal(5, _guest.Memory.GetSpan().Count((byte)7)); // the host wrote into the guest's copy of the target
    }

    [Fact]
    public void A_result_is_released_when_it_is_read()
    {
        _guest.Text("released");
        // the guest's cabi_post_Text got the address of its result
        Assert.Equal(1024, _guest.Memory.Read<int>(Released));
    }

    [Fact]
    public void Null_where_none_is_allowed_is_the_hosts_mistake()
    {
        Assert.Throws<ArgumentNullException>(() => _results.Text(null!));
        Assert.Throws<ArgumentNullException>(() => _guest.Names(["a", null!]));
        Assert.Equal("still", _guest.Text("still"));
    }

    [Fact]
    public void Missing_exports_are_reported_when_the_guest_is_instantiated()
    {
        var exception = Assert.Throws<LinkException>(
            () => _world.Instantiate("""(module (import "env" "Text" (func (param i32 i32 i32))))"""));
        Assert.Equal(["memory", "cabi_realloc"], exception.Problems.Select(problem => problem.Name));
        exception = Assert.Throws<LinkException>(() => _world.Instantiate(
            """
            (module
              (import "env" "Text" (func (param i32 i32 i32)))
              (memory (export "memory") 1)
              (func (export "cabi_realloc") (param i32) (result i32) unreachable))
            """));
        Assert.Contains(
            "cabi_realloc: want func (param i32 i32 i32 i32) (result i32), for the values of `env.Text`, have func "
                + "(param i32) (result i32)",
            exception.Message,
            StringComparison.Ordinal);
        exception = Assert.Throws<LinkException>(() => new EchoGuest(_world.Instantiate("(module)")));
        Assert.Contains(exception.Problems, problem => problem.Name == "cabi_realloc");
        Assert.Single(exception.Problems, problem => problem.Name == "memory");
    }

    /// <summary>For each function, an export that hands its core arguments on to the import of the same name.</summary>
    internal static string Wat(params (string Name, string Parameters, string Result)[] functions)
    {
        var imports = new StringBuilder();
        var exports = new StringBuilder();
        foreach ((string name, string parameters, string result) in functions)
        {
            string arguments = string.Concat(Enumerable.Range(0, parameters.Split(' ').Length)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"(local.get {i}) ")));
            imports.AppendLine(
                CultureInfo.InvariantCulture,
                $"""(import "env" "{name}" (func ${name} """
                    + $"""(param {parameters}{(result == "area" ? " i32" : "")})"""
                    + $"""{(result == "area" ? "" : $" (result {result})")}))""");
            exports.AppendLine(
                CultureInfo.InvariantCulture,
                $"""(func (export "{name}") (param {parameters}) (result {(result == "area" ? "i32" : result)}) """
                    + $"""(call ${name} {arguments}"""
                    + $"""{(result == "area" ? "(i32.const 1024)) (i32.const 1024" : "")}))""");
        }

        return $"""
            (module
              {imports}
              (memory (export "memory") 1)
              (global $next (mut i32) (i32.const 4096))
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (local i32)
                (local.set 4
                  (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1)))
                    (i32.sub (i32.const 0) (local.get 2))))
                (global.set $next (i32.add (local.get 4) (local.get 3)))
                (block (loop
                  (br_if 1 (i32.ge_u (i32.mul (memory.size) (i32.const 65536)) (global.get $next)))
                  (drop (memory.grow (i32.const 1)))
                  (br 0)))
                (local.get 4))
              (func (export "cabi_post_Text") (param i32) (i32.store (i32.const {Released}) (local.get 0)))
              {exports})
            """;
    }
}
