using System.Diagnostics;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Components;

/// <summary>A function of a component as the host calls it.</summary>
[StackTraceHidden]
internal static class LiftedFunction
{
    /// <summary>One whose values are all slots.</summary>
    internal static GuestFunction Plain(ComponentInstance instance, Lift lift, string name) =>
        instance.FunctionOf(lift.Callee, name);

    /// <summary>One whose values are in memory, or are handles.</summary>
    internal static CanonicalFunction Canonical(ComponentInstance instance, Lift lift, string name) => new(
        instance.FunctionOf(lift.Callee, name),
        instance.ContextOf(lift.Options),
        lift.Options.PostReturn is { } postReturn ? instance.FunctionOf(postReturn, name) : null);
}
