namespace WasmBindgen.Runtime.Tests;

/// <summary>What modules may use of WebAssembly.</summary>
public sealed class EngineFeatureTests
{
    public static TheoryData<string, EngineOptions, string> Features => new()
    {
        {
            nameof(EngineOptions.GarbageCollection), new() { GarbageCollection = false },
            "(type (struct (field i32)))"
        },
        {
            nameof(EngineOptions.FunctionReferences), new() { GarbageCollection = false, FunctionReferences = false },
            "(type $t (func)) (func (param (ref $t)))"
        },
        { nameof(EngineOptions.Exceptions), new() { Exceptions = false }, "(tag)" },
        {
            nameof(EngineOptions.WideArithmetic), new() { WideArithmetic = false },
            "(func (param i64 i64) (result i64 i64) (i64.mul_wide_u (local.get 0) (local.get 1)))"
        },
        { nameof(EngineOptions.StackSwitching), new(), "(type $f (func)) (type $c (cont $f))" },
        { nameof(EngineOptions.TailCalls), new() { TailCalls = false }, "(func $f (return_call $f))" },
        {
            nameof(EngineOptions.Threads), new() { Threads = false },
            "(memory 1) (func (drop (i32.atomic.load (i32.const 0))))"
        },
        { nameof(EngineOptions.Memory64), new() { Memory64 = false }, "(memory i64 1)" },
        { nameof(EngineOptions.MultiMemory), new() { MultiMemory = false }, "(memory 1) (memory 1)" },
        {
            nameof(EngineOptions.MultiValue), new() { MultiValue = false },
            "(func (result i32 i32) (i32.const 1) (i32.const 2))"
        },
        {
            nameof(EngineOptions.BulkMemory), new() { BulkMemory = false },
            "(memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 1)))"
        },
        { nameof(EngineOptions.ReferenceTypes), new() { ReferenceTypes = false }, "(table 1 externref)" },
        { nameof(EngineOptions.Simd), new() { Simd = false }, "(func (param v128))" },
        {
            nameof(EngineOptions.RelaxedSimd), new() { RelaxedSimd = false },
            "(func (param v128 v128) (result v128) (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))"
        },
    };

    [Theory]
    [MemberData(nameof(Features))]
    public void A_module_that_needs_what_is_off_is_told_the_option(string option, EngineOptions options, string body)
    {
        using var engine = new Engine(options);
        var error = Assert.Throws<InvalidModuleException>(() => Compile(engine, body));
        Assert.EndsWith($" (it needs EngineOptions.{option})", error.Message, StringComparison.Ordinal);
        using Module plain = Compile(engine, """(func (export "f"))"""); // which still works
        if (option != nameof(EngineOptions.StackSwitching))
        {
            using var complete = new Engine();
            using Module module = Compile(complete, body);
        }
    }

    [Fact]
    public void Several_options_are_told_together()
    {
        using var engine = new Engine(new EngineOptions { Simd = false, MultiMemory = false, TailCalls = false });
        var error = Assert.Throws<InvalidModuleException>(() => Compile(engine, """
            (memory 1) (memory 1)
            (func (param v128 v128) (result v128) (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))
            """));
        Assert.EndsWith(
            " (it needs EngineOptions.MultiMemory and EngineOptions.RelaxedSimd and EngineOptions.Simd)",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_is_wrong_anyway_is_told_no_option()
    {
        using var engine = new Engine(new EngineOptions { Exceptions = false });
        var error = Assert.Throws<InvalidModuleException>(() => Compile(engine, "(tag) (func (result i32))"));
        Assert.DoesNotContain("EngineOptions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused() =>
        Assert.Throws<ArgumentException>(() => new Engine(new EngineOptions { Simd = false, RelaxedSimd = true }));

    [Fact]
    public void Stack_switching_can_be_on()
    {
        using var engine = new Engine(new EngineOptions { StackSwitching = true });
        using Module module = Compile(engine, "(type $f (func)) (type $c (cont $f))");
        Assert.Empty(module.Imports);
    }

    [Fact]
    public void Every_mix_of_features_gives_an_engine()
    {
        var random = new Random(7);
        bool? Any() => random.Next(3) switch { 0 => null, var other => other == 1 };
        for (int i = 0; i < 200; i++)
        {
            var options = new EngineOptions
            {
                GarbageCollection = Any(),
                FunctionReferences = Any(),
                Exceptions = Any(),
                WideArithmetic = Any(),
                StackSwitching = Any(),
                TailCalls = Any(),
                Threads = Any(),
                SharedMemories = Any(),
                Memory64 = Any(),
                MultiMemory = Any(),
                MultiValue = Any(),
                BulkMemory = Any(),
                ReferenceTypes = Any(),
                Simd = Any(),
                RelaxedSimd = Any(),
                RelaxedSimdDeterministic = Any(),
                BranchHinting = Any(),
                CompactImports = Any(),
                SignalsBasedTraps = random.Next(2) == 0,
                Pooling = random.Next(4) == 0 ? new PoolingOptions { MaxMemories = 10 } : null,
            };
            if (options is { Simd: false, RelaxedSimd: true })
            {
                continue;
            }

            using var engine = new Engine(options);
            using Module module = Compile(engine, """(func (export "f") (result i32) (i32.const 42))""");
            using var linker = new Linker(engine);
            using var store = new Store(engine);
            Assert.Equal(42, linker.Instantiate(store, module).GetFunction("f")!.Call()[0].AsInt32());
        }
    }

    [Fact]
    public void Types_that_have_no_value_here_leave_the_rest_of_a_module_usable()
    {
        using var engine = new Engine();
        using Module module = Compile(engine, """
            (type $point (struct (field i32)))
            (type $callback (func (param i32)))
            (import "host" "takes" (func (param (ref $point) (ref $callback) (ref null any) exnref)))
            (func (export "gives") (result (ref $callback)) (unreachable))
            (func (export "f") (result i32) (i32.const 42))
            """);
        Assert.Equal(
            "func (param (ref $struct) (ref $func) anyref exnref)", Assert.Single(module.Imports).Type.ToString());
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        LinkProblem problem = Assert.Single(
            Assert.Throws<LinkException>(() => linker.Instantiate(store, module)).Problems);
        Assert.Equal("host.takes", problem.Name);
        using Module other = Compile(engine, """
            (type $point (struct (field i32)))
            (type $callback (func (param i32)))
            (func (export "takes") (param (ref $point) (ref $callback) (ref null any) exnref))
            """);
        linker.Define("host", linker.Instantiate(store, other)); // a guest can provide it
        Instance instance = linker.Instantiate(store, module);
        Assert.Equal(42, instance.GetFunction("f")!.Call()[0].AsInt32());
        Assert.Throws<ArgumentException>(
            () => linker.Instantiate(store, other).GetFunction("takes")!.Call(1, 2, 3, 4));
    }

    private static Module Compile(Engine engine, string body) => Module.FromText(engine, "m", $"(module {body})");
}
