namespace WasmBindgen.Runtime.Tests;

/// <summary>Values of types that the engine would end the process for, if it were asked in the wrong way.</summary>
public sealed class TypeTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly Linker _linker;
    private readonly Store _store;

    public TypeTests()
    {
        _linker = new Linker(_engine);
        _store = new Store(_engine);
    }

    public void Dispose()
    {
        _store.Dispose();
        _linker.Dispose();
        _engine.Dispose();
    }

    [Fact]
    public void Vectors_cross_as_arguments_results_and_globals()
    {
        var bits = new UInt128(0x0123456789abcdef, 0xfedcba9876543210);
        var global = new Global(_store, new GlobalType(ValueKind.V128, IsMutable: true), WasmValue.FromV128(bits));
        _linker.Define("host", "vector", global);
        Instance instance = Instantiate("""
            (module
              (import "host" "vector" (global $vector (mut v128)))
              (func (export "exchange") (param v128) (result v128)
                (global.get $vector)
                (global.set $vector (local.get 0))))
            """);
        Assert.Equal(bits, instance.GetFunction("exchange")!.Call(WasmValue.FromV128(~bits))[0].AsV128());
        Assert.Equal(~bits, global.Value.AsV128());
    }

    [Fact]
    public void References_without_a_value_here_are_refused_before_the_call()
    {
        Instance instance = Instantiate("""
            (module
              (type $point (struct (field i32)))
              (func (export "take") (param anyref))
              (func (export "take_exact") (param (ref func)))
              (func (export "give") (result (ref $point)) (struct.new $point (i32.const 1)))
              (func (export "give_number") (result i31ref) (ref.i31 (i32.const 1))))
            """);
        Assert.Throws<ArgumentException>(() => instance.GetFunction("take")!.Call(WasmValue.NullExternRef));
        Assert.Throws<ArgumentException>(() => instance.GetFunction("take_exact")!.Call(WasmValue.FromFunction(null)));
        Assert.Contains(
            "(ref $struct)",
            Assert.Throws<NotSupportedException>(() => instance.GetFunction("give")!.Call()).Message,
            StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => instance.GetFunction("give_number")!.Call());
    }

    [Fact]
    public void Globals_and_tables_of_other_references_can_be_passed_on_but_not_read()
    {
        Instance one = Instantiate("""
            (module
              (global (export "g") (mut anyref) (ref.i31 (i32.const 7)))
              (table (export "t") 2 4 anyref))
            """);
        _linker.Define("one", one);
        Instance two = Instantiate("""
            (module
              (import "one" "g" (global $g (mut anyref)))
              (import "one" "t" (table $t 1 4 anyref))
              (func (export "read") (result i32)
                (table.set $t (i32.const 1) (global.get $g))
                (i31.get_u (ref.cast (ref i31) (table.get $t (i32.const 1))))))
            """);
        Assert.Equal(7, two.GetFunction("read")!.Call()[0].AsInt32());
        Assert.Equal("global (mut anyref)", one.GetGlobal("g")!.Type.ToString());
        Assert.Throws<NotSupportedException>(() => one.GetGlobal("g")!.Value);
        Assert.Throws<ArgumentException>(() => one.GetGlobal("g")!.Value = WasmValue.NullExternRef);
        Table table = one.GetTable("t")!;
        Assert.Equal(2, table.Length);
        Assert.Throws<NotSupportedException>(() => table[0]);
        Assert.Throws<NotSupportedException>(() => table[0] = null);
        Assert.Throws<NotSupportedException>(() => table.Grow(1));
        Assert.Throws<ArgumentException>(() => new Table(_store, new TableType(ValueKind.AnyRef, 1, null)));
        Assert.Throws<ArgumentException>(() => new Table(_store, new TableType(ValueKind.V128, 1, null)));
        Assert.Throws<ArgumentException>(
            () => new Global(_store, new GlobalType(ValueKind.StructRef, true), WasmValue.NullExternRef));
    }

    [Fact]
    public void A_guest_s_exception_that_nobody_catches_ends_it()
    {
        Instance thrower = Instantiate("""
            (module
              (tag $tag (export "tag") (param i32))
              (func (export "throw") (param i32) (throw $tag (local.get 0))))
            """);
        Assert.Equal(
            ["tag tag (param i32)", "throw func (param i32)"],
            thrower.Exports.Select(static export => $"{export.Name} {export.Type}"));
        for (int i = 0; i < 3; i++)
        {
            var trap = Assert.Throws<GuestTagException>(() => thrower.GetFunction("throw")!.Call(i));
            Assert.Equal(TrapCode.UncaughtException, trap.Code);
            Assert.Single(trap.Backtrace!.Frames);
        }

        _linker.Define("thrower", thrower);
        Instance catcher = Instantiate("""
            (module
              (import "thrower" "tag" (tag $tag (param i32)))
              (import "thrower" "throw" (func $throw (param i32)))
              (func (export "catch") (param i32) (result i32)
                (block $caught (result i32)
                  (try_table (catch $tag $caught) (call $throw (local.get 0)))
                  (unreachable))))
            """);
        Assert.Equal(42, catcher.GetFunction("catch")!.Call(42)[0].AsInt32());
    }

    [Fact]
    public void A_problem_lists_only_what_does_not_fit()
    {
        _linker.Define("lib", Instantiate("""
            (module
              (global (export "sub") (ref i31) (ref.i31 (i32.const 1)))
              (global (export "null") nullref (ref.null none))
              (global (export "other") externref (ref.null extern))
              (tag (export "tag") (param i64)))
            """));
        var exception = Assert.Throws<LinkException>(() => Instantiate("""
            (module
              (import "lib" "sub" (global anyref))
              (import "lib" "null" (global (ref null struct)))
              (import "lib" "other" (global anyref))
              (import "lib" "tag" (tag (param i32))))
            """));
        Assert.Equal(["lib.other", "lib.tag"], exception.Problems.Select(static problem => problem.Name));
        Assert.Contains("tag (param i32)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("tag (param i64)", exception.Message, StringComparison.Ordinal);
    }

    private Instance Instantiate(string text)
    {
        using Module module = Module.FromText(_engine, "module", text);
        return _linker.Instantiate(_store, module);
    }
}
