using System.Text;

namespace WasmBindgen.Generator.Text;

/// <summary>Source text, line by line, with '\n' endings on every platform.</summary>
internal sealed class IndentedWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line, or each line of a raw literal, at the present depth.</summary>
    internal void Write(string lines)
    {
        foreach (string line in lines.Split('\n'))
        {
            string content = line.TrimEnd();
            if (content.Length > 0)
            {
                _text.Append(' ', _depth * 4).Append(content);
            }

            _text.Append('\n');
        }
    }

    internal void WriteLine() => _text.Append('\n');

    /// <summary>Writes a header and opens its block, which ends with <see cref="Close"/>.</summary>
    internal void Open(string header)
    {
        Write(header);
        Write("{");
        _depth++;
    }

    /// <param name="end">What follows the brace.</param>
    internal void Close(string end = "")
    {
        _depth--;
        Write("}" + end);
    }

    public override string ToString() => _text.ToString();
}
