namespace WasmBindgen;

/// <summary>
/// Turns values of a type into values that can cross, and back. Put it to use with
/// <see cref="WasmMarshallerAttribute"/>.
/// </summary>
/// <example>
/// <code>
/// public sealed class UriMarshaller : IWasmMarshaller&lt;Uri, string&gt;
/// {
///     public static string ToGuest(Uri value) => value.AbsoluteUri;
///
///     public static Uri FromGuest(string value) => Uri.TryCreate(value, UriKind.Absolute, out Uri? uri)
///         ? uri
///         : throw GuestMemoryException.InvalidValue($"'{value}' is no absolute URI.");
/// }
/// </code>
/// </example>
/// <typeparam name="T">The type that host methods and stubs use.</typeparam>
/// <typeparam name="TCrossing">
/// The type that crosses in its place: any that can without a marshaller, or has one of its own.
/// </typeparam>
public interface IWasmMarshaller<T, TCrossing>
{
    /// <summary>C# to core: what crosses for a value.</summary>
    static abstract TCrossing ToGuest(T value);

    /// <summary>Core to C#: the value for what crossed.</summary>
    /// <exception cref="GuestMemoryException">
    /// What the guest handed over is no such value, see <see cref="GuestMemoryException.InvalidValue"/>.
    /// </exception>
    static abstract T FromGuest(TCrossing value);
}
