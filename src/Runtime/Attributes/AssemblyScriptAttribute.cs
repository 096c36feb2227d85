namespace WasmBindgen;

/// <summary>
/// The guests of this class are compiled by AssemblyScript. Strings are <c>String</c> objects. The guest passes arrays
/// of numbers as an <c>ArrayBuffer</c>, a typed array or an <c>Array</c>, and gets them as an <c>ArrayBuffer</c>. No
/// other value in memory can cross.
/// </summary>
/// <remarks>
/// A guest that gets such objects must be compiled with <c>--exportRuntime</c>; otherwise a <see cref="LinkException"/>
/// reports that <c>__new</c>, <c>__pin</c> or <c>__unpin</c> is missing. Arguments are pinned until the call has
/// returned. Source: AssemblyScript, "Runtime", sections Memory layout and Interface.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class AssemblyScriptAttribute : Attribute;
