using System.Globalization;
using WasmBindgen.EndToEnd.Tests.Emscripten;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Every way in which a guest call can end.</summary>
public enum Ending
{
    Return,
    Interrupt,
    InterruptByValue,
    Undeclared,
    BadPointer,
    Unreachable,
    DivisionByZero,
    MemoryOutOfBounds,
    StackOverflow,
    NullCall,
    Exit,
    MemoryLimit,
    Cancel,
    Timeout,
    StoreTimeout,
    Fuel,
}

public readonly record struct Given(int Number);

/// <summary>Nests calls: guest, host, guest, host and so on, down to the ending.</summary>
[WasmImport("matrix")]
public sealed partial class MatrixHost
{
    internal List<MatrixGuest> Guests { get; } = [];

    internal bool IsThrowing { get; set; }

    internal QuotaException Interrupt { get; } = new("matrix");

    internal NotSupportedException Surprise { get; } = new("matrix");

    /// <summary>The other guest, if there are two, one step further in.</summary>
    public int Deeper(Ending ending, int depth)
    {
        MatrixGuest guest = Guests[depth % Guests.Count];
        return IsThrowing ? guest.Run(ending, depth) : guest.TryRun(ending, depth).Unwrap();
    }

    [Interrupts<QuotaException>]
    public void Stop() => throw Interrupt;

    public Interrupt<Given> Give() => WasmBindgen.Interrupt.With(new Given(42));

    public void Surprised() => throw Surprise;

    public void Read(string text) => Assert.Fail(text);
}

[WasmExport]
public sealed partial class MatrixGuest
{
    public partial int Run(Ending ending, int depth);

    [WasmName("run")]
    public partial GuestResult<int> TryRun(Ending ending, int depth);

    [WasmName("run")]
    public partial int RunWithin(Ending ending, int depth, CancellationToken token);

    [WasmName("run")]
    public partial GuestResult<int> TryRunWithin(Ending ending, int depth, CancellationToken token);

    [Timeout(30)]
    [WasmName("run")]
    public partial int RunBriefly(Ending ending, int depth);

    [Timeout(30)]
    [WasmName("run")]
    public partial GuestResult<int> TryRunBriefly(Ending ending, int depth);
}

/// <summary>
/// Each ending, at each depth, through each kind of stub, first and again, with one and two instances, with and without
/// emscripten's invoke functions between them, and in start functions.
/// </summary>
public sealed class EndingMatrixTests : IDisposable
{
    private const int MaxDepth = 4;

    private readonly MatrixHost _host = new();
    private World _world = null!;

    public static TheoryData<Ending, int, bool> Cells()
    {
        var cells = new TheoryData<Ending, int, bool>();
        foreach (Ending ending in Enum.GetValues<Ending>())
        {
            foreach (bool hasInvokes in (bool[])[false, true])
            {
                cells.Add(ending, 1, hasInvokes);
                cells.Add(ending, 2, hasInvokes);
            }
        }

        return cells;
    }

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Cells))]
    public void Calls(Ending ending, int instances, bool hasInvokes)
    {
        Begin(ending, instances, hasInvokes);
        for (int depth = 1; depth <= MaxDepth; depth++)
        {
            foreach (bool isThrowing in (bool[])[true, false])
            {
                _host.IsThrowing = isThrowing;
                for (int call = 0; call < 2; call++)
                {
                    Prepare(ending);
                    Exception? exception;
                    if (isThrowing)
                    {
                        exception = Record.Exception(() => Assert.Equal(depth * 100, Call(ending, depth)));
                    }
                    else
                    {
                        GuestResult<int> result = TryCall(ending, depth);
                        Assert.Equal(KindOf(ending), result.Error.Kind);
                        Assert.Equal(
                            ending == Ending.InterruptByValue,
                            result.TryGetInterrupt(out Given given) && given.Number == 42);
                        Assert.Equal(ending == Ending.Interrupt, result.TryGetInterrupt<QuotaException>(out _));
                        Assert.Equal(ending == Ending.Exit, result.TryGetInterrupt<GuestExitException>(out _));
                        exception = result.IsOk ? null : result.Error.ToException();
                        Assert.Equal(depth * 100, result.IsOk ? result.Value : depth * 100);
                    }

                    Check(ending, exception, depth);
                    AssertNothingIsLeft(depth);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Start_functions(Ending ending, int instances, bool hasInvokes)
    {
        Begin(ending, instances, hasInvokes);
        _host.IsThrowing = true;
        for (int depth = 1; depth <= MaxDepth; depth++)
        {
            Prepare(ending);
            string start = string.Create(
                CultureInfo.InvariantCulture,
                $"(func $start (drop (call $run (i32.const {(int)ending}) (i32.const {depth})))) (start $start)");
            if (ending is Ending.Cancel or Ending.Timeout)
            {
                // a start function has no stub that could take a token or a time
                _world.Store.Timeout = TimeSpan.FromMilliseconds(30);
            }

            Exception? exception = Record.Exception(() => _world.Instantiate(Wat(start, hasInvokes)));
            Check(ending is Ending.Cancel
                or Ending.Timeout ? Ending.StoreTimeout : ending, exception, depth, isStart: true);
            AssertNothingIsLeft(depth);
        }
    }

    private int Call(Ending ending, int depth)
    {
        MatrixGuest guest = _host.Guests[depth % _host.Guests.Count];
        if (ending == Ending.Cancel)
        {
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
            return guest.RunWithin(ending, depth, source.Token);
        }

        return ending == Ending.Timeout ? guest.RunBriefly(ending, depth) : guest.Run(ending, depth);
    }

    private GuestResult<int> TryCall(Ending ending, int depth)
    {
        MatrixGuest guest = _host.Guests[depth % _host.Guests.Count];
        if (ending == Ending.Cancel)
        {
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
            return guest.TryRunWithin(ending, depth, source.Token);
        }

        return ending == Ending.Timeout ? guest.TryRunBriefly(ending, depth) : guest.TryRun(ending, depth);
    }

    private void Prepare(Ending ending)
    {
        _world.Store.Fuel = ending == Ending.Fuel ? 50_000ul : ulong.MaxValue / 4;
        _world.Store.Timeout = ending == Ending.StoreTimeout ? TimeSpan.FromMilliseconds(30) : null;
    }

    private void Check(Ending ending, Exception? exception, int depth, bool isStart = false)
    {
        if (ending == Ending.Return)
        {
            Assert.Null(exception);
            return;
        }

        switch (ending)
        {
            case Ending.Interrupt:
                Assert.Same(_host.Interrupt, exception);
                break;
            case Ending.InterruptByValue:
                Assert.Equal(42, Assert.IsType<GuestInterruptedException<Given>>(exception).Error.Number);
                break;
            case Ending.Undeclared:
                Assert.Same(_host.Surprise, Assert.IsType<HostFunctionException>(exception).InnerException);
                break;
            case Ending.BadPointer:
                Assert.Equal(
                    ("matrix.read", "text"),
                    (
                        Assert.IsType<GuestMemoryException>(exception).Function,
                        ((GuestMemoryException)exception!).Parameter));
                break;
            case Ending.Exit:
                Assert.Equal(200, Assert.IsType<GuestExitException>(exception).ExitCode);
                break;
            case Ending.MemoryLimit:
                Assert.Equal(2 * 65536, Assert.IsType<GuestOutOfMemoryException>(exception).RequestedBytes);
                break;
            case Ending.Cancel:
                Assert.True(
                    Assert.IsType<OperationCanceledException>(exception).CancellationToken.IsCancellationRequested);
                break;
            case Ending.Timeout or Ending.StoreTimeout:
                Assert.IsType<GuestTimeoutException>(exception);
                break;
            case Ending.Fuel:
                Assert.IsType<OutOfFuelException>(exception);
                break;
            default:
                Assert.Equal(ending.ToString(), Assert.IsType<TrapException>(exception).Code switch
                {
                    TrapCode.IntegerDivisionByZero => nameof(Ending.DivisionByZero),
                    TrapCode.IndirectCallToNull => nameof(Ending.NullCall),
                    TrapCode code => code.ToString(),
                });
                break;
        }

        GuestBacktrace backtrace = GuestBacktrace.Of(exception!)!;
        string?[] names = [.. backtrace.Frames.Select(static frame => frame.FunctionName)
            .Where(static name => name != "endless")];
        if (!backtrace.IsTruncated) // or all of them are an endless recursion's
        {
            IEnumerable<string?> calls = Enumerable.Repeat("run", depth);
            Assert.Equal(isStart ? calls.Append("start") : calls, names);
        }
    }

    private void AssertNothingIsLeft(int depth)
    {
        Prepare(Ending.Return);
        Assert.All(_host.Guests, guest => Assert.Equal(depth * 100, guest.Run(Ending.Return, depth)));
        Assert.All(_host.Guests, guest => Assert.True(guest.TryRun(Ending.Return, 1).IsOk));
    }

    private void Begin(Ending ending, int count, bool hasInvokes)
    {
        var options = new EngineOptions
        {
            ConsumeFuel = true,
            InterruptionResolution = TimeSpan.FromMilliseconds(1),
            MaxWasmStack = 256 * 1024,
            MemoryLimitInterrupts = ending == Ending.MemoryLimit,
        };
        _world = new World(options, new StoreOptions { MaxMemoryBytes = 65536 });
        using Module module = Module.FromText(_world.Engine, "guest", Wat("", hasInvokes));
        _world.Linker.DefineWasi().Define(_host).DefineInvokes<LongJump>(module);
        Prepare(Ending.Return);
        for (int i = 0; i < count; i++)
        {
            _host.Guests.Add(new MatrixGuest(_world.Linker.Instantiate(_world.Store, module)));
        }
    }

    private static GuestErrorKind KindOf(Ending ending) => ending switch
    {
        Ending.Return => GuestErrorKind.None,
        Ending.Interrupt or Ending.InterruptByValue or Ending.Exit => GuestErrorKind.Interrupt,
        Ending.Undeclared => GuestErrorKind.HostFunction,
        Ending.BadPointer => GuestErrorKind.GuestMemory,
        Ending.MemoryLimit => GuestErrorKind.OutOfMemory,
        Ending.Cancel => GuestErrorKind.Cancelled,
        Ending.Timeout or Ending.StoreTimeout => GuestErrorKind.Timeout,
        _ => GuestErrorKind.Trap,
    };

    private static string Wat(string start, bool hasInvokes)
    {
        string import = hasInvokes
            ? """(import "env" "invoke_iii" (func $invoke (param i32 i32 i32) (result i32)))"""
            : "";
        string invoke = !hasInvokes ? "" : """
            (if (i32.and (local.get $depth) (i32.gt_u (local.get $depth) (i32.const 1))) (then
              (return (i32.add (i32.const 100) (call $invoke
                (i32.const 1) (local.get $ending) (i32.sub (local.get $depth) (i32.const 1)))))))
            """;
        return $"""
        (module
          {import}
          (import "matrix" "deeper" (func $deeper (param i32 i32) (result i32)))
          (import "matrix" "stop" (func $stop))
          (import "matrix" "give" (func $give))
          (import "matrix" "surprised" (func $surprised))
          (import "matrix" "read" (func $read (param i32 i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (table (export "__indirect_function_table") 2 funcref)
          (elem (i32.const 1) $run)
          (func (export "stackSave") (result i32) (i32.const 0))
          (func (export "stackRestore") (param i32))
          (func (export "setThrew") (param i32 i32))
          (func $endless (param i32) (result i32) (i32.add (call $endless (local.get 0)) (i32.const 1)))
          (func $run (export "run") (param $ending i32) (param $depth i32) (result i32)
            {invoke}
            (if (i32.gt_u (local.get $depth) (i32.const 1)) (then
              (return (i32.add (i32.const 100)
                (call $deeper (local.get $ending) (i32.sub (local.get $depth) (i32.const 1)))))))
            (block $spin (block $limit (block $exit_ (block $null (block $overflow (block $bounds (block $zero
            (block $unreachable (block $bad (block $surprise (block $give_ (block $stop_ (block $return
              (br_table $return $stop_ $give_ $surprise $bad $unreachable $zero $bounds $overflow $null $exit_ $limit
                $spin (local.get $ending)))
              (return (i32.const 100)))
              (call $stop))
              (call $give))
              (call $surprised))
              (call $read (i32.const -1) (i32.const 7)))
              unreachable)
              (return (i32.div_u (i32.const 1) (i32.const 0))))
              (return (i32.load (i32.const 0x7fffffff))))
              (return (call $endless (i32.const 1))))
              (call_indirect (i32.const 0)))
              (call $exit (i32.const 200)))
              (drop (memory.grow (i32.const 1)))
              (return (call $endless (i32.const 1))))
            (loop (br 0))
            unreachable)
          {start})
        """;
    }
}
