using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace WasmBindgen.Conformance.Tests;

/// <summary>Host classes in assemblies that can be unloaded stay loaded while a guest may call them.</summary>
public sealed class UnloadingTests
{
    private const string Source = """
        [WasmImport("host")] public static partial class Static
        {
            public static int Number() => 7;
            public static string Text() => "seven";
        }

        [WasmImport("host")] public sealed partial class PerStore
        {
            public int Number() => 8;
            public string Text() => "eight";
        }

        public static class Definitions
        {
            public static void Static(Linker linker) => global::Static.AddTo(linker);
            public static void PerStore(Linker linker) => linker.DefinePerStore<PerStore>();
            public static void SetHost(Store store) => store.SetHost(new PerStore());
        }
        """;

    [Theory]
    [InlineData("Static", 7)]
    [InlineData("PerStore", 8)]
    public void A_host_class_stays_loaded_while_a_guest_may_call_it(string kind, int number)
    {
        WeakReference context = Run(kind, number);
        for (int i = 0; i < 100 && context.IsAlive; i++)
        {
            Collect();
        }

        Assert.False(context.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Run(string kind, int number)
    {
        using var engine = new Engine();
        using var linker = new Linker(engine);
        WeakReference context = Define(linker, kind);
        using var store = new Store(engine);
        using Module module = Module.FromText(engine, "guest", """
            (module
              (import "host" "number" (func $number (result i32)))
              (import "host" "text" (func $text (param i32)))
              (memory (export "memory") 1)
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
              (func (export "number") (result i32) (call $number))
              (func (export "text") (result i32) (call $text (i32.const 8)) (i32.load (i32.const 12))))
            """);
        Instance instance = linker.Instantiate(store, module);
        Collect();
        Assert.True(context.IsAlive);
        if (kind == "PerStore")
        {
            // There is no host object to call, and nothing but the functions keeps their code.
            Assert.Throws<InvalidOperationException>(() => instance.GetFunction("number")!.Call());
            Assert.Throws<InvalidOperationException>(() => instance.GetFunction("text")!.Call());
            SetHost(context, store);
            Collect();
        }

        Assert.Equal(number, instance.GetFunction("number")!.Call()[0].AsInt32());
        Assert.Equal(5, instance.GetFunction("text")!.Call()[0].AsInt32());
        return context;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Define(Linker linker, string kind)
    {
        Assembly assembly = Bindings.Compile(Source);
        var context = AssemblyLoadContext.GetLoadContext(assembly)!;
        assembly.GetType("Definitions")!.GetMethod(kind)!.Invoke(null, [linker]);
        context.Unload();
        return new WeakReference(context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SetHost(WeakReference context, Store store) =>
        ((AssemblyLoadContext)context.Target!).Assemblies.Single()
            .GetType("Definitions")!.GetMethod("SetHost")!.Invoke(null, [store]);

    private static void Collect()
    {
        for (int i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
