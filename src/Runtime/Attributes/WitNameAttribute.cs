namespace WasmBindgen;

/// <summary>Gives an item of WIT another name in C# than its own.</summary>
/// <param name="path">
/// The item: the interface, <c>#</c>, the type or function, and for a part of that <c>.</c> and the part, such as
/// <c>demo:plugin/types#point.x</c>, or <c>demo:plugin/log#write.message</c> for a parameter.
/// </param>
/// <param name="name">The name in C#.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class WitNameAttribute(string path, string name) : Attribute
{
    /// <summary>The item.</summary>
    public string Path { get; } = path;

    /// <summary>The name in C#.</summary>
    public string Name { get; } = name;
}
