using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace WasmBindgen.Fuzz.Guests;

public enum Colour
{
    Red,
    Green,
    Blue,
}

[Flags]
public enum Access
{
    None = 0,
    Read = 1,
    Write = 2,
    Run = 4,
}

public enum Wide : long
{
    Low = long.MinValue,
    High = long.MaxValue,
}

public sealed record Person(string Name, int Age, string? Email, byte[] Key);

public readonly record struct Point(short X, double Y);

public record struct Pixel(byte Red, int Depth);

[WasmVariant]
public abstract record Figure
{
    public sealed record Nothing : Figure;

    public sealed record Circle(float Radius) : Figure;

    public sealed record Label(string Value, Colour Colour) : Figure;

    public sealed record Group(Point[] Points) : Figure;

    public sealed record Big(ulong Value) : Figure;
}

/// <summary>Values of these types: random ones, whether they can be what .NET says they are, and equality.</summary>
internal static class Values
{
    internal static Person NewPerson(Chance any) =>
        new(any.Text(), any.Int(), any.Perhaps(any.Text), any.List(() => (byte)any.Int()));

    internal static Point NewPoint(Chance any) => new((short)any.Int(), any.Double());

    internal static Pixel NewPixel(Chance any) => new((byte)any.Int(), any.Int());

    internal static Colour NewColour(Chance any) => (Colour)any.Below(3);

    internal static Figure NewFigure(Chance any) => any.Below(5) switch
    {
        0 => new Figure.Nothing(),
        1 => new Figure.Circle((float)any.Double()),
        2 => new Figure.Label(any.Text(), NewColour(any)),
        3 => new Figure.Group(any.List(() => NewPoint(any))),
        _ => new Figure.Big((ulong)any.Long()),
    };

    /// <summary>
    /// Reads all of a value. No guest can make one that its type does not have: it would be memory that is not the
    /// guest's, or the host's code would meet what it need not expect.
    /// </summary>
    internal static void Check(object? value)
    {
        switch (value)
        {
            case Colour colour when !Enum.IsDefined(colour):
            case Wide wide when !Enum.IsDefined(wide):
            case Access access when (access & ~(Access.Read | Access.Write | Access.Run)) != 0:
            case Rune rune when !Rune.IsValid(rune.Value):
                throw new FaultException($"A guest made a {value.GetType()} that is {value}.");
            case Person { Name: null } or Person { Key: null } or Figure.Label { Value: null }
                or Figure.Group { Points: null }:
                throw new FaultException($"A guest made a {value.GetType()} with a null in it.");
            case string or null:
                break;
            case IEnumerable items:
                foreach (object? item in items)
                {
                    Check(item);
                }

                break;
            default:
                foreach (object? part in Parts(value))
                {
                    Check(part);
                }

                break;
        }
    }

    internal static bool Same(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string one, string other) => Valid(one) == Valid(other),
        (IEnumerable one, IEnumerable other) =>
            Same(one.Cast<object?>().ToArray(), other.Cast<object?>().ToArray()),
        _ when Parts(left) is { Length: > 0 } parts =>
            left.GetType() == right.GetType() && Same(parts, Parts(right)),
        _ => left.Equals(right),
    };

    private static bool Same(object?[] left, object?[] right) =>
        left.Length == right.Length && left.Zip(right).All(static pair => Same(pair.First, pair.Second));

    /// <summary>An unpaired surrogate arrives as U+FFFD.</summary>
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static object?[] Parts(object value) => value switch
    {
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])],
        Person or Point or Pixel or Figure => Properties(value),
        _ when IsA(value, typeof(Option<>)) => Get<bool>(value, "HasValue") ? [Get<object>(value, "Value")] : ["none"],
        _ when IsA(value, typeof(Result<,>)) =>
            Get<bool>(value, "IsOk")
                ? ["ok", Get<object>(value, "Value")]
                : ["error", Get<object>(value, "ErrorValue")],
        _ => [],
    };

    private static bool IsA(object value, Type type) =>
        value.GetType() is { IsGenericType: true } own && own.GetGenericTypeDefinition() == type;

    private static T? Get<T>(object value, string property) =>
        (T?)value.GetType().GetProperty(property)!.GetValue(value);

    private static object?[] Properties(object value) =>
    [
        .. value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => property.GetValue(value)),
    ];
}
