namespace WasmBindgen;

/// <summary>
/// The guests of this class are compiled by AssemblyScript: strings are <c>String</c> objects, and arrays of numbers
/// come as an <c>ArrayBuffer</c>, a typed array or an <c>Array</c>, and go as an <c>ArrayBuffer</c>. Nothing else that
/// lies in memory can cross.
/// </summary>
/// <remarks>
/// A guest that gets such objects must be compiled with <c>--exportRuntime</c>, or else a <see cref="LinkException"/>
/// says that <c>__new</c>, <c>__pin</c> or <c>__unpin</c> is missing. Arguments are pinned until the call has returned.
/// Source: AssemblyScript, "Runtime", sections Memory layout and Interface.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class AssemblyScriptAttribute : Attribute;
