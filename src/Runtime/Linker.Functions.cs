using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <content>Functions of the host, which belong to no store.</content>
public sealed unsafe partial class Linker
{
    /// <summary>
    /// Defines every function that a module imports and this linker lacks, so that the module links. A guest that calls
    /// one is ended by an <see cref="UnknownImportException"/>. For guests that import more than they call.
    /// </summary>
    /// <param name="module">The module. Others that import the same functions link too.</param>
    /// <returns>This linker.</returns>
    /// <exception cref="ArgumentException">The module belongs to another engine.</exception>
    /// <remarks>
    /// A function that is defined later under such a name replaces it, also without <see cref="AllowShadowing"/>; what
    /// is linked by then keeps it. Memories, tables, globals and tags stay missing: a made-up value would not be
    /// noticed.
    /// </remarks>
    public Linker DefineUnknownImportsAsTraps(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        ThrowIfForeign(module);
        Change(() =>
        {
            wasm_ptr_vec_t types;
            wasmtime_module_imports(module.Handle, &types);
            try
            {
                for (int i = 0; i < module.Imports.Length; i++)
                {
                    ImportType import = module.Imports[i];
                    if (import.Type is FunctionType && !_definitions.ContainsKey((import.Module, import.Name)))
                    {
                        // The engine's own type: some of its references have no ValueKind that tells all.
                        EngineMessage.ThrowIfFailed(DefineFunction(
                            Utf8Name.Encode(import.Module),
                            Utf8Name.Encode(import.Name),
                            wasm_externtype_as_functype_const(wasm_importtype_type(types.data[i])),
                            UnknownImport.Thunk,
                            GCHandle.ToIntPtr(GCHandle.Alloc(new UnknownImport(import.Module, import.Name))),
                            &HostData.Free));
                        Register(import.Module, import.Name, new(import.Type, IsTrap: true));
                    }
                }
            }
            finally
            {
                wasm_importtype_vec_delete(&types);
            }
        });
        return this;
    }

    /// <summary>Defines all of these functions, or none.</summary>
    /// <param name="module">Their import module.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="tags">The tags that they throw.</param>
    /// <param name="servesHashes">Whether they serve imports with a hash behind their name, too.</param>
    internal void DefineFunctions(
        string module,
        IReadOnlyList<HostFunction> functions,
        IReadOnlyList<(HostTag Tag, GuestRequirement? Requirement)>? tags = null,
        bool servesHashes = false)
    {
        byte[] moduleName = Utf8Name.Encode(module);
        Change(() =>
        {
            foreach (HostFunction function in functions)
            {
                ThrowIfTaken(module, function.Name);
            }

            foreach ((HostTag tag, _) in tags ?? [])
            {
                ThrowIfOtherType(tag);
            }

            bool isVersioned = NoteVersion(module);
            foreach (HostFunction function in functions)
            {
                DefineFunction(module, moduleName, function);
                var type = new FunctionType([.. function.Parameters], [.. function.Results]);
                var definition = new Definition(
                    type, Thunks: function.Thunks, Method: function.Method, Function: function);
                Register(module, function.Name, definition, function.Requirement);
                if (servesHashes || isVersioned)
                {
                    _originals.Add((module, function.Name), function);
                }

                if (servesHashes)
                {
                    _hashless.Add((module, function.Name));
                }
            }

            foreach ((HostTag tag, GuestRequirement? requirement) in tags ?? [])
            {
                Register(tag, requirement);
            }
        });
    }

    private void DefineFunction(string module, byte[] moduleName, HostFunction function)
    {
        nint type = TypeReader.NewFunction(function.Parameters, function.Results);
        nint env = function.Data is { } data
            ? GCHandle.ToIntPtr(GCHandle.Alloc(data))
            : HostData.Keep(function.Thunks!);
        nint error = Trace is null && !Telemetry.HearsHostCalls
            ? DefineFunction(moduleName, function.Utf8Name, type, function.Thunk, env, &HostData.Free)
            : DefineFunction(
                moduleName,
                function.Utf8Name,
                type,
                ObservedFunction.Thunk,
                GCHandle.ToIntPtr(GCHandle.Alloc(new ObservedFunction(module, function, env, Trace))),
                &ObservedFunction.Free);
        wasm_functype_delete(type);
        EngineMessage.ThrowIfFailed(error);
    }

    /// <summary>Defines or replaces a function. The engine owns <paramref name="env"/> from now on.</summary>
    /// <returns>The C API's error, or 0.</returns>
    private nint DefineFunction(
        byte[] module, byte[] name, nint type, nint thunk, nint env, delegate* unmanaged[Cdecl]<nint, void> free)
    {
        LinkerHandle handle = Handle;
        fixed (byte* firstOfModule = module)
        fixed (byte* firstOfName = name)
        {
            return wasmtime_linker_define_func_unchecked(
                handle,
                firstOfModule,
                (nuint)module.Length,
                firstOfName,
                (nuint)name.Length,
                type,
                (delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)thunk,
                env,
                free);
        }
    }

    /// <summary>What a name stands for.</summary>
    /// <param name="Type">Its type.</param>
    /// <param name="IsTrap">Whether it only lets modules link, so that anything may replace it.</param>
    /// <param name="Thunks">The class of its thunk, nested in the host class; null if there is none.</param>
    /// <param name="Method">The method of the host class; empty for the drop of a resource.</param>
    /// <param name="Origin">The function by way of which it was defined; null if by none.</param>
    /// <param name="Function">The function of the host; null if it is something else.</param>
    private readonly record struct Definition(
        ExternType Type,
        bool IsTrap = false,
        Type? Thunks = null,
        string? Method = null,
        (string Module, string Name)? Origin = null,
        HostFunction? Function = null)
    {
        /// <summary>What defines it, for messages; null if nothing has a name for that.</summary>
        internal string? Source =>
            IsTrap ? nameof(DefineUnknownImportsAsTraps)
            : Thunks?.DeclaringType?.FullName is { } type ? $"{type.Replace('+', '.')}.{Method}".TrimEnd('.')
            : null;
    }
}
