namespace WasmBindgen.EndToEnd.Tests;

/// <summary>By way of a string, and refuses what is no URI.</summary>
public sealed class UriMarshaller : IWasmMarshaller<Uri, string>
{
    public static string ToGuest(Uri value) => value.AbsoluteUri;

    public static Uri FromGuest(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? uri)
            ? uri
            : throw GuestMemoryException.InvalidValue($"'{value}' is not an absolute URI.");
}

/// <summary>By way of a record.</summary>
[WasmMarshaller(typeof(MoneyMarshaller))]
public readonly record struct Money(decimal Amount);

public sealed record Cents(long Whole, byte Part);

public sealed class MoneyMarshaller : IWasmMarshaller<Money, Cents>
{
    public static Cents ToGuest(Money value) => new((long)value.Amount, (byte)(value.Amount % 1 * 100));

    public static Money FromGuest(Cents value) => new(value.Whole + (value.Part / 100m));
}

/// <summary>Days, one slot.</summary>
public sealed class DaysMarshaller : IWasmMarshaller<TimeSpan, int>
{
    public static int ToGuest(TimeSpan value) => value.Days;

    public static TimeSpan FromGuest(int value) => TimeSpan.FromDays(value);
}

/// <summary>
/// Attributes on its parameters say how they cross: a C string, a marshaller, a number of UTF-16 code units.
/// </summary>
public sealed record Link(
    [CString] string Name, [WasmMarshaller(typeof(UriMarshaller))] Uri Target, [Utf16] string? Title);

[WasmImport("env", Naming = Naming.Exact)]
public sealed partial class CustomHost
{
    [return: WasmMarshaller(typeof(UriMarshaller))]
    public Uri Next([WasmMarshaller(typeof(UriMarshaller))] Uri uri) => new(uri, "/next");

    [return: WasmMarshaller(typeof(UriMarshaller))]
    public Uri? Maybe([WasmMarshaller(typeof(UriMarshaller))] Uri? uri) => uri;

    public Money[] Sum(Money[] prices) => [new(prices.Sum(static price => price.Amount))];

    [return: WasmMarshaller(typeof(DaysMarshaller))]
    public TimeSpan Twice([WasmMarshaller(typeof(DaysMarshaller))] TimeSpan time) => time * 2;

    [return: WasmMarshaller(typeof(DaysMarshaller))]
    public TimeSpan? MaybeTwice([WasmMarshaller(typeof(DaysMarshaller))] TimeSpan? time) => time * 2;

    public Link[] Follow(Link link, Link[] links) => [link, .. links];
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class CustomGuest
{
    [return: WasmMarshaller(typeof(UriMarshaller))]
    public partial Uri Next([WasmMarshaller(typeof(UriMarshaller))] Uri uri);

    [return: WasmMarshaller(typeof(UriMarshaller))]
    public partial Uri? Maybe([WasmMarshaller(typeof(UriMarshaller))] Uri? uri);

    public partial Money[] Sum(Money[] prices);

    [return: WasmMarshaller(typeof(DaysMarshaller))]
    public partial TimeSpan Twice([WasmMarshaller(typeof(DaysMarshaller))] TimeSpan time);

    [return: WasmMarshaller(typeof(DaysMarshaller))]
    public partial TimeSpan? MaybeTwice([WasmMarshaller(typeof(DaysMarshaller))] TimeSpan? time);

    public partial Link[] Follow(Link link, Link[] links);
}

public sealed class MarshallerTests : IDisposable
{
    private readonly World _world = new();
    private readonly Instance _instance;
    private readonly CustomGuest _guest;

    public MarshallerTests()
    {
        _world.Linker.Define(new CustomHost());
        _instance = _world.Instantiate(CanonicalTests.Wat(
            ("Next", "i32 i32", "area"), ("Maybe", "i32 i32 i32", "area"), ("Sum", "i32 i32", "area"),
            ("Twice", "i32", "i32"), ("MaybeTwice", "i32 i32", "area"),
            ("Follow", "i32 i32 i32 i32 i32 i32 i32 i32", "area")));
        _guest = new CustomGuest(_instance);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_users_type_crosses_by_way_of_another()
    {
        Assert.Equal(new Uri("https://example.org/next"), _guest.Next(new Uri("https://example.org/a/b")));
        Assert.Null(_guest.Maybe(null));
        Assert.Equal(new Uri("urn:b"), _guest.Maybe(new Uri("urn:b")));
        Assert.Equal([new Money(4.75m)], _guest.Sum([new Money(1.5m), new Money(3.25m)]));
        Assert.Equal(TimeSpan.FromDays(6), _guest.Twice(TimeSpan.FromDays(3)));
        Assert.Equal(TimeSpan.FromDays(6), _guest.MaybeTwice(TimeSpan.FromDays(3)));
        Assert.Null(_guest.MaybeTwice(null));
    }

    [Fact]
    public void Attributes_on_a_records_parameters()
    {
        var first = new Link("née", new Uri("urn:a"), "t\ud800");
        var second = new Link("", new Uri("urn:b"), null);
        Assert.Equal([first, second, first], _guest.Follow(first, [second, first]));
    }

    [Fact]
    public void What_a_marshaller_refuses_is_a_fault_of_the_guest()
    {
        var exception = Assert.Throws<GuestMemoryException>(() => new TextGuest(_instance).Next("no uri"));
        Assert.Equal(
            (GuestMemoryFault.InvalidValue, "env.Next", "uri"),
            (exception.Fault, exception.Function, exception.Parameter));
        Assert.Equal("`env.Next`, uri: 'no uri' is not an absolute URI.", exception.Message);
    }
}

/// <summary>The same export with its text as it is.</summary>
[WasmExport(Naming = Naming.Exact)]
public sealed partial class TextGuest
{
    public partial string Next(string uri);
}
