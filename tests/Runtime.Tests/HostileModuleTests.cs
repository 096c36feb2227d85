using System.Text;

namespace WasmBindgen.Runtime.Tests;

/// <summary>Valid and invalid modules at the limits of the engine: each loads or is refused, and the process goes on.</summary>
public sealed class HostileModuleTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("(", 1_000_000)]
    [InlineData("(@a ", 200_000)]
    [InlineData("(;", 1_000_000)]
    [InlineData("(module ", 100_000)]
    public void Text_nested_without_end_is_refused(string piece, int count) =>
        Assert.Throws<InvalidModuleException>(() => Module.FromText(_engine, "m", Repeat(piece, count)));

    [Fact]
    public void Deep_code_compiles_on_a_small_stack()
    {
        string text = $"(module (func {Repeat("(block ", 20_000)}{Repeat(")", 20_000)} (drop {Repeat("(i32.eqz ", 20_000)}(i32.const 0){Repeat(")", 20_000)})))";
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                failure = Record.Exception(() => Module.FromText(_engine, "m", text).Dispose());
            },
            maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    [Fact]
    public void Every_name_can_be_read()
    {
        using Module module = Module.FromText(_engine, "a\0b", """
            (module
              (import "\00" "\u{10ffff}" (func))
              (func (export "")) (func (export "a\00b")) (memory (export "\u{feff}") 1)
              (@custom "name" "\01\ff\ff\ff\ff\0f") (@custom ".debug_line" "\ff\ff\ff\ff") (@custom "" ""))
            """);
        Assert.Equal(["", "a\0b", "\ufeff"], module.Exports.Select(export => export.Name));
        Assert.Equal("\0\udbff\udfff", module.Imports[0].Module + module.Imports[0].Name);
    }

    [Theory]
    [InlineData("(@custom \"name\" \"\\ff\\fe\") (func $s unreachable) (start $s)")]
    [InlineData("(table 0xfffffffe funcref)")]
    [InlineData("(table i64 0xfffffffe externref)")]
    [InlineData("(func $f) (table 0xfffffffe (ref func) (ref.func $f))")]
    [InlineData("(memory i64 0x1000000000000)")]
    [InlineData("(memory i64 0x100000000)")]
    [InlineData("(memory 1 2 shared) (func $s (unreachable)) (start $s)")]
    [InlineData("(tag $t (param i32)) (func $s (throw $t (i32.const 1))) (start $s)")]
    [InlineData("(func $s (call $s)) (start $s)")]
    public void What_cannot_be_instantiated_is_an_exception(string fields)
    {
        using Module module = Module.FromText(_engine, "m", $"(module {fields})");
        using var linker = new Linker(_engine);
        using var store = new Store(_engine, new StoreOptions { MaxMemoryBytes = 1 << 20, MaxTableElements = 1000 });
        var exception = Assert.ThrowsAny<WasmException>(() => linker.Instantiate(store, module));
        Assert.NotNull(exception.ToString());
        _ = exception.Backtrace?.ToString();
    }

    [Fact]
    public void An_exception_that_the_start_function_does_not_catch_is_a_trap()
    {
        using Module module = Module.FromText(
            _engine, "m", "(module (tag $t (param i32)) (func $s (throw $t (i32.const 1))) (start $s))");
        using var linker = new Linker(_engine);
        using var store = new Store(_engine);
        using InstancePre pre = linker.InstantiatePre(module);
        Assert.Equal(
            TrapCode.UncaughtException,
            Assert.Throws<GuestTagException>(() => linker.Instantiate(store, module)).Code);
        Assert.Equal(
            TrapCode.UncaughtException, Assert.Throws<GuestTagException>(() => pre.Instantiate(store)).Code);
    }

    [Fact]
    public void The_limit_of_memory_bounds_garbage_collected_objects()
    {
        using Module module = Module.FromText(
            _engine, "m", "(module (type $a (array i8)) (func $s (drop (array.new_default $a (i32.const 0x7fffffff)))) (start $s))");
        using var linker = new Linker(_engine);
        using var store = new Store(_engine, new StoreOptions { MaxMemoryBytes = 1 << 20 });
        Assert.ThrowsAny<WasmException>(() => linker.Instantiate(store, module));
    }

    [Fact]
    public void Many_types_are_read()
    {
        using Module module = Module.FromText(_engine, "m", $"(module (rec {Repeat("(type (struct (field i32)))", 50_000)}))");
        Assert.Throws<InvalidModuleException>(() => Module.FromText(
            _engine, "m", $"(module (type $0 (sub (struct))) {string.Concat(Enumerable.Range(1, 100).Select(i => $"(type ${i} (sub ${i - 1} (struct)))"))})"));
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();
}
