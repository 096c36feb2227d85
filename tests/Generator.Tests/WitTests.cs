using WasmBindgen.Generator.Guests;

namespace WasmBindgen.Generator.Tests;

/// <summary>What WIT says, once every name in it is looked up.</summary>
public sealed class WitTests
{
    public static TheoryData<int> Cases => [.. WitSet.Cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_model_of_each_case(int number)
    {
        WitPackages packages = WitSet.Resolve(WitSet.Cases[number].Wit);

        Assert.Empty(packages.Errors);
        Snapshot.Verify(WitSet.Expected, $"Case{number:00}", WitText.Of(packages));
    }

    [Theory]
    [InlineData("0.2.12", "cli")]
    [InlineData("0.2.12", "http")]
    [InlineData("0.3.0", "http")]
    public void The_packages_of_WASI(string version, string root)
    {
        WitPackages packages = WitSet.Wasi(version, root);

        Assert.Empty(packages.Errors);
        Assert.Equal(
            $"wasi:{root}@{version}", Assert.Single(packages.Packages, static one => one.IsRoot).Name.ToString());
        Snapshot.Verify(WitSet.Expected, $"Wasi.{root}-{version}", WitText.Of(packages));
    }

    [Fact]
    public void Files_of_a_folder_are_one_package_and_dependencies_are_beside_it()
    {
        WitPackages packages = WitSet.Resolve(
            ("w/a.wit", "package a:b; interface i { use j.{t}; use c:d/x.{u}; use e:f/y@1.0.0-rc.1.{v}; }"),
            ("w/b.wit", "interface j { type t = u8; }"),
            ("w/deps/cd/x.wit", "package c:d; interface x { use z.{w as u}; }"),
            ("w/deps/cd/z.wit", "interface z { type w = u8; }"),
            ("w/deps/y.wit", "package e:f@1.0.0-rc.1; interface y { type v = u8; }"));

        Assert.Empty(packages.Errors);
        Assert.Equal(["a:b", "c:d", "e:f@1.0.0-rc.1"], packages.Packages.Select(static one => one.Name.ToString()));
        Assert.Equal([true, false, false], packages.Packages.Select(static one => one.IsRoot));
        Assert.Equal(
            ["a:b/j#t as t", "c:d/z#w as u", "e:f/y@1.0.0-rc.1#v as v"],
            packages.Packages[0].Interfaces[0].Items.Cast<WitUsedType>().Select(
                static used => $"{used.Definition} as {used.Name}"));
    }

    [Theory]
    [InlineData("w", "w/a.wit", true)]
    [InlineData("w/", @"w\a.wit", true)]
    [InlineData("w/a.wit", "w/a.wit", true)]
    [InlineData("w/a.wit", "w/b.wit", false)]
    [InlineData("w", "w/deps/a.wit", true)]
    [InlineData("w", "w/deps/a/a.wit", true)]
    [InlineData("w", "w/deps/a/deps/a.wit", false)]
    [InlineData("w", "w/x/a.wit", false)]
    [InlineData("w", "v/w/a.wit", false)]
    [InlineData("", "a.wit", true)]
    [InlineData("", "deps/a.wit", true)]
    public void What_belongs_to_a_root(string root, string path, bool belongs) =>
        Assert.Equal(belongs, WitPackages.IsPartOf(root, path));

    [Fact]
    public void A_file_alone_is_a_root()
    {
        WitPackages packages = WitPackages.Resolve(
            "x/a.wit", [WitParser.Parse(new WitSource("x/a.wit", "package a:b; package c:d { interface i {} }"))]);

        Assert.Empty(packages.Errors);
        Assert.Equal(["a:b", "c:d"], packages.Packages.Select(static one => one.Name.ToString()));
        Assert.Equal([true, false], packages.Packages.Select(static one => one.IsRoot));
    }

    [Fact]
    public void A_copy_of_a_package_is_the_package()
    {
        const string Text = "package c:d; interface x { /* one */ record t { n: u8 } }";
        WitPackages packages = WitSet.Resolve(
            ("w/a.wit", "package a:b; interface i { use c:d/x.{t}; }"),
            ("w/deps/x.wit", Text),
            ("w/deps/y.wit", "/// Two.\n" + Text.Replace("/* one */", "\n// two\n", StringComparison.Ordinal)));

        Assert.Empty(packages.Errors);
        Assert.Equal(
            ["i", "x"],
            packages.Packages.SelectMany(static one => one.Interfaces).Select(static one => one.Header.Name));
    }

    [Fact]
    public void A_name_for_an_interface_is_known_in_its_file_alone()
    {
        WitPackages packages = WitSet.Resolve(
            ("w/a.wit", "package a:b; use c:d/x as y; interface i { use y.{t}; }"),
            ("w/b.wit", "interface j { use y.{t}; }"),
            ("w/deps/x.wit", "package c:d; interface x { type t = u8; }"));

        Assert.Equal(
            "w/b.wit(1,19): package 'a:b' has no interface 'y': found 'i', 'j'",
            Assert.Single(packages.Errors).ToString());
    }

    [Fact]
    public void Names_of_packages_may_have_any_number_of_parts()
    {
        WitPackages packages = WitSet.Resolve(
            "package a:b:c/d@1.0.0; interface i { use e:f/g/h.{t}; } package e:f/g { interface h { type t = u8; } }");

        Assert.Empty(packages.Errors);
        Assert.Equal("a:b:c/d/i@1.0.0", packages.Packages[0].Interfaces[0].Id);
        Assert.Equal("e:f/g/h#t", ((WitUsedType)packages.Packages[0].Interfaces[0].Items[0]).Definition.ToString());
    }

    [Fact]
    public void Documentation_is_that_of_both_kinds_of_comments()
    {
        WitPackages packages = WitSet.Resolve(
            """
            /// The package.
            package a:b@1.0.0;
            // none
            /// One.
            ///
            ///   Indented.
            /** Two,
              * three.
              *
              * Four.
              */
            @unstable(feature = x)
            /// Behind a gate.
            interface i {
                /**/ /***/ f: func();
                record r {
                    /// The field.
                    a: u8,
                    b: u8, /// of nothing
                }
                /// of nothing
            }
            """);

        Assert.Empty(packages.Errors);
        WitInterface one = packages.Packages[0].Interfaces[0];
        Assert.Equal("The package.", packages.Packages[0].Docs);
        Assert.Equal("One.\n\n  Indented.\nTwo,\nthree.\n\nFour.\nBehind a gate.", one.Header.Docs);
        Assert.Equal("", one.Items[0].Header.Docs);
        Assert.Equal(["The field.", ""], ((WitRecord)one.Items[1]).Fields.Select(static field => field.Docs));
    }

    [Fact]
    public void Comments_nest()
    {
        WitPackages packages = WitSet.Resolve(
            "/* a /* b */ interface c {} */ package a:b; interface /* // */ i {} // { /*");

        Assert.Empty(packages.Errors);
        Assert.Equal("a:b/i", packages.Packages[0].Interfaces[0].Id);
    }

    [Fact]
    public void Gates_and_external_names_are_kept()
    {
        WitPackages packages = WitSet.Resolve(
            """
            package a:b@1.2.0;
            @since(version = 1.0.0)
            interface i {
                @since(version = 1.1.0)
                @deprecated(version = 1.2.0)
                f: func();
                @external-id("a\"b\u{e9}\c3\a9")
                resource r { @unstable(feature = fast) @external-id("") g: func(); }
            }
            world w { @unstable(feature = fast) import i; @external-id("//One") import one: i; }
            world v { @since(version = 1.2.0) @external-id("no") include w; }
            """);

        Assert.Equal(
            "w/a.wit(11,11): 'include' has no '@external-id'",
            Assert.Single(packages.Errors).ToString());
        Snapshot.Verify(WitSet.Expected, "Gates", WitText.Of(packages));
    }

    [Fact]
    public void A_world_has_what_it_includes_and_imports_what_that_needs()
    {
        WitPackages packages = WitSet.Resolve(
            """
            package a:b;
            interface types { resource r; record s { r: r } type u = u8; }
            interface more { use types.{s as t}; record w { t: t } }
            interface log { use more.{w}; f: func(w: w); }
            interface api { use types.{r}; g: func() -> r; }
            interface mine { record x { n: u8 } }
            interface client { use mine.{x}; h: func(x: x); }
            interface alone { type v = u8; }
            world base { use types.{u}; use alone.{v}; import log; import hook: func(u: u); export run: func(); }
            world other { import log; import hook: func(); export api; }
            world all {
                include base with { hook as on-load, run as go }
                include other;
                import log;
                export mine;
                export client;
                export inner: interface { use more.{w}; k: func() -> w; }
            }
            """);

        Assert.Empty(packages.Errors);
        Snapshot.Verify(WitSet.Expected, "Worlds", WitText.Of(packages));
    }

    [Fact]
    public void Equal_text_gives_equal_models()
    {
        foreach ((_, string wit, _) in WitSet.Cases.Values)
        {
            WitFile file = WitParser.Parse(new WitSource("w/a.wit", wit));
            WitFile again = WitParser.Parse(new WitSource("w/a.wit", wit));

            Assert.NotSame(file, again);
            Assert.Equal(file, again);
            Assert.Equal(file.GetHashCode(), again.GetHashCode());
            Assert.Equal(WitPackages.Resolve("w", [file]), WitPackages.Resolve("w", [again]));
            Assert.NotEqual(file, WitParser.Parse(new WitSource("w/a.wit", "\n" + wit)));
        }
    }
}
