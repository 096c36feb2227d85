namespace WasmBindgen.Generator.Tests;

/// <summary>Resources of the host by the interface that is generated of them, through the engine.</summary>
public sealed class WitResourceTests
{
    private const string ResourceWit = """
        package a:b;
        interface i {
            resource bucket { get: func() -> string; same: func(other: borrow<bucket>) -> bool; }
            resource lid { get: func() -> string; }
            record shelf { first: bucket, others: list<bucket> }
            new-bucket: func(name: string) -> bucket;
            new-lid: func() -> lid;
            keep: func(b: bucket) -> string;
            look: func(b: borrow<bucket>, all: list<borrow<bucket>>) -> string;
            maybe: func(b: option<bucket>) -> option<bucket>;
            shelve: func(s: shelf) -> shelf;
            find: func(name: string) -> result<bucket, string>;
            put: func(b: bucket) -> u32;
            lend: func(b: borrow<bucket>) -> u32;
        }
        """;

    private const string ResourceSource = WitRun.Usings + """
        public sealed class Pail(string name) : IBucket, ILid, IDisposable
        {
            public int Disposals { get; private set; }
            public string Name => name;
            string IBucket.Get() => name;
            string ILid.Get() => "lid of " + name;
            public bool Same(Borrow<IBucket> other) => ReferenceEquals(other.Value, this);
            public void Dispose() => Disposals++;
        }

        public sealed class Sack : IBucket
        {
            public string Get() => "sack";
            public bool Same(Borrow<IBucket> other) => other.Value is Sack;
        }

        public sealed partial class Host : II
        {
            public List<Pail> All { get; } = [];
            public IBucket NewBucket(string name)
            {
                All.Add(new Pail(name));
                return All[^1];
            }
            public ILid NewLid()
            {
                All.Add(new Pail("both"));
                return All[^1];
            }
            public string Keep(IBucket b) => "kept " + b.Get();
            public string Look(Borrow<IBucket> b, IReadOnlyList<Borrow<IBucket>> all) =>
                $"saw {b.Value.Get()}, {string.Join(' ', all.Select(one => one.Value.Get()))}";
            public IBucket? Maybe(IBucket? b) => b is null ? new Sack() : null;
            public Shelf Shelve(Shelf s) => new(s.Others[0], [s.First]);
            public Result<IBucket, string> Find(string name) =>
                name == "sack" ? Result.Ok<IBucket>(new Sack()) : "none";
            public uint Put(IBucket b) => throw new NotSupportedException();
            public uint Lend(Borrow<IBucket> b) => throw new NotSupportedException();
        }

        public static class Test
        {
            private static readonly Host s_host = new();
            private static Store s_store = null!;
            private static Instance s_instance = null!;
            private static Guest s_guest = null!;

            public static void Begin(string wat)
            {
                var engine = new Engine();
                var linker = new Linker(engine).Define(s_host);
                BucketFunctions.AddTo(linker);
                LidFunctions.AddTo(linker);
                s_store = new Store(engine);
                s_instance = linker.Instantiate(s_store, Module.FromText(engine, "guest", wat));
                s_guest = new Guest(s_instance);
            }

            public static int NewLid() => (int)s_instance.GetFunction("raw-lid")!.Call()[0].AsInt32();
            public static int NewBucket() => (int)s_instance.GetFunction("raw-bucket")!.Call()[0].AsInt32();
            public static void Drop(int handle) => s_instance.GetFunction("drop")!.Call(handle);
            public static void DropLid(int handle) => s_instance.GetFunction("drop-lid")!.Call(handle);
            public static string Get(int handle) => Text(s_instance.GetFunction("get")!.Call(handle)[0].AsInt32());
            public static int Same(int one, int other) => s_instance.GetFunction("same")!.Call(one, other)[0].AsInt32();
            public static string Keep(int handle) =>
                Text(s_instance.GetFunction("raw-keep")!.Call(handle)[0].AsInt32());
            public static int Disposals(int index) => s_host.All[index].Disposals;
            public static void End() => s_store.Dispose();

            public static string Pass()
            {
                Borrow<IBucket>[] all = [new(new Pail("b")), new(new Sack())];
                return $"{s_guest.Keep(new Pail("a"))}; {s_guest.Look(new(new Sack()), all)}";
            }
            public static string Give()
            {
                IBucket made = s_guest.NewBucket("made");
                IBucket? back = s_guest.Maybe(null);
                IBucket? none = s_guest.Maybe(made);
                return $"{made.Get()} {back?.Get()} {none is null}";
            }
            public static string Shelve()
            {
                IBucket one = new Pail("one"), two = new Pail("two");
                Shelf back = s_guest.Shelve(new Shelf(one, [two]));
                return $"{ReferenceEquals(back.First, two)} {ReferenceEquals(back.Others[0], one)}";
            }
            public static string Find(string name) => s_guest.Find(name).Match(found => found.Get(), error => error);
            public static string Lent()
            {
                var pail = new Pail("lent");
                uint handle = s_guest.Lend(new(pail));
                try
                {
                    Get((int)handle);
                }
                catch (GuestMemoryException fault)
                {
                    return $"{fault.Fault} {pail.Disposals}";
                }
                return "alive";
            }
            public static string Owned()
            {
                var pail = new Pail("owned");
                int handle = (int)s_guest.Put(pail);
                string name = Get(handle);
                Drop(handle);
                return $"{name} {pail.Disposals}";
            }
            public static void Null() => s_guest.Keep(null!);
            public static void NullInList() => s_guest.Look(new(new Sack()), [new(null!)]);

            private static string Text(int area)
            {
                Memory memory = s_instance.GetMemory("memory")!;
                return memory.ReadString(memory.Read<int>(area), memory.Read<int>(area + 4));
            }
        }
        """;

    private static readonly string s_resourceGuest = WitRun.Guest(
        """
        (import "a:b/i" "[method]bucket.get" (func $get (param i32 i32)))
        (import "a:b/i" "[method]bucket.same" (func $same (param i32 i32) (result i32)))
        (import "a:b/i" "[resource-drop]bucket" (func $drop (param i32)))
        (import "a:b/i" "[method]lid.get" (func $get-lid (param i32 i32)))
        (import "a:b/i" "[resource-drop]lid" (func $drop-lid (param i32)))
        """,
        """
        (func (export "raw-lid") (result i32) (call $new-lid))
        (func (export "raw-bucket") (result i32) (call $new-bucket (i32.const 0) (i32.const 0)))
        (func (export "raw-keep") (param i32) (result i32) (call $keep (local.get 0) (i32.const 1024)) (i32.const 1024))
        (func (export "drop") (param i32) (call $drop (local.get 0)))
        (func (export "drop-lid") (param i32) (call $drop-lid (local.get 0)))
        (func (export "get") (param i32) (result i32) (call $get (local.get 0) (i32.const 1024)) (i32.const 1024))
        (func (export "same") (param i32 i32) (result i32) (call $same (local.get 0) (local.get 1)))
        (func (export "put") (param i32) (result i32) (local.get 0))
        (func (export "lend") (param i32) (result i32) (local.get 0))
        """,
        ("new-bucket", "i32 i32", "i32"),
        ("new-lid", "", "i32"),
        ("keep", "i32", ""),
        ("look", "i32 i32 i32", ""),
        ("maybe", "i32 i32", ""),
        ("shelve", "i32 i32 i32", ""),
        ("find", "i32 i32", ""));

    [Fact]
    public void Resources_are_objects_of_any_class()
    {
        using var run = new WitRun(ResourceWit, ResourceSource);
        run.Call("Begin", s_resourceGuest);
        Assert.Equal("kept a; saw sack, b sack", run.Call("Pass"));
        Assert.Equal("made sack True", run.Call("Give"));
        Assert.Equal("True True", run.Call("Shelve"));
        Assert.Equal("sack", run.Call("Find", "sack"));
        Assert.Equal("none", run.Call("Find", "pail"));
        Assert.Equal("owned 1", run.Call("Owned"));
        Assert.Equal("InvalidHandle 0", run.Call("Lent"));
        Assert.Equal("b", Assert.Throws<ArgumentNullException>(() => run.Call("Null")).ParamName);
        Assert.Equal("all[0]", Assert.Throws<ArgumentNullException>(() => run.Call("NullInList")).ParamName);
        run.Call("End");
    }

    /// <summary>The class of both objects is of both resources.</summary>
    [Fact]
    public void A_handle_is_of_one_resource()
    {
        using var run = new WitRun(ResourceWit, ResourceSource);
        run.Call("Begin", s_resourceGuest);
        int lid = (int)run.Call("NewLid")!;
        int bucket = (int)run.Call("NewBucket")!;
        Assert.Equal("", run.Call("Get", bucket));
        Assert.Equal(1, run.Call("Same", bucket, bucket));
        AssertNoHandle("self", () => run.Call("Get", lid));
        AssertNoHandle("other", () => run.Call("Same", bucket, lid));
        AssertNoHandle("b", () => run.Call("Keep", lid));
        AssertNoHandle("handle", () => run.Call("Drop", lid));
        AssertNoHandle("handle", () => run.Call("DropLid", bucket));
        Assert.Equal(0, run.Call("Disposals", 0));

        run.Call("DropLid", lid);
        Assert.Equal(1, run.Call("Disposals", 0));
        AssertNoHandle("handle", () => run.Call("DropLid", lid));
        Assert.Equal("kept ", run.Call("Keep", bucket));
        AssertNoHandle("self", () => run.Call("Get", bucket));
        Assert.Equal(0, run.Call("Disposals", 1)); // the host's now
        run.Call("NewBucket");
        run.Call("End");
        Assert.Equal(1, run.Call("Disposals", 2));

        static void AssertNoHandle(string parameter, Action action)
        {
            GuestMemoryException fault = Assert.Throws<GuestMemoryException>(action);
            Assert.Equal((GuestMemoryFault.InvalidHandle, parameter), (fault.Fault, fault.Parameter));
        }
    }
}
