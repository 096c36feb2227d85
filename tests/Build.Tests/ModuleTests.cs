using WasmBindgen.Components.Format;
namespace WasmBindgen.Build.Tests;

/// <summary>The text of a core module's type.</summary>
public sealed class ModuleTests
{
    [Fact]
    public void Declarations_come_in_the_order_of_the_binary() => Assert.Equal(
        """
        (module
          (import "env" "log" (func (param $message i32) (param i32) (result i64)))
          (import "env" "memory" (memory 1 16))
          (export "run" (func (param $a i32) (param i32) (result i32)))
          (export "memory" (memory i64 1))
          (export "counter" (global (mut i32)))
          (export "limit" (global i64))
          (export "table" (table 1 10 funcref))
          (export "failed" (tag (param i32 externref)))
        )

        """,
        Guests.Read(Guests.Compile("""
            (module
              (import "env" "log" (func (param $message i32) (param i32) (result i64)))
              (import "env" "memory" (memory 1 16))
              (memory i64 1) (global (mut i32) (i32.const 7)) (global i64 (i64.add (i64.const 1) (i64.const 2)))
              (table 1 10 funcref) (tag (param i32 externref))
              (func (export "run") (param $a i32) (param i32) (result i32) (local $x i32) (local.get $a))
              (export "memory" (memory 1)) (export "counter" (global 0)) (export "limit" (global 1))
              (export "table" (table 0)) (export "failed" (tag 0)))
            """)).Wat);

    [Theory]
    [InlineData("(func (param i32 i64 f32 f64 v128))", "(func (param i32) (param i64) (param f32) (param f64) (param v128))")]
    [InlineData("(func (result i32 i64))", "(func (result i32 i64))")]
    [InlineData("(func (param funcref externref (ref null func) (ref extern)))", "(func (param funcref) (param externref) (param funcref) (param (ref extern)))")]
    [InlineData("(func (param anyref eqref i31ref structref arrayref exnref))", "(func (param (ref null any)) (param (ref null eq)) (param (ref null i31)) (param (ref null struct)) (param (ref null array)) (param (ref null exn)))")]
    [InlineData("(func (param nullref nullfuncref nullexternref (ref i31)))", "(func (param (ref null none)) (param (ref null nofunc)) (param (ref null noextern)) (param (ref i31)))")]
    [InlineData("(func (param (ref null 0) (ref 1)))", "(func (param (ref null 0)) (param (ref 1)))", "(type (struct (field i8 (mut i16)))) (type (array (mut i64)))")]
    [InlineData("(memory 0)", "(memory 0)")]
    [InlineData("(memory 1 2 shared)", "(memory 1 2 shared)")]
    [InlineData("(memory i64 1 0x1000000000000)", "(memory i64 1 281474976710656)")]
    [InlineData("(memory 1 2 (pagesize 1))", "(memory 1 2 (pagesize 1))")]
    [InlineData("(table 0 externref)", "(table 0 externref)")]
    [InlineData("(table i64 1 2 (ref null any))", "(table i64 1 2 (ref null any))")]
    [InlineData("(global v128)", "(global v128)")]
    [InlineData("(global (mut (ref extern)))", "(global (mut (ref extern)))")]
    [InlineData("(tag)", "(tag)")]
    [InlineData("(tag (param i32 f64))", "(tag (param i32 f64))")]
    public void Types_of_all_kinds(string import, string expected, string types = "")
    {
        string[] declarations = Guests.Declarations($"""{types} (import "m" "n" {import})""");
        Assert.Equal([$"""(import "m" "n" {expected})"""], declarations);
    }

    [Fact]
    public void Types_are_counted_in_groups_and_below_others() => Assert.Equal(
        ["""(export "f" (func (param (ref null 3))))""", """(export "g" (func (result f32)))"""],
        Guests.Declarations("""
            (rec (type (struct)) (type (func (param i32))))
            (type $open (sub (func)))
            (type (sub $open (func)))
            (type $f (func (param (ref null 3))))
            (func (export "f") (type $f)) (func (export "g") (result f32) (f32.const 1))
            """));

    [Fact]
    public void Initial_values_of_all_kinds_are_passed_over() => Assert.Equal(
        ["""(export "t" (table 2 (ref func)))""", """(export "last" (global i32))"""],
        Guests.Declarations("""
            (type $s (struct (field i32))) (type $a (array i8))
            (func $f) (elem declare func $f)
            (table (export "t") 2 (ref func) (ref.func $f))
            (global $i i32 (i32.const 11))
            (global f32 (f32.const 1)) (global f64 (f64.const 11)) (global v128 (v128.const i64x2 11 11))
            (global (ref $s) (struct.new $s (global.get $i))) (global (ref $s) (struct.new_default $s))
            (global (ref $a) (array.new_fixed $a 2 (i32.const 11) (i32.const 11)))
            (global (ref $a) (array.new $a (i32.const 11) (i32.const 3)))
            (global (ref i31) (ref.i31 (i32.const 11)))
            (global externref (extern.convert_any (ref.null any)))
            (global (export "last") i32 (i32.mul (i32.const 11) (global.get $i)))
            """));

    [Fact]
    public void Several_memories_and_items_that_are_exported_twice_or_again() => Assert.Equal(
        [
            """(import "a" "m" (memory 1))""", """(export "second" (memory 2 3))""",
            """(export "again" (memory 2 3))""", """(export "first" (memory 1))""",
        ],
        Guests.Declarations("""
            (import "a" "m" (memory 1)) (memory 2 3)
            (export "second" (memory 1)) (export "again" (memory 1)) (export "first" (memory 0))
            """));

    [Theory]
    [InlineData("a\\00b", "a\\00b")]
    [InlineData("\\\"\\\\\\n", "\\22\\5c\\0a")]
    [InlineData("ä€", "\\c3\\a4\\e2\\82\\ac")]
    [InlineData("", "")]
    [InlineData("wasi:io/streams@0.2.0", "wasi:io/streams@0.2.0")]
    public void Names_are_escaped(string name, string escaped) => Assert.Equal(
        [$"(import \"{escaped}\" \"{escaped}\" (func))", $"(export \"{escaped}\" (func))"],
        Guests.Declarations($"""(import "{name}" "{name}" (func)) (export "{name}" (func 0))"""));

    [Theory]
    [InlineData("$message", "$message ")]
    [InlineData("$a.b#'|~", "$a.b#'|~ ")]
    [InlineData("$\"two words\"", "$\"two words\" ")]
    [InlineData("$\"(x)\"", "$\"(x)\" ")]
    [InlineData("$\"ä\"", "$\"\\c3\\a4\" ")]
    public void Parameters_have_the_names_of_the_name_section(string name, string expected) => Assert.Equal(
        [
            $"""(import "m" "n" (func (param i64) (param {expected}i32)))""",
            $"""(export "f" (func (param {expected}f32)))""",
        ],
        Guests.Declarations($"""
            (import "m" "n" (func (param i64) (param {name} i32)))
            (func $other (param $other i32))
            (func (export "f") (param {name} f32) (local $local i32))
            """));

    [Theory]
    [InlineData("\\02\\05")] // too short
    [InlineData("\\02\\06\\01\\00\\01\\00\\01\\ff")] // not UTF-8
    [InlineData("\\02\\05\\01\\00\\01\\00\\00")] // empty
    [InlineData("\\02\\06\\01\\00\\01\\07\\01a")] // no such parameter
    [InlineData("\\02\\06\\01\\07\\01\\00\\01a")] // no such function
    [InlineData("\\02\\05\\ff\\ff\\ff\\ff\\0f")] // too many
    public void A_name_section_that_makes_no_sense_gives_no_names(string section) => Assert.Equal(
        ["""(export "f" (func (param i32)))"""],
        Guests.Declarations($"""(func (export "f") (param i32)) (@custom "name" "{section}")"""));

    [Fact]
    public void Code_data_and_large_sections_are_not_read()
    {
        byte[] guest = Guests.Compile(
            """(module (memory (export "m") 1) (func (export "f")) (data (i32.const 0) "data"))""");
        byte[] large = [.. guest, 0, .. Leb(100_000_000)];
        using var file = new CountingStream(large, large.Length + 100_000_000L);
        Assert.Equal(
            ["  (export \"m\" (memory 1))", "  (export \"f\" (func))"], GuestReader.Read(file).Wat!.Split('\n')[1..^2]);
        Assert.True(file.BytesRead < 1000, $"{file.BytesRead} bytes were read");
    }

    [Theory]
    [InlineData("", 0, "it does not begin with \\0asm, as binary files do")]
    [InlineData("6d6f64756c65", 0, "it does not begin with \\0asm, as binary files do")]
    [InlineData("0061736d", 4, "it ends too early")]
    [InlineData("0061736d02000000", 4, "it is of version 2 and layer 0, which is not known")]
    [InlineData("0061736d0100000001", 8, "it ends too early")]
    [InlineData("0061736d010000000105", 8, "section 1 is of 5 bytes, and only 0 are left")]
    [InlineData("0061736d0100000001ffffffff0f", 8, "section 1 is of 4294967295 bytes, and only 0 are left")]
    [InlineData("0061736d010000000e00", 10, "14 is not a section of a module")]
    [InlineData("0061736d010000000105ffffffff0f", 15, "it ends too early")]
    [InlineData("0061736d0100000001020140", 12, "0x40 is not a type")]
    [InlineData("0061736d010000000104016001", 8, "section 1 is of 4 bytes, and only 3 are left")]
    [InlineData("0061736d010000000103016001", 13, "there are to be 1 entries in 0 bytes")]
    [InlineData("0061736d010000000105016001f000", 14, "0xf0 is not a value type")]
    [InlineData("0061736d01000000010501600000aa", 14, "section 1 is longer than what is in it")]
    [InlineData("0061736d0100000002070101ff01620000", 17, "a name is not valid UTF-8")]
    [InlineData("0061736d0100000002080101610162050000", 18, "5 is not a kind of import")]
    [InlineData("0061736d01000000020701016101620000", 17, "type 0 is not a function type")]
    [InlineData("0061736d0100000007050101610000", 15, "there is no item 0 of kind 0 to export")]
    [InlineData("0061736d0100000007050101610500", 15, "there is no item 0 of kind 5 to export")]
    public void What_is_broken_is_told_with_its_place(string hexadecimal, long offset, string reason)
    {
        InvalidGuestException refusal = Guests.Refusal(Convert.FromHexString(hexadecimal));
        Assert.Equal((reason, offset), (refusal.Message, refusal.Offset));
    }

    [Fact]
    public void A_long_interface_is_refused()
    {
        byte[] type = [1, 0x60, .. Leb(1000), .. Enumerable.Repeat((byte)0x7B, 1000), 0];
        byte[] imports = [.. Leb(100_000), .. Enumerable.Repeat((byte[])[0, 0, 0, 0], 100_000).SelectMany(x => x)];
        byte[] guest = [0, .. "asm"u8, 1, 0, 0, 0, 1, .. Leb(type.Length), .. type, 2, .. Leb(imports.Length), .. imports];
        InvalidGuestException refusal = Guests.Refusal(guest);
        Assert.Equal(("its interface is longer than 16777216 characters", null), (refusal.Message, refusal.Offset));
    }

    /// <summary>A number of five bytes, as linkers write it.</summary>
    private static byte[] Leb(long number) =>
        [.. Enumerable.Range(0, 5).Select(i => (byte)(((number >> (7 * i)) & 0x7F) + (i < 4 ? 0x80 : 0)))];

    /// <summary>A file that is longer than what is in it, and counts what is read.</summary>
    private sealed class CountingStream(byte[] content, long length) : MemoryStream(content)
    {
        internal long BytesRead { get; private set; }

        public override long Length => length;

        public override int Read(byte[] buffer, int offset, int count)
        {
            BytesRead += count;
            int read = base.Read(buffer, offset, count);
            Position += count - read;
            return count;
        }
    }
}
