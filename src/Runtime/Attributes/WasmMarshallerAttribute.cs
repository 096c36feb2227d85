namespace WasmBindgen;

/// <summary>
/// Says how a type that WebAssembly does not know crosses: by way of one that it does. On a type it holds wherever that
/// type crosses; on a parameter or return value for that one alone.
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
