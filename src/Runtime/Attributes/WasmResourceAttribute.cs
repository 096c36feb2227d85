namespace WasmBindgen;

/// <summary>
/// Lets objects of a class cross as handles of a WIT resource. The type itself means <c>own</c>: the receiver becomes
/// the owner. With <see cref="Borrow{T}"/>, the receiver may use the object during the call.
/// </summary>
/// <remarks>
/// With <see cref="WasmImportAttribute"/> on the same class, guests may use it as the Component Model defines: public
/// constructors become <c>[constructor]name</c>, methods <c>[method]name.method</c>, and static methods
/// <c>[static]name.method</c>. There is also <c>[resource-drop]name</c>, which disposes an object that is
/// <see cref="IDisposable"/>, or else <see cref="IAsyncDisposable"/>, for which the guest waits. Objects that a guest
/// owns and never drops are disposed with the store.
/// </remarks>
/// <param name="name">
/// The resource's name for the guest; by default the class's name, converted by its <see cref="Naming"/>.
/// </param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class WasmResourceAttribute(string? name = null) : Attribute
{
    /// <summary>The resource's name for the guest.</summary>
    public string? Name { get; } = name;
}
