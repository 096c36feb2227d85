using System.Diagnostics;
using WasmBindgen.Native;

namespace WasmBindgen;

/// <summary>
/// The instances of a store, and which of them calls. The engine tells only what the calling instance exports, so a
/// caller is known by a function that no other instance exports.
/// </summary>
[StackTraceHidden]
internal sealed class CallingInstances
{
    // No instance: its start function runs, or its instantiation failed, and it may live on in tables.
    private readonly List<(Linkage Linkage, Instance? Instance)> _instances = new(1);

    private List<(byte[] Name, nint Function, Instance Instance)>? _marks;

    /// <summary>The number of instances that may call.</summary>
    internal int Count => _instances.Count;

    /// <summary>The only instance that may call; null if there are more, or if its start function still runs.</summary>
    internal Instance? Sole => _instances.Count == 1 ? _instances[0].Instance : null;

    /// <summary>Must be called before the engine creates an instance.</summary>
    internal void Begin(Linkage linkage) => _instances.Add((linkage, null));

    /// <summary>Must be called when the instance has been created.</summary>
    internal void End(Instance instance)
    {
        _instances[_instances.LastIndexOf((instance.Linkage!, null))] = (instance.Linkage!, instance);
        _marks = null;
    }

    /// <summary>The instance that calls; null if its start function still runs, or if nothing tells it apart.</summary>
    internal Instance? Of(nint caller)
    {
        if (_instances.Count == 1)
        {
            return _instances[0].Instance;
        }

        List<(byte[] Name, nint Function, Instance Instance)> marks = _marks ??= FindMarks();
        for (int i = 0; i < marks.Count; i++)
        {
            (byte[] name, nint function, Instance instance) = marks[i];
            if (Exports(caller, name, function))
            {
                (marks[0], marks[i]) = (marks[i], marks[0]); // the next caller is likely the same
                return instance;
            }
        }

        return null;
    }

    /// <summary>Finds an item of the linker that made the calling instance.</summary>
    /// <returns>Null also if it is not known which instance calls, and those that may do not agree.</returns>
    internal wasmtime_extern_t? Find(nint caller, Func<Linkage, wasmtime_extern_t?> find)
    {
        if (Of(caller) is { } instance)
        {
            return instance.Linkage is { } known ? find(known) : null;
        }

        wasmtime_extern_t? found = null;
        foreach ((Linkage linkage, Instance? made) in _instances)
        {
            if (made is not null || find(linkage) is not { } item)
            {
                continue;
            }

            if (found is { } other && !Items.AreSame(other, item))
            {
                return null;
            }

            found = item;
        }

        return found;
    }

    private static bool Exports(nint caller, byte[] name, nint function) =>
        Items.TryFindExport(caller, name, out wasmtime_extern_t item)
        && item.kind == ExternKind.Func
        && item.func.index == function;

    /// <summary>For each instance a function that only it exports; instances often export one another's.</summary>
    private List<(byte[] Name, nint Function, Instance Instance)> FindMarks()
    {
        (Instance Instance, List<(byte[] Name, nint Function)> Exports)[] functions =
        [
            .. _instances.Select(static known => known.Instance).OfType<Instance>()
                .Select(static instance => (instance, instance.ReadFunctions())),
        ];
        HashSet<nint> once = [];
        HashSet<nint> often = [];
        foreach ((_, List<(byte[] Name, nint Function)> exports) in functions)
        {
            foreach (nint function in exports.Select(static export => export.Function).Distinct())
            {
                if (!once.Add(function))
                {
                    often.Add(function);
                }
            }
        }

        var marks = new List<(byte[] Name, nint Function, Instance Instance)>(functions.Length);
        foreach ((Instance instance, List<(byte[] Name, nint Function)> exports) in functions)
        {
            int own = exports.FindIndex(export => !often.Contains(export.Function));
            if (own >= 0)
            {
                marks.Add((exports[own].Name, exports[own].Function, instance));
            }
        }

        return marks;
    }
}
