namespace WasmBindgen;

/// <summary>
/// Lets objects of a class cross as handles of a WIT resource. The type itself means <c>own</c>: the object changes
/// hands; with <see cref="Borrow{T}"/> the other side may use it during the call.
/// </summary>
/// <remarks>
/// With <see cref="WasmImportAttribute"/> on the same class, guests may use it as the component model has it: public
/// constructors become <c>[constructor]name</c>, methods <c>[method]name.method</c>, static methods
/// <c>[static]name.method</c>, and there is <c>[resource-drop]name</c>, which also disposes an object that is
/// <see cref="IDisposable"/>, or only <see cref="IAsyncDisposable"/>: the guest waits then. Objects that a guest owns and
/// never drops are disposed with the store.
/// </remarks>
/// <param name="name">
/// The resource's name for the guest; without it, that of the class by the class's <see cref="Naming"/>.
/// </param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class WasmResourceAttribute(string? name = null) : Attribute
{
    /// <summary>The resource's name for the guest.</summary>
    public string? Name { get; } = name;
}
