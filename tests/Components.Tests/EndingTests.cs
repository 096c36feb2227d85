using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>How calls end at their call site, through two guests; and which instances end with them.</summary>
public sealed class EndingTests
{
    private static readonly FunctionType s_number = FunctionType.Echo(Primitive.Of("u32"));

    [Fact]
    public void A_host_s_exception_crosses_two_guests_as_that_object()
    {
        using Chain chain = new(poison: false);
        var stop = new StopException();
        chain.Host.Body = _ => throw stop;
        Assert.Same(stop, Assert.Throws<StopException>(() => chain.Guest.F(1)));
        var other = new InvalidOperationException("no");
        chain.Host.Body = _ => throw other;
        Assert.Same(other, Assert.Throws<HostFunctionException>(() => chain.Guest.F(1)).InnerException);
        chain.Host.Body = static number => number + 1;
        Assert.Equal(2u, chain.Guest.F(1));
    }

    /// <summary>As the engine has it, where the store is.</summary>
    [Fact]
    public void Both_guests_end_where_that_is_wanted()
    {
        using Chain chain = new(poison: true);
        chain.Host.Body = static number => number;
        Assert.Equal(1u, chain.Guest.F(1));
        chain.Host.Body = static _ => throw new StopException();
        Assert.Throws<StopException>(() => chain.Guest.F(1));
        chain.Host.Body = static number => number;
        Assert.Equal(
            TrapCode.CannotEnterComponent, Assert.Throws<TrapException>(() => chain.Guest.F(1)).Code);

        using OracleComponent component = new OracleComponent(Chain.Wat)
            .Define("host", "f", static (_, arguments) =>
                arguments[0] == 7u ? throw new StopException() : arguments[0]);
        using OracleInstance instance = component.Instantiate();
        Assert.Equal(1u, instance.Call("consumer#f", 1u));
        Assert.IsType<StopException>(
            Assert.Throws<OracleTrapException>(() => instance.Call("consumer#f", 7u)).InnerException);
        Assert.Contains(
            "cannot enter", Assert.Throws<OracleTrapException>(() => instance.Call("consumer#f", 1u)).Reason);
    }

    private sealed class Chain : IDisposable
    {
        internal static readonly string Wat = ComponentText.Chain(s_number, "utf8", "utf8");
        private readonly Engine _engine = new();
        private readonly Store _store;

        internal Chain(bool poison)
        {
            _store = new Store(_engine, new StoreOptions { PoisonAfterTrap = poison });
            using var linker = new Linker(_engine).Define(Host);
            using var component = Component.FromText(_engine, "chain", Wat);
            Guest = new NumberGuest(linker.Instantiate(_store, component));
        }

        internal NumberHost Host { get; } = new();

        internal NumberGuest Guest { get; }

        public void Dispose()
        {
            _store.Dispose();
            _engine.Dispose();
        }
    }
}

internal sealed class StopException : Exception;

[WasmImport("host")]
internal sealed partial class NumberHost
{
    internal Func<uint, uint> Body { get; set; } = static number => number;

    [Interrupts<StopException>]
    public uint F(uint p0) => Body(p0);
}

[WasmExport(Prefix = "consumer#")]
internal sealed partial class NumberGuest
{
    public partial uint F(uint p0);
}
