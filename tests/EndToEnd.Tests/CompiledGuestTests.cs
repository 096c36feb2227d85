namespace WasmBindgen.EndToEnd.Tests;

public sealed record ShopItem(string Name, double Price, ushort Count, string[] Tags, int? Discount);

[WasmVariant]
public abstract record Payment
{
    public sealed record Cash : Payment;

    public sealed record Card(string Holder) : Payment;

    public sealed record Points(ulong Value) : Payment;
}

[WasmImport("shop")]
public sealed partial class ShopHost
{
    public List<string> Lines { get; } = [];

    public List<Payment> Payments { get; } = [];

    public void Log(string text) => Lines.Add(text);

    public ShopItem Find(string name) => new(name, name.Length * 10, 1, [], null);

    public int Pay(Payment payment, double amount)
    {
        Payments.Add(payment);
        return (int)amount;
    }
}

[WasmExport]
public sealed partial class Shop
{
    public partial double Total(List<ShopItem> items);

    public partial ShopItem[] Split(ShopItem item);

    public partial Payment Buy(string name);
}

/// <summary>Guests that a compiler made: their structs are laid out by the compiler's rules, not by ours.</summary>
public abstract class CompiledGuestTests : IDisposable
{
    private readonly World _world = new();
    private readonly ShopHost _host = new();
    private readonly Shop _shop;

    protected CompiledGuestTests(string file)
    {
        _world.Linker.Define(_host);
        using Module module = Module.FromFile(_world.Engine, Path.Combine(AppContext.BaseDirectory, "Guests", file));
        _shop = new Shop(_world.Linker.Instantiate(_world.Store, module));
    }

    public void Dispose()
    {
        _world.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Records_in_lists()
    {
        Assert.Equal(0, _shop.Total([]));
        Assert.Equal(2.5 + 40 - 7, _shop.Total([new("Apfel 🍏", 2.5, 1, ["a", "bc"], null), new("", 20, 2, [], 7)]));
        Assert.Equal(["Apfel 🍏", ""], _host.Lines);
    }

    [Fact]
    public void A_flattened_record_and_a_list_of_them()
    {
        ShopItem[] items = _shop.Split(new ShopItem("all", 1.25, 65535, ["red", "größer", ""], -3));
        Assert.Equal(["red", "größer", ""], items.Select(static item => item.Name));
        Assert.All(items, static item =>
            Assert.Equal(((double, ushort, int?))(1.25, 65535, -3), (item.Price, item.Count, item.Discount)));
        Assert.Null(Assert.Single(_shop.Split(new ShopItem("", 0, 0, ["x"], null))).Discount);
    }

    [Fact]
    public void Variants_both_ways()
    {
        Assert.Equal(new Payment.Cash(), _shop.Buy("x"));
        Assert.Equal(new Payment.Points(20_000_000_000_000), _shop.Buy("xy"));
        Assert.Equal(new Payment.Card("a long name of it"), _shop.Buy("a long name of it"));
        Assert.Equal(
            [new Payment.Cash(), new Payment.Points(20_000_000_000_000), new Payment.Card("a long name of it")],
            _host.Payments);
    }

    [Fact]
    // the guest frees nothing, so its memory grows, and what it is asked to allocate moves on
    public void Ten_thousand_calls()
    {
        for (int i = 0; i < 10_000; i++)
        {
            Assert.Equal(3, _shop.Total([new("abc", 3, 1, ["t"], null)]));
        }

        Assert.Equal(10_000, _host.Lines.Count);
    }
}

public sealed class CGuestTests() : CompiledGuestTests("values.c.wasm");

public sealed class RustGuestTests() : CompiledGuestTests("values.rs.wasm");
