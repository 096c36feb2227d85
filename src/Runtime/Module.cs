using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using WasmBindgen.Binary;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// A compiled core module. It has no run-time state: any number of stores and threads may instantiate it. It may be
/// disposed while instances of it exist (C API: modules are reference-counted).
/// </summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed unsafe partial class Module : IDisposable
{
    /// <summary>What a reactor exports to be called before anything else (WASI, application ABI).</summary>
    internal const string Reactor = "_initialize";

    private readonly WasmModuleHandle _handle;
    private FrozenDictionary<string, ExternType>? _types;

    private Module(Engine engine, string name, nint module, ReadOnlySpan<byte> binary)
    {
        Engine = engine;
        Name = name;
        _handle = new WasmModuleHandle(module);
        Imports = ReadImports(_handle);
        Exports = ReadExports(_handle);
        IsReactor =
            Exports.Any(static export =>
                export is { Name: Reactor, Type: FunctionType { Parameters: [], Results: [] } })
            && !Exports.Any(static export => export.Name == "_start");
        ExportsTags = Exports.Any(static export => export.Type is TagType);
        HasSharedMemory = Exports.Select(static export => export.Type)
            .Concat(Imports.Select(static import => import.Type))
            .Any(static type => type is MemoryType { IsShared: true });
        MayStart = binary.IsEmpty || WasmSections.Has(binary, WasmSections.Start);
        if (!binary.IsEmpty)
        {
            DebugInfo = DebugInfo.Read(binary, Imports.Count(static import => import.Type is FunctionType));
        }
    }

    /// <summary>Whether it has a start function, or may have one since its binary is not known.</summary>
    internal bool MayStart { get; }

    /// <summary>The engine that compiled the module.</summary>
    public Engine Engine { get; }

    /// <summary>The name that the module was given when it was created.</summary>
    public string Name { get; }

    /// <summary>What the module imports, in its order.</summary>
    public ImmutableArray<ImportType> Imports { get; }

    /// <summary>What the module exports, in its order.</summary>
    public ImmutableArray<ExportType> Exports { get; }

    /// <summary>The type of an export; null if none has that name.</summary>
    internal ExternType? TypeOf(string name) =>
        (_types ??= Exports.ToFrozenDictionary(static export => export.Name, static export => export.Type))
        .GetValueOrDefault(name);

    internal bool ExportsTags { get; }

    /// <summary>Whether it imports or exports a shared memory.</summary>
    internal bool HasSharedMemory { get; }

    /// <summary>Whether it is a reactor of WASI, and no command.</summary>
    internal bool IsReactor { get; }

    private string DebuggerDisplay =>
        $"{Name}: {Imports.Length} imports, {Exports.Length} exports{(_handle.IsClosed ? ", disposed" : "")}";

    /// <summary>The lines of its source code; null when there are none.</summary>
    internal DebugInfo? DebugInfo { get; }

    internal WasmModuleHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _handle;
        }
    }

    /// <summary>Compiles a binary module from a file, named like the file.</summary>
    /// <exception cref="InvalidModuleException">The file is not a module that this engine can compile.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Module FromFile(Engine engine, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FromBytes(engine, Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path));
    }

    /// <summary>Compiles a module in the WebAssembly text format from a file, named like the file.</summary>
    /// <exception cref="InvalidModuleException">The file is not a module that this engine can compile.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Module FromTextFile(Engine engine, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FromText(engine, Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));
    }

    /// <summary>Compiles a binary module from the rest of a stream.</summary>
    /// <exception cref="InvalidModuleException">The bytes are not a module that this engine can compile.</exception>
    public static Module FromStream(Engine engine, string name, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return FromBytes(engine, name, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Compiles a binary module. The bytes are not needed afterwards.</summary>
    /// <exception cref="InvalidModuleException">The bytes are not a module that this engine can compile.</exception>
    public static Module FromBytes(Engine engine, string name, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(name);
        ThrowIfNotBinaryModule(name, bytes);
        CompilationCost.Check(name, bytes, engine.MaxFunctionComplexity, engine.MaxModuleComplexity);
        fixed (byte* first = bytes)
        {
            nint module;
            nint error = wasmtime_module_new(engine.Handle, first, (nuint)bytes.Length, &module);
            if (error != 0)
            {
                throw new InvalidModuleException(
                    $"Module `{Printable.Name(name)}` cannot be compiled: {EngineMessage.TakeLine(error)}"
                    + engine.OptionsFor(bytes));
            }

            if (TableLimits.Exceed32Bits(bytes))
            {
                wasmtime_module_delete(module);
                throw new InvalidModuleException(
                    $"Module `{Printable.Name(name)}` cannot be used: it has a table whose limits exceed 32 bits.");
            }

            return new Module(engine, name, module, bytes);
        }
    }

    /// <summary>Compiles a module in the WebAssembly text format.</summary>
    /// <exception cref="InvalidModuleException">
    /// The text is not a valid module. For a syntax error, the exception has line and column.
    /// </exception>
    public static Module FromText(Engine engine, string name, string text)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        return FromBytes(engine, name, BinaryOf(engine, "Module", name, text));
    }

    /// <summary>The binary of a module or component in the WebAssembly text format.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="kind">What the text is to be: <c>Module</c> or <c>Component</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text.</param>
    internal static byte[] BinaryOf(Engine engine, string kind, string name, string text)
    {
        ObjectDisposedException.ThrowIf(engine.Handle.IsClosed, engine);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        wasm_byte_vec_t binary;
        fixed (byte* first = utf8)
        {
            nint error = wasmtime_wat2wasm(first, (nuint)utf8.Length, &binary);
            if (error != 0)
            {
                throw InvalidModuleException.InText(kind, name, EngineMessage.Take(error));
            }
        }

        byte[] bytes = binary.Bytes.ToArray();
        wasm_byte_vec_delete(&binary);
        return bytes;
    }

    /// <summary>Checks a binary module without compiling it.</summary>
    /// <returns>Null if it is valid; otherwise what is wrong with it.</returns>
    public static string? Validate(Engine engine, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(engine);
        fixed (byte* first = bytes)
        {
            nint error = wasmtime_module_validate(engine.Handle, first, (nuint)bytes.Length);
            return error == 0 ? null : EngineMessage.Take(error);
        }
    }

    /// <summary>Loads the result of <see cref="Serialize"/>, about thirty times faster than compiling.</summary>
    /// <remarks>
    /// The bytes are native code and are trusted: bytes from elsewhere, or damaged ones, can do anything to the
    /// process, and nothing here can detect that. They must come from the same engine version. Options that code
    /// depends on, such as <see cref="EngineOptions.ConsumeFuel"/> and <see cref="EngineOptions.Interruption"/>, must
    /// be the same, which is checked. Others, such as <see cref="EngineOptions.NanCanonicalization"/>, stay as they
    /// were when the module was compiled.
    /// </remarks>
    /// <exception cref="InvalidModuleException">
    /// The bytes come from another engine version or other options.
    /// </exception>
    public static Module Deserialize(Engine engine, string name, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(name);
        fixed (byte* first = bytes)
        {
            nint module;
            nint error = wasmtime_module_deserialize(engine.Handle, first, (nuint)bytes.Length, &module);
            return error == 0 ? new Module(engine, name, module, binary: default) : throw NotDeserialized(name, error);
        }
    }

    /// <summary>
    /// Loads the result of <see cref="Serialize"/> from a file, which is mapped, not read. See
    /// <see cref="Deserialize"/>.
    /// </summary>
    /// <exception cref="InvalidModuleException">
    /// The file comes from another engine version or other options, or cannot be read.
    /// </exception>
    public static Module DeserializeFile(Engine engine, string name, string path)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(path);
        nint module;
        nint error = wasmtime_module_deserialize_file(engine.Handle, path, &module);
        return error == 0 ? new Module(engine, name, module, binary: default) : throw NotDeserialized(name, error);
    }

    /// <summary>The compiled code, for <see cref="Deserialize"/>.</summary>
    public byte[] Serialize()
    {
        wasm_byte_vec_t image;
        EngineMessage.ThrowIfFailed(wasmtime_module_serialize(Handle, &image));
        byte[] bytes = image.Bytes.ToArray();
        wasm_byte_vec_delete(&image);
        return bytes;
    }

    /// <summary>Releases the module. Instances of it stay usable.</summary>
    public void Dispose() => _handle.Dispose();

    /// <summary>Common mix-ups get messages of their own: the engine would only report unexpected bytes.</summary>
    [StackTraceHidden]
    private static void ThrowIfNotBinaryModule(string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            throw new InvalidModuleException($"Module `{Printable.Name(name)}` cannot be compiled: it is empty.");
        }

        if (bytes.StartsWith("\0asm"u8) && bytes.Length >= 8 && bytes[6] == 1)
        {
            throw new InvalidModuleException(
                $"Module `{Printable.Name(name)}` cannot be compiled: it is a component, not a core module; use "
                + "Component.");
        }

        if (!bytes.StartsWith("\0asm"u8) && bytes.TrimStart(" \t\r\n"u8) is [(byte)'(' or (byte)';', ..])
        {
            throw new InvalidModuleException(
                $"Module `{Printable.Name(name)}` cannot be compiled: it looks like WebAssembly text; use FromText or "
                + "FromTextFile.");
        }

        if (!bytes.StartsWith("\0asm"u8))
        {
            throw new InvalidModuleException(
                $"Module `{Printable.Name(name)}` cannot be compiled: it does not begin with `\\0asm`, as a binary "
                + "module does.");
        }
    }

    private static InvalidModuleException NotDeserialized(string name, nint error) =>
        new($"Module `{Printable.Name(name)}` cannot be deserialized: {EngineMessage.Take(error)}");

    private static ImmutableArray<ImportType> ReadImports(WasmModuleHandle module)
    {
        wasm_ptr_vec_t types;
        wasmtime_module_imports(module, &types);
        var imports = ImmutableArray.CreateBuilder<ImportType>((int)types.size);
        for (nuint i = 0; i < types.size; i++)
        {
            nint type = types.data[i];
            imports.Add(new ImportType(
                TypeReader.ReadName(wasm_importtype_module(type)),
                TypeReader.ReadName(wasm_importtype_name(type)),
                TypeReader.ReadExtern(wasm_importtype_type(type))));
        }

        wasm_importtype_vec_delete(&types);
        return imports.MoveToImmutable();
    }

    private static ImmutableArray<ExportType> ReadExports(WasmModuleHandle module)
    {
        wasm_ptr_vec_t types;
        wasmtime_module_exports(module, &types);
        var exports = ImmutableArray.CreateBuilder<ExportType>((int)types.size);
        for (nuint i = 0; i < types.size; i++)
        {
            nint type = types.data[i];
            exports.Add(new ExportType(
                TypeReader.ReadName(wasm_exporttype_name(type)), TypeReader.ReadExtern(wasm_exporttype_type(type))));
        }

        wasm_exporttype_vec_delete(&types);
        return exports.MoveToImmutable();
    }
}
