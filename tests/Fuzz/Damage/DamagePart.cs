using System.Text;
using WasmBindgen.Fuzz.Guests;

namespace WasmBindgen.Fuzz.Damage;

/// <summary>
/// Modules with changed bytes, text, names or debug information. They are refused by
/// <see cref="InvalidModuleException"/>, or work, within bounded time. Of what <see cref="Module.Serialize"/> returns,
/// only cut copies and other files are tried: <see cref="Module.Deserialize"/> trusts the rest, as its documentation
/// says.
/// </summary>
internal sealed class DamagePart : IPart
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    // Compiling up to these limits takes two seconds at most.
    private readonly Engine _engine = new(new EngineOptions
    {
        MaxFunctionComplexity = 500_000,
        MaxModuleComplexity = 1_000_000,
        ParallelCompilation = false,
    });

    private readonly Engine _otherEngine = new(new EngineOptions { ConsumeFuel = true, ParallelCompilation = false });

    private readonly byte[][] _modules =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Guests"), "*.wasm").Order()
            .Select(File.ReadAllBytes)
            .Where(static bytes => bytes.Length < 20_000),
    ];

    private readonly byte[][] _withLines =
    [
        .. new[] { "lines.c.wasm", "lines.rs.wasm" }
            .Select(static name => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Guests", name))),
    ];

    private readonly byte[][] _serialized;

    internal DamagePart() => _serialized = [.. _withLines.Select(Serialize)];

    private static string Varied => """
        (module
          (rec (type $s (struct (field (mut i32)) (field i8))) (type $a (array (mut (ref null $s)))))
          (type $f (func (param i32) (result i32)))
          (tag $t (param i32))
          (memory $m (export "memory") 1 2)
          (memory $wide i64 1)
          (table $funcs (export "t") 2 10 funcref)
          (table $refs 1 externref)
          (global $g (export "g") (mut i64) (i64.const 7))
          (data $d "text")
          (elem (table $funcs) (i32.const 0) func $fib)
          (func $fib (export "fib") (type $f)
            (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
              (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                (return_call_indirect $funcs (type $f) (i32.const 5) (i32.const 0))))))
          (func (export "gc") (result i32)
            (struct.get $s 0 (array.get $a (array.new $a (struct.new $s (i32.const 1) (i32.const 2)) (i32.const 9))
              (i32.const 3))))
          (func (export "vector") (param v128) (result v128) (i8x16.add (local.get 0) (v128.const i32x4 1 2 3 4)))
          (func (export "catch") (result i32)
            (block $b (result i32) (try_table (catch $t $b) (throw $t (i32.const 5))) (i32.const 0)))
          (func (export "bulk") (memory.init $m $d (i32.const 0) (i32.const 0) (i32.const 4))
            (memory.copy $m $m (i32.const 8) (i32.const 0) (i32.const 4)) (drop (table.grow $refs (ref.null extern)
            (i32.const 3))))
          (func (export "many") (result i32 f64 externref) (i32.const 1) (f64.const 2) (ref.null extern)))
        """;

    public void Run(Chance any, Tally tally)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime; // other programs may take the time of the clock
        int kind = any.Below(6);
        string outcome = kind switch
        {
            0 => Try("text", any, () => Module.FromText(_engine, "text", Text(any))),
            1 => Try("serialized", any, () => Deserialize(any)),
            2 => Try("lines", any, () => Compile(Mutation.DamageCustom(any.Pick(_withLines), ".debug", any))),
            3 => Try("names", any, () => Compile(Mutation.DamageCustom(any.Pick(_modules), "name", any))),
            _ => Try("bytes", any, () => Compile(Mutation.Damage(any.Pick(_modules), any.Pick(_modules), any))),
        };
        tally.Add(outcome);
        TimeSpan time = Environment.CpuUsage.TotalTime - before;
        if (time > s_longest)
        {
            throw new FaultException($"{outcome} took {time.TotalSeconds} seconds of the processor.");
        }
    }

    public void Dispose()
    {
        _engine.Dispose();
        _otherEngine.Dispose();
    }

    private static string Text(Chance any)
    {
        string text = any.OneIn(2) ? Varied : GuestText.Write(any.Pick(Family.All), any, isHostile: true);
        return Mutation.Damage(text, Varied, any);
    }

    private Module Compile(byte[] bytes)
    {
        _ = Module.Validate(_engine, bytes);
        return Module.FromBytes(_engine, "damaged", bytes);
    }

    private Module Deserialize(Chance any)
    {
        byte[] whole = any.Pick(_serialized);
        if (any.OneIn(8))
        {
            try
            {
                Module.Deserialize(_otherEngine, "other", whole).Dispose();
                throw new FaultException("An engine of other options took a serialized module.");
            }
            catch (InvalidModuleException)
            {
            }
        }

        byte[] bytes = any.Below(4) switch
        {
            0 => whole,
            1 => any.Pick(_modules),
            2 => Encoding.UTF8.GetBytes(any.Text()),
            _ => whole[..any.Below(whole.Length)],
        };
        return Module.Deserialize(_engine, "serialized", bytes);
    }

    private byte[] Serialize(byte[] bytes)
    {
        using var module = Module.FromBytes(_engine, "whole", bytes);
        return module.Serialize();
    }

    private string Try(string what, Chance any, Func<Module> load)
    {
        try
        {
            using Module module = load();
            return $"{what} {Use(module, any)}";
        }
        catch (InvalidModuleException exception) when (exception.Message.Length > 0)
        {
            return $"{what} refused";
        }
    }

    /// <summary>Links, starts and calls what may be any module.</summary>
    private string Use(Module module, Chance any)
    {
        _ = string.Join('\n', [.. module.Imports.Select(static one => one.ToString()), .. module.Exports.Select(
            static one => one.ToString())]);
        using var store = new Store(_engine, new StoreOptions
        {
            MaxMemoryBytes = 16 << 20,
            MaxTableElements = 10_000,
        });
        store.Timeout = TimeSpan.FromMilliseconds(100);
        using var linker = new Linker(_engine);
        string outcome = "linked";
        try
        {
            Instance instance = Instantiate(linker, store, module);
            foreach (ExportType export in instance.Exports.Take(8))
            {
                outcome = "called";
                Call(instance, export, any);
            }

            return outcome;
        }
        catch (Exception exception) when (exception is LinkException or TrapException or WasmException)
        {
            Read(exception);
            return $"not {outcome} ({exception.GetType().Name})";
        }
    }

    /// <summary>With all that it imports: the host's functions, which all trap, are another guest's.</summary>
    private Instance Instantiate(Linker linker, Store store, Module module)
    {
        linker.DefineWasi();
        linker.AllowShadowing = true;
        foreach (ImportType import in module.Imports)
        {
            switch (import.Type)
            {
                case FunctionType type when !type.Parameters.Concat(type.Results).Any(
                    static one => one.Kind > ValueKind.ExternRef):
                    string text = type.ToString()["func".Length..];
                    using (var stub = Module.FromText(
                        _engine, "stub", $"(module (func (export \"f\") {text} unreachable))"))
                    {
                        Function function = linker.Instantiate(store, stub).GetFunction("f")!;
                        linker.Define(import.Module, import.Name, function);
                    }

                    break;
                case MemoryType type when type is { Minimum: < 100, IsShared: false }:
                    linker.Define(import.Module, import.Name, new Memory(store, type));
                    break;
                case TableType type when type.Element.Kind == ValueKind.FuncRef && type.Minimum < 10_000:
                    linker.Define(import.Module, import.Name, new Table(store, type));
                    break;
                case GlobalType type when type.Content.Kind == ValueKind.I32:
                    linker.Define(import.Module, import.Name, new Global(store, type, 0));
                    break;
                default:
                    break;
            }
        }

        return linker.Instantiate(store, module);
    }

    private static void Call(Instance instance, ExportType export, Chance any)
    {
        if (export.Type is not FunctionType type || type.Parameters.Any(static one => one.Kind > ValueKind.F64))
        {
            return;
        }

        WasmValue[] arguments = [.. type.Parameters.Select(one => one.Kind switch
        {
            ValueKind.I32 => WasmValue.FromInt32(any.Below(10)),
            ValueKind.I64 => WasmValue.FromInt64(any.Long()),
            ValueKind.F32 => WasmValue.FromSingle(1),
            _ => WasmValue.FromDouble(1),
        })];
        try
        {
            instance.GetFunction(export.Name)!.Call(arguments);
        }
        catch (WasmException exception) when (exception.GetType() != typeof(WasmException))
        {
            Read(exception);
        }
        catch (NotSupportedException) // a result that only typed guest classes can have
        {
        }
    }

    /// <summary>All that can be read about an error: source lines come from the damaged debug information.</summary>
    private static void Read(Exception exception)
    {
        foreach (GuestFrame frame in GuestBacktrace.Of(exception)?.Frames ?? [])
        {
            _ = $"{frame.FunctionName} {frame.ModuleOffset} {frame.Source}";
        }

        _ = $"{exception.Message} {GuestBacktrace.Of(exception)}";
    }
}
