using System.IO.Compression;
using System.Text;

namespace WasmBindgen.EndToEnd.Tests.Go;

/// <summary>A program that Go 1.19 compiled for <c>GOOS=js</c>.</summary>
public sealed class GoModule : IDisposable
{
    public GoModule()
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Guests", "hosted.go.wasm.br"));
        using var binary = new BrotliStream(file, CompressionMode.Decompress);
        Module = Module.FromStream(Engine, "hosted", binary);
    }

    public Engine Engine { get; } = new();

    public Module Module { get; }

    public void Dispose()
    {
        Module.Dispose();
        Engine.Dispose();
    }
}

/// <summary>A run of it, with what its glue in JavaScript would do.</summary>
internal sealed class GoProgram : IDisposable
{
    private readonly Store _store;
    private readonly GoRuntime _runtime = new();
    private readonly GoScript _script = new();
    private readonly GoGuest _guest;
    private readonly Queue<Action> _events = new();

    public GoProgram(GoModule module)
    {
        _store = new Store(module.Engine);
        using Linker linker = new Linker(module.Engine).Define(_runtime).Define(_script)
            .DefineUnknownImportsAsTraps(module.Module); // `debug`
        _guest = new GoGuest(linker.Instantiate(_store, module.Module));
        AddGlobals();
        _script.References.Program["_pendingEvent"] = null;
        _script.References.Program["_makeFuncWrapper"] = ScriptObject.OfFunction(arguments => new ScriptObject
        {
            Call = (target, args) => Raise(arguments[0], target, args),
        });
    }

    public Store Store => _store;

    public ScriptObject Global => _script.References.Global;

    public int ReferenceCount => _script.References.Count;

    public string Output => Encoding.UTF8.GetString(_runtime.Output.ToArray());

    public string Errors => Encoding.UTF8.GetString(_runtime.Errors.ToArray());

    public void Dispose() => _store.Dispose();

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its arguments, without its name.</param>
    /// <returns>Its exit code; null if it waits for the host.</returns>
    public int? Run(params string[] arguments)
    {
        int address = WriteArguments(["program", .. arguments], ["NAME=guest"]);
        return Loop(() => _guest.Run(arguments.Length + 1, address));
    }

    /// <summary>Calls a function that it has given the host.</summary>
    public object? Call(string function, params object?[] arguments) =>
        ((ScriptObject)Global[function]!).Call!(null, arguments);

    /// <summary>Lets it go on as long as it need not wait for the host.</summary>
    /// <returns>Its exit code; null if it waits for the host.</returns>
    public int? Continue() => Loop(static () => { });

    /// <summary>Tells it that it waits in vain.</summary>
    /// <returns>Its exit code.</returns>
    public int? Abandon()
    {
        _script.References.Program["_pendingEvent"] = new ScriptObject { ["id"] = 0 };
        return Loop(_guest.Resume);
    }

    /// <summary>Begins something, and then lets the program go on.</summary>
    private int? Loop(Action? next)
    {
        try
        {
            while (next is not null)
            {
                next();
                next = _events.TryDequeue(out Action? raised) ? raised
                    : _runtime.WaitForTimeout() ? _guest.Resume
                    : null;
            }

            return null;
        }
        catch (GuestInterruptedException<GoExit> exit)
        {
            return exit.Error.Code;
        }
    }

    private object? Raise(object? function, object? target, object?[] arguments)
    {
        var raised = new ScriptObject
        {
            ["id"] = function,
            ["this"] = target,
            ["args"] = new ScriptArray(arguments),
        };
        _script.References.Program["_pendingEvent"] = raised;
        _guest.Resume();
        return raised["result"];
    }

    /// <summary>What the packages <c>syscall/js</c> and <c>syscall</c> look for.</summary>
    private void AddGlobals()
    {
        Global["Object"] = Class<ScriptObject>(static _ => new ScriptObject());
        Global["Array"] = Class<ScriptArray>(static _ => new ScriptArray());
        Global["Uint8Array"] = Class<ScriptBytes>(static arguments => new ScriptBytes(
            new byte[(int)(double)arguments[0]!]));
        Global["process"] = new ScriptObject();
        var constants = new ScriptObject();
        foreach (string name in (string[])["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_EXCL"])
        {
            constants[name] = -1;
        }

        Global["fs"] = new ScriptObject
        {
            ["constants"] = constants,
            ["write"] = ScriptObject.OfFunction(arguments =>
            {
                byte[] bytes = ((ScriptBytes)arguments[1]!).Data;
                _runtime.Output.Write(bytes);
                var callback = (ScriptObject)arguments[^1]!;
                _events.Enqueue(() => callback.Call!(null, [null, bytes.Length])); // it may not come at once
                return Undefined.Value;
            }),
        };

        static ScriptObject Class<T>(Func<object?[], object?> create) => new() { Create = create, Class = typeof(T) };
    }

    /// <summary>Writes them where Go's linker leaves room for that.</summary>
    private int WriteArguments(string[] arguments, string[] environment)
    {
        const int Start = 4096;
        Memory memory = _guest.Memory;
        int end = Start;
        List<long> addresses = [];
        foreach (string? text in (string?[])[.. arguments, null, .. environment, null])
        {
            addresses.Add(text is null ? 0 : end);
            end += text is null ? 0 : (memory.WriteString(end, text + '\0') + 7) & ~7;
        }

        addresses.ToArray().CopyTo(memory.GetSpan<long>(end, addresses.Count));
        return end;
    }
}
