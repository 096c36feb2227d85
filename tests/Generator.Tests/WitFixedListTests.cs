namespace WasmBindgen.Generator.Tests;

/// <summary>Lists of a fixed length, which only WIT has, through the engine.</summary>
public sealed class WitFixedListTests
{
    private const string FixedWit = """
        package a:b;
        interface i {
            record ip { v4: list<u8, 4>, tag: string }
            variant v { fixed(list<u16, 3>), none }
            enum e { one, two }
            direct: func(a: list<u8, 4>, b: list<f64, 2>, c: list<string, 2>) -> list<u8, 4>;
            spilled: func(a: list<u32, 16>, b: list<tuple<u8, u32>, 2>) -> list<tuple<u8, u32>, 2>;
            inside: func(r: ip, o: option<list<s8, 2>>, l: list<list<u8, 3>>, v: v)
                -> tuple<ip, option<list<s8, 2>>, list<list<u8, 3>>, v>;
            nested: func(a: list<list<u8, 2>, 2>, b: list<list<u8>, 2>)
                -> tuple<list<list<u8, 2>, 2>, list<list<u8>, 2>>;
            maps: func(m: map<string, list<u8, 2>>) -> map<string, list<u8, 2>>;
            bad: func(e: list<e, 2>) -> e;
        }
        """;

    private const string FixedSource = WitRun.Usings + """
        public sealed partial class Host : II
        {
            internal byte[]? Next { get; set; }
            public byte[] Direct(ReadOnlySpan<byte> a, ReadOnlySpan<double> b, IReadOnlyList<string> c) =>
                Next ?? [(byte)(a[0] + a[3]), (byte)b[1], (byte)c[0].Length, (byte)c[1].Length];
            public (byte, uint)[] Spilled(ReadOnlySpan<uint> a, IReadOnlyList<(byte, uint)> b) =>
                [b[1], ((byte)a.Length, a[15])];
            public (Ip, sbyte[]?, byte[][], V) Inside(Ip r, sbyte[]? o, IReadOnlyList<byte[]> l, V v) =>
                (r, o, [.. l], v);
            public (byte[][], byte[][]) Nested(IReadOnlyList<byte[]> a, IReadOnlyList<byte[]> b) => ([.. a], [.. b]);
            public Dictionary<string, byte[]> Maps(IReadOnlyDictionary<string, byte[]> m) => new(m);
            public E Bad(IReadOnlyList<E> e) => e[1];
        }

        public static class Test
        {
            private static Guest New(string wat, Host? host = null)
            {
                var engine = new Engine();
                var linker = new Linker(engine).Define(host ?? new Host());
                return new Guest(linker.Instantiate(new Store(engine), Module.FromText(engine, "guest", wat)));
            }

            public static string Direct(string wat) =>
                string.Join(' ', New(wat).Direct([1, 2, 3, 4], [0, 200], ["ab", "abc"]));
            public static string Spilled(string wat) => string.Join(' ', New(wat).Spilled(
                Enumerable.Range(1, 16).Select(i => (uint)i * 1000).ToArray(), [(1, 2), (3, uint.MaxValue)]));
            public static string Inside(string wat, bool isNone)
            {
                var back = New(wat).Inside(
                    new Ip([127, 0, 0, 1], "home"), isNone ? null : [9, 1], [[1, 2, 3], [4, 5, 6]],
                    isNone ? V.None.Instance : new V.Fixed([7, 8, 9]));
                return $"{back.Item1} {(back.Item2 is { } o ? string.Join(',', o) : "none")} "
                    + $"{string.Join(' ', back.Item3.Select(one => string.Join(',', one)))} {back.Item4}";
            }
            public static string Nested(string wat)
            {
                var back = New(wat).Nested([[1, 2], [3, 4]], [[5], []]);
                return string.Join(' ', back.Item1.Concat(back.Item2).Select(one => string.Join(',', one)));
            }
            public static string Maps(string wat) => string.Join(' ', New(wat)
                .Maps(new Dictionary<string, byte[]> { ["a"] = [1, 2], ["b"] = [3, 4] })
                .Select(pair => $"{pair.Key}={string.Join(',', pair.Value)}"));

            public static void Short(string wat) => New(wat).Direct([1, 2, 3], [0, 200], ["ab", "abc"]);
            public static void Long(string wat) => New(wat).Spilled(new uint[16], [(1, 2), (3, 4), (5, 6)]);
            public static void Null(string wat) => New(wat).Direct([1, 2, 3, 4], [0, 200], null!);
            public static void NullElement(string wat) => New(wat).Direct([1, 2, 3, 4], [0, 200], ["", null!]);
            public static void ShortField(string wat) => New(wat).Inside(new Ip([1], ""), null, [], V.None.Instance);
            public static void ShortElement(string wat) =>
                New(wat).Inside(new Ip([1, 2, 3, 4], ""), null, [[1, 2, 3], [4]], V.None.Instance);
            public static void ShortCase(string wat) =>
                New(wat).Inside(new Ip([1, 2, 3, 4], ""), null, [], new V.Fixed([]));
            public static void ShortValue(string wat) => New(wat).Maps(new Dictionary<string, byte[]> { ["a"] = [1] });
            public static void ShortResult(string wat) =>
                New(wat, new Host { Next = [1] }).Direct([1, 2, 3, 4], [0, 200], ["", ""]);
            public static void Bad(string wat) => New(wat).Bad([E.One, E.Two]);
        }
        """;

    private static readonly string s_fixedGuest = WitRun.Guest(
        ("direct", "i32 i32 i32 i32 f64 f64 i32 i32 i32 i32", ""),
        ("spilled", "i32", ""),
        ("inside", "i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32", ""),
        ("nested", "i32 i32 i32 i32 i32 i32 i32 i32", ""),
        ("maps", "i32 i32", ""),
        ("bad", "i32 i32", "i32"));

    [Fact]
    public void Lists_of_a_fixed_length()
    {
        using var run = new WitRun(FixedWit, FixedSource);
        Assert.Equal("5 200 2 3", run.Call("Direct", s_fixedGuest));
        Assert.Equal("(3, 4294967295) (16, 16000)", run.Call("Spilled", s_fixedGuest));
        Assert.Equal(
            "Ip { V4 = [127, 0, 0, 1], Tag = home } 9,1 1,2,3 4,5,6 Fixed { Value = [7, 8, 9] }",
            run.Call("Inside", s_fixedGuest, false));
        Assert.Equal(
            "Ip { V4 = [127, 0, 0, 1], Tag = home } none 1,2,3 4,5,6 None { }", run.Call("Inside", s_fixedGuest, true));
        Assert.Equal("1,2 3,4 5 ", run.Call("Nested", s_fixedGuest));
        Assert.Equal("a=1,2 b=3,4", run.Call("Maps", s_fixedGuest));
    }

    [Fact]
    public void A_list_of_another_length_is_named_before_the_guest_runs()
    {
        using var run = new WitRun(FixedWit, FixedSource);
        string trap = s_fixedGuest.Replace("(call $", "(unreachable) (call $", StringComparison.Ordinal);
        Check<ArgumentException>("Short", "a", "The length of a list for the guest is 3, and must be 4.");
        Check<ArgumentException>("Long", "b", "The length of a list for the guest is 3, and must be 2.");
        Check<ArgumentException>("ShortField", "r.V4", "The length of a list for the guest is 1, and must be 4.");
        Check<ArgumentException>("ShortElement", "l[1]", "The length of a list for the guest is 1, and must be 3.");
        Check<ArgumentException>("ShortCase", "v.Value", "The length of a list for the guest is 0, and must be 3.");
        Check<ArgumentException>(
            "ShortValue", "m[0].value", "The length of a list for the guest is 1, and must be 2.");
        Check<ArgumentNullException>(
            "Null", "c", "A list for the guest is null. Declare it with `?` to pass an option.");
        Check<ArgumentNullException>(
            "NullElement", "c[1]", "A string for the guest is null. Declare it with `?` to pass an option.");

        var inner = (ArgumentException)Assert.Throws<HostFunctionException>(
            () => run.Call("ShortResult", s_fixedGuest)).InnerException!;
        Assert.Equal("return", inner.ParamName);

        void Check<T>(string method, string parameter, string message)
            where T : ArgumentException
        {
            T exception = Assert.Throws<T>(() => run.Call(method, trap));
            Assert.Equal(parameter, exception.ParamName);
            Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_bad_element_is_the_guests_fault()
    {
        using var run = new WitRun(FixedWit, FixedSource);
        string guest = s_fixedGuest.Replace(
            "(call $bad (local.get 0) (local.get 1))",
            "(call $bad (local.get 0) (i32.const 5))",
            StringComparison.Ordinal);
        GuestMemoryException fault = Assert.Throws<GuestMemoryException>(() => run.Call("Bad", guest));
        Assert.Equal(GuestMemoryFault.InvalidDiscriminant, fault.Fault);
        Assert.Equal("e[1]", fault.Parameter);
    }
}
