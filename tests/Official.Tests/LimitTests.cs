using Wasmtime;

namespace OfficialTests;

/// <summary>Tokens, timeouts and fuel, where the engine's configuration allows for them.</summary>
public sealed class LimitTests
{
    private static Config Epochs => new Config().WithEpochInterruption(true);

    [Fact]
    public void A_token_and_a_time_stop_the_guest()
    {
        using var world = new World(Epochs);
        (Store store, Instance instance) = Start(world);
        using (store)
        {
            var guest = new Guest(instance);
            using var source = new CancellationTokenSource(50);
            Assert.Equal(
                source.Token,
                Assert.Throws<OperationCanceledException>(() => guest.Forever(source.Token)).CancellationToken);
            Assert.Throws<WasmBindgen.GuestTimeoutException>(guest.ForeverInTime);
            using var second = new CancellationTokenSource(50);
            Assert.Throws<OperationCanceledException>(() => guest.CallSleep(second.Token));
            store.AsWasmBindgen().Timeout = TimeSpan.FromMilliseconds(50);
            Assert.Throws<WasmBindgen.GuestTimeoutException>(guest.ForeverUnlimited);
            Assert.Equal(3, guest.CallAdd(1, 2));
        }
    }

    [Fact]
    public void A_call_of_the_package_inside_is_stopped_too()
    {
        using var world = new World(Epochs);
        (Store store, Instance instance) = Start(world);
        using (store)
        {
            Exception? inner = null;
            world.Env.Inner = () =>
            {
                inner = Assert.Throws<WasmtimeException>(instance.GetAction("forever")!).InnerException;
                throw inner!;
            };
            store.AsWasmBindgen().Timeout = TimeSpan.FromMilliseconds(50);
            Assert.ThrowsAny<WasmBindgen.WasmException>(new Guest(instance).CallNest);
            Assert.IsType<WasmBindgen.GuestTimeoutException>(inner);
        }
    }

    [Fact]
    public void Without_a_word_about_the_engine_it_is_asked_for()
    {
        using var world = new World();
        (Store store, Instance instance) = world.Start();
        using (store)
        {
            var guest = new Guest(instance);
            foreach (Action call in (Action[])[
                guest.ForeverInTime,
                () => guest.Forever(new CancellationTokenSource().Token),
                () => store.AllowInterruption(world.Engine),
            ])
            {
                Assert.Contains(
                    "WithEpochInterruption(true)",
                    Assert.Throws<InvalidOperationException>(call).Message,
                    StringComparison.Ordinal);
            }

            Assert.Contains(
                "WithFuelConsumption(true)",
                Assert.Throws<InvalidOperationException>(guest.ForeverOnFuel).Message,
                StringComparison.Ordinal);
            Assert.Equal(3, guest.CallAdd(1, 2));
        }
    }

    [Fact]
    public void Another_engine_is_refused()
    {
        using var world = new World(Epochs);
        using var other = new Engine(Epochs);
        using var store = new Store(world.Engine);
        Assert.Throws<ArgumentException>(() => store.AllowInterruption(other));
        store.AllowInterruption(world.Engine);
        store.AllowInterruption(world.Engine);
        Assert.Throws<ArgumentException>(() => store.AllowInterruption(other));
    }

    [Fact]
    public void Fuel_limits_a_call()
    {
        using var world = new World(new Config().WithFuelConsumption(true).WithEpochInterruption(true));
        var store = new Store(world.Engine) { Fuel = 1_000_000 };
        using (store)
        {
            store.AllowInterruption(world.Engine);
            var guest = new Guest(world.Linker.Instantiate(store, world.Module));
            Assert.Throws<WasmBindgen.OutOfFuelException>(guest.ForeverOnFuel);
            Assert.InRange(store.Fuel, 990_000ul, 999_999ul);
            Assert.Equal(store.Fuel, store.AsWasmBindgen().Fuel);
        }
    }

    private static (Store Store, Instance Instance) Start(World world)
    {
        var store = new Store(world.Engine);
        store.AllowInterruption(world.Engine);
        store.SetHost(new Tenant(0));
        return (store, world.Linker.Instantiate(store, world.Module));
    }
}
