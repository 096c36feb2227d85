using System.Text.RegularExpressions;
using WasmBindgen.Generator.Guests;

namespace WasmBindgen.Generator.Tests;

/// <summary>What is told of WIT that is wrong, and where.</summary>
public sealed partial class WitErrorTests
{
    private const string Package = "package a:b; interface i { ";

    public static TheoryData<string, string> Errors
    {
        get
        {
            string[] lines = File.ReadAllLines(Path.Combine(WitSet.Folder, "errors.txt"));
            var errors = new TheoryData<string, string>();
            for (int i = 3; i < lines.Length; i += 2)
            {
                errors.Add(lines[i][2..], lines[i + 1][2..]);
            }

            return errors;
        }
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_and_its_place(string text, string message)
    {
        text = Escape().Replace(text, static escape => $"{(char)Convert.ToInt32(escape.Groups[1].Value, 16)}");
        text = "package a:b; " + text.Replace("{33}", Names(33), StringComparison.Ordinal);
        int mark = text.IndexOf('§', StringComparison.Ordinal);
        string before = text[..mark];
        WitPackages packages = WitSet.Resolve(text.Remove(mark, 1));

        int line = before.Count(static c => c == '\n') + 1;
        Assert.Equal(
            $"w/a.wit({line},{before.Length - before.LastIndexOf('\n')}): {message}",
            Assert.Single(packages.Errors).ToString());
    }

    [Theory]
    [InlineData("interface i { use §c:d/e.{t}; }", WitErrorKind.NoPackage)]
    [InlineData("interface i { use §j.{t}; }", WitErrorKind.NotFound)]
    [InlineData("interface i { f: func(a: u8, §a: u8); }", WitErrorKind.Duplicate)]
    [InlineData("interface i { type t = §t; }", WitErrorKind.Cycle)]
    [InlineData("interface i { flags §f { {33} } }", WitErrorKind.TooManyFlags)]
    [InlineData("interface i { f: func() §}", WitErrorKind.Invalid)]
    public void The_kind_of_an_error(string text, object kind)
    {
        text = text.Replace("§", "", StringComparison.Ordinal).Replace("{33}", Names(33), StringComparison.Ordinal);

        Assert.Equal(kind, Assert.Single(WitSet.Resolve("package a:b; " + text).Errors).Kind);
    }

    [Fact]
    public void One_error_hides_no_other()
    {
        WitPackages packages = WitSet.Resolve(
            """
            package a:b;
            interface i {
                record r { a u8 }
                f: func(
                g: func(a: r) -> nothing;
                type t = list<u8
                h: func() -> t;
            }
            interface {
                f: func();
            }
            interface j {
                type broken = ;
                use-it: func(b: broken) -> missing
                k: func(;
            world w {
                import x;
                imprt y: func();
                export z: func();
            }
            """);

        Snapshot.Verify(WitSet.Expected, "Errors", string.Join("\n", packages.Errors) + "\n\n" + WitText.Of(packages));
    }

    [Fact]
    public void A_broken_file_silences_no_other()
    {
        WitPackages packages = WitSet.Resolve(
            ("w/a.wit", "package a:b; interface i { use j.{t, no}; f: func(t: t); }"),
            ("w/b.wit", "interface j { record t { a: } g: func(h: nothing); }"),
            ("w/deps/c.wit", "} interface"),
            ("w/deps/d.wit", "package d:d; interface k { f: func(x: y); }"));

        Assert.Equal(
            [
                "w/a.wit(1,38): interface 'a:b/j' has no type 'no': found 't'",
                "w/b.wit(1,29): expected a type, but found '}'",
                "w/b.wit(1,42): there is no type 'nothing' here: found 't'",
                "w/deps/c.wit(1,1): expected 'package', 'interface', 'world' or 'use', but found '}'",
                "w/deps/c.wit(1,12): expected the name of the interface, but found the end of the file",
                "w/deps/d.wit(1,39): there is no type 'y' here: found none",
            ],
            packages.Errors.Select(static error => error.ToString()));
        var function = (WitFunction)packages.Packages[0].Interfaces[0].Items.Last();
        Assert.Equal("<a:b/j#t>", WitText.Of(function.Parameters[0].Type));
    }

    [Fact]
    public void Types_are_nested_100_deep_at_most()
    {
        Assert.Empty(WitSet.Resolve(Package + $"type t = {Nested(99)}; f: func(a: t); }}").Errors);
        foreach (int depth in new[] { 100, 100_000 })
        {
            Assert.Equal(
                "w/a.wit(1,737): types are nested more than 100 deep here",
                Assert.Single(WitSet.Resolve(Package + $"type t = {Nested(depth)}; }}").Errors).ToString());
        }

        Assert.Equal(
            "w/a.wit(1,838): 'u' is made of types that are nested more than 100 deep",
            Assert.Single(WitSet.Resolve(Package + $"type t = {Nested(99)}; type u = list<t>; }}").Errors).ToString());

        static string Nested(int depth) =>
            string.Concat(Enumerable.Repeat("option<", depth)) + "u8" + new string('>', depth);
    }

    [Fact]
    public void Long_chains_and_doubled_types_cost_no_more_than_their_text()
    {
        string types = Chain(5_000, i => $"type a{i} = a{i - 1}; record b{i} {{ x: b{i - 1}, y: b{i - 1} }} ");
        string worlds = Chain(5_000, i => $"world w{i} {{ include w{i - 1}; import g{i}: func(); }} ");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal(
            "'b12' is made of more than 10000 parts",
            WitSet.Resolve(Package + "type a0 = u8; record b0 { x: u8 } " + types + "}").Errors[0].Message);
        Assert.Equal(
            "worlds include more than 100000 imports and exports",
            WitSet.Resolve("package a:b; world w0 { } " + worlds).Errors[0].Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");

        static string Chain(int count, Func<int, string> link) =>
            string.Concat(Enumerable.Range(1, count).Select(link));
    }

    [GeneratedRegex(@"\\u([0-9a-f]{4})")]
    private static partial Regex Escape();

    private static string Names(int count) => string.Join(", ", Enumerable.Range(1, count).Select(static i => $"n{i}"));
}
