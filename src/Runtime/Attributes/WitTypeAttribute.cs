namespace WasmBindgen;

/// <summary>
/// Says that a type is that of an item of WIT, which is then not generated under its own name.
/// <list type="bullet">
/// <item>A partial type without fields is filled in; its author chooses name, namespace, accessibility, and whether a
/// record is a class or a struct.</item>
/// <item>A record or enum that has its fields or members is used as it is.</item>
/// <item>A partial class for a resource of the host's implements the resource's contract.</item>
/// <item>On the assembly, it names a type that is not the project's own, or one that crosses by a
/// <see cref="Marshaller"/>.</item>
/// </list>
/// </summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class WitTypeAttribute : Attribute
{
    /// <summary>For the type that has the attribute.</summary>
    /// <param name="path">
    /// The item: the interface, <c>#</c> and the type, such as <c>demo:plugin/types#point</c>.
    /// </param>
    public WitTypeAttribute(string path) => Path = path;

    /// <summary>For another type; on the assembly.</summary>
    /// <param name="path">The item.</param>
    /// <param name="type">The type.</param>
    public WitTypeAttribute(string path, Type type)
        : this(path) => Type = type;

    /// <summary>The item.</summary>
    public string Path { get; }

    /// <summary>The type; null for the one that has the attribute.</summary>
    public Type? Type { get; }

    /// <summary>
    /// What lets the type cross: an <see cref="IWasmMarshaller{T, TCrossing}"/> that converts it to a tuple of the
    /// fields of WIT's record, or to the only one. Null for a type that has these fields.
    /// </summary>
    public Type? Marshaller { get; set; }
}
