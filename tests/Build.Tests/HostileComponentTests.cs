using WasmBindgen.Components.Format;
using System.Diagnostics;

namespace WasmBindgen.Build.Tests;

/// <summary>Components that a tool would not write: each is refused in words, soon.</summary>
public sealed class HostileComponentTests
{
    public static TheoryData<string, string> Texts => new()
    {
        { "(component (alias outer 1 0 (component)))", "there are no 1 components or types around an alias" },
        { "(component (component (alias outer 1 0 (component))))", "" },
        {
            "(component (component (alias outer 1 0 (component))) (instance (instantiate 0)))",
            "there is no item 0 of the sort 'Component'"
        },
        { "(component (type (list 0)))", "there is no item 0 of the sort 'Type'" },
        { "(component (type (own 0)))", "there is no item 0 of the sort 'Type'" },
        { "(component (type (func)) (type (list 0)))", "item 0 of the sort 'Type' is not what it is used as" },
        { "(component (import \"a:b/c\" (instance (type 0))) (type (instance)))", "there is no item 0 of the sort 'Type'" },
        { "(component (type (component)) (import \"a\" (instance (type 0))))", "the type of an instance is not one of instances" },
        { "(component (export \"f\" (func 7)))", "there is no item 7 of the sort 'Function'" },
        {
            "(component (import \"i\" (instance)) (alias export 0 \"x\" (func)))",
            "an alias is of an export that the instance does not have"
        },
        {
            "(component (component (import \"x\" (func))) (instance (instantiate 0)))",
            "an import of a component that is instantiated gets no argument: 'x'"
        },
        { "(component (import \"a:b/c\" (instance (export \"i\" (instance)))))", "an instance exports what an interface cannot have in WIT" },
        { "(component (import \"a:b/c\" (instance (export \"[method]r.f\" (func)))))", "a function is of a resource 'r' that is not there" },
        { "(component (import \"a b\" (func)))", "'a b' has no form in WIT" },
        { "(component (import \"a:b/c\" (instance (export \"f: func(); } //\" (func)))))", "'f: func(); } //' has no form in WIT" },
        { "(component (import \"a:b/c\\0a\" (instance)))", "'a:b/c\\u000a' has no form in WIT" },
        { "(component (import \"a:b/c@1;}\" (instance)))", "'a:b/c@1;}' has no form in WIT" },
        { "(component (import \"f\" (func (param \"a\" (record (field \"x\" u8))))))", "a type of the kind 'Record' has no name" },
        { "(component (export \"a\" (func 0)) (import \"v\" (value u8)))", "0x02 is not a sort of imports that is known here" },
        { $"(component {Lists(200)} (import \"f\" (func (param \"a\" 199))))", "types are more than 100 deep within each other" },
        {
            $"(component (type (tuple u64 u64)) {Doubled(40, "(type (tuple {0} {0}))")} (import \"f\" (func (param \"a\" 40))))",
            "it is too large once all that it instantiates is counted"
        },
        {
            $"(component (type (tuple u64 u64)) {Doubled(18, "(type (tuple {0} {0}))")} (import \"i\" (instance (alias outer 1 18 (type $t)) "
                + string.Concat(Enumerable.Range(0, 9).Select(static i => $"(export \"t{i}\" (type (eq $t)))")) + ")))",
            "it is too large once all that it instantiates is counted"
        },
        {
            $"(component (type (instance)) {Doubled(25, "(type (instance (alias outer 1 {0} (type)) (export \"a\" (instance (type 0))) (export \"b\" (instance (type 0)))))")}"
                + " (import \"i\" (instance (type 25))))",
            "it is too large once all that it instantiates is counted"
        },
        {
            $"(component (component) {Doubled(30, "(component (alias outer 1 {0} (component)) (instance (instantiate 0)) (instance (instantiate 0)))")}"
                + " (instance (instantiate 30)))",
            "it is too large once all that it instantiates is counted"
        },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void It_is_refused_or_harmless(string text, string reason)
    {
        byte[] guest = Guests.Compile(text);
        var clock = Stopwatch.StartNew();
        if (reason.Length == 0)
        {
            Assert.NotNull(Guests.Read(guest).Wit);
        }
        else
        {
            Assert.Equal(reason, Guests.Refusal(guest).Message);
        }

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
    }

    [Theory]
    [InlineData("0061736d0d000100", "0705ffffffff0f", "there are to be 4294967295 entries in 0 bytes", 15)]
    [InlineData("0061736d0d000100", "0d00", "13 is not a section of a component that is known here", 10)]
    [InlineData("0061736d0d000100", "07020172", "it ends too early", 12)]
    [InlineData("0061736d0d000100", "0703016e81", "it ends too early", 13)]
    [InlineData("0061736d0d000100", "07020138", "0x38 is not a type", 12)]
    [InlineData("0061736d0d000100", "0703017040", "-64 is not a value type", 13)]
    [InlineData("0061736d0d000100", "0706014000010100", "a function has results with names, which are no more", 15)]
    [InlineData("0061736d0d000100", "0802010b", "it ends too early", 12)]
    [InlineData("0061736d0d000100", "08020143", "0x43 is not a canonical definition", 12)]
    [InlineData("0061736d0d000100", "040161", "what is to be a component does not begin like one", 10)]
    [InlineData("0061736d0d000100", "0a0601030161ff00", "0x03 does not begin a name", 14)]
    public void What_is_broken_is_told_with_its_place(string preamble, string sections, string reason, long offset)
    {
        InvalidGuestException refusal = Guests.Refusal(Convert.FromHexString(preamble + sections));
        Assert.Equal((reason, offset), (refusal.Message, refusal.Offset));
    }

    [Fact]
    public void Large_definitions_are_refused()
    {
        byte[] section = [7, 0x81, 0x80, 0x80, 0x02, .. new byte[(4 << 20) + 1]];
        byte[] guest = [0, .. "asm"u8, 13, 0, 1, 0, .. section];
        Assert.Equal("its definitions without core modules are of more than 4194304 bytes", Guests.Refusal(guest).Message);
    }

    [Fact]
    public void What_is_nested_without_end_is_refused()
    {
        byte[] preamble = [0, .. "asm"u8, 13, 0, 1, 0];
        byte[] component = preamble, type = [0x3F, 0x7F, 0];
        for (int i = 0; i < 150; i++)
        {
            component = [.. preamble, 4, .. Leb(component.Length), .. component];
            type = [0x41, 1, 1, .. type];
        }

        Assert.Equal("components are more than 100 deep within each other", Guests.Refusal(component).Message);
        byte[] types = [.. preamble, 7, .. Leb(type.Length + 1), 1, .. type];
        Assert.Equal("types are more than 100 deep within each other", Guests.Refusal(types).Message);
    }

    private static byte[] Leb(int number) => [(byte)(number | 0x80), (byte)(number >> 7)];

    private static string Lists(int count) =>
        "(type (list u8))" + string.Concat(Enumerable.Range(0, count).Select(static i => $"(type (list {i}))"));

    private static string Doubled(int count, string format) =>
        string.Concat(Enumerable.Range(0, count).Select(i => string.Format(null, format, i)));
}
