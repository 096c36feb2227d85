using System.Runtime.Serialization.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace WasmBindgen.Build.Wit;

/// <summary>
/// Documentation and gates of packages. The binary format of components has no place for them, so tools write them as
/// JSON into a custom section, <c>package-docs</c> (wit-parser, metadata.rs). What makes no sense there is no error.
/// </summary>
internal sealed class WitDocumentation
{
    private static readonly Regex Value = new(@"^[0-9A-Za-z.+-]+\z", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, List<string>> _lines = [];
    private readonly Dictionary<string, List<string>> _ofSection = [];

    /// <summary>The lines before the definition of something.</summary>
    /// <param name="path">A package, <c>/</c> interface or world, <c>#</c> function or type, <c>.</c> part.</param>
    internal IReadOnlyList<string> Of(string path) => _lines.TryGetValue(path, out List<string> lines) ? lines : [];

    /// <summary>Adds what a section says.</summary>
    /// <param name="section">Its content: a version, and JSON.</param>
    /// <param name="package">The package that it is about if it does not say it.</param>
    internal void Add(byte[] section, string package)
    {
        const int MaxDepth = 32;
        const byte LastVersion = 1;
        if (section.Length == 0 || section[0] > LastVersion)
        {
            return;
        }

        try
        {
            var quotas = new XmlDictionaryReaderQuotas { MaxDepth = MaxDepth, MaxStringContentLength = section.Length };
            using XmlReader reader =
                JsonReaderWriterFactory.CreateJsonReader(section, 1, section.Length - 1, quotas);
            _ofSection.Clear();
            AddPackage(XElement.Load(reader), package);
            foreach (KeyValuePair<string, List<string>> lines in _ofSection)
            {
                if (!_lines.ContainsKey(lines.Key)) // sections of two worlds may tell the same
                {
                    _lines.Add(lines.Key, lines.Value);
                }
            }
        }
        catch (XmlException)
        {
        }
    }

    private void AddPackage(XElement json, string package)
    {
        package = json.Element("package")?.Value ?? package;
        AddLines(package, json);
        foreach ((string name, XElement type) in Entries(json, "interfaces"))
        {
            AddInterface($"{package}/{name}", type);
        }

        foreach ((string name, XElement world) in Entries(json, "worlds"))
        {
            string path = $"{package}/{name}";
            AddInterface(path, world);
            foreach ((string part, XElement type) in
                Entries(world, "interfaces").Concat(Entries(world, "interface_exports")))
            {
                AddInterface($"{path}/{part}", type);
            }

            foreach ((string item, XElement gate) in
                Entries(world, "interface_import_stability").Concat(Entries(world, "interface_export_stability")))
            {
                AddGate($"{path}/{item}", gate);
            }
        }
    }

    private void AddInterface(string path, XElement json)
    {
        AddLines(path, json);
        foreach ((string name, XElement function) in Entries(json, "funcs").Concat(Entries(json, "func_exports")))
        {
            AddLines($"{path}#{name}", function);
        }

        foreach ((string name, XElement type) in Entries(json, "types"))
        {
            AddLines($"{path}#{name}", type);
            foreach ((string part, XElement docs) in Entries(type, "items"))
            {
                AddDocumentation($"{path}#{name}.{part}", docs);
            }
        }
    }

    /// <summary>Adds the documentation and gate of something; of functions there may be the former alone.</summary>
    private void AddLines(string path, XElement json)
    {
        if (json.HasElements)
        {
            AddDocumentation(path, json.Element("docs"));
            AddGate(path, json.Element("stability"));
        }
        else
        {
            AddDocumentation(path, json);
        }
    }

    private void AddDocumentation(string path, XElement? text)
    {
        if (text is { HasElements: false, Value.Length: > 0 })
        {
            Add(path, text.Value.TrimEnd().Split('\n').Select(static line => $"/// {Printable(line)}".TrimEnd()));
        }
    }

    private void AddGate(string path, XElement? json)
    {
        foreach (XElement stability in json?.Elements() ?? [])
        {
            AddGate(path, "since", "version", stability.Element("since"));
            AddGate(path, "unstable", "feature", stability.Element("feature"));
            AddGate(path, "deprecated", "version", stability.Element("deprecated"));
        }
    }

    private void AddGate(string path, string gate, string parameter, XElement? value)
    {
        if (value is not null && Value.IsMatch(value.Value))
        {
            Add(path, [$"@{gate}({parameter} = {value.Value})"]);
        }
    }

    private void Add(string path, IEnumerable<string> lines)
    {
        if (!_ofSection.TryGetValue(path, out List<string> known))
        {
            _ofSection.Add(path, known = []);
        }

        known.AddRange(lines);
    }

    /// <summary>A line that is one line whatever reads it.</summary>
    private static string Printable(string line) =>
        string.Concat(line.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));

    /// <summary>The members of an object within another one, with their names, which need not be ones of XML.</summary>
    private static IEnumerable<(string Name, XElement Value)> Entries(XElement json, string name) =>
        (json.Element(name)?.Elements() ?? [])
            .Select(static entry => (entry.Attribute("item")?.Value ?? entry.Name.LocalName, entry));
}
