using System.Diagnostics;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Components;

/// <summary>
/// What a component exports. An interface, so that programs without components are published without all that is behind
/// it.
/// </summary>
internal interface IComponentExports
{
    /// <summary>The objects that show the instance.</summary>
    GuestObjects Guests { get; }

    /// <summary>The names of its functions.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>A function whose values are all slots; nothing if it is missing.</summary>
    GuestFunction Plain(string name, string member, FunctionType want, bool isOptional);

    /// <summary>A function with other values; null if it is missing.</summary>
    CanonicalFunction? Canonical(string name, string member, FunctionType want, bool isOptional);
}

/// <summary>Looks up the exports of a component, by the types of their core functions.</summary>
/// <param name="instance">The instance.</param>
/// <param name="problems">Gets what is missing.</param>
[StackTraceHidden]
internal sealed class ComponentExports(ComponentInstance instance, List<LinkProblem> problems) : IComponentExports
{
    public GuestObjects Guests => instance.Guests;

    public IEnumerable<string> Names => instance.Component.FunctionNames;

    public GuestFunction Plain(string name, string member, FunctionType want, bool isOptional) =>
        Find(name, member, want, isOptional) is { } lift ? LiftedFunction.Plain(instance, lift, name) : default;

    public CanonicalFunction? Canonical(string name, string member, FunctionType want, bool isOptional) =>
        Find(name, member, want, isOptional) is { } lift ? LiftedFunction.Canonical(instance, lift, name) : null;

    private Lift? Find(string name, string member, FunctionType want, bool isOptional)
    {
        FunctionEntity? function = instance.Component.FindFunction(name);
        if (function?.Origin is Lift lift && FunctionLayout.Of(lift.Type).Lifted.Equals(want))
        {
            return lift;
        }

        if (function is not null || !isOptional)
        {
            string? have = function?.Origin switch
            {
                null => null,
                Lift other => $"{FunctionLayout.Of(other.Type).Lifted} for {WitText.Of(other.Type)}",
                _ => "a function of the host",
            };
            problems.Add(new LinkProblem(name, want.ToString()!, have) { Hint = member });
        }

        return null;
    }
}
