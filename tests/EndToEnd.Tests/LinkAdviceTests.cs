namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("advice")]
public sealed partial class AdvisingHost
{
    public void EarlyExit() { }

    [WasmName("now_ms")]
    public static long Now() => 0;

    public void A1() { }

    public void B2() { }

    public void C3() { }

    public void D4() { }

}

[WasmExport]
public sealed partial class AdvisedGuest
{
    public partial int GetAll();

    [WasmName("stop")]
    public partial void Finish();

    public partial int Counter { get; }

    public partial Table Table { get; }
}

/// <summary>What the messages of failed links say besides what does not fit.</summary>
public sealed class LinkAdviceTests : IDisposable
{
    private const string Host = "WasmBindgen.EndToEnd.Tests.AdvisingHost";

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("advice", "earlyExit", $"did you mean `advice.early_exit`, {Host}.EarlyExit?")]
    [InlineData("advice", "early_exi", $"did you mean `advice.early_exit`, {Host}.EarlyExit?")]
    [InlineData("advise", "early_exit", $"did you mean `advice.early_exit`, {Host}.EarlyExit?")]
    [InlineData("advice", "unlike", "`advice` has early_exit, now_ms, a1, b2, c3 and 1 more")]
    [InlineData("other", "unlike", "there is no `other`, only advice")]
    [InlineData("wasi_snapshot_preview1", "fd_write", "call DefineWasi")]
    public void A_missing_import_gets_the_nearest_name_or_a_list(string module, string name, string hint)
    {
        _world.Linker.Define(new AdvisingHost());
        LinkProblem problem = Assert.Single(Link($"""(import "{module}" "{name}" (func))""").Problems);
        Assert.Equal(hint, problem.Hint);
        Assert.Equal($"{module}.{name}: missing, want func ({hint})", problem.ToString());
    }

    [Fact]
    public void A_list_is_told_once()
    {
        LinkException error = Link("""(import "a" "b" (func)) (import "a" "c" (func))""");
        Assert.Equal(["the linker is empty", null], error.Problems.Select(static problem => problem.Hint));
    }

    [Fact]
    public void An_import_of_another_type_gets_the_method_that_defines_it()
    {
        _world.Linker.Define(new AdvisingHost());
        LinkException error = Link("""(import "advice" "now_ms" (func (result i32)))""");
        Assert.Contains(
            $"advice.now_ms: want func (result i32), have func (result i64) ({Host}.Now)", error.Message);
    }

    [Fact]
    public void An_import_of_another_type_than_the_trap_in_its_place_says_so()
    {
        using Module module = Module.FromText(_world.Engine, "first", """(module (import "a" "b" (func)))""");
        _world.Linker.DefineUnknownImportsAsTraps(module);
        LinkException error = Link("""(import "a" "b" (func (param i32)))""");
        Assert.Equal("DefineUnknownImportsAsTraps", error.Problems[0].Hint);
    }

    [Fact]
    public void An_export_gets_the_member_that_wants_it_and_the_nearest_name()
    {
        Instance instance = _world.Instantiate("""
            (module
              (func (export "getAll") (result i32) (i32.const 1))
              (func (export "stop") (result i32) (i32.const 1))
              (func (export "zzz\1b[0m")))
            """);
        var error = Assert.Throws<LinkException>(() => new AdvisedGuest(instance));
        Assert.Equal(
            [
                "for AdvisedGuest.GetAll; did you mean `getAll`?",
                "for AdvisedGuest.Finish",
                "for AdvisedGuest.Counter",
                "for AdvisedGuest.Table",
            ],
            error.Problems.Select(static problem => problem.Hint));
        Assert.Contains("get_all: missing, want func (result i32) (for AdvisedGuest.GetAll;", error.Message);
    }

    [Fact]
    public void What_the_guest_exports_is_listed_once_and_printable()
    {
        Instance instance = _world.Instantiate("""(module (func (export "zzz\1b[0m")))""");
        var error = Assert.Throws<LinkException>(() => new AdvisedGuest(instance));
        Assert.Equal(@"for AdvisedGuest.GetAll; the guest exports zzz\u001b[0m", error.Problems[0].Hint);
        Assert.Equal("for AdvisedGuest.Finish", error.Problems[1].Hint);
    }

    /// <summary>A guest may import and export as many and as long names as it likes.</summary>
    [Fact]
    public void Advice_is_bounded()
    {
        _world.Linker.Define(new AdvisingHost());
        string name = new('x', 100_000);
        LinkException error = Link(
            $"""(import "advice" "{name}" (func))"""
            + string.Concat(Enumerable.Range(0, 50).Select(static i => $"""(import "advice" "a{i}" (func))""")));
        Assert.Equal("`advice` has early_exit, now_ms, a1, b2, c3 and 1 more", error.Problems[0].Hint);
        Assert.True(error.Problems.Count > 40);
        Assert.Null(error.Problems[^1].Hint);
    }

    [Fact]
    public void A_hint_is_no_part_of_what_a_problem_is() =>
        Assert.Equal(new LinkProblem("a", "func", null) { Hint = "b" }, new LinkProblem("a", "func", null));

    private LinkException Link(string imports) =>
        Assert.Throws<LinkException>(() => _world.Instantiate($"(module {imports})"));
}
