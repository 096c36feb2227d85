using Samples.Drawing;
using WasmBindgen;

/// <summary>The plugin has asked to end.</summary>
internal sealed class ExitCode(uint code) : Exception($"The plugin has ended with code {code}.")
{
    public uint Code => code;
}

/// <summary>What the host draws with: an ordinary object, whose interface plugin.wit declares.</summary>
internal sealed class Canvas(TextWriter output) : ICanvas
{
    public ISheet NewSheet(string title) => new Sheet(title);

    public void Log(string message) => output.WriteLine($"  plugin: {message}");

    public void EarlyExit(uint code) => throw new ExitCode(code);
}

/// <summary>A sheet, which a plugin owns until it gives it to the host.</summary>
internal sealed class Sheet(string title) : ISheet
{
    private const int Most = 3;

    public string Title => title;

    public List<Shape> Shapes { get; } = [];

    public Result<uint, Problem> Draw(Shape shape)
    {
        if (shape is Shape.Circle { Value: > 100 })
        {
            return Problem.TooLarge;
        }

        if (Shapes.Count == Most)
        {
            return Problem.Full;
        }

        Shapes.Add(shape);
        return (uint)Shapes.Count;
    }
}
