namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("env", Prefix = "__wbindgen_")]
public sealed partial class PrefixedHost
{
    public int Add(int a, int b) => a + b;

    [WasmName("__assert_fail")]
    public void Fail() { }
}

[WasmExport(Prefix = "_", Naming = Naming.CamelCase)]
public sealed partial class PrefixedGuest
{
    public partial int RunAll();

    public partial int HeapBase { get; }

    [WasmName("memory")]
    public partial Memory Memory { get; }
}

public sealed class PrefixTests
{
    [Fact]
    public void A_prefix_goes_before_names_that_no_attribute_says()
    {
        using var world = new World();
        world.Linker.Define(new PrefixedHost());
        var guest = new PrefixedGuest(world.Instantiate("""
            (module
              (import "env" "__wbindgen_add" (func $add (param i32 i32) (result i32)))
              (import "env" "__assert_fail" (func))
              (memory (export "memory") 1)
              (global (export "_heapBase") i32 (i32.const 1024))
              (func (export "_runAll") (result i32) (call $add (i32.const 2) (i32.const 3))))
            """));
        Assert.Equal((5, 1024, 65536L), (guest.RunAll(), guest.HeapBase, guest.Memory.Length));
    }
}
