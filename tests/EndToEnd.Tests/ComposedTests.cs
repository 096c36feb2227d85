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
