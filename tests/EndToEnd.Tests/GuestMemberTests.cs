namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Classes that show guests as toolchains build them, without a declaration for each export.</summary>
public sealed partial class GuestMemberTests
{
    [Fact]
    public void What_a_guest_exports_is_called_by_its_names()
    {
        using var engine = new Engine();
        using var module = Module.FromFile(
            engine, Path.Combine(AppContext.BaseDirectory, "Guests", "conventions.c.wasm"));
        using var linker = new Linker(engine);
        linker.DefineWasi().DefineUnknownImportsAsTraps(module);
        using var store = new Store(engine);
        var guest = new Conventions(linker.Instantiate(store, module));

        Assert.Equal(0, guest.Live());
        Assert.Equal(65536, guest.Memory.Length);
        Assert.Equal("wide", Assert.Throws<UnknownImportException>(() => guest.Wide(0, 0)).Name);

        // The declared method takes the place of the one with numbers alone. Its list lies in what malloc gave, and
        // free takes back.
        int found = guest.Find([3, 1, 4, 1, 5], 4);
        Assert.Equal(4, guest.Memory.Read<int>(found));
        Assert.Equal(0, guest.Live());
    }

    [WasmExport(Guest = "Guests/conventions.c.wasm")]
    private sealed partial class Conventions
    {
        public partial int Find(ReadOnlySpan<int> list, int value);
    }
}
