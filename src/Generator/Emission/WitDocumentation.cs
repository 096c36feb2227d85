using System.Text;
using System.Text.RegularExpressions;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// The documentation of what WIT declares. It is written line by line behind <c>///</c>, so that no text can end it.
/// </summary>
internal static class WitDocumentation
{
    /// <summary>The diagnostic of using what WIT calls deprecated.</summary>
    internal const string DeprecatedId = "WBG0446";

    /// <summary>Writes an item's documentation, and what marks it as deprecated.</summary>
    internal static void Write(IndentedWriter writer, Documented docs, string further = "")
    {
        string[] paragraphs = Paragraphs(docs);
        Element(writer, "summary", paragraphs.Length > 0 ? paragraphs[0] : $"WIT's <c>{Escape(docs.Path)}</c>.");
        if (further.Length > 0)
        {
            writer.Write(further);
        }

        List<string> remarks = [.. paragraphs.Skip(1)];
        if (docs.Since is { } since)
        {
            remarks.Add($"Since {since}.");
        }

        if (docs.ExternalId is { } id)
        {
            remarks.Add($"For the world outside, <c>{Escape(id)}</c>.");
        }

        if (docs.Wit is { } wit)
        {
            remarks.Add($"<c>{Escape(wit)}</c>");
        }

        if (paragraphs.Length > 0)
        {
            remarks.Add($"<c>{Escape(docs.Path)}</c>");
        }

        if (remarks.Count > 0)
        {
            Element(writer, "remarks", remarks.Count == 1
                ? remarks[0]
                : string.Join("\n", remarks.Select(static one => $"<para>{one}</para>")));
        }

        if (docs.Deprecated is { } deprecated)
        {
            writer.Write(
                $"[global::System.Obsolete(\"Deprecated since {deprecated}.\", DiagnosticId = \"{DeprecatedId}\")]");
        }
    }

    /// <summary>The documentation of a constructor's parameter for a field, which also its property has.</summary>
    internal static string Parameter(string name, Documented docs)
    {
        string[] paragraphs = Paragraphs(docs);
        string text = paragraphs.Length == 0 ? $"WIT's <c>{Escape(docs.Path)}</c>." : string.Join("\n", paragraphs);
        text += docs.Wit is { } wit ? $" <c>{Escape(wit)}</c>" : "";
        var writer = new IndentedWriter();
        Element(writer, $"param name=\"{name}\"", text);
        return writer.ToString().TrimEnd('\n');
    }

    private static void Element(IndentedWriter writer, string tag, string content)
    {
        string end = tag.Split(' ')[0];
        if (content.IndexOf('\n') < 0)
        {
            writer.Write($"/// <{tag}>{content}</{end}>");
            return;
        }

        writer.Write($"/// <{tag}>");
        foreach (string line in content.Split('\n'))
        {
            writer.Write("/// " + line);
        }

        writer.Write($"/// </{end}>");
    }

    private static string[] Paragraphs(Documented docs) =>
    [
        .. Regex.Split(docs.Text, @"\n[ \t]*\n").Select(static paragraph => paragraph.Trim())
            .Where(static paragraph => paragraph.Length > 0)
            .Select(static paragraph => Regex.Replace(Escape(paragraph), "`([^`\n]+)`", "<c>$1</c>")),
    ];

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '\n' => "\n",
                // None of these is a line's end to WIT, but to C#, or has a place in XML.
                '\t' or '\r' or '\u0085' or '\u2028' or '\u2029' => " ",
                < ' ' or '\uFFFE' or '\uFFFF' => "",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
