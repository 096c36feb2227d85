using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>The text of an <c>ICanonical</c> struct for a user's type.</summary>
internal static class StructText
{
    private const string Slots = $"{Services}.Slot* slots";
    private const string Memory = $"ref {Services}.GuestMemory memory";

    /// <param name="writer">Gets the text.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="name">The struct's name.</param>
    /// <param name="lift">The expression that reads from <c>slots</c>.</param>
    /// <param name="load">The expression that reads from memory at <c>address</c>.</param>
    /// <param name="lower">The statements that write <c>value</c> to <c>slots</c>.</param>
    /// <param name="store">The statements that write <c>value</c> to memory at <c>address</c>.</param>
    /// <param name="further">More members.</param>
    internal static void Write(IndentedWriter writer, Shape shape, string name, string lift, string load, string lower, string store, string? further = null)
    {
        if (shape.IsObsolete)
        {
            writer.Write("[global::System.Obsolete]");
        }

        writer.Open($"private readonly struct {name} : {Services}.ICanonical<{shape.Type}>");
        writer.Write(
            $"""
            public static int Size => {shape.Layout.Size};

            public static int Alignment => {shape.Layout.Alignment};

            public static {shape.Type} Lift({Slots}, {Memory}) => {lift};

            public static {shape.Type} Load(uint address, {Memory}) => {load};

            """);
        writer.Open($"public static void Lower({Slots}, {shape.Type} value, {Memory})");
        writer.Write(lower);
        writer.Close();
        writer.WriteLine();
        writer.Open($"public static void Store(uint address, {shape.Type} value, {Memory})");
        writer.Write(store);
        writer.Close();
        if (further is not null)
        {
            writer.WriteLine();
            writer.Write(further);
        }

        writer.Close();
    }
}
