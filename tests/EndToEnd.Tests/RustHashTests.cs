namespace WasmBindgen.EndToEnd.Tests;

[RustWasmBindgen]
[WasmImport("wbg", Prefix = "__wbg_")]
public sealed partial class HashedHost(int answer)
{
    public int Answer() => answer;
}

[WasmImport("wbg", Prefix = "__wbg_")]
public sealed partial class HashlessHost
{
    public int Answer() => 0;
}

[WasmExport]
public sealed partial class HashedGuest
{
    public partial int Run();
}

/// <summary>Imports that wasm-bindgen names with a hash.</summary>
public sealed class RustHashTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private static string Wat(params string[] imports) =>
        $"""
        (module
          {string.Join("\n", imports.Select(static name => $"(import \"wbg\" \"{name}\" (func (result i32)))"))}
          (func (export "run") (result i32) (call 0)))
        """;

    private int Run(params string[] imports) => new HashedGuest(_world.Instantiate(Wat(imports))).Run();

    [Fact]
    public void Whatever_the_hash_the_function_is_found()
    {
        _world.Linker.Define(new HashedHost(42));
        Assert.Equal(42, Run("__wbg_answer_0123456789abcdef"));
        Assert.Equal(42, Run("__wbg_answer_fedcba9876543210"));
        Assert.Equal(42, Run("__wbg_answer"));
        using Module module = Module.FromText(_world.Engine, "guest", Wat("__wbg_answer_0000000000000000"));
        using InstancePre pre = _world.Linker.InstantiatePre(module);
        Assert.Equal(42, new HashedGuest(pre.Instantiate(_world.Store)).Run());
    }

    [Fact]
    public void Several_hashes_are_ambiguous_whatever_was_linked_before()
    {
        _world.Linker.Define(new HashedHost(42));
        Assert.Equal(42, Run("__wbg_answer_0000000000000001"));
        Assert.Throws<LinkException>(() => Run("__wbg_answer_0000000000000001", "__wbg_answer_0000000000000002"));
        Assert.Equal(42, Run("__wbg_answer_0000000000000003", "__wbg_answer_0000000000000003"));
    }

    [Theory]
    [InlineData("__wbg_answer_0123456789ABCDEF")]
    [InlineData("__wbg_answer_0123456789abcde")]
    [InlineData("__wbg_answer_0123456789abcdef0")]
    [InlineData("__wbg_answer0123456789abcdef")]
    [InlineData("__wbg_other_0123456789abcdef")]
    [InlineData("_0123456789abcdef")]
    [InlineData("0123456789abcdef")]
    public void Other_names_are_missing(string name)
    {
        _world.Linker.Define(new HashedHost(42));
        LinkProblem problem = Assert.Single(Assert.Throws<LinkException>(() => Run(name)).Problems);
        Assert.Equal($"wbg.{name}", problem.Name);
    }

    [Fact]
    public void Several_that_differ_in_the_hash_only_are_missing()
    {
        _world.Linker.Define(new HashedHost(42));
        LinkException error = Assert.Throws<LinkException>(
            () => Run("__wbg_answer_0123456789abcdef", "__wbg_answer_fedcba9876543210"));
        Assert.Equal(2, error.Problems.Count);
        Assert.Equal("the module imports several `wbg.__wbg_answer`: name each with its hash", error.Problems[0].Hint);
    }

    [Fact]
    public void The_class_must_be_one_for_such_guests()
    {
        _world.Linker.Define(new HashlessHost());
        Assert.Throws<LinkException>(() => Run("__wbg_answer_0123456789abcdef"));
    }

    [Fact]
    public void A_function_of_another_type_is_reported()
    {
        _world.Linker.Define(new HashedHost(42));
        LinkProblem problem = Assert.Single(Assert.Throws<LinkException>(() => _world.Instantiate(
            """(module (import "wbg" "__wbg_answer_0123456789abcdef" (func (param i64))))""")).Problems);
        Assert.Equal(("func (param i64)", "func (result i32)"), (problem.Want, problem.Have));
    }

    [Fact]
    public void A_later_definition_serves_the_hash_too()
    {
        _world.Linker.AllowShadowing = true;
        _world.Linker.Define(new HashedHost(1));
        Assert.Equal(1, Run("__wbg_answer_0123456789abcdef"));
        _world.Linker.Define(new HashedHost(2));
        Assert.Equal(2, Run("__wbg_answer_0123456789abcdef"));
    }

    [Fact]
    public void A_trap_gives_way()
    {
        using Module module = Module.FromText(_world.Engine, "guest", Wat("__wbg_answer_0123456789abcdef"));
        _world.Linker.DefineUnknownImportsAsTraps(module).Define(new HashedHost(42));
        Assert.Equal(42, new HashedGuest(_world.Linker.Instantiate(_world.Store, module)).Run());
    }

    [Fact]
    public void Each_store_can_have_its_own_host()
    {
        _world.Linker.DefinePerStore<HashedHost>();
        _world.Store.SetHost(new HashedHost(7));
        Assert.Equal(7, Run("__wbg_answer_0123456789abcdef"));
    }
    [Fact]
    public void The_store_s_timeout_bounds_the_wait_for_a_busy_linker()
    {
        using var inside = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var spawning = new SpawningHost
        {
            Spawns = () =>
            {
                inside.Set();
                go.Wait();
            },
        };
        _world.Linker.Define(new HashedHost(42)).Define(spawning);
        using Module starts = Module.FromText(
            _world.Engine, "starts", "(module (import \"env\" \"spawn\" (func $spawn)) (start $spawn))");
        using Module hashed = Module.FromText(_world.Engine, "guest", Wat("__wbg_answer_0123456789abcdef"));
        using var store = new Store(_world.Engine);
        var thread = new Thread(() => _world.Linker.Instantiate(store, starts));
        thread.Start();
        inside.Wait();
        _world.Store.Timeout = TimeSpan.FromMilliseconds(20);
        Assert.Throws<GuestTimeoutException>(() => _world.Linker.Instantiate(_world.Store, hashed));
        go.Set();
        thread.Join();
        _world.Store.Timeout = null;
        Assert.Equal(42, new HashedGuest(_world.Linker.Instantiate(_world.Store, hashed)).Run());
    }
}
