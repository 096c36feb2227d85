using System.Text;

namespace WasmBindgen.Runtime.Tests;

public sealed class ModuleTests : IDisposable
{
    private const string Wat = """
        (module $named
          (import "env" "f" (func (param i32 i64 f32 f64) (result i32 i64)))
          (import "env" "m" (memory 1 4))
          (import "env" "g" (global (mut f32)))
          (import "env" "t" (table 2 externref))
          (func (export "v") (param v128 funcref externref))
          (memory (export "wide") i64 1)
          (memory (export "together") 1 2 shared))
        """;

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Imports_and_exports_are_listed_with_their_types()
    {
        using Module module = Module.FromText(_engine, "demo", Wat);
        Assert.Equal("demo", module.Name);
        Assert.Same(_engine, module.Engine);
        Assert.Equal(
            [
                "env.f func (param i32 i64 f32 f64) (result i32 i64)", "env.m memory 1 4", "env.g global (mut f32)",
                "env.t table 2 externref",
            ],
            module.Imports.Select(import => $"{import.Module}.{import.Name} {import.Type}"));
        Assert.Equal(
            ["v func (param v128 funcref externref)", "wide memory i64 1", "together memory 1 2 shared"],
            module.Exports.Select(export => $"{export.Name} {export.Type}"));
    }

    [Theory]
    [InlineData("""(table (export "t") i64 1 0x100000000 funcref)""", false)]
    [InlineData("""(import "a" "t" (table i64 0x100000000 externref))""", false)]
    [InlineData(
        """(import "a" "f" (func)) (import "a" "g" (global (mut i64))) (import "a" "m" (memory 1 2)) """
            + """(import "a" "t" (table i64 1 0xffffffffffffffff funcref))""",
        false)]
    [InlineData("""(table 1 funcref) (table i64 0 0xffffffffffffffff funcref)""", false)]
    [InlineData("""(func $f) (table 1 2 (ref func) (ref.func $f)) (table i64 0 0xffffffffffffffff funcref)""", false)]
    [InlineData(
        """(import "a" "g" (global funcref)) (import "a" "t" (table i64 1 0xffffffff funcref)) """
            + """(memory i64 1 0x1000000000000) (table 1 funcref)""",
        true)]
    public void Table_limits_beyond_32_bits_are_refused_before_the_engine_aborts(string fields, bool fits)
    {
        if (fits)
        {
            Module.FromText(_engine, "tables", $"(module {fields})").Dispose();
        }
        else
        {
            Assert.Contains(
                "table",
                Assert.Throws<InvalidModuleException>(
                    () => Module.FromText(_engine, "tables", $"(module {fields})")).Message,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("v128")]
    [InlineData("anyref")]
    [InlineData("eqref")]
    [InlineData("i31ref")]
    [InlineData("structref")]
    [InlineData("arrayref")]
    [InlineData("exnref")]
    [InlineData("nullref")]
    [InlineData("nullfuncref")]
    [InlineData("nullexternref")]
    [InlineData("nullexnref")]
    [InlineData("(ref func)")]
    [InlineData("(ref extern)")]
    [InlineData("(ref any)")]
    [InlineData("(ref null $struct)")]
    [InlineData("(ref $array)")]
    [InlineData("(ref null $func)")]
    public void Every_value_type_is_told_in_every_place(string type)
    {
        const string Types = "(type $struct (struct (field i32))) (type $array (array i8)) (type $func (func))";
        using Module module = Module.FromText(_engine, "types", $"""
            (module {Types}
              (import "a" "f" (func (param {type}) (result {type})))
              (import "a" "g" (global {type}))
              (import "a" "m" (global (mut {type})))
              (import "a" "t" (tag (param {type} i32)))
              (export "f" (func 0)) (export "g" (global 0)) (export "m" (global 1)) (export "t" (tag 0)))
            """);
        string[] expected =
        [
            $"func (param {type}) (result {type})",
            $"global {type}",
            $"global (mut {type})",
            $"tag (param {type} i32)",
        ];
        Assert.Equal(expected, module.Imports.Select(import => import.Type.ToString()));
        Assert.Equal(expected, module.Exports.Select(export => export.Type.ToString()));
        if (type != "v128")
        {
            using Module table = Module.FromText(
                _engine, "table", $"(module {Types} (import \"a\" \"t\" (table 1 2 {type})))");
            Assert.Equal($"table 1 2 {type}", Assert.Single(table.Imports).Type.ToString());
        }
    }

    [Fact]
    public void Tables_with_an_initial_value_are_told()
    {
        using Module module = Module.FromText(_engine, "tables", """
            (module
              (type $point (struct (field f64 v128)))
              (type $bytes (array i8))
              (import "a" "zero" (global $zero i32))
              (func $f)
              (table (export "functions") 1 2 (ref func) (ref.func $f))
              (table (export "numbers") 3 (ref i31) (ref.i31 (i32.add (i32.const -100000) (global.get $zero))))
              (table (export "points") 4 (ref $point) (struct.new $point (f64.const 1.5) (v128.const i64x2 1 2)))
              (table (export "arrays") 5 anyref (array.new_fixed $bytes 2 (i32.const 1) (i32.const 2)))
              (table (export "wide") i64 6 0xfffffffe funcref (ref.null func))
              (table (export "last") 7 externref))
            """);
        Assert.Equal(
            [
                "table 1 2 (ref func)", "table 3 (ref i31)", "table 4 (ref $struct)", "table 5 anyref",
                "table 6 4294967294 funcref", "table 7 externref",
            ],
            module.Exports.Select(export => export.Type.ToString()));
    }

    [Fact]
    public void A_module_comes_from_bytes_files_streams_and_text()
    {
        byte[] binary = Binary("(module (func (export \"f\")))");
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string binaryPath = Path.Combine(folder, "binary.wasm");
            string textPath = Path.Combine(folder, "text.wat");
            File.WriteAllBytes(binaryPath, binary);
            File.WriteAllText(textPath, "(module (func (export \"f\")))");
            using Module fromBytes = Module.FromBytes(_engine, "bytes", binary);
            using Module fromFile = Module.FromFile(_engine, binaryPath);
            using Module fromText = Module.FromTextFile(_engine, textPath);
            using Module fromStream = Module.FromStream(_engine, "stream", new MemoryStream(binary));
            Assert.Equal(
                ["bytes", "binary", "text", "stream"],
                new[] { fromBytes, fromFile, fromText, fromStream }.Select(module => module.Name));
            Assert.All(
                [fromBytes, fromFile, fromText, fromStream],
                module => Assert.Equal("f", Assert.Single(module.Exports).Name));
            Assert.Throws<FileNotFoundException>(() => Module.FromFile(_engine, Path.Combine(folder, "none.wasm")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_stream_is_read_from_where_it_stands()
    {
        byte[] binary = Binary("(module)");
        using var stream = new MemoryStream([1, 2, 3, .. binary]) { Position = 3 };
        using Module module = Module.FromStream(_engine, "rest", stream);
        Assert.Empty(module.Exports);
    }

    [Fact]
    public void An_error_in_text_has_line_and_column()
    {
        var exception = Assert.Throws<InvalidModuleException>(
            () => Module.FromText(_engine, "broken", "(module\n  (func (export \"f\") i32.bad))"));
        Assert.Equal(2, exception.Line);
        Assert.Equal(22, exception.Column);
        Assert.Contains("broken:2:22", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("<anon>", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Stack backtrace", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_parses_but_does_not_validate_is_an_error_too()
    {
        var exception = Assert.Throws<InvalidModuleException>(
            () => Module.FromText(_engine, "m", "(module (func (result i32)))"));
        Assert.Contains("type mismatch", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[0], "it is empty")]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, "cannot be compiled")]
    [InlineData(
        new byte[] { 0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0 }, "it is a component, not a core module; use Component")]
    [InlineData(new byte[] { 0, 0x61, 0x73, 0x6d, 9, 0, 0, 0 }, "cannot be compiled")]
    public void Bytes_that_are_no_module_are_refused_with_a_reason(byte[] bytes, string reason)
    {
        var exception = Assert.Throws<InvalidModuleException>(() => Module.FromBytes(_engine, "garbage", bytes));
        Assert.Contains("`garbage`", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(Module.Validate(_engine, bytes));
    }

    [Fact]
    public void Text_where_a_binary_is_wanted_says_what_to_use() =>
        Assert.Contains(
            "FromText",
            Assert.Throws<InvalidModuleException>(() => Module.FromBytes(_engine, "m", " \n(module)"u8)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Every_truncation_of_a_module_is_refused_and_never_a_crash()
    {
        byte[] binary = Binary(Wat);
        for (int length = 0; length < binary.Length; length++)
        {
            // Cut between two sections, the rest may be a smaller module of its own.
            if (Module.Validate(_engine, binary.AsSpan(0, length)) is not null)
            {
                Assert.Throws<InvalidModuleException>(() => Module.FromBytes(_engine, "cut", binary.AsSpan(0, length)));
            }
        }

        Assert.Null(Module.Validate(_engine, binary));
    }

    [Fact]
    public void Random_bytes_behind_a_header_are_never_a_crash()
    {
        var random = new Random(7);
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = new byte[random.Next(8, 200)];
            random.NextBytes(bytes);
            "\0asm\u0001\0\0\0"u8.CopyTo(bytes);
            if (Module.Validate(_engine, bytes) is not null)
            {
                Assert.Throws<InvalidModuleException>(() => Module.FromBytes(_engine, "random", bytes));
            }
        }
    }

    [Fact]
    public void A_serialized_module_comes_back()
    {
        using Module module = Module.FromText(
            _engine, "m", "(module (func (export \"f\") (result i32) (i32.const 7)))");
        byte[] image = module.Serialize();
        using Module back = Module.Deserialize(_engine, "back", image);
        using var linker = new Linker(_engine);
        using var store = new Store(_engine);
        Assert.Equal(7, linker.Instantiate(store, back).GetFunction("f")!.Call()[0].AsInt32());

        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, image);
            using Module mapped = Module.DeserializeFile(_engine, "mapped", path);
            Assert.Equal("f", Assert.Single(mapped.Exports).Name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("garbage", "it does not begin with `\\0asm`")]
    [InlineData("\0asm\u0001\0\0\0garbage", "failed to parse WebAssembly module: ")]
    [InlineData(
        "\0asm\u0001\0\0\0\u0001\u0004\u0001`\0\0\u0003\u0002\u0001\0\n\u0006\u0001\u0004\0jj\v",
        "Invalid input WebAssembly code at offset ")]
    public void What_is_no_module_is_one_line(string bytes, string says)
    {
        string message = Assert.Throws<InvalidModuleException>(
            () => Module.FromBytes(_engine, "m", Encoding.Latin1.GetBytes(bytes))).Message;
        Assert.StartsWith("Module `m` cannot be compiled: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    public static TheoryData<EngineOptions, bool> OtherOptions => new()
    {
        { new() { ConsumeFuel = true }, true },
        { new() { Interruption = false }, true },
        { new() { NanCanonicalization = true }, false },
        { new() { MemoryReservation = 1 << 20 }, true },
        { new() { MemoryGuardSize = 1 << 20 }, true },
        { new() { DebugInfo = true }, false },
        { new() { Optimization = OptimizationLevel.None }, false },
        { new() { MaxWasmStack = 1 << 16 }, false },
        { new() { MemoryMayMove = false }, false },
        { new() { MemoryLimitInterrupts = true }, false },
    };

    /// <summary>What cannot run with other options is refused; what can, runs.</summary>
    [Theory]
    [MemberData(nameof(OtherOptions))]
    public void A_serialized_module_of_other_options_runs_or_is_refused(EngineOptions options, bool isRefused)
    {
        using var other = new Engine(options);
        using Module module = Module.FromText(
            other, "m", """(module (memory 1) (func (export "f") (result i32) (i32.load8_u (memory.size))))""");
        byte[] image = module.Serialize();
        try
        {
            using Module loaded = Module.Deserialize(_engine, "m", image);
            using var linker = new Linker(_engine);
            using var store = new Store(_engine);
            Assert.Equal(0, linker.Instantiate(store, loaded).GetFunction("f")!.Call()[0].AsInt32());
            Assert.False(isRefused);
        }
        catch (InvalidModuleException)
        {
        }
    }

    [Fact]
    public void A_serialized_module_of_other_settings_is_refused()
    {
        using var fuelled = new Engine(new EngineOptions { ConsumeFuel = true });
        using Module module = Module.FromText(fuelled, "m", "(module)");
        byte[] image = module.Serialize();
        Assert.Throws<InvalidModuleException>(() => Module.Deserialize(_engine, "m", image));
        Assert.Throws<InvalidModuleException>(() => Module.Deserialize(_engine, "m", [1, 2, 3]));
        Assert.Throws<InvalidModuleException>(() => Module.Deserialize(_engine, "m", []));
        Assert.Throws<InvalidModuleException>(() => Module.Deserialize(fuelled, "m", image.AsSpan(0, 64)));
        Assert.Throws<InvalidModuleException>(() => Module.DeserializeFile(_engine, "m", "/no/such/file"));
    }

    [Fact]
    public void Nothing_is_taken_for_null()
    {
        Assert.Throws<ArgumentNullException>(() => Module.FromText(null!, "m", "(module)"));
        Assert.Throws<ArgumentNullException>(() => Module.FromText(_engine, null!, "(module)"));
        Assert.Throws<ArgumentNullException>(() => Module.FromText(_engine, "m", null!));
        Assert.Throws<ArgumentNullException>(() => Module.FromFile(_engine, null!));
        Assert.Throws<ArgumentNullException>(() => Module.FromStream(_engine, "m", null!));
    }

    private static byte[] Binary(string wat) => WatCompiler.Compile(Encoding.UTF8.GetBytes(wat));
}
