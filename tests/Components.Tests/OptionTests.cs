using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>The options of single functions: each has its own memory, allocator and encoding of text.</summary>
public sealed class OptionTests
{
    private static readonly FunctionType s_text = FunctionType.Echo(Primitive.Of("string"));

    /// <summary>
    /// One imported function three times, and three exports, each in its encoding, of two memories and allocators.
    /// </summary>
    [Fact]
    public void Functions_of_one_component()
    {
        (string Name, string Library, string Encoding)[] forms =
        [
            ("first", "one", "utf8"), ("second", "two", "utf16"), ("third", "one", "latin1+utf16"),
        ];
        var guest = new Guest(
            $"""
            (component
              (import "host" (instance $host (export "f" (func (param "p0" string) (result string)))))
              (core module $library
                (memory (export "m") 1) (global $next (mut i32) (i32.const 1024))
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local i32)
                  (local.set 4 (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
                  (global.set $next (i32.add (local.get 4) (local.get 3)))
                  (memory.copy (local.get 4) (local.get 0)
                    (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
                  (local.get 4)))
              (core instance $one (instantiate $library))
              (core instance $two (instantiate $library))
              (core module $forward
                (import "" "f" (func $f (param i32 i32 i32)))
                (func (export "f") (param i32 i32) (result i32)
                  (call $f (local.get 0) (local.get 1) (i32.const 512)) (i32.const 512)))
              {string.Concat(forms.Select(static form => $"""
                (core func ${form.Name} (canon lower (func $host "f") {Options(form.Library, form.Encoding)}))
                (core instance ${form.Name} (instantiate $forward
                  (with "" (instance (export "f" (func ${form.Name}))))))
                (func (export "{form.Name}") (param "p0" string) (result string)
                  (canon lift (core func ${form.Name} "f") {Options(form.Library, form.Encoding)}))

                """))})
            """,
            s_text,
            [.. forms.Select(static form => (form.Name, s_text))]);
        using var both = new Both(guest, Guest.Compile([guest]), 0, static arguments =>
            (WitValue)(((WitValue.Text)arguments[0]).Value + "é€"));
        foreach (string text in new[] { "", "abc", "é", "€😀" })
        {
            foreach ((string name, _, _) in forms)
            {
                Assert.Equal(text + "é€", both.Call(name, text).Value);
            }
        }
    }

    /// <summary>The same core function under several types.</summary>
    [Fact]
    public void One_core_function_as_several()
    {
        string[] types = ["u32", "s32", "u8", "s8", "u16", "s16", "bool", "char"];
        var guest = new Guest(
            $"""
            (component
              (core module $m (func (export "f") (param i32) (result i32) (local.get 0)))
              (core instance $i (instantiate $m))
              {string.Concat(types.Select(static type => $"(func (export \"as-{type}\") "
                  + $"(param \"p0\" u32) (result {type}) (canon lift (core func $i \"f\")))\n"))})
            """,
            Import: null,
            [.. types.Select(static type => (
                $"as-{type}", new FunctionType([Primitive.Of("u32")], Primitive.Of(type))))]);
        using var both = new Both(guest, Guest.Compile([guest]), 0);
        foreach (uint value in new uint[] { 0, 1, 0x80, 0xff, 0x8000, 0xd800, 0xffff, 0x10_ffff, 0x11_0000, ~0u })
        {
            Assert.All(types, type => both.Call($"as-{type}", value));
        }
    }

    private static string Options(string library, string encoding) => $"string-encoding={encoding} "
        + $"(memory (core memory ${library} \"m\")) (realloc (core func ${library} \"realloc\"))";
}
