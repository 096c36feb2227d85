namespace WasmBindgen;

/// <summary>
/// Says that a type is that of an item of WIT, which is then not generated under its own name.
/// <list type="bullet">
/// <item>A partial type without fields is filled in; its author chooses name, namespace, accessibility, and whether a
/// record is a class or a struct.</item>
/// <item>A record or enum that has its fields or members is used as it is.</item>
/// <item>A partial class for a resource of the host's implements the resource's contract.</item>
/// </list>
/// </summary>
/// <param name="path">
/// The item: the interface, <c>#</c> and the type, such as <c>demo:plugin/types#point</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class WitTypeAttribute(string path) : Attribute
{
    /// <summary>The item.</summary>
    public string Path { get; } = path;
}
