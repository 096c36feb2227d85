using System.Reflection;

namespace WasmBindgen.Components.Tests;

/// <summary>An instance of a guest by this library, called by its compiled classes.</summary>
internal sealed class OurInstance : IDisposable
{
    private readonly Guest _guest;
    private readonly Assembly _classes;
    private readonly int _number;
    private readonly Store _store;
    private readonly Linker _linker;
    private readonly ComponentInstance _instance;
    private readonly Dictionary<string, object> _objects = [];

    /// <exception cref="WasmException">It cannot be instantiated.</exception>
    internal OurInstance(
        Engine engine,
        Component component,
        Guest guest,
        Assembly classes,
        int number,
        Func<WitValue[], WitValue?> host,
        Action<Linker>? also)
    {
        (_guest, _classes, _number) = (guest, classes, number);
        _store = new Store(engine);
        _linker = new Linker(engine);
        try
        {
            if (guest.Import is { } import)
            {
                Type type = classes.GetType($"Host{number}")!;
                Type result = type.GetMethod("F")!.ReturnType;
                object? Body(object?[] arguments)
                {
                    WitValue? value = host([.. arguments.Select((one, i) => import.Parameters[i].FromClr(one))]);
                    return value is null ? null : import.Result!.ToClr(result, value);
                }

                _linker.Define((IWasmImports)Activator.CreateInstance(type, (Func<object?[], object?>)Body)!);
            }

            also?.Invoke(_linker);
            _instance = _linker.Instantiate(_store, component);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <exception cref="WasmException">The call has not returned.</exception>
    internal WitValue? Call(string path, params WitValue[] arguments)
    {
        FunctionType type = _guest.TypeOf(path);
        string name = Guest.ClassOf(_number, path);
        if (!_objects.TryGetValue(name, out object? view))
        {
            view = _classes.GetType(name)!.GetConstructor([typeof(ComponentInstance)])!
                .Invoke(BindingFlags.DoNotWrapExceptions, null, [_instance], null);
            _objects.Add(name, view);
        }

        MethodInfo method = view.GetType().GetMethod(Guest.MethodOf(path))!;
        ParameterInfo[] parameters = method.GetParameters();
        object? result = method.Invoke(
            view,
            BindingFlags.DoNotWrapExceptions,
            null,
            [.. arguments.Select((one, i) => type.Parameters[i].ToClr(parameters[i].ParameterType, one))],
            null);
        return type.Result?.FromClr(result);
    }

    public void Dispose()
    {
        _linker.Dispose();
        _store.Dispose();
    }
}
