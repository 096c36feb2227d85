namespace WasmBindgen.EndToEnd.Tests;

/// <summary>A component within which another one is called.</summary>
public sealed class ComposedTests : IDisposable
{
    private readonly World _world = new();
    private readonly Composed _guest;

    public ComposedTests()
    {
        using Component component = WitGuests.ComponentOf(_world, "composed");
        _guest = new Composed(_world.Linker.Instantiate(_world.Store, component));
    }

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("é")]
    [InlineData("☃ and 😀")]
    public void Texts_lists_and_variants_go_through_both(string text)
    {
        Shape[] shapes = [new Shape.Dot(), new Shape.Line(1.5f), new Shape.Text(text), new Shape.Wide(ulong.MaxValue)];
        (string echoed, Shape[] echoedShapes) = _guest.Echo(text, shapes);
        Assert.Equal(text, echoed);
        Assert.Equal(shapes, echoedShapes);
    }

    /// <summary>Made, lent, given and dropped: a loan tells the representation and one more, a gift itself.</summary>
    [Fact]
    public void Objects_of_the_inner_one_are_lent_given_and_dropped()
    {
        Assert.Equal((5u + 1) + 7 + (4 + 1) + 7 + (3 + 1) + 7 + (2 + 1) + 7 + (1 + 1) + 7, _guest.Handles(5));
    }

    [Theory]
    [InlineData("(i32.const 0xd800)", "`two.spell`, letter: 0xd800 is not a Unicode scalar value.")]
    [InlineData("(i32.const 0x61)", "`two.spell`, return: address 1 (0x1) is not a multiple of 4.")]
    public void A_fault_between_both_has_function_and_parameter(string letter, string message)
    {
        string text = $$"""
            (component
              (component $inner
                (core module $m (memory (export "memory") 1)
                  (func (export "spell") (param i32) (result i32) (i32.const 1)))
                (core instance $i (instantiate $m))
                (func (export "spell") (param "letter" char) (result string)
                  (canon lift (core func $i "spell") (memory (core memory $i "memory")))))
              (instance $inner (instantiate $inner))
              (core module $lib (memory (export "memory") 1)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
              (core instance $lib (instantiate $lib))
              (core func $spell (canon lower (func $inner "spell")
                (memory (core memory $lib "memory")) (realloc (core func $lib "realloc"))))
              (core module $m (import "" "spell" (func $spell (param i32 i32)))
                (func (export "fail") (call $spell {{letter}} (i32.const 0))))
              (core instance $i (instantiate $m (with "" (instance (export "spell" (func $spell))))))
              (func (export "fail") (canon lift (core func $i "fail"))))
            """;
        using Component component = Component.FromText(_world.Engine, "two", text);
        var guest = new Failing(_world.Linker.Instantiate(_world.Store, component));
        Assert.Equal(message, Assert.Throws<GuestMemoryException>(guest.Fail).Message);
    }

    [Theory]
    [InlineData("look")]
    [InlineData("drop")]
    public void A_fault_tells_nothing_of_the_types_of_this_library(string function)
    {
        const string Text = """
            (component
              (component $inner
                (type $r (resource (rep i32)))
                (export $R "r" (type $r))
                (core module $m (func (export "look") (param i32)))
                (core instance $i (instantiate $m))
                (func (export "look") (param "self" (borrow $R)) (canon lift (core func $i "look"))))
              (instance $inner (instantiate $inner))
              (alias export $inner "r" (type $r))
              (core func $look (canon lower (func $inner "look")))
              (core func $drop (canon resource.drop $r))
              (core module $m (import "" "it" (func $it (param i32)))
                (func (export "fail") (call $it (i32.const 7))))
              (core instance $i (instantiate $m (with "" (instance (export "it" (func $it))))))
              (func (export "fail") (canon lift (core func $i "fail"))))
            """;
        using Component component =
            Component.FromText(_world.Engine, "two", Text.Replace("(func $it)", $"(func ${function})"));
        var guest = new Failing(_world.Linker.Instantiate(_world.Store, component));
        Assert.EndsWith(
            ": 7 is not a handle of a live resource in this store.",
            Assert.Throws<GuestMemoryException>(guest.Fail).Message);
    }

    [Theory]
    [InlineData("(list bool)", 65_000_000)]
    [InlineData("(list (list bool 65000))", 1000)]
    public void Copying_takes_no_longer_than_the_call_may(string type, int count)
    {
        string text = $$"""
            (component
              (component $inner
                (core module $m (memory (export "memory") 1000)
                  (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0))
                  (func (export "take") (param i32 i32)))
                (core instance $i (instantiate $m))
                (func (export "take") (param "all" {{type}}) (canon lift (core func $i "take")
                  (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
              (instance $inner (instantiate $inner))
              (core module $lib (memory (export "memory") 1000))
              (core instance $lib (instantiate $lib))
              (core func $take (canon lower (func $inner "take") (memory (core memory $lib "memory"))))
              (core module $m (import "" "take" (func $take (param i32 i32)))
                (func (export "fail") (call $take (i32.const 0) (i32.const {{count}}))))
              (core instance $i (instantiate $m (with "" (instance (export "take" (func $take))))))
              (func (export "fail") (canon lift (core func $i "fail"))))
            """;
        using Component component = Component.FromText(_world.Engine, "two", text);
        var guest = new Failing(_world.Linker.Instantiate(_world.Store, component));
        _world.Store.Timeout = TimeSpan.FromMilliseconds(20);
        GuestTimeoutException exception = Assert.Throws<GuestTimeoutException>(guest.Fail);
        Assert.Single(exception.Backtrace!.Frames); // of the caller: the other one has not been called
    }

    [Fact]
    public void The_text_is_what_is_built()
    {
        string text = File.ReadAllText(WitGuests.PathOf("composed.wat"));
        using Component component = Component.FromText(_world.Engine, "composed", text);
        using Component built = WitGuests.ComponentOf(_world, "composed");
        Assert.True(component.Exports.SequenceEqual(built.Exports));
    }
}

[WasmVariant]
internal abstract record Shape
{
    internal sealed record Dot : Shape;

    internal sealed record Line(float Length) : Shape;

    internal sealed record Text(string Value) : Shape;

    internal sealed record Wide(ulong Value) : Shape;
}

[WasmExport]
internal sealed partial class Composed
{
    public partial uint Handles(uint n);

    public partial (string Text, Shape[] Shapes) Echo(string text, ReadOnlySpan<Shape> shapes);
}
