namespace WasmBindgen;

/// <summary>
/// The guests of this class are compiled by AssemblyScript. Strings are <c>String</c> objects. Arrays of numbers, of
/// <see cref="bool"/> and of strings are objects of its classes of arrays; <see cref="ScriptArrayAttribute"/> says
/// which one the guest gets. No other value in memory can cross.
/// </summary>
/// <remarks>
/// A guest that gets strings, or that gets or passes arrays, must be compiled with <c>--exportRuntime</c>; otherwise a
/// <see cref="LinkException"/> reports that <c>__new</c>, <c>__pin</c>, <c>__unpin</c> or <c>__rtti_base</c> is
/// missing. Arguments are pinned until the call has returned. Source: AssemblyScript, "Runtime", sections Memory layout
/// and Interface.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class AssemblyScriptAttribute : Attribute;
