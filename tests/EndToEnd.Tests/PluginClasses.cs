namespace WasmBindgen.EndToEnd.Tests;

public enum PluginColor
{
    Red,
    Green,
    DarkBlue,
}

public readonly record struct PluginPoint(int X, double Y);

[WasmVariant]
public abstract record PluginShape
{
    public sealed record Circle(PluginPoint Center, float Radius) : PluginShape;

    public sealed record Text(string Content, PluginColor Color) : PluginShape;

    public sealed record Nothing : PluginShape;
}

public sealed class Rejection(int code)
{
    public int Code => code;
}

/// <summary>What plug-ins have of their host: plugin/plugin.h and so on are written from these classes.</summary>
[WasmImport("demo:plugin/host")]
public sealed partial class PluginHost
{
    internal List<string> Seen { get; } = [];

    public Interrupt<Rejection> RejectAll(int code) => Interrupt.With(new Rejection(code));

    public void Log(string message) => Seen.Add(message);

    public PluginPoint? Find(string name) => name == "home" ? new PluginPoint(-3, 0.5) : null;

    public Result<ulong, string> Parse(string text) =>
        ulong.TryParse(text, out ulong number) ? number : $"'{text}' is no number";

    public double Sum(ReadOnlySpan<double> values, bool isNegative)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return isNegative ? -sum : sum;
    }

    public string[] Describe(PluginShape[] shapes) => [.. shapes.Select(static shape => shape switch
    {
        PluginShape.Circle(var center, var radius) =>
            FormattableString.Invariant($"circle {center.X} {center.Y} {radius}"),
        PluginShape.Text(var content, var color) => $"{color} {content}",
        _ => "nothing",
    })];
}

[WasmResource]
[WasmImport("demo:plugin/counters")]
public sealed partial class PluginCounter(int start) : IDisposable
{
    internal static int Live { get; set; }

    private int _count = Count(start, 1);

    public int Increment(int by) => _count += by;

    public void Dispose() => Live--;

    private static int Count(int value, int live)
    {
        Live += live;
        return value;
    }
}

[WasmExport(Naming = Naming.KebabCase)]
public sealed partial class Plugin
{
    public partial string Run(string text, in PluginPoint at);

    public partial PluginShape Grow(PluginShape shape);

    public partial int Fail(int code);

    public partial ulong CountTo(int end);
}

/// <summary>What plug-ins in AssemblyScript have of their host: plugin/plugin.ts is written from it.</summary>
[AssemblyScript]
[WasmImport("script")]
public sealed partial class ScriptPluginHost
{
    public string JoinAll(string[] parts, string? separator) => string.Join(separator, parts);

    [return: ScriptArray(ScriptArrayKind.TypedArray)]
    public double[] Halves(int[] values, PluginColor color) => [.. values.Select(value => (value / 2.0) + (int)color)];

    public Interrupt<Rejection> RejectAll(int code) => Interrupt.With(new Rejection(code));
}

[AssemblyScript]
[WasmExport(Naming = Naming.CamelCase)]
public sealed partial class ScriptPlugin
{
    public partial string Run(string text);

    public partial int Fail(int code);

    public partial double SumOfHalves(int end);
}
