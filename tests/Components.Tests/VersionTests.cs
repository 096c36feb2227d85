using System.Reflection;
using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>Which versions of an interface of the host serve which that components import.</summary>
public sealed class VersionTests
{
    private static readonly string[] s_versions =
    [
        "", "@1.0.0", "@1.0.1", "@1.2.0", "@2.0.0", "@0.1.0", "@0.1.3", "@0.2.0", "@0.0.1", "@0.0.2", "@1.0.0-rc.1",
        "@1.0.0-rc.2", "@1.0.0+build", "@10.0.0",
    ];

    [Fact]
    public void One_version_or_two()
    {
        Assembly hosts = Bindings.Compile(string.Concat(s_versions.Select(static (version, i) => $$"""
            [WasmImport("test:host/numbers{{version}}")] public sealed partial class Host{{i}}
            {
                public uint F() => {{i}};
            }

            """)));
        int[][] sets =
        [
            .. Enumerable.Range(0, s_versions.Length).Select(static i => new[] { i }),
            [1, 2], [1, 3], [3, 1], [1, 4], [5, 6], [6, 7], [10, 1], [8, 9], [0, 1],
        ];
        using var engine = new Engine();
        List<string> wrong = [];
        foreach (string version in s_versions)
        {
            string wat = Wat(version);
            using Component ours = Component.FromText(engine, "numbers", wat);
            foreach (int[] set in sets)
            {
                Ending theirs = Ending.Of<OracleTrapException>(() => CallTheirs(wat, set), static _ => "not linked");
                Ending mine;
                try
                {
                    mine = new Ending(CallOurs(engine, ours, hosts, set), null);
                }
                catch (LinkException)
                {
                    mine = new Ending(null, "not linked");
                }

                if (theirs != mine)
                {
                    string had = string.Join(", ", set.Select(static i => s_versions[i]));
                    wrong.Add($"{version} with {had}: theirs {theirs}, ours {mine}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static WitValue? CallTheirs(string wat, int[] set)
    {
        using var component = new OracleComponent(wat);
        foreach (int i in set)
        {
            component.Define($"test:host/numbers{s_versions[i]}", "f", (_, _) => (uint)i);
        }

        using OracleInstance instance = component.Instantiate();
        return instance.Call("f");
    }

    private static WitValue CallOurs(Engine engine, Component component, Assembly hosts, int[] set)
    {
        using var store = new Store(engine);
        using var linker = new Linker(engine);
        foreach (int i in set)
        {
            linker.Define((IWasmImports)Activator.CreateInstance(hosts.GetType($"Host{i}")!)!);
        }

        return new NumbersGuest(linker.Instantiate(store, component)).F();
    }

    private static string Wat(string version) => $"""
        (component
          (import "test:host/numbers{version}" (instance $numbers (export "f" (func (result u32)))))
          (core func $f (canon lower (func $numbers "f")))
          (core module $m (import "" "f" (func $f (result i32))) (func (export "f") (result i32) (call $f)))
          (core instance $i (instantiate $m (with "" (instance (export "f" (func $f))))))
          (func (export "f") (result u32) (canon lift (core func $i "f"))))
        """;
}

[WasmExport]
internal sealed partial class NumbersGuest
{
    public partial uint F();
}
