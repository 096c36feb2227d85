using System.Runtime.InteropServices;
using System.Text;
using static WasmBindgen.Components.Tests.OracleMethods;

namespace WasmBindgen.Components.Tests;

/// <summary>An instance of an <see cref="OracleComponent"/>, alone in its store.</summary>
internal sealed unsafe class OracleInstance : IDisposable
{
    private readonly OracleComponent _component;
    private readonly nint _store;
    private readonly List<GCHandle> _handles = [];
    private readonly List<nint> _resources = [];
    private ComponentInstanceIndex _instance;
    private Exception? _cause;

    internal OracleInstance(
        nint engine,
        OracleComponent component,
        List<OracleComponent.HostFunction> functions,
        List<OracleComponent.HostResourceType> resources)
    {
        _component = component;
        _store = wasmtime_store_new(engine, 0, 0);
        nint linker = wasmtime_component_linker_new(engine);
        try
        {
            nint root = wasmtime_component_linker_root(linker);
            foreach (string name in functions.Select(static one => one.Instance)
                .Concat(resources.Select(static one => one.Instance)).Distinct())
            {
                nint place = name.Length == 0 ? root : AddInstance(root, name);
                foreach (OracleComponent.HostResourceType resource in resources.Where(one => one.Instance == name))
                {
                    AddResource(place, resource);
                }

                foreach (OracleComponent.HostFunction function in functions.Where(one => one.Instance == name))
                {
                    AddFunction(place, function);
                }

                if (place != root)
                {
                    wasmtime_component_linker_instance_delete(place);
                }
            }

            wasmtime_component_linker_instance_delete(root);
            fixed (ComponentInstanceIndex* instance = &_instance)
            {
                Check(wasmtime_component_linker_instantiate(linker, Context, component.Native, instance));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
        finally
        {
            wasmtime_component_linker_delete(linker);
        }
    }

    private nint Context => wasmtime_store_context(_store);

    /// <summary>Calls an exported function; one of an exported instance is <c>instance#name</c>.</summary>
    /// <returns>The result, or null where the function has none.</returns>
    /// <exception cref="OracleTrapException">The call has not returned.</exception>
    internal WitValue? Call(string path, params WitValue[] arguments)
    {
        ComponentFunc function = Find(path);
        nuint resultCount = HasResult(&function) ? 1u : 0;
        Val result = default;
        Val* args = stackalloc Val[arguments.Length + 1];
        for (int i = 0; i < arguments.Length; i++)
        {
            args[i] = ValCodec.Write(arguments[i], this);
        }

        nint error = wasmtime_component_func_call(
            &function, Context, args, (nuint)arguments.Length, &result, resultCount);
        for (int i = 0; i < arguments.Length; i++)
        {
            wasmtime_component_val_delete(args + i);
        }

        Check(error);
        if (resultCount == 0)
        {
            return null;
        }

        WitValue value = ValCodec.Read(&result, this);
        wasmtime_component_val_delete(&result);
        return value;
    }

    /// <summary>Drops a resource of the guest that the host owns, or has borrowed.</summary>
    /// <exception cref="OracleTrapException">It is gone, or its destructor has trapped.</exception>
    internal void Drop(WitValue.GuestResource resource) =>
        Check(wasmtime_component_resource_any_drop(Context, resource.Any));

    public void Dispose()
    {
        _resources.ForEach(wasmtime_component_resource_any_delete);
        wasmtime_store_delete(_store);
        _handles.ForEach(static handle => handle.Free());
    }

    /// <summary>A resource as a new <c>wasmtime_component_resource_any_t</c>.</summary>
    internal nint WriteResource(WitValue value)
    {
        if (value is WitValue.GuestResource guest)
        {
            return wasmtime_component_resource_any_clone(guest.Any);
        }

        var resource = (WitValue.HostResource)value;
        nint host = wasmtime_component_resource_host_new(
            resource.IsOwned ? (byte)1 : (byte)0, resource.Rep, resource.Type);
        nint any;
        nint error = wasmtime_component_resource_host_to_any(Context, host, &any);
        wasmtime_component_resource_host_delete(host);
        Check(error);
        return any;
    }

    internal WitValue ReadResource(nint any)
    {
        bool owned = wasmtime_component_resource_any_owned(any) != 0;
        if (_component.Resources.FirstOrDefault(one => IsOfType(any, one.Type)) is not { } known)
        {
            nint kept = wasmtime_component_resource_any_clone(any);
            _resources.Add(kept);
            return new WitValue.GuestResource(kept, owned);
        }

        nint host;
        Check(wasmtime_component_resource_any_to_host(Context, any, &host));
        uint rep = wasmtime_component_resource_host_rep(host);
        wasmtime_component_resource_host_delete(host);
        return new WitValue.HostResource(known.Type, rep, owned);
    }

    private static bool IsOfType(nint any, uint type)
    {
        nint host = wasmtime_component_resource_type_new_host(type);
        nint own = wasmtime_component_resource_any_type(any);
        bool same = wasmtime_component_resource_type_equal(host, own) != 0;
        wasmtime_component_resource_type_delete(host);
        wasmtime_component_resource_type_delete(own);
        return same;
    }

    private ComponentFunc Find(string path)
    {
        nint parent = 0;
        string[] names = path.Split('#');
        fixed (ComponentInstanceIndex* instance = &_instance)
        {
            foreach (string name in names)
            {
                nint index;
                fixed (byte* utf8 = Encoding.UTF8.GetBytes(name))
                {
                    index = wasmtime_component_instance_get_export_index(
                        instance, Context, parent, utf8, (nuint)name.Length);
                }

                Delete(parent);
                parent = index != 0 ? index : throw new ArgumentException($"There is no export `{path}`.");
            }

            ComponentFunc function;
            bool found = wasmtime_component_instance_get_func(instance, Context, parent, &function) != 0;
            Delete(parent);
            return found ? function : throw new ArgumentException($"The export `{path}` is no function.");
        }

        static void Delete(nint index)
        {
            if (index != 0)
            {
                wasmtime_component_export_index_delete(index);
            }
        }
    }

    private bool HasResult(ComponentFunc* function)
    {
        nint type = wasmtime_component_func_type(function, Context);
        ValType result;
        bool has = wasmtime_component_func_type_result(type, &result) != 0;
        if (has)
        {
            wasmtime_component_valtype_delete(&result);
        }

        wasmtime_component_func_type_delete(type);
        return has;
    }

    private nint AddInstance(nint root, string name)
    {
        nint nested;
        fixed (byte* utf8 = Encoding.UTF8.GetBytes(name))
        {
            Check(wasmtime_component_linker_instance_add_instance(root, utf8, (nuint)name.Length, &nested));
        }

        return nested;
    }

    private void AddFunction(nint place, OracleComponent.HostFunction function)
    {
        fixed (byte* utf8 = Encoding.UTF8.GetBytes(function.Name))
        {
            Check(wasmtime_component_linker_instance_add_func(
                place, utf8, (nuint)function.Name.Length, &CallHost, Keep((this, function.Host)), 0));
        }
    }

    private void AddResource(nint place, OracleComponent.HostResourceType resource)
    {
        nint type = wasmtime_component_resource_type_new_host(resource.Type);
        fixed (byte* utf8 = Encoding.UTF8.GetBytes(resource.Name))
        {
            Check(wasmtime_component_linker_instance_add_resource(
                place, utf8, (nuint)resource.Name.Length, type, &CallDestructor,
                Keep((this, resource.Destructor)), 0));
        }

        wasmtime_component_resource_type_delete(type);
    }

    private nint Keep(object data)
    {
        var handle = GCHandle.Alloc(data);
        _handles.Add(handle);
        return GCHandle.ToIntPtr(handle);
    }

    private void Check(nint error)
    {
        if (error != 0)
        {
            (Exception? cause, _cause) = (_cause, null);
            throw new OracleTrapException(OracleComponent.Take(error), cause);
        }
    }

    private nint Fail(Exception exception)
    {
        _cause = exception;
        return wasmtime_error_new(exception.Message);
    }

    [UnmanagedCallersOnly]
    private static nint CallHost(
        nint data, nint context, nint type, Val* args, nuint count, Val* results, nuint resultCount)
    {
        var (instance, host) = ((OracleInstance, OracleComponent.Host))GCHandle.FromIntPtr(data).Target!;
        try
        {
            var arguments = new WitValue[count];
            for (int i = 0; i < arguments.Length; i++)
            {
                arguments[i] = ValCodec.Read(args + i, instance);
            }

            if (host(instance, arguments) is { } result)
            {
                *results = ValCodec.Write(result, instance);
            }

            return 0;
        }
        catch (Exception exception)
        {
            return instance.Fail(exception);
        }
    }

    [UnmanagedCallersOnly]
    private static nint CallDestructor(nint data, nint context, uint rep)
    {
        var (instance, destructor) = ((OracleInstance, Action<uint>?))GCHandle.FromIntPtr(data).Target!;
        try
        {
            destructor?.Invoke(rep);
            return 0;
        }
        catch (Exception exception)
        {
            return instance.Fail(exception);
        }
    }
}
