using System.Runtime.CompilerServices;

namespace WasmBindgen.Fuzz.Misuse;

/// <summary>One operation on each public type, or several. Those that return a value check it.</summary>
internal static class Operations
{
    private const string Text = """
        (module
          (import "env" "back" (func $back (param i32) (result i32)))
          (import "env" "echo" (func $echo (param i32 i32 i32)))
          (import "env" "keep" (func $keep (param externref) (result externref)))
          (import "env" "later" (func $later (param i32) (result i32)))
          (memory (export "memory") 1 4)
          (table (export "table") 2 8 funcref)
          (global (export "global") (mut i64) (i64.const 7))
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
            (drop (call $back (i32.const 0))) (i32.const 1024))
          (func $add (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
          (func (export "back") (param i32) (result i32) (call $back (local.get 0)))
          (func (export "echo") (param i32 i32) (result i32)
            (call $echo (local.get 0) (local.get 1) (i32.const 16)) (i32.const 16))
          (func (export "keep") (param externref) (result externref) (call $keep (local.get 0)))
          (func (export "later") (param i32) (result i32) (call $later (local.get 0)))
          (func (export "spin") (loop $l (br $l)))
          (elem (i32.const 0) func $add)
          START)
        """;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    // Compiling takes longer than all the rest of an input.
    private static readonly Lazy<byte[]> s_plain = new(static () => Compile(""));
    private static readonly Lazy<byte[]> s_starting =
        new(static () => Compile("(func $start (drop (call $back (i32.const 1)))) (start $start)"));

    internal static readonly Action<Pool, Chance>[] All =
    [
        static (pool, any) => pool.Put(new Engine(new EngineOptions { ConsumeFuel = any.OneIn(8) })),
        static (pool, any) => Rarely(any, pool.Get<Engine>().Dispose),
        static (pool, _) => pool.Put(Load(pool, s_plain.Value)),
        static (pool, _) => pool.Put(Load(pool, s_plain.Value)),
        static (pool, _) => pool.Put(Load(pool, s_starting.Value)),
        static (pool, any) => Rarely(any, () => pool.Put(Module.FromText(pool.Get<Engine>(), "tiny", "(module)"))),
        static (pool, any) => Rarely(any, () => Expect(Text.Length > 0, pool.Get<Module>().Serialize().Length > 0)),
        static (pool, _) => Expect(true, pool.Get<Module>() is { Imports.Length: 0 or 4, Exports.Length: 0 or 10 }),
        static (pool, any) => Rarely(any, pool.Get<Module>().Dispose),
        static (pool, _) => pool.Put(new Linker(pool.Get<Engine>()).Define(new CarelessHost(pool))),
        static (pool, _) => pool.Put(new Linker(pool.Get<Engine>()).DefinePerStore<CarelessHost>()),
        static (pool, any) => pool.Get<Linker>().AllowShadowing = any.OneIn(2),
        static (pool, any) => Rarely(any, () => pool.Get<Linker>().DefineWasi()),
        static (pool, _) => pool.Get<Linker>().Define(new CarelessHost(pool)),
        static (pool, _) => pool.Get<Linker>().Define("other", pool.Get<Instance>()),
        static (pool, _) => pool.Get<Linker>().Define("other", "function", pool.Get<Function>()),
        static (pool, _) => pool.Get<Linker>().Define("other", "memory", pool.Get<Memory>()),
        static (pool, any) => Rarely(any, pool.Get<Linker>().Dispose),
        static (pool, _) => pool.Put(pool.Get<Linker>().InstantiatePre(pool.Get<Module>())),
        static (pool, any) => Rarely(any, pool.Get<InstancePre>().Dispose),
        static (pool, any) => pool.Put(new Store(pool.Get<Engine>(), Limits(any))),
        static (pool, any) => pool.Put(new Store(pool.Get<Engine>(), Limits(any))),
        static (pool, _) => pool.Get<Store>().SetHost(new CarelessHost(pool)),
        static (pool, any) =>
            pool.Get<Store>().Timeout = any.OneIn(2) ? null : TimeSpan.FromMilliseconds(any.Below(30)),
        static (pool, any) => pool.Get<Store>().Fuel = (ulong)any.Long(),
        static (pool, _) => pool.Get<Store>().CollectReferences(),
        static (pool, any) => Rarely(any, pool.Get<Store>().Dispose),
        static (pool, any) => Rarely(any, () => Wait(pool.Get<Store>().DisposeAsync().AsTask())),
        static (pool, _) => pool.Put(pool.Get<Linker>().Instantiate(pool.Get<Store>(), pool.Get<Module>())),
        static (pool, _) => pool.Put(pool.Get<Linker>().Instantiate(pool.Get<Store>(), pool.Get<Module>())),
        static (pool, _) => pool.Put(pool.Get<InstancePre>().Instantiate(pool.Get<Store>())),
        static (pool, _) => Expect(true, pool.Get<Instance>().Exports.Length is 0 or 10),
        static (pool, any) => pool.Put(Found(pool.Get<Instance>().GetFunction(any.Pick("add", "back")))),
        static (pool, _) => pool.Put(Found(pool.Get<Instance>().GetMemory("memory"))),
        static (pool, _) => pool.Put(Found(pool.Get<Instance>().GetTable("table"))),
        static (pool, _) => pool.Put(Found(pool.Get<Instance>().GetGlobal("global"))),
        static (pool, _) => Call(pool.Get<Function>()),
        static (pool, _) => Call(pool.Get<Function>()),
        static (pool, any) => pool.Put(new Memory(pool.Get<Store>(), new MemoryType((ulong)any.Below(4), 4))),
        static (pool, any) => pool.Get<Memory>().Grow(any.Below(3)),
        static (pool, any) => ReadBack(pool, pool.Get<Memory>(), any),
        static (pool, any) => ReadBack(pool, pool.Get<Memory>(), any),
        static (pool, any) => Expect(true, pool.Get<Memory>().Length <= 4 * 65536),
        static (pool, any) => pool.Put(new Table(pool.Get<Store>(), new TableType(ValueKind.FuncRef, 2, 8))),
        static (pool, any) => pool.Get<Table>().Grow(any.Below(3)),
        static (pool, any) => pool.Get<Table>()[any.Below(9)] = any.OneIn(4) ? null : pool.Get<Function>(),
        static (pool, any) => pool.Put(Found((Function?)pool.Get<Table>()[any.Below(9)])),
        static (pool, _) => pool.Put(new Global(pool.Get<Store>(), new GlobalType(ValueKind.I64, true), 1L)),
        static (pool, any) => SetBack(pool, pool.Get<Global>(), any.Long()),
        static (pool, _) => pool.Put(new CarelessGuest(pool.Get<Instance>())),
        static (pool, _) => pool.Put(new CarelessGuest(pool.Get<Instance>())),
        static (pool, any) => Expect(5, pool.Get<CarelessGuest>().Add(2, 3)),
        static (pool, any) => Expect(7, pool.Get<CarelessGuest>().Back(7, Token(pool, any)).Unwrap()),
        static (pool, any) => Expect("text", pool.Get<CarelessGuest>().Echo("text")),
        static (pool, any) => Expect(pool, pool.Get<CarelessGuest>().Keep(pool)),
        static (pool, any) => Expect(8, pool.Get<CarelessGuest>().Later(8)),
        static (pool, any) => Rarely(any, () => pool.Get<CarelessGuest>().Spin(Token(pool, any))),
        static (pool, _) => Expect(5, Wait(pool.Get<CarelessGuest>().AddLater(2, 3))),
        static (pool, any) => Expect(6, Wait(pool.Get<CarelessGuest>().BackLater(6, Token(pool, any))).Unwrap()),
        static (pool, any) => Forget(pool, pool.Get<CarelessGuest>().AddLater(2, 3)),
        static (pool, _) => pool.Put(new CancellationTokenSource()),
        static (pool, any) => pool.Put(new CancellationTokenSource(TimeSpan.FromMilliseconds(any.Below(20)))),
        static (pool, _) => pool.Get<CancellationTokenSource>().Cancel(),
        static (pool, _) => pool.Get<CancellationTokenSource>().Dispose(),
        static (pool, any) => MakeAndForget(pool, any),
        static (pool, any) => Rarely(any, () => GC.Collect(any.Below(3))),
        static (pool, _) => pool.Put(""), // the object that was there is nobody's now
        static (pool, _) => pool.Put(""),
    ];

    /// <summary>One object of each type that has much to be misused.</summary>
    internal static void Begin(Pool pool)
    {
        var engine = new Engine();
        Module module = Module.Deserialize(engine, "careless", s_plain.Value);
        Linker linker = new Linker(engine).Define(new CarelessHost(pool));
        var store = new Store(engine);
        Instance instance = linker.Instantiate(store, module);
        object[] made =
        [
            engine, module, linker, store, instance, linker.InstantiatePre(module), new CarelessGuest(instance),
            instance.GetMemory("memory")!, instance.GetTable("table")!, instance.GetFunction("back")!,
        ];
        foreach (object one in made)
        {
            pool.Put(one);
        }
    }

    private static Module Load(Pool pool, byte[] compiled) =>
        Module.Deserialize(pool.Get<Engine>(), "careless", compiled);

    private static byte[] Compile(string start)
    {
        using var engine = new Engine();
        using Module module =
            Module.FromText(engine, "careless", Text.Replace("START", start, StringComparison.Ordinal));
        return module.Serialize();
    }

    private static StoreOptions Limits(Chance any) => new()
    {
        MaxInstances = any.OneIn(4) ? any.Below(3) : null,
        MaxMemoryBytes = any.OneIn(4) ? any.Below(3) * 65536 : null,
        MaxTableElements = any.OneIn(4) ? 3 : null,
        EndsWithFailure = any.OneIn(4),
    };

    private static void Call(Function function)
    {
        WasmValue[] arguments = [.. function.Type.Parameters.Select(static _ => WasmValue.FromInt32(4))];
        Expect(4 * arguments.Length, function.Call(arguments)[0].AsInt32());
    }

    private static void ReadBack(Pool pool, Memory memory, Chance any)
    {
        long address = any.OneIn(2) ? any.Below(65536) : any.Long();
        memory.Write(address, 42);
        int read = memory.Read<int>(address);
        Expect(true, read == 42 || pool.IsShared);
        memory.WriteString(address, "some text");
        string text = memory.ReadString(address, 9);
        Expect(true, text == "some text" || pool.IsShared);
        memory.ReadNullTerminatedString(address);
        memory.ReadString(any.Below(100), (int)memory.Length - 100); // takes a while, for what other threads do
    }

    private static void SetBack(Pool pool, Global global, long value)
    {
        global.Value = value;
        Expect(true, global.Value.AsInt64() == value || pool.IsShared);
    }

    private static CancellationToken Token(Pool pool, Chance any) =>
        any.OneIn(2) ? default : pool.Get<CancellationTokenSource>().Token;

    private static T Found<T>(T? item)
        where T : class => item ?? throw new NothingException();

    private static void Expect<T>(T expected, T found)
    {
        if (!Equals(expected, found))
        {
            throw new FaultException($"{found} came back instead of {expected}");
        }
    }

    private static void Rarely(Chance any, Action operation)
    {
        if (any.OneIn(4))
        {
            operation();
        }
    }

    private static T Wait<T>(Task<T> task)
    {
        Wait((Task)task);
        return task.Result;
    }

    private static void Wait(Task task)
    {
        if (Task.WhenAny(task, Task.Delay(s_longest)).GetAwaiter().GetResult() != task)
        {
            throw new FaultException("A task does not end.");
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>Waits for it in a thread that has nothing else to do.</summary>
    private static void Forget(Pool pool, Task task) => task.ContinueWith(
        ended => pool.Attempt(() => ended.GetAwaiter().GetResult()),
        CancellationToken.None,
        TaskContinuationOptions.None,
        TaskScheduler.Default);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeAndForget(Pool pool, Chance any)
    {
        CarelessGuest guest = pool.Get<CarelessGuest>();
        Memory memory = pool.Get<Memory>();
        Store store = pool.Get<Store>();
        _ = new LastUse(pool, any.Pick<Action>(
            () => Expect(5, guest.Add(2, 3)),
            () => memory.Read<int>(0),
            () => Forget(pool, guest.AddLater(2, 3)),
            store.Dispose,
            () => store.CollectReferences()));
    }
}
