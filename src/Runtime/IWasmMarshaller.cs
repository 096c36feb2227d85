namespace WasmBindgen;

/// <summary>
/// Converts values of a type to values that can cross, and back. Apply it with <see cref="WasmMarshallerAttribute"/>.
/// </summary>
/// <example>
/// <code>
/// public sealed class UriMarshaller : IWasmMarshaller&lt;Uri, string&gt; { public static string ToGuest(Uri value) =>
/// value.AbsoluteUri;  public static Uri FromGuest(string value) => Uri.TryCreate(value, UriKind.Absolute, out Uri?
/// uri) ? uri : throw GuestMemoryException.InvalidValue($"'{value}' is not an absolute URI."); }
/// </code>
/// </example>
/// <typeparam name="T">The type that host methods and stubs use.</typeparam>
/// <typeparam name="TCrossing">
/// The type that crosses instead: any type that needs no marshaller, or has one of its own.
/// </typeparam>
public interface IWasmMarshaller<T, TCrossing>
{
    /// <summary>Converts a value to the type that crosses.</summary>
    static abstract TCrossing ToGuest(T value);

    /// <summary>Converts a value of the type that crosses back.</summary>
    /// <exception cref="GuestMemoryException">
    /// The guest passed an invalid value; see <see cref="GuestMemoryException.InvalidValue"/>.
    /// </exception>
    static abstract T FromGuest(TCrossing value);
}
