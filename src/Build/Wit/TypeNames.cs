using WasmBindgen.Components.Format;

namespace WasmBindgen.Build.Wit;

/// <summary>Which types have a name.</summary>
internal sealed class TypeNames
{
    // Types may be equal to others in long rows, and each may be asked for often.
    private const int MaxSteps = 5_000_000;

    private readonly Dictionary<TypeEntity, NamedType> _names = [];
    private int _steps;

    /// <summary>Names a type, unless it has been named before.</summary>
    internal void Set(TypeEntity type, NamedType name)
    {
        if (!_names.ContainsKey(type))
        {
            _names.Add(type, name);
        }
    }

    /// <summary>The name of a type, or of one that it is equal to.</summary>
    /// <exception cref="InvalidDataException">Too much has been asked for.</exception>
    internal NamedType? Of(TypeEntity type)
    {
        for (TypeEntity? equal = type; equal is not null; equal = equal.Equal)
        {
            if (++_steps > MaxSteps)
            {
                throw new InvalidDataException("too many types are equal to others");
            }

            if (_names.TryGetValue(equal, out NamedType name))
            {
                return name;
            }
        }

        return null;
    }
}
