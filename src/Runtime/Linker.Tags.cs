using System.Diagnostics;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <content>
/// The tags that host classes throw. A tag belongs to a store, and a linker to none, so the tags are made where a
/// module that imports them is instantiated.
/// </content>
public sealed unsafe partial class Linker
{
    private readonly HashSet<(string Module, string Name)> _tags = [];

    /// <summary>Whether a module imports what host classes throw, so that the engine alone cannot link it.</summary>
    internal bool ProvidesTags(Module module) =>
        _tags.Count > 0 && module.Imports.Any(import => _tags.Contains((import.Module, import.Name)));

    /// <summary>Instantiates a module that imports tags of host classes.</summary>
    /// <returns>The C API's error, or 0.</returns>
    /// <exception cref="LinkException">Another module has made a tag of the store one of another type.</exception>
    [StackTraceHidden]
    internal nint InstantiateWithTags(Store store, Module module, wasmtime_instance_t* instance, nint* trap)
    {
        var items = new wasmtime_extern_t[module.Imports.Length];
        int count = 0;
        try
        {
            foreach (ImportType import in module.Imports)
            {
                if (!TryFind(store, module, import, out items[count]))
                {
                    return wasmtime_error_new("an import is missing");
                }

                count++;
            }

            fixed (wasmtime_extern_t* first = items)
            {
                return wasmtime_instance_new(
                    store.Context, module.Handle, first, (nuint)items.Length, instance, trap);
            }
        }
        finally
        {
            foreach (ref wasmtime_extern_t item in items.AsSpan(0, count))
            {
                fixed (wasmtime_extern_t* one = &item)
                {
                    wasmtime_extern_delete(one);
                }
            }
        }
    }

    private bool TryFind(Store store, Module module, ImportType import, out wasmtime_extern_t item)
    {
        item = default;
        if (import.Type is TagType wanted && _tags.Contains((import.Module, import.Name)))
        {
            item.kind = ExternKind.Tag;
            item.item = store.Exceptions.OfHost(import.Module, import.Name, wanted, out TagType type);
            var problem =
                new LinkProblem($"{import.Module}.{import.Name}", wanted.ToString(), $"{type} (in this store)");
            return type.Equals(wanted) ? true : throw Unsatisfied(module, [problem]);
        }

        wasmtime_extern_t found;
        byte[] moduleName = Utf8Name.Encode(import.Module);
        byte[] name = Utf8Name.Encode(import.Name);
        fixed (byte* firstOfModule = moduleName)
        fixed (byte* firstOfName = name)
        {
            bool exists = wasmtime_linker_get(
                Handle,
                store.Context,
                firstOfModule,
                (nuint)moduleName.Length,
                firstOfName,
                (nuint)name.Length,
                &found) != 0;
            item = found;
            return exists;
        }
    }

    /// <summary>Whether a tag of a host class can be what a module imports.</summary>
    private bool IsThrowable(ImportType import) =>
        _tags.Contains((import.Module, import.Name)) && HostTag.OfObject.Equals(import.Type as TagType);

    /// <summary>Whether the tags of host classes that a module imports have the types that it wants.</summary>
    private bool TagsFit(Module module) => _tags.Count == 0 || module.Imports.All(import =>
        !_tags.Contains((import.Module, import.Name))
        || IsThrowable(import)
        || _definitions[(import.Module, import.Name)].Type.Satisfies(import.Type));

    [StackTraceHidden]
    private void ThrowIfOtherType(HostTag tag)
    {
        if (!_tags.Contains(tag.Key) || !tag.Type.Equals(_definitions[tag.Key].Type as TagType))
        {
            ThrowIfTaken(tag.Key.Module, tag.Key.Name);
        }
    }

    private void Register(HostTag tag, GuestRequirement? requirement)
    {
        Register(tag.Key.Module, tag.Key.Name, new(tag.Type), requirement);
        _tags.Add(tag.Key);
    }
}
