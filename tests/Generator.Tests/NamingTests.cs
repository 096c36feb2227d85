using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Tests;

public sealed class NamingTests
{
    [Theory]
    [InlineData("EarlyExit", "early_exit", "earlyExit", "early-exit")]
    [InlineData("ReadUTF8String", "read_utf8_string", "readUTF8String", "read-utf8-string")]
    [InlineData("IOHandle", "io_handle", "ioHandle", "io-handle")]
    [InlineData("GetIO", "get_io", "getIO", "get-io")]
    [InlineData("_exit", "_exit", "_exit", "_exit")]
    [InlineData("_Exit", "_exit", "_exit", "_exit")]
    [InlineData("__HeapBase", "__heap_base", "__heapBase", "_-heap-base")]
    [InlineData("Log2Floor", "log2_floor", "log2Floor", "log2-floor")]
    [InlineData("I32Add", "i32_add", "i32Add", "i32-add")]
    [InlineData("U8", "u8", "u8", "u8")]
    [InlineData("Utf8", "utf8", "utf8", "utf8")]
    [InlineData("already_snake", "already_snake", "already_snake", "already-snake")]
    [InlineData("Mixed_Case", "mixed_case", "mixed_Case", "mixed-case")]
    [InlineData("MAX_VALUE", "max_value", "max_VALUE", "max-value")]
    [InlineData("camelCase", "camel_case", "camelCase", "camel-case")]
    [InlineData("X", "x", "x", "x")]
    [InlineData("XAxis", "x_axis", "xAxis", "x-axis")]
    [InlineData("ABC", "abc", "abc", "abc")]
    [InlineData("A1B2", "a1_b2", "a1B2", "a1-b2")]
    [InlineData("_", "_", "_", "_")]
    [InlineData("Trailing_", "trailing_", "trailing_", "trailing-")]
    [InlineData("GrößeÄndern", "größe_ändern", "größeÄndern", "größe-ändern")]
    [InlineData("日本語", "日本語", "日本語", "日本語")]
    public void Each_policy(string name, string snake, string camel, string kebab)
    {
        Assert.Equal(snake, Names.Apply(NamingPolicy.SnakeCase, name));
        Assert.Equal(snake, Names.Apply(NamingPolicy.Default, name));
        Assert.Equal(camel, Names.Apply(NamingPolicy.CamelCase, name));
        Assert.Equal(kebab, Names.Apply(NamingPolicy.KebabCase, name));
        Assert.Equal(name, Names.Apply(NamingPolicy.Exact, name));
    }

    /// <summary>The generator reads the number from the attribute.</summary>
    [Fact]
    public void Policies_are_those_of_the_runtime() => Assert.Equal(
        Enum.GetValues<Naming>().Select(static naming => ($"{naming}", (int)naming)),
        Enum.GetValues<NamingPolicy>().Select(static policy => ($"{policy}", (int)policy)));
}
