using WasmBindgen.Components.Format;
namespace WasmBindgen.Build.Tests;

/// <summary>The WIT of components.</summary>
public sealed class ComponentTests
{
    private const string Documentation = """
        {
          "docs": "The package.",
          "interfaces": {
            "types": {
              "docs": "Two lines,\n\nand a third.",
              "stability": { "stable": { "since": "0.9.0" } },
              "types": { "level": { "docs": "A level.", "items": { "low": "Closes */ it." } } },
              "funcs": {
                "lower": "Old form.",
                "raise": { "stability": { "unstable": { "feature": "fast", "deprecated": "1.0.0" } } }
              }
            }
          },
          "worlds": {
            "w": {
              "docs": "A world.",
              "func_exports": { "run": { "docs": "Runs." } },
              "interface_import_stability": { "a:b/types@1.0.0": { "stable": { "since": "1.0.0" } } }
            }
          }
        }
        """;

    [Fact]
    public void An_empty_component_is_an_empty_world() => Assert.Equal(
        """
        package root:component;

        world root {
        }

        """,
        Wit("(component)"));

    [Fact]
    public void Every_value_type_has_its_text() => Assert.Equal(
        """
        package root:component;

        world root {
          import a:b/types;
        }
        package a:b {
          interface types {
            type plain = u8;

            record r {
              a: bool,
              b: s8,
              c: u16,
              d: s16,
              e: u32,
              f: s32,
              g: u64,
              h: s64,
              i: f32,
              j: f64,
              k: char,
              l: string,
              %type: plain,
            }

            variant v {
              none,
              some(r),
            }

            flags fl {
              x,
              y-z,
            }

            enum e {
              IO,
              a-12,
            }

            type again = e;

            resource res;

            type owned = own<res>;

            type lists = list<list<r>>;

            all: func(a: tuple<u8, option<v>>, b: result<fl, e>, c: result<_, e>, d: result<e>) -> result;

            %list: func(a: list<u8, 4>, b: map<string, r>, c: stream<u8>, d: future, e: res, f: borrow<res>);

            later: async func() -> error-context;
          }
        }

        """,
        Wit("""
            (component
              (import "a:b/types" (instance
                (type u8) (export "plain" (type $plain (eq 0)))
                (type (record (field "a" bool) (field "b" s8) (field "c" u16) (field "d" s16) (field "e" u32)
                  (field "f" s32) (field "g" u64) (field "h" s64) (field "i" f32) (field "j" f64) (field "k" char)
                  (field "l" string) (field "type" $plain)))
                (export "r" (type $r (eq 2)))
                (type (variant (case "none") (case "some" $r))) (export "v" (type $v (eq 4)))
                (type (flags "x" "y-z")) (export "fl" (type $fl (eq 6)))
                (type (enum "IO" "a-12")) (export "e" (type $e (eq 8)))
                (export "again" (type (eq $e)))
                (export "res" (type $res (sub resource)))
                (type (own $res)) (export "owned" (type (eq 12)))
                (type $inner (list $r)) (type $outer (list $inner)) (export "lists" (type (eq $outer)))
                (type $o (option $v)) (type $t (tuple u8 $o)) (type $r1 (result $fl (error $e)))
                (type $r2 (result (error $e))) (type $r3 (result $e)) (type $r4 (result))
                (export "all" (func (param "a" $t) (param "b" $r1) (param "c" $r2) (param "d" $r3) (result $r4)))
                (type $fixed (list u8 4)) (type $map (map string $r)) (type $stream (stream u8)) (type $future (future))
                (type $own (own $res)) (type $borrow (borrow $res))
                (export "list" (func (param "a" $fixed) (param "b" $map) (param "c" $stream) (param "d" $future)
                  (param "e" $own) (param "f" $borrow)))
                (export "later" (func async (result error-context))))))
            """));

    [Fact]
    public void Types_of_other_interfaces_are_used_from_there() => Assert.Equal(
        """
        package root:component;

        world root {
          import demo:a/types@1.2.3;
          import demo:a/same@1.2.3;
          import other:b/user;
        }
        package demo:a@1.2.3 {
          interface types {
            enum level {
              low,
            }

            type size = u32;
          }

          interface same {
            use types.{level};

            f: func(level: level);
          }
        }
        package other:b {
          interface user {
            use demo:a/types@1.2.3.{size, level as l};

            g: func() -> tuple<l, size>;
          }
        }

        """,
        Wit("""
            (component
              (import "demo:a/types@1.2.3" (instance $types
                (type (enum "low")) (export "level" (type (eq 0)))
                (type u32) (export "size" (type (eq 2)))))
              (alias export $types "level" (type $level)) (alias export $types "size" (type $size))
              (import "demo:a/same@1.2.3" (instance
                (alias outer 1 $level (type $l)) (export "level" (type $x (eq $l)))
                (export "f" (func (param "level" $x)))))
              (import "other:b/user" (instance
                (alias outer 1 $size (type $s)) (export "size" (type $y (eq $s)))
                (alias outer 1 $level (type $l)) (export "l" (type $x (eq $l)))
                (type $t (tuple $x $y)) (export "g" (func (result $t))))))
            """));

    [Fact]
    public void Members_of_resources_are_with_them() => Assert.Equal(
        """
        package root:component;

        world root {
          import a:b/store;

          resource job {
            cancel: func();
          }
          import run: func(j: job);
        }
        package a:b {
          interface store {
            resource bucket {
              constructor(name: string);
              get: func(key: string) -> u8;
              open: static func() -> bucket;
            }

            resource unused;

            resource checked {
              constructor() -> result<checked, string>;
            }

            count: func() -> u32;
          }
        }

        """,
        Wit("""
            (component
              (import "a:b/store" (instance
                (export "bucket" (type $b (sub resource))) (export "unused" (type (sub resource)))
                (export "checked" (type $c (sub resource)))
                (type $own (own $b)) (type $borrow (borrow $b)) (type $checked (own $c))
                (type $result (result $checked (error string)))
                (export "[constructor]bucket" (func (param "name" string) (result $own)))
                (export "count" (func (result u32)))
                (export "[method]bucket.get" (func (param "self" $borrow) (param "key" string) (result u8)))
                (export "[static]bucket.open" (func (result $own)))
                (export "[constructor]checked" (func (result $result)))))
              (import "job" (type $j (sub resource)))
              (import "[method]job.cancel" (func (param "self" (borrow $j))))
              (import "run" (func (param "j" (own $j)))))
            """));

    /// <summary>As tools export interfaces: a component that takes functions and types, and gives them names.</summary>
    [Fact]
    public void Exports_are_what_nested_components_make_of_lifted_functions() => Assert.Equal(
        """
        package root:component;

        world root {
          import a:b/types;
          import a:b/both;

          export a:b/api;
          export a:b/both;
          export run: func() -> u32;
          export part: interface {
            resource r;

            f: func() -> r;
          }
        }
        package a:b {
          interface types {
            enum level {
              low,
            }
          }

          interface both {
            less: func();

            more: func(n: u32);
          }

          interface api {
            use types.{level};

            record pair {
              a: level,
              b: level,
            }

            get: func(of: pair) -> level;
          }
        }

        """,
        Wit("""
            (component
              (import "a:b/types" (instance $types (type (enum "low")) (export "level" (type (eq 0)))))
              (import "a:b/both" (instance (export "less" (func))))
              (core module $m
                (func (export "get") (param i32 i32) (result i32) (i32.const 0)) (func (export "more") (param i32))
                (func (export "run") (result i32) (i32.const 0)))
              (core instance $i (instantiate $m))
              (alias export $types "level" (type $level))
              (type $pair (record (field "a" $level) (field "b" $level)))
              (func $get (param "of" $pair) (result $level) (canon lift (core func $i "get")))
              (func $run (result u32) (canon lift (core func $i "run")))
              (func $more (param "n" u32) (canon lift (core func $i "more")))
              (component $api
                (type (enum "low")) (import "import-type-level" (type $level (eq 0)))
                (type $pair' (record (field "a" $level) (field "b" $level)))
                (import "import-type-pair" (type $pair (eq $pair')))
                (import "import-func-get" (func $get (param "of" $pair) (result $level)))
                (export $l "level" (type $level)) (export $p' "pair" (type $pair))
                (export "get" (func $get) (func (param "of" $p') (result $l))))
              (instance $exported (instantiate $api
                (with "import-type-level" (type $level)) (with "import-type-pair" (type $pair))
                (with "import-func-get" (func $get))))
              (export "a:b/api" (instance $exported))
              (instance $bag (export "more" (func $more)))
              (export "a:b/both" (instance $bag))
              (export "run" (func $run))
              (type $r (resource (rep i32)))
              (func $f (result (own $r)) (canon lift (core func $i "run")))
              (component $part
                (import "r" (type $r (sub resource))) (import "f" (func $f (result (own $r))))
                (export $exported "r" (type $r)) (export "f" (func $f) (func (result (own $exported)))))
              (instance $p (instantiate $part (with "r" (type $r)) (with "f" (func $f))))
              (export "part" (instance $p)))
            """));

    [Fact]
    public void A_world_has_functions_types_and_parts_of_its_own() => Assert.Equal(
        """
        package root:component;

        world root {
          import part: interface {
            type t = u8;

            ping: func(t: t);
          }

          record rec {
            a: u8,
          }
          import %import: func(r: rec);

          export part: interface {
            pong: func();
          }
        }

        """,
        Wit("""
            (component
              (type $rec' (record (field "a" u8))) (import "rec" (type $rec (eq $rec')))
              (import "import" (func (param "r" $rec)))
              (import "part" (instance (type u8) (export "t" (type $t (eq 0))) (export "ping" (func (param "t" $t)))))
              (import "module" (core module)) (import "component" (component))
              (core module $m (func (export "pong"))) (core instance $i (instantiate $m))
              (func $pong (canon lift (core func $i "pong")))
              (instance $out (export "pong" (func $pong)))
              (export "part" (instance $out)))
            """));

    [Fact]
    public void A_package_of_WIT_has_its_worlds_interfaces_documentation_and_gates() => Assert.Equal(
        """
        /// The package.
        package a:b@1.0.0;

        /// Two lines,
        ///
        /// and a third.
        @since(version = 0.9.0)
        interface types {
          /// A level.
          enum level {
            /// Closes */ it.
            low,
          }

          @unstable(feature = fast)
          @deprecated(version = 1.0.0)
          raise: func(l: level);

          /// Old form.
          lower: func();
        }

        /// A world.
        world w {
          @since(version = 1.0.0)
          import types;

          /// Runs.
          export run: func();
        }

        """,
        Wit($$"""
            (component
              (type (component
                (type (instance
                  (type (enum "low")) (export "level" (type $level (eq 0)))
                  (export "raise" (func (param "l" $level))) (export "lower" (func))))
                (export "a:b/types@1.0.0" (instance (type 0)))))
              (export "types" (type 0))
              (type (component
                (type (component
                  (import "a:b/types@1.0.0" (instance
                    (type (enum "low")) (export "level" (type $level (eq 0))) (export "raise" (func (param "l" $level)))))
                  (export "run" (func))))
                (export "a:b/w@1.0.0" (component (type 0)))))
              (export "w" (type 2))
              (@custom "package-docs" "\01{{Json(Documentation)}}"))
            """));

    [Theory]
    [InlineData("")]
    [InlineData("\\02{}")]
    [InlineData("\\01{")]
    [InlineData("\\01[1]")]
    [InlineData("\\01{\\\"docs\\\": {\\\"a\\\": [1, null]}, \\\"interfaces\\\": 7, \\\"worlds\\\": {\\\"root\\\": {\\\"stability\\\": {\\\"stable\\\": {\\\"since\\\": \\\"1)\\\"}}}}}")]
    public void Documentation_that_makes_no_sense_is_left_out(string section) => Assert.Equal(
        Wit("(component)"), Wit($"(component (@custom \"package-docs\" \"{section}\"))"));

    [Fact]
    public void Core_modules_have_the_worlds_of_their_component_types()
    {
        static string World(string name, string import) => $"""
            (component
              (type (component
                (type (component
                  (import "demo:dep/log" (instance (export "{import}" (func))))
                  (import "demo:root/mine" (instance (export "f" (func))))))
                (export "demo:root/{name}" (component (type 0)))))
              (export "{name}" (type 0)))
            """;

        GuestText text = Guests.Read(Guests.Compile($"""
            (module
              (import "demo:dep/log" "write" (func))
              (@custom "component-type:one" "{Bytes(World("one", "write"))}")
              (@custom "component-type:two" "{Bytes(World("two", "flush"))}"))
            """));
        Assert.Equal("(module\n  (import \"demo:dep/log\" \"write\" (func))\n)\n", text.Wat);
        Assert.Equal(
            """
            package demo:root;

            interface mine {
              f: func();
            }

            world one {
              import demo:dep/log;
              import mine;
            }

            world two {
              import demo:dep/log;
              import mine;
            }
            package demo:dep {
              interface log {
                write: func();

                flush: func();
              }
            }

            """,
            text.Wit);
    }

    [Fact]
    public void What_is_wrong_in_a_component_type_is_told_with_its_place_in_the_file()
    {
        byte[] guest = Guests.Compile($"""(module (@custom "component-type" "{Bytes("(component)")}\0d\00"))""");
        InvalidGuestException refusal = Guests.Refusal(guest);
        Assert.Equal(
            ("13 is not a section of a component that is known here", guest.Length),
            (refusal.Message, refusal.Offset));
    }

    [Fact]
    public void An_interface_may_be_imported_under_another_name() => Assert.Equal(
        """
        package root:component;

        world root {
          import one: demo:kv/store@1.0.0;
          import two: demo:kv/store@1.0.0;
        }
        package demo:kv@1.0.0 {
          interface store {
            get: func();

            set: func();
          }
        }

        """,
        Guests.Read([
            0, .. "asm"u8, 13, 0, 1, 0,
            7, 31, 2, // types of instances, with functions `get` and `set`
            0x42, 2, 1, 0x40, 0, 1, 0, 4, 0, 3, .. "get"u8, 1, 0,
            0x42, 2, 1, 0x40, 0, 1, 0, 4, 0, 3, .. "set"u8, 1, 0,
            10, 59, 2, // imports of them, whose names say what they implement
            2, 3, .. "one"u8, 1, 0, 19, .. "demo:kv/store@1.0.0"u8, 5, 0,
            2, 3, .. "two"u8, 1, 0, 19, .. "demo:kv/store@1.0.0"u8, 5, 1,
        ]).Wit);

    private static string Json(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Wit(string component)
    {
        GuestText text = Guests.Read(Guests.Compile(component));
        Assert.Null(text.Wat);
        return text.Wit!;
    }

    private static string Bytes(string component) =>
        string.Concat(Guests.Compile(component).Select(static value => $"\\{value:x2}"));
}
