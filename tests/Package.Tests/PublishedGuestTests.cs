using WasmBindgen.Tests;

namespace WasmBindgen.Package.Tests;

/// <summary>Guests that others have published, as a user of the package binds them: by what they export.</summary>
[Collection(nameof(Feed))]
public sealed class PublishedGuestTests(Feed feed)
{
    private const string Map = "node_modules/@jridgewell/sourcemap-codec/dist/sourcemap-codec.mjs.map";

    private const string Packages = """
        {
          "private": true,
          "dependencies": {
            "@dprint/markdown": "0.28.1",
            "@jridgewell/sourcemap-codec": "1.5.5",
            "source-map": "0.7.6"
          }
        }
        """;

    private const string Items = """
        <WasmGuest Include="node_modules/@dprint/markdown/plugin.wasm" />
        <WasmGuest Include="node_modules/source-map/lib/mappings.wasm" />
        """;

    private const string Program = """"
        using System.Text;
        using System.Text.Json;
        using WasmBindgen;

        using var engine = new Engine();
        using var linker = new Linker(engine);
        using JsonDocument map = JsonDocument.Parse(File.ReadAllText(args[0]));
        linker.Define(new DprintHost());
        linker.Define(new MappingHost(Texts("sources"), Texts("names")));
        using (var store = new Store(engine))
        using (Module module = Module.FromFile(engine, "node_modules/@dprint/markdown/plugin.wasm"))
        {
            var plugin = new Dprint(linker.Instantiate(store, module));
            plugin.Send("""{ "global": {}, "plugin": { "emphasisKind": "asterisks" } }""");
            plugin.RegisterConfig(1);
            plugin.Send("a.md");
            plugin.SetFilePath();
            plugin.Send("#  One\n* _two_\n\n```unknown\n x\n```\n");
            Console.WriteLine(plugin.Format(1));
            Console.Write(plugin.Receive(plugin.GetFormattedText()));
        }

        using (var store = new Store(engine))
        using (Module module = Module.FromFile(engine, "node_modules/source-map/lib/mappings.wasm"))
        {
            var mappings = new Mappings(linker.Instantiate(store, module));
            Console.WriteLine($"{mappings.Parse("A?")} {mappings.GetLastError()}");
            int all = mappings.Parse(map.RootElement.GetProperty("mappings").GetString()!);
            mappings.ComputeColumnSpans(all);
            mappings.ByGeneratedLocation(all);
            mappings.FreeMappings(all);
        }

        string[] Texts(string property) =>
            [.. map.RootElement.GetProperty(property).EnumerateArray().Select(static one => one.GetString()!)];

        /// <summary>What a plugin of dprint exports: texts go through a buffer in its memory.</summary>
        [WasmExport(Guest = "plugin.wasm")]
        internal sealed partial class Dprint
        {
            public partial Outcome Format(int config);

            public void Send(string text)
            {
                int length = Encoding.UTF8.GetByteCount(text);
                Encoding.UTF8.GetBytes(text, Memory.GetSpan((uint)ClearSharedBytes(length), length));
            }

            public string Receive(int length) => Memory.ReadString((uint)GetSharedBytesPtr(), length);
        }

        internal enum Outcome
        {
            Unchanged,
            Changed,
            Error,
        }

        /// <summary>What it imports: a way to other plugins, of which none is there.</summary>
        [WasmImport("dprint")]
        internal sealed partial class DprintHost
        {
            public Outcome HostFormat(string path, int start, int end, string overrides, string text) =>
                Outcome.Unchanged;

            public int HostGetFormattedText() => 0;

            public int HostGetErrorText() => 0;

            public void HostWriteBuffer(GuestPointer<byte> buffer) => throw new NotSupportedException();
        }

        [WasmExport(Guest = "mappings.wasm")]
        internal sealed partial class Mappings
        {
            public int Parse(string mappings)
            {
                int address = AllocateMappings(mappings.Length);
                Encoding.ASCII.GetBytes(mappings, Memory.GetSpan((uint)address, mappings.Length));
                return ParseMappings(address);
            }
        }

        /// <summary>Prints mappings; the guest counts lines from 0 on, and up to the column behind the last.</summary>
        [WasmImport("env")]
        internal sealed partial class MappingHost(string[] sources, string[] names)
        {
            public void MappingCallback(
                int line, int column, bool hasEnd, int end, bool hasOriginal, int source, int originalLine,
                int originalColumn, bool hasName, int name) => Console.WriteLine(string.Join(
                ' ',
                line + 1,
                column,
                hasEnd ? end - 1 : "Infinity",
                hasOriginal ? $"{sources[source].Split('/')[^1]} {originalLine + 1} {originalColumn}" : "-",
                hasName ? names[name] : "-"));
        }
        """";

    private const string Script = """
        const { SourceMapConsumer } = require('source-map');
        const map = JSON.parse(require('fs').readFileSync(process.argv[2]));
        SourceMapConsumer.with(map, null, consumer => {
          consumer.computeColumnSpans();
          consumer.eachMapping(one => console.log(
            one.generatedLine,
            one.generatedColumn,
            one.lastGeneratedColumn,
            one.source === null ? '-' : `${one.source.split('/').pop()} ${one.originalLine} ${one.originalColumn}`,
            one.name ?? '-'));
        });
        """;

    /// <summary>One formats a document, the other decodes a source map, as the JavaScript around it does.</summary>
    [NpmFact]
    public void Guests_from_npm_do_their_work()
    {
        feed.Write("published/app.csproj", Consumer.Project(feed.Version, items: Items));
        feed.Write("published/package.json", Packages);
        feed.Write("published/mappings.js", Script);
        feed.Write("published/Program.cs", Program);
        Run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund");
        string mappings = Run("node", "mappings.js", Map);
        Assert.Equal(1804, mappings.Count(static c => c == '\n'));

        feed.Dotnet("published", "build"); // every warning is an error
        Assert.Equal(
            "Changed\n# One\n\n- *two*\n\n```unknown\nx\n```\n" + "0 4\n" + mappings,
            feed.Dotnet("published", "run", "--no-build", "--", Map));
    }

    private string Run(string program, params string[] arguments)
    {
        (int exitCode, string output) = Feed.Run(program, feed.PathOf("published"), arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}");
        return output;
    }
}
