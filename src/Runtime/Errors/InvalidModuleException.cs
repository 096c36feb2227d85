using System.Globalization;
using System.Text.RegularExpressions;

namespace WasmBindgen;

/// <summary>Bytes or text that this engine cannot compile as a module or component.</summary>
public sealed partial class InvalidModuleException : WasmException
{
    internal InvalidModuleException(string message)
        : base(message)
    {
    }

    private InvalidModuleException(string message, int? line, int? column)
        : base(message)
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line, from 1, of an error in module text; null for a binary module.</summary>
    public int? Line { get; }

    /// <summary>The column, from 1, of an error in module text; null for a binary module.</summary>
    public int? Column { get; }

    /// <summary>A component that is damaged, or has what is not supported.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="reason">What is wrong, as the end of a sentence.</param>
    /// <param name="offset">Where in its bytes; null if nowhere in particular.</param>
    internal static InvalidModuleException InComponent(string name, string reason, long? offset) => new(
        $"Component `{Printable.Name(name)}` cannot be loaded: {reason}"
        + (offset is null ? "." : string.Create(CultureInfo.InvariantCulture, $" (at byte {offset}).")))
    {
        Offset = offset,
    };

    /// <summary>Where in the bytes of a component the error is, from 0; null if it is not known.</summary>
    public long? Offset { get; private init; }

    /// <summary>The engine gives the place in a line such as <c>--&gt; &lt;anon&gt;:3:14</c>.</summary>
    internal static InvalidModuleException InText(string kind, string name, string engineMessage)
    {
        Match place = PlaceInText().Match(engineMessage);
        string shown = Printable.Name(name);
        string reason = engineMessage.Replace("<anon>", shown, StringComparison.Ordinal);
        string message = $"{kind} `{shown}` is not valid WebAssembly text: {reason}";
        return place.Success
            ? new(message, Number(place.Groups["line"]), Number(place.Groups["column"]))
            : new(message);

        static int? Number(Group group) =>
            int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
    }

    [GeneratedRegex(@"<anon>:(?<line>\d+):(?<column>\d+)")]
    private static partial Regex PlaceInText();
}
