namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("env")]
public sealed partial class StopHost
{
    public StoppedGuest? Inner { get; set; }

    public Interrupt<int> Stop(int code) => new(code);

    [Interrupts<QuotaException>]
    public void Quota(double cost) => throw new QuotaException("calls");

    public void Fail() => throw new InvalidOperationException("broken");

    public void Again(int code) => Inner!.Run(code).Unwrap();
}

[WasmExport]
public sealed partial class StoppedGuest
{
    public partial GuestResult<int> Run(int code);

    public partial int Quotient(int value, int by);
}

[WasmExport]
public sealed partial class EndingGuest
{
    public partial void Quota();

    public partial void Fail();

    public partial void Again(int code);

    public partial void Trap();
}

/// <summary>
/// What a backtrace tells beside the engine's frames: the import that ended the guest, and lines of the guest's source.
/// </summary>
public sealed class BacktraceTests : IDisposable
{
    private const string Endings = """
        (module
          (import "env" "quota" (func $quota (param f64)))
          (import "env" "fail" (func $fail))
          (import "env" "again" (func $again (param i32)))
          (func (export "quota") (call $quota (f64.const 1)))
          (func (export "fail") (call $fail))
          (func (export "again") (param i32) (call $again (local.get 0)))
          (func (export "trap") unreachable))
        """;

    private readonly World _world = new();
    private readonly StopHost _host = new();

    public BacktraceTests() => _world.Linker.Define(_host);

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("lines.c.wasm", "guests/lines.c:line 11", "guests/lines.c:line 16")] // DWARF 5
    [InlineData("lines.rs.wasm", "lines.rs:line 15", "lines.rs:line 22")] // DWARF 4
    public void Frames_name_the_lines_of_calls(string file, string inner, string outer)
    {
        GuestBacktrace backtrace = Load(file).Run(7).Error.Backtrace!;

        Assert.Equal([inner, outer], backtrace.Frames.Select(static frame => frame.Source!.ToString()));
        Assert.EndsWith($"run in {outer}", backtrace.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lines.c.wasm", "guests/./lines/checked.h:line 7", "guests/lines.c:line 21")]
    // the trap is in an inlined function, or at the branch to it: engines differ
    [InlineData("lines.rs.wasm", null, "lines.rs:line 28")]
    public void Frames_name_the_files_of_traps(string file, string? inner, string outer)
    {
        StoppedGuest guest = Load(file);
        Assert.Equal(8, guest.Quotient(7, 1) + (file.Contains(".rs", StringComparison.Ordinal) ? 0 : -14));
        GuestBacktrace backtrace = Assert.Throws<TrapException>(() => guest.Quotient(7, 0)).Backtrace!;

        Assert.Equal(inner ?? backtrace.Frames[0].Source!.ToString(), backtrace.Frames[0].Source!.ToString());
        Assert.Equal(outer, backtrace.Frames[1].Source!.ToString());
        Assert.NotNull(backtrace.Frames[1].Source!.Column);
        Assert.Null(backtrace.Import);
    }

    [Fact]
    public void Two_compilations_of_a_module_are_as_good_as_one()
    {
        Load("lines.c.wasm");
        Assert.NotNull(Load("lines.c.wasm").Run(7).Error.Backtrace!.Frames[0].Source);
    }

    [Fact]
    public void Modules_with_the_same_functions_and_other_lines_have_none()
    {
        byte[] other = Read("lines.c.wasm");
        LinesOf(other)[^10] ^= 1;
        Load(other);
        Assert.Null(Load("lines.c.wasm").Run(7).Error.Backtrace!.Frames[0].Source);
    }

    [Fact]
    public void A_deserialized_module_has_no_lines()
    {
        using Module compiled = Module.FromBytes(_world.Engine, "guest", Read("lines.c.wasm"));
        using Module module = Module.Deserialize(_world.Engine, "guest", compiled.Serialize());
        var guest = new StoppedGuest(_world.Linker.Instantiate(_world.Store, module));
        Assert.Null(guest.Run(7).Error.Backtrace!.Frames[0].Source);
    }

    [Fact]
    public void Lines_outlive_the_store()
    {
        GuestError error = Load("lines.c.wasm").Run(7).Error;
        Exception exception = error.ToException();
        _world.Store.Dispose();
        Assert.Equal(11, GuestBacktrace.Of(exception)!.Frames[0].Source!.Line);
    }

    [Theory]
    [InlineData("lines.c.wasm")]
    [InlineData("lines.rs.wasm")]
    public void Debug_information_that_makes_no_sense_is_never_an_error(string file)
    {
        var random = new Random(1);
        byte[] binary = Read(file);
        for (int round = 0; round < 300; round++)
        {
            byte[] broken = [.. binary];
            Span<byte> lines = LinesOf(broken);
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                lines[random.Next(lines.Length)] =
                    random.Next(4) switch { 0 => 0, 1 => 0xFF, 2 => 0x7F, _ => (byte)random.Next(256) };
            }

            using var world = new World();
            world.Linker.Define(_host);
            using Module module = Module.FromBytes(world.Engine, "guest", broken);
            var guest = new StoppedGuest(world.Linker.Instantiate(world.Store, module));
            Assert.Equal(2, guest.Run(7).Error.Backtrace!.Frames.Count);
        }
    }

    [Fact]
    public void The_import_that_ended_the_guest_is_named_with_its_type()
    {
        var guest = new EndingGuest(_world.Instantiate(Endings));

        Assert.StartsWith(
            "   at import env.quota: func (param f64)\n",
            ImportLine<QuotaException>(guest.Quota),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "   at import env.fail: func\n", ImportLine<HostFunctionException>(guest.Fail), StringComparison.Ordinal);
        Assert.StartsWith("   at func[", ImportLine<TrapException>(guest.Trap), StringComparison.Ordinal);

        static string ImportLine<T>(Action call)
            where T : Exception => GuestBacktrace.Of(Assert.Throws<T>(call))!.ToString();
    }

    [Fact]
    public void An_interrupt_on_its_way_out_keeps_the_import_that_it_began_at()
    {
        var guest = new EndingGuest(_world.Instantiate(Endings));
        _host.Inner = Load("lines.c.wasm");
        var caught = Assert.Throws<GuestInterruptedException<int>>(() => guest.Again(5));
        Assert.Equal("stop", caught.Backtrace!.Import!.Name);

        using var other = new World();
        other.Linker.Define(new StopHost());
        using Module module = Module.FromBytes(other.Engine, "guest", Read("lines.rs.wasm"));
        _host.Inner = new StoppedGuest(other.Linker.Instantiate(other.Store, module));
        caught = Assert.Throws<GuestInterruptedException<int>>(() => guest.Again(5));
        Assert.Equal("stop", caught.Backtrace!.Import!.Name);
        Assert.Equal(15, caught.Backtrace.Frames[0].Source!.Line);
        Assert.Null(caught.Backtrace.Frames[^1].Source); // of the outer store's guest
    }

    [Fact]
    public void A_start_function_s_backtrace_names_the_import()
    {
        var caught = Assert.Throws<QuotaException>(() => _world.Instantiate("""
            (module (import "env" "quota" (func $quota (param f64))) (func $start (call $quota (f64.const 2)))
              (start $start))
            """));
        Assert.Equal("quota", GuestBacktrace.Of(caught)!.Import!.Name);
    }

    [Theory]
    [InlineData(1 << 8, true)]
    [InlineData(1 << 20, false)]
    public void Thousands_of_paths_that_are_the_same_text_cost_no_more_than_one(int length, bool isPath)
    {
        const byte LineStringOffset = 0x1F;
        byte[] entries = new byte[4 * 4096]; // each points at the first string
        byte[] tables =
            [1, 1, LineStringOffset, 0x80, 0x20, .. entries, 1, 1, LineStringOffset, 0x80, 0x20, .. entries];
        byte[] header = [1, 1, 1, 0, 1, 1, .. tables];
        byte[] program = [0, 5, 2, 1, 0, 0, 0, 1, 0, 5, 2, 255, 255, 255, 0, 1]; // one line for all of the code
        byte[] unit = [5, 0, 4, 0, .. BitConverter.GetBytes(header.Length), .. header, .. program];
        byte[] path = new byte[length];
        path.AsSpan(..^1).Fill((byte)'a');
        GuestError error = Load(
        [
            .. Read("lines.c.wasm"),
            .. Section(".debug_line", [.. BitConverter.GetBytes(unit.Length), .. unit]),
            .. Section(".debug_line_str", path),
        ]).Run(7).Error;

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(isPath, error.Backtrace!.Frames[0].Source is not null);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);

        static byte[] Section(string name, byte[] content)
        {
            byte[] rest = [(byte)name.Length, .. System.Text.Encoding.UTF8.GetBytes(name), .. content];
            int length = rest.Length;
            return [0, (byte)(length
                | 0x80), (byte)((length >> 7) | 0x80), (byte)((length >> 14) | 0x80), (byte)(length >> 21), .. rest];
        }
    }

    private static byte[] Read(string file) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Guests", file));

    /// <summary>What section <c>.debug_line</c> holds.</summary>
    private static Span<byte> LinesOf(Span<byte> module)
    {
        Span<byte> rest = module[8..];
        while (true)
        {
            byte id = rest[0];
            int length = Number(ref rest);
            Span<byte> section = rest[..length];
            rest = rest[length..];
            if (id == 0 && section[1..].StartsWith(".debug_line"u8) && section[0] == 11)
            {
                return section[12..];
            }
        }

        static int Number(ref Span<byte> bytes)
        {
            int number = 0;
            int i = 1;
            for (int shift = 0; ; shift += 7, i++)
            {
                number |= (bytes[i] & 0x7F) << shift;
                if (bytes[i] < 0x80)
                {
                    break;
                }
            }

            bytes = bytes[(i + 1)..];
            return number;
        }
    }

    private StoppedGuest Load(string file) => Load(Read(file));

    private StoppedGuest Load(byte[] binary)
    {
        using Module module = Module.FromBytes(_world.Engine, "guest", binary);
        return new StoppedGuest(_world.Linker.Instantiate(_world.Store, module));
    }
}
