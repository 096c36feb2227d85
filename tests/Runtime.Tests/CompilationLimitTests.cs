namespace WasmBindgen.Runtime.Tests;

/// <summary>Valid modules of a few KiB that the engine would compile for minutes, or until memory runs out.</summary>
public sealed class CompilationLimitTests
{
    private const byte End = 0x0B;

    private static readonly byte[] NoParameters = [1, 0x60, 0, 0];
    private static readonly byte[] Condition = [0x41, 0, 0x28, 2, 0]; // a load that the compiler cannot foresee

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "blocks and locals", ManyLocals(20_000, 5_000) },
        { "loops", Module(NoParameters, 0, Repeat(10_000, [3, 0x40, .. Condition, 0x0D, 0, End])) },
        { "nested loops", Module(NoParameters, 1000, [
            .. Repeat(1000, [3, 0x40]),
            .. Enumerable.Range(0, 1000).SelectMany(i => (byte[])[0x20, .. Leb(i), 0x21, .. Leb(i * 7 % 1000)]),
            .. Repeat(1000, [.. Condition, 0x0D, 0, End])]) },
        { "operands", Module(NoParameters, 0, [
            .. Repeat(3000, Condition),
            .. Repeat(3000, [2, 0x40, .. Condition, 0x0D, 0, End]),
            .. Repeat(3000, [0x1A])]) },
        { "operands of loops", Module(
            [2, 0x60, 0, 0, 0x60, .. Leb(1000), .. Repeat(1000, [0x7F]), .. Leb(1000), .. Repeat(1000, [0x7F])], 0, [
                .. Repeat(1000, Condition), .. Repeat(400, [3, 1, .. Condition, 0x0D, 0, End]), .. Repeat(1000, [0x1A])]) },
        { "results", Module(
            [2, 0x60, 0, 0, 0x60, 0, .. Leb(1000), .. Repeat(1000, [0x7F])], 0, [.. Repeat(3000, [0x10, 1]), 0], types: [0, 1], second: [0, End]) },
        { "targets", Module(NoParameters, 0, Repeat(100, [2, 0x40, .. Condition, 0x0E, .. Leb(10_000), .. new byte[10_001], End])) },
        { "fields", Module([2, 0x60, 0, 0, 0x5F, .. Leb(1000), .. Repeat(1000, [0x7F, 1])], 0, Repeat(2000, [0xFB, 1, 1, 0x1A])) },
        { "handlers", Module(NoParameters, 0, [
            .. Enumerable.Range(0, 3000).SelectMany(i => (byte[])[0x1F, 0x40, 1, 2, .. Leb(i)]),
            .. Repeat(3000, [0x10, 0]),
            .. Repeat(3000, [End])]) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_function_that_would_take_minutes_is_refused(string what, byte[] module)
    {
        using var engine = new Engine();
        string message = Assert.Throws<InvalidModuleException>(() => WasmBindgen.Module.FromBytes(engine, what, module)).Message;
        Assert.StartsWith($"Module `{what}` is too complex to compile: ", message, StringComparison.Ordinal);
        Assert.EndsWith("more than the 4000000 that EngineOptions.MaxFunctionComplexity allows.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_functions_that_would_take_minutes_together_are_refused()
    {
        // Types that need code for calls, 16 KiB functions that take a second each, and functions of three bytes that
        // need 2000 values to be called.
        using var engine = new Engine();
        byte[] type = [1, 0x60, .. Leb(1000), .. Repeat(1000, [0x7F]), .. Leb(1000), .. Repeat(1000, [0x7F])];
        byte[] types = [.. Leb(10_001), .. NoParameters[1..], .. Repeat(10_000, [0x60, .. Leb(1000), .. Repeat(1000, [0x7F]), 0])];
        foreach (byte[] module in (byte[][])[Module(types, 0, []), ManyLocals(500, 1000, functions: 150), Module(type, 0, [0], functions: 4000)])
        {
            string message = Assert.Throws<InvalidModuleException>(() => WasmBindgen.Module.FromBytes(engine, "many", module)).Message;
            Assert.EndsWith("more than the 100000000 that EngineOptions.MaxModuleComplexity allows.", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_limits_can_be_set_and_lifted()
    {
        byte[] module = ManyLocals(300, 300);
        using var strict = new Engine(new EngineOptions { MaxFunctionComplexity = 100_000 });
        string message = Assert.Throws<InvalidModuleException>(() => WasmBindgen.Module.FromBytes(strict, "m", module)).Message;
        Assert.Matches("^Module `m` is too complex to compile: [0-9]+ for function 0, which has 903 blocks and 300 locals; more than the 100000 that ", message);
        WasmBindgen.Module.FromText(strict, "small", "(module (func))").Dispose();
        using (var usual = new Engine())
        using (WasmBindgen.Module compiled = WasmBindgen.Module.FromBytes(usual, "m", module))
        {
            WasmBindgen.Module.Deserialize(strict, "m", compiled.Serialize()).Dispose();
        }

        using var sum = new Engine(new EngineOptions { MaxModuleComplexity = 100_000 });
        Assert.Contains("MaxModuleComplexity", Assert.Throws<InvalidModuleException>(() => WasmBindgen.Module.FromBytes(sum, "m", module)).Message, StringComparison.Ordinal);
        using var lax = new Engine(new EngineOptions { MaxFunctionComplexity = long.MaxValue, MaxModuleComplexity = long.MaxValue });
        WasmBindgen.Module.FromBytes(lax, "m", module).Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => new Engine(new EngineOptions { MaxFunctionComplexity = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Engine(new EngineOptions { MaxModuleComplexity = -1 }));
    }

    [Fact]
    public async Task A_cancelled_compilation_is_left_behind()
    {
        using var engine = new Engine(new EngineOptions { MaxFunctionComplexity = long.MaxValue });
        byte[] module = ManyLocals(1000, 1000); // a quarter of a second or more
        using var source = new CancellationTokenSource();
        Task<WasmBindgen.Module> compilation = WasmBindgen.Module.FromBytesAsync(engine, "m", module, source.Token);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compilation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WasmBindgen.Module.FromTextAsync(engine, "m", "(module)", source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WasmBindgen.Module.FromStreamAsync(engine, "m", new MemoryStream(module), source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WasmBindgen.Module.FromFileAsync(engine, "missing", source.Token));
    }

    [Fact]
    public async Task Modules_are_compiled_on_a_thread_of_their_own()
    {
        using var engine = new Engine(new EngineOptions { MaxFunctionComplexity = 1000 });
        byte[] binary = WatCompiler.Compile("(module (func (export \"f\")))"u8.ToArray());
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, binary);
            using WasmBindgen.Module fromFile = await WasmBindgen.Module.FromFileAsync(engine, file);
            Assert.Equal(Path.GetFileNameWithoutExtension(file), fromFile.Name);
            await File.WriteAllTextAsync(file, "(module (func (export \"f\")))");
            using WasmBindgen.Module fromTextFile = await WasmBindgen.Module.FromTextFileAsync(engine, file);
            using WasmBindgen.Module fromText = await WasmBindgen.Module.FromTextAsync(engine, "m", "(module (func (export \"f\")))");
            using WasmBindgen.Module fromBytes = await WasmBindgen.Module.FromBytesAsync(engine, "m", binary);
            using WasmBindgen.Module fromStream = await WasmBindgen.Module.FromStreamAsync(engine, "m", new MemoryStream(binary));
            Assert.All([fromFile, fromTextFile, fromText, fromBytes, fromStream], module => Assert.Equal("f", Assert.Single(module.Exports).Name));
        }
        finally
        {
            File.Delete(file);
        }

        await Assert.ThrowsAsync<InvalidModuleException>(() => WasmBindgen.Module.FromBytesAsync(engine, "m", ManyLocals(300, 300)));
        await Assert.ThrowsAsync<InvalidModuleException>(() => WasmBindgen.Module.FromTextAsync(engine, "m", "("));
        await Assert.ThrowsAsync<FileNotFoundException>(() => WasmBindgen.Module.FromFileAsync(engine, "missing.wasm"));
    }

    [Fact]
    public void The_function_is_named()
    {
        using var strict = new Engine(new EngineOptions { MaxFunctionComplexity = 200 });
        string message = Assert.Throws<InvalidModuleException>(() => WasmBindgen.Module.FromText(strict, "m", $"""
            (module (import "a" "f" (func)) (func $small) (func $large {string.Concat(Enumerable.Repeat("nop ", 100))}))
            """)).Message;
        Assert.Contains(" for function 2 (`large`), which has ", message, StringComparison.Ordinal);
    }

    /// <summary>Had an instruction been read with the wrong length, the blocks behind it would not be found.</summary>
    [Theory]
    [InlineData("(drop (i32.add (i32.const -5) (i32.trunc_f64_s (f64.const 1))))")]
    [InlineData("(f32.store (i32.const 0) (f32.const 1)) (i64.store $wide offset=70000 (i64.const 0) (i64.const -1))")]
    [InlineData("(memory.init $data (i32.const 0) (i32.const 0) (i32.const 0)) (data.drop $data)")]
    [InlineData("(memory.copy $wide $wide (i64.const 0) (i64.const 0) (i64.const 0)) (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))")]
    [InlineData("(table.init $elements (i32.const 0) (i32.const 0) (i32.const 0)) (elem.drop $elements)")]
    [InlineData("(table.copy (i32.const 0) (i32.const 0) (i32.const 0)) (table.fill (i32.const 0) (ref.null func) (i32.const 0))")]
    [InlineData("(drop (table.grow (ref.func $f) (i32.const 0))) (drop (table.size 0)) (table.set (i32.const 0) (table.get (i32.const 0)))")]
    [InlineData("(drop (memory.grow $wide (i64.const 0))) (drop (memory.size)) (drop (i32.trunc_sat_f32_s (f32.const 0)))")]
    [InlineData("(v128.store (i32.const 0) (v128.const i64x2 1 2)) (drop (v128.load8_lane offset=300 3 (i32.const 0) (v128.const i32x4 1 2 3 4)))")]
    [InlineData("(drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (v128.const i64x2 0 0) (v128.const i64x2 0 0)))")]
    [InlineData("(drop (i32x4.extract_lane 3 (f32x4.relaxed_madd (v128.const i64x2 0 0) (v128.const i64x2 0 0) (v128.const i64x2 0 0))))")]
    [InlineData("(drop (i32.atomic.rmw8.cmpxchg_u (i32.const 0) (i32.const 0) (i32.const 0))) (atomic.fence) (drop (memory.atomic.notify (i32.const 0) (i32.const 0)))")]
    [InlineData("(drop (struct.get $pair 0 (struct.new $pair (i32.const 1) (i64.const 2)))) (drop (struct.new_default $pair))")]
    [InlineData("(drop (array.get_u $bytes (array.new_fixed $bytes 2 (i32.const 1) (i32.const 2)) (i32.const 0)))")]
    [InlineData("(array.copy $bytes $bytes (array.new_default $bytes (i32.const 1)) (i32.const 0) (array.new_data $bytes $data (i32.const 0) (i32.const 1)) (i32.const 0) (i32.const 0))")]
    [InlineData("(drop (ref.test (ref $pair) (ref.null any))) (drop (ref.cast (ref null $pair) (ref.null any))) (drop (i31.get_s (ref.i31 (i32.const 1))))")]
    [InlineData("(drop (select (result funcref) (ref.func $f) (ref.null func) (i32.const 0))) (drop (ref.is_null (ref.null extern)))")]
    [InlineData("(call_indirect (type $void) (i32.const 0)) (call_ref $void (ref.func $f)) (drop (global.get $g)) (global.set $g (i32.const 1))")]
    [InlineData("(drop (ref.eq (ref.null eq) (ref.null eq))) (drop (any.convert_extern (ref.null extern))) (drop (array.len (ref.null array)))")]
    public void Every_instruction_has_its_length(string code)
    {
        using var engine = new Engine(new EngineOptions { MaxFunctionComplexity = 0 });
        string message = Assert.Throws<InvalidModuleException>(() => WasmBindgen.Module.FromText(engine, "m", $"""
            (module
              (rec (type $pair (sub (struct (field i32) (field (mut i64))))) (type $bytes (array (mut i8))))
              (type $void (func))
              (func $f {code} (block (br_if 0 (i32.const 1))) (loop))
              (memory 1) (memory $wide i64 1) (table 1 funcref) (global $g (mut i32) (i32.const 0)) (export "f" (func $f))
              (data $data "x") (elem $elements func $f))
            """)).Message;
        Assert.Contains(" for function 0 (`f`), which has 7 blocks and 0 locals;", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_control_flow_is_read()
    {
        using var engine = new Engine(new EngineOptions { MaxFunctionComplexity = 0 });
        string message = Assert.Throws<InvalidModuleException>(() => WasmBindgen.Module.FromText(engine, "m", """
            (module
              (type $void (func)) (tag $t)
              (func $f (param funcref anyref) (local i32 i64 (ref null $void))
                (block $out
                  (try_table (catch $t $out) (catch_all $out) (call $f (ref.null func) (ref.null any)))
                  (if (local.get 2) (then (br $out)) (else (local.set 2 (i32.const 1))))
                  (if (local.get 2) (then nop))
                  (block (result anyref) (br_on_cast 0 anyref i31ref (local.get 1))) (drop)
                  (block (br_on_null 0 (local.get 4)) (drop))
                  (br_table $out $out (local.get 2)))
                (block (return) (br_if 0 (unreachable)) (loop (block)))
                (block (return_call $f (ref.null func) (ref.null any)))
                (throw $t)))
            """)).Message;
        Assert.Contains(" for function 0 (`f`), which has 18 blocks and 5 locals;", message, StringComparison.Ordinal);
    }

    private static byte[] ManyLocals(int loops, int locals, int functions = 1) => Module(
        NoParameters,
        locals,
        [.. Enumerable.Range(0, loops).SelectMany(i => (byte[])[
            3, 0x40, 0x20, .. Leb(i % locals), 0x20, .. Leb(((i * 7) + 1) % locals), 0x6A, 0x21, .. Leb((int)(i * 13L % locals)), 0x20, 0, 0x0D, 0, End])],
        functions);

    private static byte[] Module(byte[] typeSection, int locals, byte[] code, int functions = 1, byte[]? types = null, byte[]? second = null)
    {
        byte[] body = [1, .. Leb(locals), 0x7F, .. code, End];
        byte[] bodies = [.. Repeat(functions, [.. Leb(body.Length), .. body]), .. second is null ? [] : (byte[])[.. Leb(second.Length), .. second]];
        int count = functions + (second is null ? 0 : 1);
        return [
            0, 0x61, 0x73, 0x6D, 1, 0, 0, 0,
            .. Section(1, typeSection),
            .. Section(3, [.. Leb(count), .. types ?? new byte[count]]),
            .. Section(5, [1, 0, 1]),
            .. Section(10, [.. Leb(count), .. bodies]),
        ];
    }

    private static byte[] Section(byte id, byte[] content) => [id, .. Leb(content.Length), .. content];

    private static byte[] Repeat(int count, byte[] bytes) => [.. Enumerable.Repeat(bytes, count).SelectMany(part => part)];

    private static byte[] Leb(int value) => value < 128 ? [(byte)value] : [(byte)(value | 128), .. Leb(value >> 7)];
}
