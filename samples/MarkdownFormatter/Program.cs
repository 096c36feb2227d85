// Formats Markdown, and the JSON inside it, with the plugins that dprint publishes, through their own interface.
// Without arguments, it shows on documents of its own what it does and what can go wrong.
using System.Text.Json;
using WasmBindgen;

Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

string[] missing = [.. Formatter.Missing(options.Plugins)];
if (missing.Length > 0)
{
    Console.Error.WriteLine($"""
        Not there: the dprint plugins for {string.Join(" and ", missing)}. npm gets them, once:
          npm install --prefix "{options.Plugins}" @dprint/markdown@0.28.1 @dprint/json@0.24.0
        """);
    return 3;
}

try
{
    return options.Paths.Count == 0 ? Demo() : Run();
}
catch (WasmException error) // a plugin that cannot be loaded, or does not survive its settings
{
    Report.Error("A plugin cannot be used", $"{error.Message}\n{error.Backtrace}");
    return 1;
}

int Run()
{
    using var formatter = new Formatter(options.Plugins, options.Config, options.Timeout);
    if (formatter.Diagnostics.Count > 0)
    {
        Report.Error("The configuration", string.Join('\n', formatter.Diagnostics));
        return 1;
    }

    string[] files = [.. options.Paths.SelectMany(FilesOf)];
    return Report.Files(files, path => FormatFile(formatter, path, options.Write)) == 0 ? 0 : 1;

    string[] FilesOf(string path) => !Directory.Exists(path)
        ? [path]
        : [.. Directory.GetFiles(path, "*", SearchOption.AllDirectories).Where(formatter.CanFormat).Order()];
}

int Demo()
{
    string documents = Path.Combine(AppContext.BaseDirectory, "documents");
    JsonElement strict = JsonElement.Parse("""{ "markdown": { "codeBlock.raiseSyntaxErrors": true } }""");
    using (var formatter = new Formatter(options.Plugins, strict, options.Timeout))
    {
        Report.Heading("A document, and the JSON inside it");
        Console.Write(formatter.Format("sample.md", File.ReadAllText(Path.Combine(documents, "sample.md"))));

        Report.Heading("What a guest refuses");
        Directory.SetCurrentDirectory(documents);
        Report.Files(["sample.md", "broken.md"], path => FormatFile(formatter, path, write: false));
    }

    JsonElement wrong = JsonElement.Parse("""{ "markdown": { "lineWidth": "wide" }, "json": { "indent": 2 } }""");
    using (var formatter = new Formatter(options.Plugins, wrong, options.Timeout))
    {
        Report.Error("The configuration", string.Join('\n', formatter.Diagnostics));
    }

    Report.Heading("A document that takes too long, and the next one");
    using (var formatter = new Formatter(options.Plugins, JsonElement.Parse("{}"), TimeSpan.FromMilliseconds(300)))
    {
        string list = string.Concat(Enumerable.Repeat("- one\n", 500_000));
        FileResult slow = Format(formatter, "long.md", list, static _ => { });
        Report.Error($"{slow.Path}: {slow.Outcome}", slow.Error ?? "");
        Report.Files(["sample.md"], path => FormatFile(formatter, path, write: false));
    }

    return 0;
}

static FileResult FormatFile(Formatter formatter, string path, bool write)
{
    try
    {
        return Format(formatter, path, File.ReadAllText(path), text =>
        {
            if (write)
            {
                File.WriteAllText(path, text);
            }
        });
    }
    catch (Exception error) when (error is IOException or UnauthorizedAccessException)
    {
        return new FileResult(path, "not read or written", error.Message);
    }
}

static FileResult Format(Formatter formatter, string path, string text, Action<string> onChanged)
{
    try
    {
        string formatted = formatter.Format(path, text);
        if (formatted == text)
        {
            return new FileResult(path, "is formatted");
        }

        onChanged(formatted);
        return new FileResult(path, "changed");
    }
    catch (FormatFailedException error)
    {
        return new FileResult(path, "refused", error.Message);
    }
    catch (GuestTimeoutException error)
    {
        return new FileResult(path, "stopped", error.Message);
    }
    catch (WasmException error)
    {
        return new FileResult(path, "failed", $"{error.Message}\n{error.Backtrace}");
    }
}
