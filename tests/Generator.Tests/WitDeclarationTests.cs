using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Tests;

/// <summary>What is declared of WIT beyond the twenty cases.</summary>
public sealed class WitDeclarationTests
{
    [Theory]
    [InlineData("cli")]
    [InlineData("http")]
    public void The_interfaces_of_WASI(string root)
    {
        WitPackages packages = WitSet.Wasi("0.2.12", root);
        string world = $"wasi:{root}/{(root == "cli" ? "command" : "proxy")}@0.2.12";
        var binding = new WitBinding("Guest", world, default, default)
        {
            Own = packages.Packages
                .SelectMany(static package => package.Interfaces.Select(one =>
                    $"{package.Name.Name}/{one.Header.Name}"))
                .ToEquatableArray(),
        };
        WitResult result = WitDeclarer.Declare(packages, [binding], WitOptions.Default);

        string[] texts = Emit(result);
        Assert.Empty(GeneratorTest.Compile([.. texts, WitSkeleton.Of(result.Declarations, binding)])
            .GetDiagnostics()
            .Where(static one => one.Severity >= DiagnosticSeverity.Warning && one.Id != "CS0246"));
        Snapshot.Verify(WitSet.Expected, $"Declared.{root}",
            string.Join("\n", result.Findings) + "\n"
                + string.Concat(result.Declarations.Guests[0].Imports.Select(static one =>
                    $"{one.Property}: {one.Contract} from {one.Module}\n"))
                + string.Join("\n", texts.Where(text => text.Contains($"namespace Wasi.{WitIdentifiers.Pascal(root)}\n", StringComparison.Ordinal))));
    }

    [Fact]
    public void What_is_not_supported_is_told_at_each_function()
    {
        WitPackages packages = WitSet.Wasi("0.3.0", "clocks");
        WitResult result = WitDeclarer.Declare(packages, [WitSurfaceTests.ImportsOf(packages)], WitOptions.Default);

        Assert.Contains(
            result.Findings,
            static finding => finding is { Kind: WitFindingKind.Unsupported, Place: not null }
                && finding.Arguments.SequenceEqual(["wasi:clocks/monotonic-clock@0.3.0#wait-for", "async"]));
        Assert.Contains(result.Findings, static finding => finding.Arguments.Contains("stream"));
    }

    [Fact]
    public void Versions_of_one_track_are_one_namespace()
    {
        WitResult result = Declare(
            """
            package r:r;
            package a:b@1.0.0 { interface i { record t { n: u8 } record u { n: u8 } f: func(t: t); g: func(); } }
            package a:b@1.2.0 { interface i { record t { n: u8 } record u { n: u16 } f: func(t: t); h: func(u: u); } }
            package a:b@0.2.0 { interface i { f: func(); } }
            package a:b@2.0.0-rc.1 { interface i { f: func(); } }
            """);

        Assert.Equal(
            ["A.B.V1 a:b@1.2.0: F H", "A.B a:b@0.2.0: F", "A.B.V2_0_0_rc_1 a:b@2.0.0-rc.1: F"],
            result.Declarations.Namespaces.Select(static space =>
                $"{space.Name} {space.Package}: "
                    + string.Join(' ', space.Contracts.SelectMany(static one => one.Methods).Select(static one => one.Name))));
        Assert.Equal(
            "TrackDiffers w/a.wit(2,61): a:b, 1.0.0, 1.2.0, u, record { n: u8 } / record { n: u16 }",
            Assert.Single(result.Findings).ToString());
    }

    [Fact]
    public void Projects_may_say_other_names()
    {
        WitResult result = Declare(
            """
            package a:b@1.0.0;
            interface i { record point { x: u8, y: u8 } enum e { m } f: func(p: point); g: func(); }
            interface j { f: func(); }
            """,
            WitOptions.Default with
            {
                Namespaces = All(("a:b@1", "Acme"), ("a:b/j", "Acme.J"), ("c:d", "No")),
                Names = All(
                    ("a:b/i#point", "Vector"), ("a:b/i@1.0.0#point.x", "Left"), ("a:b/i#point.y", "Left"),
                    ("a:b/i#g", "F"), ("a:b/i#nothing", "X")),
            });

        Assert.Equal(
            "Acme: Vector(Left Left) E II(FMethod F) / Acme.J: IJ(F)",
            string.Join(" / ", result.Declarations.Namespaces.Select(Brief)));
        Assert.Equal(
            [
                "NameTwice w/a.wit(2,37): Left, a:b/i@1.0.0#point.x, a:b/i@1.0.0#point.y",
                "Renamed w/a.wit(2,58): a:b/i@1.0.0#f, FMethod, a:b/i@1.0.0#g",
                "NoPath : a:b/i#nothing, a:b/i#point",
                "NoPath : c:d",
            ],
            result.Findings.Select(static finding => finding.ToString()).Order(StringComparer.Ordinal)
                .OrderBy(static text => text.StartsWith("NoPath", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_unstable_wants_its_feature()
    {
        const string Wit =
            """
            package a:b@1.0.0;
            interface i {
                @unstable(feature = fast) record t { n: u8 }
                @unstable(feature = fast) f: func(t: t);
                g: func(t: t);
                resource r { @unstable(feature = fast) h: func(); k: func(); }
            }
            @unstable(feature = fast) interface j { l: func(); }
            """;
        WitResult without = Declare(Wit);
        WitResult with = Declare(
            Wit, WitOptions.Default with { Features = All("fast", "slow") });

        Assert.Equal("A.B: IR(K) II()", Brief(without.Declarations.Namespaces[0]));
        Assert.Equal(
            "NotEnabled w/a.wit(5,5): a:b/i@1.0.0#g, t", Assert.Single(without.Findings).ToString());
        Assert.Equal("A.B: T(N) IR(H K) II(F G) IJ(L)", Brief(with.Declarations.Namespaces[0]));
        Assert.Equal("NoFeature : slow", Assert.Single(with.Findings).ToString());
    }

    [Fact]
    public void Names_that_C_sharp_or_others_have_get_another_word()
    {
        WitResult result = Declare(
            """
            package system:v1;
            interface log { record i-log { value: u8 } f: func(); }
            interface api { record i-log { n: u8 } record i-api { n: u8 } f: func(); record guest-x { n: u8 } }
            interface x {
                resource foo { foo: func(); is-disposed: func(); new: static func(); constructor(); }
                new-foo: func();
                variant v { match(u8), instance, value(u8), t-result, equals, a1(u8), a-1 }
                f: func(a1: u8, a-1: u8, %result: u8);
                record x { foo: foo }
                g: func(x: x);
            }
            """);

        Assert.Equal(
            "Wit.System.V1: LogILog(Value) ApiILog(N) IApi(N) GuestX(N) "
                + "V(MatchCase(Value) InstanceCase() ValueCase(Value) TResult() EqualsCase() A1(Value) A1Case()) X(Foo) "
                + "ILog(F) IApiInterface(F) IFoo(FooMethod IsDisposedMethod) "
                + "IX(FooNew NewFoo NewFooMethod F G)",
            string.Join(" / ", result.Declarations.Namespaces.Select(Brief)));
        Contract contract = result.Declarations.Namespaces[0].Contracts.Last();
        Assert.Equal(
            ["a1", "a1Arg", "result"],
            contract.Methods.Single(static one => one.Name == "F").Parameters.Select(static one => one.Name));
        Assert.Empty(GeneratorTest.Compile(Emit(result)).GetDiagnostics());
    }

    /// <summary>What holds handles has a form for each side; which of them depends on where the resource is.</summary>
    [Fact]
    public void Handles_of_a_guest_have_types_of_their_own()
    {
        WitPackages packages = WitSet.Resolve(
            """
            package a:b;
            interface one { resource r; record s { r: r, n: u8 } variant v { a(s), b } f: func(v: v) -> option<r>; }
            interface two { use one.{r, v}; g: func(v: v, r: borrow<r>) -> r; }
            world both { import one; import two; export one; }
            world guest { import two; export one; export two; }
            """);
        WitResult both = WitDeclarer.Declare(
            packages, [new WitBinding("W", "a:b/both", default, default)], WitOptions.Default);
        WitResult guest = WitDeclarer.Declare(
            packages, [new WitBinding("W", "a:b/guest", default, default)], WitOptions.Default);

        Assert.Equal(
            "A.B: S(R N) GuestS(R N) V(A(Value) B()) GuestV(A(Value) B()) IR() IOne(F) ITwo(G) R()",
            Brief(both.Declarations.Namespaces[0]));
        Assert.Equal("global::A.B.GuestV", both.Declarations.Guests[0].Exports[0].Methods[0].Parameters[0].Value.Type);
        Assert.Equal("global::A.B.R?", both.Declarations.Guests[0].Exports[0].Methods[0].Result!.Type);
        DeclaredMethod g = guest.Declarations.Namespaces[0].Contracts.Single(static one => one.Name == "ITwo").Methods[0];
        Assert.Equal("global::A.B.IR", g.Result!.Type);
        Assert.Equal(
            "global::A.B.R", guest.Declarations.Guests[0].Exports.Single(static one => one.Property == "Two").Methods[0].Result!.Type);
    }

    [Fact]
    public void Several_classes_may_be_bound_to_one_world()
    {
        WitPackages packages = WitSet.Resolve(WitSet.Cases[18].Wit);
        WitResult result = WitDeclarer.Declare(
            packages,
            [
                new WitBinding("One", "case:named/w", default, default),
                new WitBinding("Two", "case:named/w", default, default),
                new WitBinding("Base", "case:named/base", default, default),
            ],
            WitOptions.Default);

        Assert.Equal(
            "Case.Named: K IStore(Get) IBaseImports(Hook) IWImports(OnLoad) IWHost(Ping)",
            Brief(Assert.Single(result.Declarations.Namespaces)));
        Assert.Equal(
            ["WImports Primary Secondary Host", "WImports Primary Secondary Host", "BaseImports"],
            result.Declarations.Guests.Select(static guest =>
                string.Join(' ', guest.Imports.Select(static one => one.Property))));
        Assert.Equal(
            ["$root", "primary", "secondary", "host"],
            result.Declarations.Guests[0].Imports.Select(static one => one.Module));
    }

    [Fact]
    public void Records_are_equal_and_shown_by_what_is_in_their_lists()
    {
        WitResult result = Declare(
            """
            package a:b;
            interface i {
                record r {
                    bytes: list<u8>,
                    lists: list<list<string>>,
                    names: map<string, list<u8>>,
                    pair: tuple<list<u8>, u8>,
                    maybe: option<list<u8>>,
                    deep: option<option<list<u8>>>,
                    either: result<list<u8>, string>,
                    some: option<tuple<list<u8>, u8>>,
                }
                variant v { many(list<u8>), none }
                record plain { n: u8, o: option<u8> }
                f: func(r: r, v: v, p: plain);
            }
            """);
        CSharpCompilation compilation = GeneratorTest.Compile([.. Emit(result),
            """
            #pragma warning disable CS1591
            using A.B;
            using WasmBindgen;
            public static class Test
            {
                public static R New(byte last) => new(
                    [1, last], [["a"], ["b", "c"]], new() { ["k"] = [last] }, ([last], 2), [3], new Option<byte[]?>([last]),
                    Result<byte[], string>.Ok([last]), ([last], 4));

                public static bool AreEqual(byte one, byte other) =>
                    New(one) == New(other) && New(one).GetHashCode() == New(other).GetHashCode();

                public static bool Differ() => New(1) != New(1) with { Maybe = null }
                    && New(1) != New(1) with { Lists = [["a"]] }
                    && New(1) != New(1) with { Names = new() { ["k"] = [2] } }
                    && New(1) != New(1) with { Pair = ([1], 3) }
                    && New(1) != New(1) with { Deep = Option<byte[]?>.None }
                    && New(1) != New(1) with { Either = Result<byte[], string>.Error("x") }
                    && New(1) != New(1) with { Some = null };

                public static string Show() => New(9).ToString();

                public static string Long() => new V.Many(new byte[40]).ToString();

                public static string Match() => ((V)new V.Many([1])).Match(many: m => $"{m.Value.Length}", none: _ => "0")
                    + ((V)V.None.Instance).Match(many: _ => "1", none: _ => "none");

                public static bool Variants() => (V)new V.Many([1]) == new V.Many([1]) && new V.Many([1]) != new V.Many([2])
                    && (V)new V.Many([1]) != V.None.Instance && new Plain(1) == new Plain(1, null);
            }
            """]);
        using var stream = new MemoryStream();
        Assert.Empty(compilation.Emit(stream).Diagnostics);
        Type test = Assembly.Load(stream.ToArray()).GetType("Test")!;
        object? Call(string name, params object[] arguments) => test.GetMethod(name)!.Invoke(null, arguments);

        Assert.True((bool)Call("AreEqual", (byte)1, (byte)1)!);
        Assert.False((bool)Call("AreEqual", (byte)1, (byte)2)!);
        Assert.True((bool)Call("Differ")!);
        Assert.True((bool)Call("Variants")!);
        Assert.Equal("1none", Call("Match"));
        Assert.Equal(
            "R { Bytes = [1, 9], Lists = [[a], [b, c]], Names = {k: [9]}, Pair = ([9], 2), Maybe = [3], Deep = [9], "
                + "Either = ok: [9], Some = ([9], 4) }",
            Call("Show"));
        Assert.Equal($"Many {{ Value = [{string.Join(", ", Enumerable.Repeat("0", 32))}, …] }}", Call("Long"));
    }

    /// <summary>Text that would end a comment, or is markup, is text.</summary>
    [Fact]
    public void Documentation_cannot_break_out()
    {
        WitResult result = Declare(
            """
            package a:b@1.0.0;
            interface i {
                /// First `a<b>` & "c" </summary>
                /// goes on.
                ///
                /// Second */ paragraph.
                @since(version = 1.0.0) @external-id("<x>")
                f: func(a: b);
                type b = list<u8>;
                /** A record. */
                record r { /// A field.
                    f: b }
            }
            """);

        string text = Assert.Single(Emit(result));
        Assert.Empty(GeneratorTest.Compile(text).GetDiagnostics());
        Snapshot.Verify(WitSet.Expected, "Documentation", text);
    }

    [Fact]
    public void Equal_WIT_gives_equal_declarations()
    {
        foreach ((_, string wit, _) in WitSet.Cases.Values)
        {
            Assert.Equal(Declare(wit).Declarations, Declare("\n\n" + wit).Declarations);
        }
    }

    [Fact]
    public void Keywords_are_those_of_the_compiler() => Assert.All(
        SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText),
        static keyword => Assert.Equal("@" + keyword, Keywords.Escape(keyword)));

    private static WitResult Declare(string wit, WitOptions? options = null)
    {
        WitPackages packages = WitSet.Resolve(wit);
        Assert.Empty(packages.Errors);
        return WitDeclarer.Declare(packages, [WitSurfaceTests.ImportsOf(packages)], options ?? WitOptions.Default);
    }

    private static EquatableArray<T> All<T>(params T[] items) => items.ToEquatableArray();

    private static string[] Emit(WitResult result) =>
        [.. result.Declarations.Namespaces.Select(static space => WitTypeEmitter.Emit(space).Text)];

    private static string Brief(DeclaredNamespace space) => $"{space.Name}: " + string.Join(' ', space.Types
        .Select(static type => type switch
        {
            DeclaredRecord record => $"{type.Name}({string.Join(' ', record.Fields.Select(static one => one.Name))})",
            DeclaredVariant variant => $"{type.Name}({string.Join(' ', variant.Cases.Select(static one =>
                $"{one.Name}({(one.Value is null ? "" : "Value")})"))})",
            _ => type.Name,
        })
        .Concat(space.Contracts.Select(static one => $"{one.Name}({Methods(one.Methods)})"))
        .Concat(space.Handles.Select(static one => $"{one.Name}({Methods(one.Methods)})")));

    private static string Methods(IEnumerable<DeclaredMethod> methods) =>
        string.Join(' ', methods.Select(static one => one.Name));
}
