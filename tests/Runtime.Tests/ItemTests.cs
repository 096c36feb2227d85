using System.Runtime.CompilerServices;

namespace WasmBindgen.Runtime.Tests;

/// <summary>Memories, globals, tables, functions and stores.</summary>
public sealed class ItemTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly Linker _linker;
    private readonly Store _store;

    public ItemTests()
    {
        _linker = new Linker(_engine);
        _store = new Store(_engine);
    }

    public static TheoryData<long, int> OutOfBounds => new()
    {
        { 65536, 1 }, { 65535, 2 }, { 0, 65537 }, { -1, 1 }, { long.MinValue, 1 }, { long.MaxValue, 1 },
        { long.MaxValue, int.MaxValue },
        { 1L << 32, 0 }, { 65537, 0 }, { -1, 0 },
    };

    public void Dispose()
    {
        _store.Dispose();
        _linker.Dispose();
        _engine.Dispose();
    }

    [Theory]
    [MemberData(nameof(OutOfBounds))]
    public void Memory_checks_every_access(long address, int length)
    {
        var memory = new Memory(_store, new MemoryType(1));
        foreach (Action access in (Action[])
        [
            () => memory.GetSpan(address, length), () => memory.ReadString(address, length),
            () =>
            {
                if (length > 0)
                {
                    memory.WriteString(address, new string('x', Math.Min(length, 70_000)));
                }
                else
                {
                    memory.GetSpan<int>(address, 0);
                }
            },
        ])
        {
            var fault = Assert.Throws<GuestMemoryException>(access);
            Assert.Equal(GuestMemoryFault.OutOfBounds, fault.Fault);
            Assert.Equal(address, fault.Address);
            Assert.Null(fault.Function);
        }
    }

    [Fact]
    public void Memory_reads_and_writes_up_to_its_last_byte()
    {
        var memory = new Memory(_store, new MemoryType(1, 3));
        Assert.Equal(65536, memory.Length);
        Assert.Equal(1, memory.PageCount);
        memory.Write(65528, 0x0102_0304_0506_0708L);
        Assert.Equal(0x0102_0304_0506_0708L, memory.Read<long>(65528));
        Assert.Equal(1, memory.GetSpan()[65535]);
        Assert.Throws<GuestMemoryException>(() => memory.Read<long>(65529));
        Assert.Throws<GuestMemoryException>(() => memory.Write(65529, 1L));
        Assert.Equal(0, memory.GetSpan(65536, 0).Length); // an empty span may lie at the end
        memory.Write(3, 1.5); // unaligned
        Assert.Equal(1.5, memory.Read<double>(3));
        memory.GetSpan<ushort>(100, 2)[1] = 0xABCD;
        Assert.Equal(0xCD, memory.Read<byte>(102));
        // the product does not overflow
        Assert.Throws<GuestMemoryException>(() => memory.GetSpan<long>(0, int.MaxValue));
    }

    /// <summary>As of a guest, whose lengths have no sign.</summary>
    [Fact]
    public void Negative_lengths_are_large_ones()
    {
        var memory = new Memory(_store, new MemoryType(1));
        GuestMemoryException fault = Assert.Throws<GuestMemoryException>(() => memory.GetSpan(8, -1));
        Assert.Equal((GuestMemoryFault.OutOfBounds, 8, uint.MaxValue), (fault.Fault, fault.Address, fault.Length));
        Assert.Equal(
            GuestMemoryFault.OutOfBounds,
            Assert.Throws<GuestMemoryException>(() => memory.GetSpan<long>(0, int.MinValue)).Fault);
        Assert.Equal(
            GuestMemoryFault.OutOfBounds,
            Assert.Throws<GuestMemoryException>(() => memory.ReadString(0, -1)).Fault);
    }

    [Fact]
    public void Memory_holds_text()
    {
        var memory = new Memory(_store, new MemoryType(1));
        Assert.Equal(13, memory.WriteString(10, "grüß é🙂"));
        Assert.Equal("grüß é🙂", memory.ReadString(10, 13));
        memory.WriteString(100, "zero");
        Assert.Equal("zero", memory.ReadNullTerminatedString(100));
        Assert.Equal("", memory.ReadString(0, 0));
        memory.GetSpan(200, 2)[0] = 0xC3;
        memory.GetSpan(200, 2)[1] = 0x28;
        Assert.Equal(
            GuestMemoryFault.InvalidUtf8, Assert.Throws<GuestMemoryException>(() => memory.ReadString(200, 2)).Fault);
        memory.GetSpan(65000, 536).Fill((byte)'x');
        Assert.Throws<GuestMemoryException>(() => memory.ReadNullTerminatedString(65000));
        Assert.Throws<GuestMemoryException>(() => memory.ReadNullTerminatedString(65536));
        Assert.Throws<GuestMemoryException>(() => memory.ReadNullTerminatedString(-1));
    }

    [Fact]
    public void Memory_grows_up_to_its_maximum()
    {
        var memory = new Memory(_store, new MemoryType(1, 3));
        Assert.Equal(1, memory.Grow(1));
        Assert.Equal(2, memory.Grow(0));
        Assert.Equal(131072, memory.Length);
        Assert.Equal(new MemoryType(1, 3), memory.Type);
        Assert.StartsWith(
            "A memory 2 3 cannot grow by 2 pages: ", Assert.Throws<WasmException>(() => memory.Grow(2)).Message);
        Assert.False(memory.TryGrow(2));
        Assert.True(memory.TryGrow(0));
        Assert.Throws<WasmException>(() => memory.Grow(long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.TryGrow(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Grow(-1));
        Assert.Equal(2, memory.PageCount);
    }

    [Fact]
    public void Memory_that_moves_is_found_again()
    {
        using var engine = new Engine(
            new EngineOptions { MemoryReservation = 0, MemoryReservationForGrowth = 0, MemoryGuardSize = 0 });
        using var store = new Store(engine);
        var memory = new Memory(store, new MemoryType(1, 2000));
        memory.Write(5, 77);
        for (int i = 0; i < 30; i++)
        {
            memory.Grow(40);
            Assert.Equal(77, memory.Read<int>(5));
            memory.Write(memory.Length - 4, i);
        }
    }

    [Fact]
    public void Memory_with_64_bit_addresses_works_the_same()
    {
        var memory = new Memory(_store, new MemoryType(1, 5, Is64Bit: true));
        Assert.Equal(new MemoryType(1, 5, Is64Bit: true), memory.Type);
        memory.Write(65532, 9);
        Assert.Equal(9, memory.Read<int>(65532));
        Assert.Throws<GuestMemoryException>(() => memory.Read<int>(0x1_0000_0000));
    }

    /// <summary>
    /// Shows something in a Release build only: a store is forgotten before the end of a method by optimised code
    /// alone.
    /// </summary>
    [Fact]
    public void Memory_outlives_an_access_that_is_the_last_use_of_its_store()
    {
        const int Length = 64 << 20;
        string text = new('x', Length);
        var warm = new Memory(_store, new MemoryType(1));
        for (int i = 0; i < 100; i++)
        {
            warm.WriteString(0, warm.ReadString(0, 1));
        }

        Thread.Sleep(300); // until the JIT has optimised them
        using var collecting = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!collecting.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(Length, Read());
            Assert.Equal(Length, Write());
        }

        collecting.Cancel();
        collector.Join();

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        int Read() => NewMemory().ReadString(0, Length).Length;

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        int Write() => NewMemory().WriteString(0, text);

        [MethodImpl(MethodImplOptions.NoInlining)]
        Memory NewMemory() => new(new Store(_engine), new MemoryType(Length >> 16));
    }

    [Fact]
    public void Memory_types_that_cannot_be_are_refused_before_the_engine_aborts()
    {
        Assert.StartsWith(
            "The limits of `memory 2 1` contradict each other, or exceed the 65536 pages that a memory can have.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Memory(_store, new MemoryType(2, 1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Memory(_store, new MemoryType(65537)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Memory(_store, new MemoryType(1, 65537)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Memory(_store, new MemoryType((1UL << 48) + 1, Is64Bit: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Memory(_store, new MemoryType(1UL << 48, Is64Bit: true)));
        Assert.Throws<WasmException>(() => new Memory(_store, new MemoryType((1UL << 48) - 1, Is64Bit: true)));
        Assert.Equal(1UL << 48, new Memory(_store, new MemoryType(0, 1UL << 48, Is64Bit: true)).Type.Maximum);
        Assert.Throws<NotSupportedException>(() => new Memory(_store, new MemoryType(1, 1, IsShared: true)));
        Assert.StartsWith(
            "The limits of `table 2 1 funcref` contradict each other.",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => new Table(_store, new TableType(ValueKind.FuncRef, 2, 1))).Message);
        Assert.Throws<ArgumentException>(() => new Table(_store, new TableType(ValueKind.I32, 1, null)));
    }

    [Fact]
    public void Globals_hold_every_number()
    {
        foreach (WasmValue value in (WasmValue[])[
            int.MinValue, long.MaxValue, float.NaN, -0.0, WasmValue.FromV128(UInt128.MaxValue - 5),
        ])
        {
            var global = new Global(_store, new GlobalType(value.Kind, true), value);
            Assert.Equal(value, global.Value);
            global.Value = value;
            Assert.Equal(value, global.Value);
            Assert.Equal(new GlobalType(value.Kind, true), global.Type);
        }

        var constant = new Global(_store, new GlobalType(ValueKind.I32, false), 5);
        Assert.Throws<InvalidOperationException>(() => constant.Value = 6);
        Assert.Throws<ArgumentException>(() => new Global(_store, new GlobalType(ValueKind.I32, true), 5L));
        var mutable = new Global(_store, new GlobalType(ValueKind.I32, true), 5);
        Assert.Throws<ArgumentException>(() => mutable.Value = 1.0);
    }

    [Fact]
    public void Functions_pass_through_globals_tables_and_calls()
    {
        Instance instance = Instantiate("""
            (module
              (func $seven (export "seven") (result i32) (i32.const 7))
              (elem declare func $seven)
              (func (export "get") (result funcref) (ref.func $seven))
              (func (export "is_null") (param funcref) (result i32) (ref.is_null (local.get 0))))
            """);
        Function seven = instance.GetFunction("seven")!;
        Assert.Equal(7, instance.GetFunction("get")!.Call()[0].AsFunction()!.Call()[0].AsInt32());
        Assert.Equal(0, instance.GetFunction("is_null")!.Call(WasmValue.FromFunction(seven))[0].AsInt32());
        Assert.Equal(1, instance.GetFunction("is_null")!.Call(WasmValue.FromFunction(null))[0].AsInt32());

        var global = new Global(_store, new GlobalType(ValueKind.FuncRef, true), WasmValue.FromFunction(null));
        Assert.Null(global.Value.AsFunction());
        global.Value = WasmValue.FromFunction(seven);
        Assert.Equal(7, global.Value.AsFunction()!.Call()[0].AsInt32());

        var table = new Table(_store, new TableType(ValueKind.FuncRef, 2, 4));
        Assert.Null(table[0]);
        table[1] = seven;
        Assert.Equal(7, ((Function)table[1]!).Call()[0].AsInt32());
        table[1] = null;
        Assert.Null(table[1]);
        Assert.Equal(2, table.Grow(2));
        Assert.Equal(4, table.Length);
        Assert.Equal(new TableType(ValueKind.FuncRef, 2, 4), table.Type);
        Assert.StartsWith(
            "A table 4 4 funcref cannot grow by 1 elements: ",
            Assert.Throws<WasmException>(() => table.Grow(1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => table[4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => table[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => table[4] = seven);

        using var other = new Store(_engine);
        var foreign = new Table(other, new TableType(ValueKind.FuncRef, 1, 1));
        Assert.Throws<ArgumentException>(() => foreign[0] = seven);
        Assert.Throws<ArgumentException>(
            () => new Global(other, new GlobalType(ValueKind.FuncRef, true), WasmValue.FromFunction(seven)));
    }

    [Fact]
    public void Untyped_calls_check_arity_types_and_stores()
    {
        Instance instance = Instantiate("""
            (module
              (func (export "swap") (param i32 i64 f32 f64 v128) (result v128 f64 f32 i64 i32)
                (local.get 4) (local.get 3) (local.get 2) (local.get 1) (local.get 0))
              (func (export "take") (param funcref))
              (func (export "nothing")))
            """);
        Function swap = instance.GetFunction("swap")!;
        WasmValue[] arguments = [1, 2L, 3f, 4.0, WasmValue.FromV128(5)];
        Assert.Equal(Enumerable.Reverse(arguments), swap.Call(arguments));
        Assert.Throws<ArgumentException>(() => swap.Call(1, 2L, 3f, 4.0));
        Assert.Throws<ArgumentException>(() => swap.Call(1, 2, 3f, 4.0, WasmValue.FromV128(5)));
        Assert.Empty(instance.GetFunction("nothing")!.Call());
        Assert.Throws<InvalidOperationException>(() => arguments[0].AsInt64());

        using var other = new Store(_engine);
        using Module module = Module.FromText(_engine, "other", "(module (func (export \"f\")))");
        Function foreign = _linker.Instantiate(other, module).GetFunction("f")!;
        Assert.Throws<ArgumentException>(() => instance.GetFunction("take")!.Call(WasmValue.FromFunction(foreign)));
    }

    [Fact]
    public void An_instance_lists_its_exports_and_finds_them_by_kind()
    {
        Instance instance = Instantiate("""
            (module (func (export "f")) (memory (export "m") 1) (global (export "g") i32 (i32.const 1))
              (table (export "t") 1 funcref))
            """);
        Assert.Equal(
            ["f func", "m memory 1", "g global i32", "t table 1 funcref"],
            instance.Exports.Select(export => $"{export.Name} {export.Type}"));
        Assert.Null(instance.GetFunction("m"));
        Assert.Null(instance.GetMemory("g"));
        Assert.Null(instance.GetGlobal("t"));
        Assert.Null(instance.GetTable("f"));
        Assert.Null(instance.GetFunction("none"));
        Assert.Same(instance.GetMemory("m"), instance.GetMemory("m"));
        Assert.Throws<ArgumentException>(() => instance.GetFunction("\udc00"));
    }

    [Fact]
    public void A_stores_limits_hold()
    {
        using var store = new Store(
            _engine,
            new StoreOptions
            {
                MaxMemoryBytes = 2 * 65536,
                MaxTableElements = 3,
                MaxMemories = 1,
                MaxTables = 1,
                MaxInstances = 1,
            });
        using Module module = Module.FromText(_engine, "m", """
            (module
              (memory 1) (table 1 funcref)
              (func (export "memory") (param i32) (result i32) (memory.grow (local.get 0)))
              (func (export "table") (param i32) (result i32) (table.grow (ref.null func) (local.get 0))))
            """);
        Instance instance = _linker.Instantiate(store, module);
        Assert.Equal(1, instance.GetFunction("memory")!.Call(1)[0].AsInt32());
        Assert.Equal(-1, instance.GetFunction("memory")!.Call(1)[0].AsInt32());
        Assert.Equal(1, instance.GetFunction("table")!.Call(2)[0].AsInt32());
        Assert.Equal(-1, instance.GetFunction("table")!.Call(1)[0].AsInt32());
        Assert.Throws<WasmException>(() => _linker.Instantiate(store, module));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Store(_engine, new StoreOptions { MaxTables = -1 }));
    }

    [Theory]
    [InlineData("(memory 3)", "MaxMemoryBytes = 131072")]
    [InlineData("(table 4 funcref)", "MaxTableElements = 3")]
    [InlineData("(memory 1) (memory 1)", "MaxMemories = 1, MaxMemoryBytes = 131072")]
    [InlineData("(table 1 funcref) (table 1 funcref)", "MaxTables = 1")]
    [InlineData("", "MaxInstances = 0")]
    public void An_instance_that_exceeds_a_limit_is_an_error_that_lists_the_limits(string items, string limits)
    {
        var options = new StoreOptions
        {
            MaxMemoryBytes = limits.Contains("MaxMemoryBytes") ? 2 * 65536 : null,
            MaxTableElements = limits.Contains("MaxTableElements") ? 3 : null,
            MaxMemories = limits.Contains("MaxMemories") ? 1 : null,
            MaxTables = limits.Contains("MaxTables") ? 1 : null,
            MaxInstances = limits.Contains("MaxInstances") ? 0 : null,
        };
        using Module module = Module.FromText(_engine, "m", $"(module {items})");
        using InstancePre pre = _linker.InstantiatePre(module);
        using var store = new Store(_engine, options);
        using var other = new Store(_engine, options);
        foreach (Action instantiate in (Action[])[
            () => _linker.Instantiate(store, module), () => pre.Instantiate(other),
        ])
        {
            var exception = Assert.Throws<WasmException>(instantiate);
            Assert.EndsWith($" (StoreOptions: {limits})", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_wrong_number_of_arguments_is_told_in_words()
    {
        using Module module = Module.FromText(_engine, "m", """(module (func (export "f") (param i32)))""");
        Function function = _linker.Instantiate(_store, module).GetFunction("f")!;
        Assert.Equal(
            "func (param i32) takes 1 argument, not 2. (Parameter 'arguments')",
            Assert.Throws<ArgumentException>(() => function.Call(1, 2)).Message);
    }

    [Fact]
    public void Fuel_needs_an_engine_that_uses_it()
    {
        Assert.Throws<ArgumentException>(() => new Store(_engine, new StoreOptions { Fuel = 1 }));
        Assert.Throws<InvalidOperationException>(() => _store.Fuel);
        Assert.Throws<InvalidOperationException>(() => _store.Fuel = 1);
    }

    [Fact]
    public void Engine_options_are_checked_before_the_engine_sees_them()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Engine(new EngineOptions { MaxWasmStack = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Engine(new EngineOptions { MemoryReservation = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Engine(new EngineOptions { Optimization = (OptimizationLevel)9 }));
        using var engine = new Engine(new EngineOptions
        {
            DebugInfo = true,
            ParallelCompilation = false,
            NanCanonicalization = true,
            Optimization = OptimizationLevel.None,
            MaxWasmStack = 64 * 1024,
            MemoryReservation = 1 << 20,
            MemoryReservationForGrowth = 1 << 20,
            MemoryGuardSize = 1 << 16,
            MemoryMayMove = true,
        });
        using Module module = Module.FromText(
            engine, "m", "(module (func (export \"f\") (result f32) (f32.div (f32.const 0) (f32.const 0))))");
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        float nan = linker.Instantiate(store, module).GetFunction("f")!.Call()[0].AsSingle();
        Assert.Equal(0x7fc0_0000u, BitConverter.SingleToUInt32Bits(nan));
    }

    private Instance Instantiate(string wat)
    {
        using Module module = Module.FromText(_engine, "test", wat);
        return _linker.Instantiate(_store, module);
    }
}
