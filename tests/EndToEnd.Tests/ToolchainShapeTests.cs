using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Guests in WAT with the imports, exports and conventions of toolchains that the tests do not run.</summary>
public sealed class ToolchainShapeTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    /// <summary>
    /// A reactor (<c>-buildmode=c-shared</c>) with <c>//go:wasmimport</c> and <c>//go:wasmexport</c>: parameters of type
    /// string are address and length, and a string goes back in both halves of an i64.
    /// </summary>
    [Fact]
    public void TinyGo()
    {
        var host = new TinyGoHost();
        _world.Linker.DefineWasi().Define(host);
        var guest = new TinyGoGuest(_world.Instantiate("""
            (module
              (import "env" "log" (func $log (param i32 i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "random_get" (func (param i32 i32) (result i32)))
              (memory (export "memory") 2)
              (global $heap (mut i32) (i32.const 65536))
              (global $ready (mut i32) (i32.const 0))
              (func (export "_initialize") (global.set $ready (i32.const 1)))
              (func $malloc (export "malloc") (param $size i32) (result i32)
                (if (i32.eqz (global.get $ready)) (then unreachable)) ;; its heap is not there yet
                (global.get $heap)
                (global.set $heap (i32.add (global.get $heap) (local.get $size))))
              (func (export "free") (param i32))
              (func (export "greet") (param $address i32) (param $length i32) (result i64)
                (call $log (local.get $address) (local.get $length))
                (i64.or
                  (i64.shl (i64.extend_i32_u (local.get $address)) (i64.const 32))
                  (i64.extend_i32_u (local.get $length)))))
            """));

        Assert.Equal("Grüße", guest.Greet("Grüße"));
        Assert.Equal("Grüße", host.Logged);
    }

    /// <summary>
    /// A script of a few hundred bytes, whose engine is another module that it imports: the plugin.
    /// </summary>
    [Fact]
    public void Javy()
    {
        _world.Linker.DefineWasi();
        using Module plugin = Module.FromText(_world.Engine, "plugin", """
            (module
              (memory (export "memory") 1)
              (global $heap (mut i32) (i32.const 1024))
              (global $seen (mut i32) (i32.const 0))
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
                (global.get $heap)
                (global.set $heap (i32.add (global.get $heap) (local.get 3))))
              (func (export "invoke") (param $code i32) (param $length i32) (param i32 i32 i32)
                (global.set $seen (i32.load8_u (i32.add (local.get $code) (i32.sub (local.get $length) (i32.const 1))))))
              (func (export "seen") (result i32) (global.get $seen)))
            """);
        Instance engine = _world.Linker.Instantiate(_world.Store, plugin);
        _world.Linker.Define("javy-default-plugin-v3", engine);
        var script = new JavyScript(_world.Instantiate("""
            (module
              (import "javy-default-plugin-v3" "memory" (memory 0))
              (import "javy-default-plugin-v3" "cabi_realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
              (import "javy-default-plugin-v3" "invoke" (func $invoke (param i32 i32 i32 i32 i32)))
              (data $code "bytes of a script!")
              (func (export "_start") (local $address i32)
                (local.set $address (call $realloc (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 18)))
                (memory.init $code (local.get $address) (i32.const 0) (i32.const 18))
                (call $invoke (local.get $address) (i32.const 18) (i32.const 0) (i32.const 0) (i32.const 0))))
            """));
        script.Start();

        Assert.Equal('!', new JavyPlugin(engine).Seen());
    }

    /// <summary>
    /// Objects are references that the garbage collector of the engine has, exceptions are WebAssembly's, and the host
    /// sees numbers, and addresses from <c>withScopedMemoryAllocator</c>.
    /// </summary>
    [Fact]
    public void Kotlin()
    {
        var host = new KotlinHost();
        _world.Linker.DefineWasi().Define(host);
        var guest = new KotlinGuest(_world.Instantiate("""
            (module
              (type $Any (sub (struct (field (mut i32)))))
              (type $Chars (array (mut i16)))
              (type $Text (sub $Any (struct (field (mut i32)) (field (ref $Chars)))))
              (import "host" "print" (func $print (param i32 i32)))
              (tag $exception (param (ref null $Any)))
              (memory (export "memory") 1)
              (global $greeting (mut (ref null $Text)) (ref.null $Text))
              (func (export "_initialize")
                (global.set $greeting
                  (struct.new $Text (i32.const 0) (array.new $Chars (i32.const 104) (i32.const 3)))))
              (func (export "greet") (result i32) (local $chars (ref null $Chars)) (local $i i32)
                (local.set $chars (struct.get $Text 1 (global.get $greeting)))
                (loop $next
                  (i32.store8 (local.get $i) (array.get_u $Chars (local.get $chars) (local.get $i)))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br_if $next (i32.lt_u (local.get $i) (array.len (local.get $chars)))))
                (call $print (i32.const 0) (local.get $i))
                (local.get $i))
              (func (export "fail") (throw $exception (ref.null $Any))))
            """));

        Assert.Equal(3, guest.Greet());
        Assert.Equal("hhh", host.Printed);
        Assert.Throws<GuestTagException>(guest.Fail);
        Assert.Equal(3, guest.Greet());
    }

    /// <summary>Strings are objects of the host, which the guest asks for their parts.</summary>
    [Fact]
    public void Dart()
    {
        var host = new DartHost();
        _world.Linker.Define(host).Define(new DartStrings());
        var guest = new DartGuest(_world.Instantiate("""
            (module
              (type $Object (sub (struct (field i32))))
              (import "wasm:js-string" "length" (func $length (param externref) (result i32)))
              (import "wasm:js-string" "charCodeAt" (func $charCodeAt (param externref i32) (result i32)))
              (import "wasm:js-string" "concat" (func $concat (param externref externref) (result externref)))
              (import "dart2wasm" "printToConsole" (func $print (param externref)))
              (global $last (mut (ref null $Object)) (ref.null $Object))
              (func (export "$invokeMain") (param $argument externref)
                (global.set $last (struct.new $Object (call $charCodeAt (local.get $argument) (i32.const 0))))
                (call $print (call $concat (local.get $argument) (local.get $argument))))
              (func (export "$first") (result i32) (struct.get $Object 0 (global.get $last))))
            """));
        guest.InvokeMain("Süß");

        Assert.Equal("SüßSüß", host.Printed);
        Assert.Equal('S', guest.First());
    }
}

[WasmImport("env")]
public sealed partial class TinyGoHost
{
    internal string? Logged { get; private set; }

    public void Log(string message) => Logged = message;
}

[WasmExport]
[GuestAllocator("malloc", "free")]
public sealed partial class TinyGoGuest
{
    [return: Packed]
    public partial string Greet(string name);
}

[WasmExport(Prefix = "_")]
public sealed partial class JavyScript
{
    public partial void Start();
}

[WasmExport]
public sealed partial class JavyPlugin
{
    public partial int Seen();
}

[WasmImport("host")]
public sealed partial class KotlinHost
{
    internal string? Printed { get; private set; }

    public void Print(ReadOnlySpan<byte> text) => Printed = Encoding.UTF8.GetString(text);
}

[WasmExport]
public sealed partial class KotlinGuest
{
    public partial int Greet();

    public partial void Fail();
}

[WasmImport("wasm:js-string", Naming = Naming.CamelCase)]
public sealed partial class DartStrings
{
    public int Length([ExternRef] string text) => text.Length;

    public int CharCodeAt([ExternRef] string text, int index) => text[index];

    [return: ExternRef]
    public string Concat([ExternRef] string first, [ExternRef] string second) => first + second;
}

[WasmImport("dart2wasm", Naming = Naming.CamelCase)]
public sealed partial class DartHost
{
    internal string? Printed { get; private set; }

    public void PrintToConsole([ExternRef] string text) => Printed = text;
}

[WasmExport(Prefix = "$", Naming = Naming.CamelCase)]
public sealed partial class DartGuest
{
    public partial void InvokeMain([ExternRef] string argument);

    public partial int First();
}
