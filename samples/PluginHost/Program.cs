// Plugins in C, Rust and AssemblyScript behind one host class: loaded from a folder, limited each for itself, loaded
// again when their files change. `--watch FOLDER FILE` goes on until it is ended.

if (args is ["--watch", var watched, var file])
{
    Watch(watched, file);
    return 0;
}

if (args.Length > 0)
{
    Console.Error.WriteLine("Usage: PluginHost [--watch FOLDER FILE]");
    return 2;
}

string shipped = Path.Combine(AppContext.BaseDirectory, "plugins");
string folder = Directory.CreateTempSubdirectory("plugins").FullName;
try
{
    foreach (string path in Directory.GetFiles(shipped))
    {
        File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
    }

    Demo(folder);
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static void Demo(string folder)
{
    var draft = new Document("draft.txt", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "draft.txt")));
    using var plugins = new PluginFolder(folder, Console.Out);
    plugins.Refresh();

    Console.WriteLine("\n== One of the plugins hangs");
    plugins.Review(draft);

    Console.WriteLine("\n== Its author repairs it, while another plugin runs and has changed too");
    plugins.Review(draft, finder =>
    {
        if (finder == "long_lines")
        {
            Replace("repeats.wasm", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixed", "repeats.wasm")));
            Replace("long_lines.json", """{ "settings": { "max": "60" } }"""u8);
            plugins.Refresh();
        }
    });

    Console.WriteLine("\n== A file that is no plugin, and a plugin that is gone");
    Replace("long_lines.wasm", "no plugin"u8);
    File.Delete(Path.Combine(folder, "banned_words.wasm"));
    plugins.Refresh();
    plugins.Review(draft);

    // The time of a file may be as coarse as the system's clock.
    void Replace(string name, ReadOnlySpan<byte> content)
    {
        string path = Path.Combine(folder, name);
        DateTime before = File.GetLastWriteTimeUtc(path);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, before.AddSeconds(1));
    }
}

static void Watch(string folder, string file)
{
    using var plugins = new PluginFolder(folder, Console.Out);
    while (true)
    {
        if (plugins.Refresh())
        {
            plugins.Review(new Document(Path.GetFileName(file), File.ReadAllText(file)));
        }

        Thread.Sleep(200);
    }
}
