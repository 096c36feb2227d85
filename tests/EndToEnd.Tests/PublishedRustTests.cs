namespace WasmBindgen.EndToEnd.Tests;

[RustWasmBindgen(ObjectHeap = true)]
[WasmImport("__wbindgen_placeholder__", Prefix = "__wbindgen_")]
public sealed partial class Lz4Intrinsics
{
    public object StringNew(string text) => text;
}

/// <summary>lz4-wasm-nodejs 0.9.2, made by wasm-bindgen 0.2.80.</summary>
[RustWasmBindgen(ObjectHeap = true)]
[GuestAllocator("__wbindgen_malloc(size)", "__wbindgen_free(address, size)")]
[WasmExport]
public sealed partial class Lz4
{
    public partial byte[] Compress(ReadOnlySpan<byte> input);

    public partial Result<byte[], string> Decompress(ReadOnlySpan<byte> input);

    public partial Memory Memory { get; }
}

public sealed record Match(uint Address);

[RustWasmBindgen]
[WasmImport("./distance_wasm_bg.js", Prefix = "__wbg_")]
public sealed partial class DistanceFunctions
{
    public object New() => new RustException("panic");

    public string Stack([ExternRef] Exception error) => error.ToString();

    public void Error(string message) => Panic = message;

    public object SearchresultNew(uint address) => new Match(address);

    public object MultikeysearchresultNew(uint address) => new Match(address);

    internal string? Panic { get; private set; }
}

[RustWasmBindgen]
[WasmImport("./distance_wasm_bg.js", Prefix = "__wbindgen_")]
public sealed partial class DistanceIntrinsics
{
    public void InitExternrefTable(RustObjects guest)
    {
        long first = guest.Externrefs.Grow(4, null);
        guest.Externrefs[first + 2] = true;
        guest.Externrefs[first + 3] = false;
    }

    public string? StringGet(object? value) => value as string;

    [Interrupts<RustException>]
    public void Throw(string message) => throw new RustException(message);
}

public enum DistanceAlgorithm
{
    Levenshtein,
    Jaro,
    JaroWinkler,
}

/// <summary>@nlptools/distance-wasm 0.0.8, made by wasm-bindgen 0.2.117.</summary>
[RustWasmBindgen]
[WasmExport]
public sealed partial class Distance
{
    internal const double None = 0x1_0000_0001; // an Option<u32>

    public partial void Init();

    public partial uint Levenshtein(string first, string second);

    public partial double Jaro(string first, string second);

    public partial double Compare(string first, string second, string algorithm);

    public partial uint FuzzysearchNew(
        string[] items, DistanceAlgorithm algorithm, double threshold, bool isCaseSensitive);

    public partial void FuzzysearchAdd(uint search, string item);

    public partial uint FuzzysearchSize(uint search);

    public partial object[] FuzzysearchSearch(uint search, string query, double limit);

    public partial uint SearchresultIndex(uint result);

    public partial double SearchresultScore(uint result);

    public partial uint MultikeyfuzzysearchNew(
        string[] keys,
        uint count,
        double[] weights,
        DistanceAlgorithm algorithm,
        double threshold,
        bool isCaseSensitive);

    public partial object[] MultikeyfuzzysearchSearch(uint search, string query, double limit);

    public partial double[] MultikeysearchresultKeyScores(uint result);

    [WasmName("__wbg_searchresult_free")]
    public partial void FreeSearchresult(uint result, uint isDelayed);

    [WasmName("__wbg_fuzzysearch_free")]
    public partial void FreeFuzzysearch(uint search, uint isDelayed);

    public partial Memory Memory { get; }
}

/// <summary>Packages as npm has them.</summary>
public sealed class PublishedRustTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private Instance Load(string name)
    {
        using Module module = Module.FromFile(_world.Engine, Path.Combine(AppContext.BaseDirectory, "Guests", name));
        return _world.Linker.Instantiate(_world.Store, module);
    }

    [Fact]
    public void A_package_of_2022_with_an_object_heap()
    {
        _world.Linker.Define(new Lz4Intrinsics());
        var lz4 = new Lz4(Load("lz4.npm.wasm"));
        byte[] input = new byte[100_000];
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = (byte)(i / 1000);
        }

        byte[] compressed = lz4.Compress(input);
        Assert.True(compressed.Length < 2000);
        Assert.Equal(input, lz4.Decompress(compressed).Value);
        Assert.Empty(lz4.Decompress(lz4.Compress([])).Value);
        Assert.NotEmpty(lz4.Decompress([255, 255, 0, 0, 255]).ErrorValue);

        // Whoever frees too little or too much is found out.
        long length = lz4.Memory.Length;
        for (int i = 0; i < 300; i++)
        {
            Assert.Equal(input, lz4.Decompress(lz4.Compress(input)).Value);
        }

        Assert.Equal(length, lz4.Memory.Length);
    }

    [Fact]
    public void A_package_of_2026_with_references()
    {
        var functions = new DistanceFunctions();
        _world.Linker.Define(functions).Define(new DistanceIntrinsics());
        Instance instance = Load("distance.npm.wasm");
        new RustObjects(instance).Start();
        var distance = new Distance(instance);
        distance.Init();
        Assert.Equal(3u, distance.Levenshtein("kitten", "sitting"));
        Assert.Equal(0.944, distance.Jaro("MARTHA", "MARHTA"), 0.001);
        Assert.Equal(distance.Jaro("a", "ab"), distance.Compare("a", "ab", "jaro"));

        uint search = distance.FuzzysearchNew(
            ["apple", "maple", "pear"], DistanceAlgorithm.Levenshtein, 0.1, isCaseSensitive: false);
        distance.FuzzysearchAdd(search, "applet");
        Assert.Equal(4u, distance.FuzzysearchSize(search));
        Assert.Equal([0u, 3u, 1u, 2u], Indices(distance.FuzzysearchSearch(search, "apple", Distance.None)));
        Assert.Equal([2u], Indices(distance.FuzzysearchSearch(search, "pear", 1)));

        uint several = distance.MultikeyfuzzysearchNew(
            ["apple", "red", "plum", "blue"], 2, [0.75, 0.25], DistanceAlgorithm.Levenshtein, 0.1, false);
        Match best = (Match)distance.MultikeyfuzzysearchSearch(several, "apple", 1)[0];
        double[] scores = distance.MultikeysearchresultKeyScores(best.Address);
        Assert.Equal(2, scores.Length);
        Assert.Equal(1, scores[0]);

        long length = distance.Memory.Length;
        for (int i = 0; i < 1000; i++)
        {
            Indices(distance.FuzzysearchSearch(search, "apple", Distance.None));
        }

        Assert.Equal(length, distance.Memory.Length);
        distance.FreeFuzzysearch(search, 0);
        Assert.Null(functions.Panic);

        uint[] Indices(object[] matches) => [.. matches.Cast<Match>().Select(match =>
        {
            Assert.InRange(distance.SearchresultScore(match.Address), 0.1, 1);
            uint index = distance.SearchresultIndex(match.Address);
            distance.FreeSearchresult(match.Address, 0);
            return index;
        })];
    }

    [Fact]
    public void Its_panics_are_interrupts_or_traps()
    {
        var functions = new DistanceFunctions();
        _world.Linker.Define(functions).Define(new DistanceIntrinsics());
        Instance instance = Load("distance.npm.wasm");
        new RustObjects(instance).Start();
        var distance = new Distance(instance);
        distance.Init();

        // its glue's own check
        RustException error = Assert.Throws<RustException>(() => distance.FuzzysearchSize(0));
        Assert.Contains("null pointer", error.Message, StringComparison.Ordinal);

        // a mistake in this version
        uint search = distance.FuzzysearchNew(["apple", "grüße"], DistanceAlgorithm.Levenshtein, 0.1, false);
        TrapException trap = Assert.Throws<TrapException>(
            () => distance.FuzzysearchSearch(search, "apple", Distance.None));
        Assert.Equal(TrapCode.Unreachable, trap.Code);
        Assert.Contains("index out of bounds", functions.Panic, StringComparison.Ordinal);
    }
}
