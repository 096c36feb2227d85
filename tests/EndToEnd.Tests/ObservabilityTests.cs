using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

public sealed class ObservedException : Exception;

[WasmImport("env")]
public sealed partial class ObservedHost
{
    public enum Level
    {
        Low,
        High,
    }

    public bool Log(Level level, string message, ReadOnlySpan<int> numbers) =>
        message.Length > (int)level + numbers.Length;

    public string Name(float ratio, long big, Rune character) =>
        string.Create(CultureInfo.InvariantCulture, $"{ratio} {big} {character.Value}");

    [Interrupts<ObservedException>]
    public void Stop(int code) => throw new ObservedException();

    public Interrupt<string> End() => new("ended");

    public void Nothing()
    {
    }
}

[WasmImport("tagged")]
public sealed partial class ObservedTagHost
{
    [WasmTag<ObservedException>("tagged", "failed")]
    public void Fail() => throw new ObservedException();
}

[WasmExport]
public sealed partial class ObservedGuest
{
    public partial int Run();

    public partial void Stop();

    public partial GuestResult End();

    public partial void Trap();

    public partial string Name();

    public partial void Bad();

    public partial void Nothing();
}

/// <summary>Listeners hear of all stores that are made while they listen, so nothing else may run.</summary>
[Collection(nameof(Alone))]
public sealed class ObservabilityTests
{
    private const string Wat = """
        (module
          (import "env" "log" (func $log (param i32 i32 i32 i32 i32) (result i32)))
          (import "env" "name" (func $name (param f32 i64 i32 i32)))
          (import "env" "stop" (func $stop (param i32)))
          (import "env" "end" (func $end))
          (import "env" "nothing" (func $nothing))
          (memory (export "memory") 1)
          (data (i32.const 8) "h\c3\a4llo\n")
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
          (func (export "run") (result i32)
            (call $log (i32.const 1) (i32.const 8) (i32.const 7) (i32.const 64) (i32.const 2)))
          (func (export "bad")
            (drop (call $log (i32.const 7) (i32.const -1) (i32.const 7) (i32.const 64) (i32.const 2))))
          (func (export "stop") (call $stop (i32.const -3)))
          (func (export "end") (call $end))
          (func (export "nothing") (call $nothing))
          (func (export "name") (result i32)
            (call $name (f32.const 1.5) (i64.const -9) (i32.const 0x1f600) (i32.const 32)) (i32.const 32))
          (func (export "trap") unreachable))
        """;

    [Fact]
    public void A_trace_shows_calls_with_their_arguments_and_ends()
    {
        using var world = new World();
        var lines = new List<string>();
        world.Linker.Trace = lines.Add;
        world.Linker.Define(new ObservedHost());
        var guest = new ObservedGuest(world.Instantiate(Wat));
        Assert.Equal(1, guest.Run());
        Assert.Equal("1.5 -9 128512", guest.Name());
        guest.Nothing();
        Assert.Throws<ObservedException>(guest.Stop);
        Assert.Equal(GuestErrorKind.Interrupt, guest.End().Error.Kind);
        Assert.Throws<GuestMemoryException>(guest.Bad);
        Assert.Equal(
            [
                """env.log(level: 1, message: "hällo\u000a", numbers: [2 at 0x40]) = true""",
                """env.name(ratio: 1.5, big: -9, character: '😀') = "1.5 -9 128512" """.TrimEnd(),
                "env.nothing()",
                "env.stop(code: -3) ! WasmBindgen.EndToEnd.Tests.ObservedException: "
                    + "Exception of type 'WasmBindgen.EndToEnd.Tests.ObservedException' was thrown.",
                "env.end() ! ended",
                "env.log(level: 7, message: [7 at 0xffffffff, outside the memory], numbers: [2 at 0x40]) ! "
                    + lines[^1][(lines[^1].IndexOf('!') + 2)..],
            ],
            lines);
    }

    [Fact]
    public void A_trace_that_fails_ends_the_guest_and_hides_nothing()
    {
        using var world = new World();
        world.Linker.Trace = static _ => throw new IOException("full");
        world.Linker.Define(new ObservedHost());
        var guest = new ObservedGuest(world.Instantiate(Wat));
        Assert.Equal(
            "full", Assert.Throws<HostFunctionException>(() => guest.Run()).InnerException!.Message);
        Assert.Throws<ObservedException>(guest.Stop);
        world.Store.Dispose();
    }

    [Fact]
    public void A_trace_shows_what_a_host_method_throws_into_the_guest()
    {
        using var world = new World();
        var lines = new List<string>();
        world.Linker.Trace = lines.Add;
        world.Linker.Define(new ObservedTagHost());
        Instance instance = world.Instantiate("""
            (module
              (import "tagged" "fail" (func $fail))
              (import "tagged" "failed" (tag $failed))
              (func (export "run") (block $caught (try_table (catch $failed $caught) (call $fail)))))
            """);
        instance.GetFunction("run")!.Call();
        Assert.Equal(
            "tagged.fail() ! WasmBindgen.EndToEnd.Tests.ObservedException: "
                + "Exception of type 'WasmBindgen.EndToEnd.Tests.ObservedException' was thrown.",
            Assert.Single(lines));
    }

    [Fact]
    public void Functions_defined_without_a_trace_are_not_traced()
    {
        using var world = new World();
        var lines = new List<string>();
        world.Linker.Define(new ObservedHost());
        world.Linker.Trace = lines.Add;
        new ObservedGuest(world.Instantiate(Wat)).Run();
        Assert.Empty(lines);
    }

    [Fact]
    public void Wasi_is_traced_too()
    {
        using var world = new World();
        var lines = new List<string>();
        world.Linker.Trace = lines.Add;
        world.Linker.DefineWasi();
        Instance instance = world.Instantiate("""
            (module
              (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "run") (result i32) (call $random (i32.const 64) (i32.const 4))))
            """);
        Assert.Equal(0, instance.GetFunction("run")!.Call()[0].AsInt32());
        Assert.Equal(["wasi_snapshot_preview1.random_get(buf: 0x40, buf_len: 4) = 0"], lines);
    }

    [Fact]
    public void Measurements_tell_of_calls_errors_fuel_and_memory()
    {
        var measured = new List<(string Name, double Value, string Tags)>();
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "WasmBindgen")
                {
                    instruments.Add(instrument);
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => measured.Add((instrument.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => measured.Add((instrument.Name, value, Text(tags))));
        listener.Start();

        var options = new EngineOptions { ConsumeFuel = true, CountMemory = true };
        using (var world = new World(options, new StoreOptions { Fuel = 10_000 }))
        {
            world.Linker.Define(new ObservedHost());
            var guest = new ObservedGuest(world.Instantiate(Wat));
            guest.Run();
            Assert.Throws<ObservedException>(guest.Stop);
            Assert.Equal(GuestErrorKind.Interrupt, guest.End().Error.Kind);
            Assert.Throws<TrapException>(guest.Trap);
            listener.RecordObservableInstruments();
        }

        // On .NET 8, instruments stay enabled when their listener is disposed, and later tests would be observed.
        instruments.ForEach(instrument => listener.DisableMeasurementEvents(instrument));

        Assert.Equal(
            [
                "(instantiate) ", "run ", "stop WasmBindgen.EndToEnd.Tests.ObservedException", "end System.String",
                "trap Unreachable",
            ],
            measured.Where(static one => one.Name == "wasmbindgen.guest.call.duration").Select(static one => one.Tags));
        Assert.Equal(
            ["env.log ", "env.stop WasmBindgen.EndToEnd.Tests.ObservedException", "env.end System.String"],
            measured.Where(static one => one.Name == "wasmbindgen.host.call.duration").Select(static one => one.Tags));
        Assert.All(
            measured.Where(static one => one.Name.EndsWith("duration", StringComparison.Ordinal)),
            static one => Assert.InRange(one.Value, 0, 60));
        Assert.Equal(
            [" WasmBindgen.EndToEnd.Tests.ObservedException", " System.String"],
            measured.Where(static one => one.Name == "wasmbindgen.interrupts").Select(static one => one.Tags));
        Assert.Equal(
            [" Unreachable"],
            measured.Where(static one => one.Name == "wasmbindgen.traps").Select(static one => one.Tags));
        double fuel = measured.Single(static one => one is { Name: "wasmbindgen.fuel.used", Tags: "run " }).Value;
        Assert.InRange(fuel, 5, 50);
        Assert.Equal(65536, measured.Single(static one => one.Name == "wasmbindgen.memory.size").Value);
    }

    [Fact]
    public void Activities_nest_and_say_how_calls_ended()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "WasmBindgen",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var world = new World();
        world.Linker.Define(new ObservedHost());
        using (var outer = new Activity("outer").Start())
        {
            var guest = new ObservedGuest(world.Instantiate(Wat));
            guest.Run();
            Assert.Throws<TrapException>(guest.Trap);
            Assert.Equal(["wasm (instantiate)", "wasm run", "wasm trap"], ended.Select(static one => one.DisplayName));
            Assert.All(ended, one => Assert.Equal(outer.SpanId, one.ParentSpanId));
            Assert.Same(outer, Activity.Current);
        }

        Assert.Equal(ActivityStatusCode.Unset, ended[1].Status);
        Assert.Equal((ActivityStatusCode.Error, "Unreachable"), (ended[2].Status, ended[2].GetTagItem("error.type")));
    }

    /// <summary>Also on the path of a call that values in memory take.</summary>
    [Fact]
    public void A_listener_that_throws_harms_no_call()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "WasmBindgen",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = static _ => throw new InvalidTimeZoneException(),
            ActivityStopped = static _ => throw new InvalidTimeZoneException(),
        };
        ActivitySource.AddActivityListener(listener);
        using var world = new World();
        world.Linker.Define(new ObservedHost());
        var guest = new ObservedGuest(world.Instantiate(Wat));
        Assert.Equal(1, guest.Run());
        Assert.Equal("1.5 -9 128512", guest.Name());
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string function = "";
        string error = "";
        foreach ((string key, object? value) in tags)
        {
            _ = key switch
            {
                "wasm.function" => function = (string)value!,
                "error.type" => error = (string)value!,
                _ => throw new ArgumentException(key),
            };
        }

        return $"{function} {error}";
    }
}
