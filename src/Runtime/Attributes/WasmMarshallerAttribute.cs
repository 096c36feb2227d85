namespace WasmBindgen;

/// <summary>
/// Lets a type cross that otherwise cannot, by converting it to one that can. On a type, it applies wherever the type
/// crosses; on a parameter or return value, only there.
/// </summary>
/// <param name="marshaller">A type that implements <see cref="IWasmMarshaller{T, TCrossing}"/> for the type.</param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum
    | AttributeTargets.Parameter | AttributeTargets.ReturnValue,
    AllowMultiple = false, Inherited = false)]
public sealed class WasmMarshallerAttribute(Type marshaller) : Attribute
{
    /// <summary>The marshaller.</summary>
    public Type Marshaller { get; } = marshaller;
}
