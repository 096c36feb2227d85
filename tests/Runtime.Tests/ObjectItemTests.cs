using System.Runtime.CompilerServices;
using System.Text;

namespace WasmBindgen.Runtime.Tests;

/// <summary>Tables and globals that hold objects of the host, and functions that pass them.</summary>
public sealed class ObjectItemTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly Linker _linker;
    private readonly Store _store;

    public ObjectItemTests()
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
    public void A_table_of_the_guest_holds_objects()
    {
        Instance guest = Instantiate("""
            (module
              (table $t (export "t") 4 6 externref)
              (func (export "get") (param i32) (result externref) (table.get $t (local.get 0)))
              (func (export "set") (param i32 externref) (table.set $t (local.get 0) (local.get 1)))
              (func (export "is_null") (param i32) (result i32) (ref.is_null (table.get $t (local.get 0)))))
            """);
        Table table = guest.GetTable("t")!;
        object text = new StringBuilder("text");
        Assert.Null(table[1]);
        table[1] = text;
        table[2] = true;
        Assert.Same(text, table[1]);
        Assert.Equal(true, table[2]);
        Assert.Same(text, guest.GetFunction("get")!.Call(1)[0].AsObject());
        guest.GetFunction("set")!.Call(3, WasmValue.FromObject(_linker));
        Assert.Same(_linker, table[3]);
        table[1] = null;
        Assert.Null(table[1]);
        Assert.Equal(1, guest.GetFunction("is_null")!.Call(1)[0].AsInt32());
        Assert.Equal(4, table.Grow(2, text));
        Assert.Same(text, table[5]);
        Assert.Throws<WasmException>(() => table.Grow(1, text));
        Assert.Throws<ArgumentOutOfRangeException>(() => table[6]);
        Assert.Throws<ArgumentOutOfRangeException>(() => table[-1] = text);
        Assert.Throws<ArgumentOutOfRangeException>(() => table[1L << 32] = text);
    }

    [Fact]
    public void A_function_is_an_object_like_others_in_a_table_of_objects()
    {
        Function function = Instantiate("""(module (func (export "f")))""").GetFunction("f")!;
        var table = new Table(_store, new TableType(ValueKind.ExternRef, 1));
        table[0] = function;
        Assert.Same(function, table[0]);
        var functions = new Table(_store, new TableType(ValueKind.FuncRef, 1));
        Assert.Equal(
            "A table of funcref cannot hold System.String. (Parameter 'value')",
            Assert.Throws<ArgumentException>(() => functions[0] = "text").Message);
        Assert.Equal(1, functions.Grow(2, function));
        Assert.Equal(function.Type, ((Function)functions[2]!).Type);
        Assert.Throws<ArgumentException>(() => functions.Grow(1, "text"));
        using var other = new Store(_engine);
        Assert.Throws<ArgumentException>(() => new Table(other, new TableType(ValueKind.FuncRef, 1))[0] = function);
    }

    [Fact]
    public void A_global_holds_an_object()
    {
        var text = new StringBuilder("text");
        var constant = new Global(
            _store, new GlobalType(ValueKind.ExternRef, IsMutable: false), WasmValue.FromObject(text));
        var variable = new Global(
            _store, new GlobalType(ValueKind.ExternRef, IsMutable: true), WasmValue.FromObject(null));
        _linker.Define("host", "text", constant).Define("host", "last", variable);
        Instance guest = Instantiate("""
            (module
              (import "host" "text" (global $text externref))
              (import "host" "last" (global $last (mut externref)))
              (func (export "swap") (result externref)
                (global.get $last)
                (global.set $last (global.get $text))))
            """);
        Assert.Null(guest.GetFunction("swap")!.Call()[0].AsObject());
        Assert.Same(text, variable.Value.AsObject());
        Assert.Same(text, constant.Value.AsObject());
        variable.Value = WasmValue.FromObject(this);
        Assert.Same(this, guest.GetFunction("swap")!.Call()[0].AsObject());
        Assert.Throws<ArgumentException>(() => variable.Value = 1);
        Assert.Throws<ArgumentException>(() => variable.Value = WasmValue.FromFunction(null));
        Assert.Throws<InvalidOperationException>(() => constant.Value = WasmValue.FromObject(this));
    }

    [Fact]
    public void A_function_takes_and_gives_objects()
    {
        Function second = Instantiate("""
            (module (func (export "second") (param externref externref i32 externref) (result externref externref)
              (local.get 3) (local.get 1)))
            """).GetFunction("second")!;
        object[] objects = [.. Enumerable.Range(0, 3).Select(static _ => new object())];
        WasmValue[] results = second.Call(
            WasmValue.FromObject(objects[0]),
            WasmValue.FromObject(objects[1]),
            5,
            WasmValue.FromObject(objects[2]));
        Assert.Same(objects[2], results[0].AsObject());
        Assert.Same(objects[1], results[1].AsObject());
        Assert.Equal(WasmValue.FromObject(objects[1]), results[1]);
        Assert.NotEqual(WasmValue.FromObject(objects[0]), results[1]);
        Assert.Equal("ref.extern", results[1].ToString());
        Assert.Throws<InvalidOperationException>(() => results[0].AsFunction());
        Assert.Throws<InvalidOperationException>(() => WasmValue.FromFunction(null).AsObject());
    }

    [Fact]
    public void References_that_cannot_be_null_are_read_and_set()
    {
        Instance guest = Instantiate("""
            (module
              (type $number (func (result i32)))
              (func $one (type $number) (i32.const 1))
              (func (export "two") (type $number) (i32.const 2))
              (func (export "other"))
              (global (export "typed") (mut (ref $number)) (ref.func $one))
              (table (export "functions") 1 3 (ref $number) (ref.func $one))
              (global $keep (mut (ref null extern)) (ref.null extern))
              (func (export "take") (param (ref extern)) (global.set $keep (local.get 0)))
              (func (export "give") (result (ref extern)) (ref.as_non_null (global.get $keep))))
            """);
        Global typed = guest.GetGlobal("typed")!;
        Assert.Equal(1, typed.Value.AsFunction()!.Call()[0].AsInt32());
        typed.Value = WasmValue.FromFunction(guest.GetFunction("two"));
        Assert.Equal(2, typed.Value.AsFunction()!.Call()[0].AsInt32());
        Assert.Throws<ArgumentException>(() => typed.Value = WasmValue.FromFunction(null));
        Assert.Throws<WasmException>(() => typed.Value = WasmValue.FromFunction(guest.GetFunction("other")));
        Table functions = guest.GetTable("functions")!;
        functions[0] = guest.GetFunction("two");
        Assert.Equal(2, ((Function)functions[0]!).Call()[0].AsInt32());
        Assert.Throws<WasmException>(() => functions[0] = guest.GetFunction("other"));
        Assert.Equal(
            "A table of (ref $func) cannot hold null. (Parameter 'value')",
            Assert.Throws<ArgumentException>(() => functions[0] = null).Message);
        Assert.Throws<ArgumentException>(() => functions.Grow(1));
        Assert.Equal(1, functions.Grow(1, guest.GetFunction("two")));
        guest.GetFunction("take")!.Call(WasmValue.FromObject(this));
        Assert.Same(this, guest.GetFunction("give")!.Call()[0].AsObject());
        Assert.Throws<ArgumentException>(() => guest.GetFunction("take")!.Call(WasmValue.FromObject(null)));
    }

    [Fact]
    public void A_value_of_the_guest_s_own_is_no_object()
    {
        Instance guest = Instantiate("""
            (module
              (type $point (struct (field i32)))
              (table $t (export "t") 2 externref)
              (global $g (export "g") (mut externref) (ref.null extern))
              (func (export "fill") (result externref)
                (table.set $t (i32.const 0) (extern.convert_any (ref.i31 (i32.const 7))))
                (table.set $t (i32.const 1) (extern.convert_any (struct.new $point (i32.const 7))))
                (global.set $g (table.get $t (i32.const 1)))
                (table.get $t (i32.const 0))))
            """);
        Assert.Throws<GuestMemoryException>(() => guest.GetFunction("fill")!.Call());
        Assert.Throws<GuestMemoryException>(() => guest.GetTable("t")![0]);
        Assert.Throws<GuestMemoryException>(() => guest.GetTable("t")![1]);
        Assert.Contains(
            "not an object of the host",
            Assert.Throws<GuestMemoryException>(() => guest.GetGlobal("g")!.Value).Message,
            StringComparison.Ordinal);
        guest.GetTable("t")![0] = this; // the store is still usable
        Assert.Same(this, guest.GetTable("t")![0]);
    }

    [Fact]
    public void Objects_live_as_long_as_something_holds_them()
    {
        var table = new Table(_store, new TableType(ValueKind.ExternRef, 2));
        var global = new Global(
            _store, new GlobalType(ValueKind.ExternRef, IsMutable: true), WasmValue.FromObject(null));
        (WeakReference inTable, WeakReference inGlobal) = Fill(table, global);
        Collect();
        Assert.True(inTable.IsAlive);
        Assert.True(inGlobal.IsAlive);
        table[1] = null;
        Collect();
        Assert.False(inTable.IsAlive);
        Assert.True(inGlobal.IsAlive);
        global.Value = WasmValue.FromObject(null);
        Collect();
        Assert.False(inGlobal.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference, WeakReference) Fill(Table table, Global global)
        {
            var first = new object();
            var second = new object();
            table[1] = first;
            Assert.Same(first, table[1]); // reading holds nothing either
            global.Value = WasmValue.FromObject(second);
            Assert.Same(second, global.Value.AsObject());
            return (new WeakReference(first), new WeakReference(second));
        }
    }

    [Fact]
    public void Arguments_are_released_after_the_call()
    {
        Function take = Instantiate("""(module (func (export "take") (param externref externref)))""")
            .GetFunction("take")!;
        WeakReference argument = Call(take);
        Collect();
        Assert.False(argument.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Call(Function take)
        {
            var value = new object();
            take.Call(WasmValue.FromObject(value), WasmValue.FromObject("other"));
            return new WeakReference(value);
        }
    }

    private void Collect()
    {
        for (int i = 0; i < 2; i++) // the engine's collector is told, then .NET's
        {
            _store.CollectReferences();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private Instance Instantiate(string text)
    {
        using Module module = Module.FromText(_engine, "module", text);
        return _linker.Instantiate(_store, module);
    }
}
