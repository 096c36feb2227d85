using WasmBindgen.Components.Format;
using System.Globalization;
using System.Text;
using WasmBindgen.Binary;

namespace WasmBindgen.Build.Core;

/// <summary>Writes a module's type in the text format, a declaration a line (core specification, section 6).</summary>
internal sealed class ModuleWriter
{
    // In characters. A small file may name a type of a thousand parameters a million times.
    private const int MaxText = 16 << 20;

    private readonly StringBuilder _text = new("(module\n");
    private readonly CoreModule _module;

    private ModuleWriter(CoreModule module) => _module = module;

    /// <exception cref="InvalidGuestException">The text is too long.</exception>
    internal static string Write(CoreModule module)
    {
        var writer = new ModuleWriter(module);
        foreach ((string from, string name, WasmItem item, uint index) in module.Imports)
        {
            writer._text.Append("  (import ");
            writer.String(from);
            writer._text.Append(' ');
            writer.String(name);
            writer.Item(item, index);
        }

        foreach ((string name, WasmItem item, uint index) in module.Exports)
        {
            writer._text.Append("  (export ");
            writer.String(name);
            writer.Item(item, index);
        }

        return writer._text.Append(")\n").ToString();
    }

    private void Item(WasmItem item, uint index)
    {
        _text.Append(' ');
        switch (item.Kind)
        {
            case WasmItem.Function:
                Function(_module.Types[(int)item.Index]!, index);
                break;
            case WasmItem.Table:
                _text.Append("(table ");
                Limits(item.Limits);
                Type(item.Type);
                break;
            case WasmItem.Memory:
                _text.Append("(memory ");
                Limits(item.Limits);
                _text.Length--;
                break;
            case WasmItem.Global:
                _text.Append(item.IsMutable ? "(global (mut " : "(global ");
                Type(item.Type);
                _text.Append(item.IsMutable ? ")" : "");
                break;
            default:
                _text.Append("(tag");
                Types(" (param", _module.Types[(int)item.Index]!.Parameters);
                break;
        }

        _text.Append("))\n");
        if (_text.Length > MaxText)
        {
            throw new InvalidGuestException(offset: null, $"its interface is longer than {MaxText} characters");
        }
    }

    private void Function(FunctionType type, uint index)
    {
        _module.ParameterNames.TryGetValue(index, out Dictionary<uint, string>? names);
        _text.Append("(func");
        for (uint i = 0; i < type.Parameters.Length; i++)
        {
            _text.Append(" (param ");
            if (names is not null && names.TryGetValue(i, out string name))
            {
                Identifier(name);
                _text.Append(' ');
            }

            Type(type.Parameters[i]);
            _text.Append(')');
        }

        Types(" (result", type.Results);
    }

    private void Types(string keyword, WasmType[] types)
    {
        if (types.Length == 0)
        {
            return;
        }

        _text.Append(keyword);
        foreach (WasmType type in types)
        {
            _text.Append(' ');
            Type(type);
        }

        _text.Append(')');
    }

    private void Limits(WasmLimits limits)
    {
        _text.Append(limits.Is64Bit ? "i64 " : "").Append(limits.Minimum).Append(' ');
        if (limits.Maximum is { } maximum)
        {
            _text.Append(maximum).Append(' ');
        }

        _text.Append(limits.IsShared ? "shared " : "");
        if (limits.PageSize is { } log)
        {
            _text.Append("(pagesize ").Append(log < 64 ? 1UL << (int)log : 0).Append(") ");
        }
    }

    private void Type(WasmType type) => _text.Append(ValueTypes.Text(type));

    private void Identifier(string name)
    {
        _text.Append('$');
        if (name.All(IsIdentifierCharacter))
        {
            _text.Append(name);
        }
        else
        {
            String(name);
        }
    }

    private static bool IsIdentifierCharacter(char character) =>
        character is > ' ' and <= '~' and not ('"' or ',' or ';' or '(' or ')' or '[' or ']' or '{' or '}');

    private void String(string text)
    {
        _text.Append('"');
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
        {
            if (unit is >= 0x20 and < 0x7F and not (byte)'"' and not (byte)'\\')
            {
                _text.Append((char)unit);
            }
            else
            {
                _text.Append('\\').Append(unit.ToString("x2", CultureInfo.InvariantCulture));
            }
        }

        _text.Append('"');
    }
}
