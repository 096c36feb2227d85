using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using WasmBindgen.Binary;
using WasmBindgen.Components;
using WasmBindgen.Components.Format;

namespace WasmBindgen;

/// <summary>
/// A component, with its core modules compiled. It has no run-time state: any number of stores and threads may
/// instantiate it. It may be disposed while instances of it exist.
/// </summary>
/// <remarks>
/// Components are instantiated by this library, on core modules, and not by the engine. Asynchronous functions,
/// streams, futures, threads, and imports of modules and components are not supported: a component that uses one is
/// refused.
/// </remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed partial class Component : IDisposable
{
    private readonly ComponentImage _image;
    private readonly ImmutableArray<Module> _modules;
    private readonly Dictionary<string, FunctionEntity> _functions = [];

    /// <param name="engine">The engine.</param>
    /// <param name="name">Its name.</param>
    /// <param name="bytes">The binary; where modules are compiled already, only as long as it was.</param>
    /// <param name="compiled">The modules that are compiled already; null to compile them.</param>
    private Component(Engine engine, string name, byte[] bytes, byte[][]? compiled)
    {
        Engine = engine;
        Name = name;
        var evaluator = new Evaluator();
        ComponentInterface type;
        try
        {
            using var file = new MemoryStream(bytes);
            type = evaluator.Evaluate(ComponentReader.Read(file).Component);
        }
        catch (InvalidGuestException exception)
        {
            throw InvalidModuleException.InComponent(name, exception.Message, exception.Offset);
        }
        catch (InvalidDataException exception)
        {
            throw InvalidModuleException.InComponent(name, exception.Message, offset: null);
        }

        if (evaluator.Unsupported is [var (offset, what), ..])
        {
            throw InvalidModuleException.InComponent(name, $"{what} is not supported", offset);
        }

        ModuleDefinition[] definitions = [.. evaluator.CoreSteps.Select(static step => step.Module).Distinct()];
        _modules = Compile(bytes, definitions, compiled);
        _image = new ComponentImage(bytes, definitions);
        try
        {
            Plan = new ComponentPlan(name, evaluator, type, definitions.Zip(_modules).ToDictionary());
        }
        catch
        {
            Dispose();
            throw;
        }

        Imports = Items(type.Imports);
        Exports = Items(type.Exports);
        Add(type.Exports, "");
    }

    /// <summary>The engine that compiled it.</summary>
    public Engine Engine { get; }

    /// <summary>The name that it was given when it was created.</summary>
    public string Name { get; }

    /// <summary>What it imports, in its order: functions, and interfaces with their functions.</summary>
    public ImmutableArray<ComponentItem> Imports { get; }

    /// <summary>What it exports, in its order: functions, and interfaces with their functions.</summary>
    public ImmutableArray<ComponentItem> Exports { get; }

    internal ComponentPlan Plan { get; }

    internal bool IsDisposed { get; private set; }

    private string DebuggerDisplay => $"{Name}: {Imports.Length} imports, {Exports.Length} exports";

    /// <summary>Compiles a component from a file, named like the file.</summary>
    /// <exception cref="InvalidModuleException">The file is not a component that is supported.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Component FromFile(Engine engine, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FromBytes(engine, Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path));
    }

    /// <summary>Compiles a component in the WebAssembly text format from a file, named like the file.</summary>
    /// <exception cref="InvalidModuleException">The file is not a component that is supported.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Component FromTextFile(Engine engine, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FromText(engine, Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));
    }

    /// <summary>Compiles a component from the rest of a stream.</summary>
    /// <exception cref="InvalidModuleException">The bytes are not a component that is supported.</exception>
    public static Component FromStream(Engine engine, string name, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return FromBytes(engine, name, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Compiles a component. Its core modules are compiled at the same time, on several threads.</summary>
    /// <exception cref="InvalidModuleException">
    /// The bytes are not a component, or one that uses what is not supported.
    /// </exception>
    public static Component FromBytes(Engine engine, string name, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(name);
        ThrowIfNoComponent(name, bytes);
        return new Component(engine, name, bytes.ToArray(), compiled: null);
    }

    /// <summary>Compiles a component in the WebAssembly text format.</summary>
    /// <exception cref="InvalidModuleException">
    /// The text is not a valid component, or one that uses what is not supported. For a syntax error, the exception has
    /// line and column.
    /// </exception>
    public static Component FromText(Engine engine, string name, string text)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        return FromBytes(engine, name, Module.BinaryOf(engine, "Component", name, text));
    }

    /// <summary>Loads the result of <see cref="Serialize"/>, much faster than compiling.</summary>
    /// <inheritdoc cref="Module.Deserialize" path="/remarks"/>
    /// <exception cref="InvalidModuleException">
    /// The bytes are no component, or come from another engine version or other options.
    /// </exception>
    public static Component Deserialize(Engine engine, string name, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            (byte[] binary, byte[][] compiled) = ComponentImage.Read(bytes);
            return new Component(engine, name, binary, compiled);
        }
        catch (InvalidDataException exception)
        {
            throw InvalidModuleException.InComponent(name, exception.Message, offset: null);
        }
    }

    /// <summary>The compiled code of all its modules, for <see cref="Deserialize"/>.</summary>
    public byte[] Serialize()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return _image.Write(_modules);
    }

    /// <summary>Releases it. Instances of it stay usable; a <see cref="ComponentPre"/> makes no more of them.</summary>
    public void Dispose()
    {
        IsDisposed = true;
        foreach (Module module in _modules)
        {
            module.Dispose();
        }
    }

    /// <summary>An exported function; null if there is none of that name.</summary>
    /// <param name="name">Its name, behind that of its interface: <c>demo:plugin/api@1.0.0#run</c>.</param>
    internal FunctionEntity? FindFunction(string name)
    {
        if (_functions.TryGetValue(name, out FunctionEntity? function)
            || !InterfaceVersion.TryParse(name, out InterfaceVersion wanted))
        {
            return function;
        }

        (FunctionEntity? Function, (ulong, ulong) Version) best = default;
        foreach ((string known, FunctionEntity other) in _functions)
        {
            if (InterfaceVersion.TryParse(known, out InterfaceVersion found)
                && found.IsSame(wanted)
                && (best.Function is null || found.Version.CompareTo(best.Version) > 0))
            {
                best = (other, found.Version);
            }
        }

        return best.Function;
    }

    /// <summary>The names of all exported functions.</summary>
    internal IEnumerable<string> FunctionNames => _functions.Keys;

    private void Add(IReadOnlyList<Extern> exports, string prefix)
    {
        foreach (Extern export in exports)
        {
            switch (export.Entity)
            {
                case FunctionEntity function when export.Sort == Sort.Function:
                    _functions[prefix + export.Name.Text] = function;
                    break;
                case InstanceEntity instance:
                    Add(instance.Exports, $"{prefix}{export.Name.Text}#");
                    break;
            }
        }
    }

    private static ImmutableArray<ComponentItem> Items(IReadOnlyList<Extern> externs)
    {
        ImmutableArray<ComponentItem>.Builder items = ImmutableArray.CreateBuilder<ComponentItem>();
        foreach (Extern item in externs)
        {
            ImmutableArray<ComponentItem> inner =
                item.Entity is InstanceEntity instance ? Items(instance.Exports) : [];
            items.Add(new ComponentItem(item.Name.Text, WitText.Of(item.Entity), inner));
        }

        return items.DrainToImmutable();
    }

    /// <summary>Compiles modules, each on a thread of its own.</summary>
    private ImmutableArray<Module> Compile(byte[] bytes, ModuleDefinition[] definitions, byte[][]? compiled)
    {
        var modules = new Module[compiled?.Length ?? definitions.Length];
        try
        {
            if (modules.Length != definitions.Length)
            {
                throw InvalidModuleException.InComponent(Name, "it has other modules than it says", offset: null);
            }

            if (compiled is null)
            {
                CheckCost(bytes, definitions);
            }

            Parallel.For(0, modules.Length, i => modules[i] = compiled is null
                ? Module.FromBytes(Engine, NameOf(i), Named(BinaryOf(bytes, definitions[i]), NameOf(i)))
                : Module.Deserialize(Engine, NameOf(i), compiled[i]));
            return ImmutableCollectionsMarshal.AsImmutableArray(modules);
        }
        catch (AggregateException exception)
        {
            Array.ForEach(modules, static module => module?.Dispose());
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
            throw new UnreachableException();
        }

        string NameOf(int index) => index == 0 ? Name : $"{Name}[{index}]";

        // Frames of backtraces have names of modules alone.
        byte[] Named(ReadOnlySpan<byte> module, string name) => module.Length < WasmSections.HeaderLength
            ? module.ToArray() // which is refused
            : ModuleName.Replace(module, ModuleName.Find(module) is { } own ? $"{Name}/{own}" : name);
    }

    /// <summary>The limit for a module is one for all modules of a component together.</summary>
    private void CheckCost(byte[] bytes, ModuleDefinition[] definitions)
    {
        long sum = 0;
        foreach (ModuleDefinition module in definitions)
        {
            sum += CompilationCost.Check(
                Name, BinaryOf(bytes, module), Engine.MaxFunctionComplexity, Engine.MaxModuleComplexity);
            if (sum > Engine.MaxModuleComplexity)
            {
                throw InvalidModuleException.InComponent(
                    Name,
                    "its modules are too complex to compile, together more than the "
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Engine.MaxModuleComplexity} that EngineOptions.MaxModuleComplexity allows"),
                    module.Start);
            }
        }
    }

    private static ReadOnlySpan<byte> BinaryOf(byte[] bytes, ModuleDefinition module) =>
        bytes.AsSpan((int)module.Start, (int)module.Length);

    /// <summary>Common mix-ups get messages of their own.</summary>
    [StackTraceHidden]
    private static void ThrowIfNoComponent(string name, ReadOnlySpan<byte> bytes)
    {
        string? reason =
            bytes.IsEmpty ? "it is empty"
            : !bytes.StartsWith("\0asm"u8) && bytes.TrimStart(" \t\r\n"u8) is [(byte)'(' or (byte)';', ..] ?
                "it looks like WebAssembly text; use FromText or FromTextFile"
            : !bytes.StartsWith("\0asm"u8) ? "it does not begin with `\\0asm`, as a binary component does"
            : bytes.Length >= 8 && bytes[6] == 0 ? "it is a core module, not a component; use Module"
            : null;
        if (reason is not null)
        {
            throw InvalidModuleException.InComponent(name, reason, offset: null);
        }
    }
}

/// <summary>What a component imports or exports.</summary>
/// <param name="Name">Its name: of a function, or of an interface with its package and version.</param>
/// <param name="Type">Its type, in the words of WIT, with all types written out.</param>
/// <param name="Items">What an interface has; empty for anything else.</param>
public sealed record ComponentItem(string Name, string Type, ImmutableArray<ComponentItem> Items)
{
    /// <inheritdoc/>
    public bool Equals(ComponentItem? other) =>
        other is not null && Name == other.Name && Type == other.Type && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Items.Length);
}
