using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>The text of an <c>ICanonical</c> struct for a user's type.</summary>
internal static class StructText
{
    private const string Slots = $"{Services}::Slot* slots";
    private const string Address = "uint address";
    private const string Memory = $"ref {Services}::GuestMemory memory";

    /// <param name="writer">Gets the text.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="name">The struct's name.</param>
    /// <param name="lift">The statements that return what is in <c>slots</c>.</param>
    /// <param name="load">The statements that return what is in memory at <c>address</c>.</param>
    /// <param name="lower">The statements that write <c>value</c> to <c>slots</c>.</param>
    /// <param name="store">The statements that write <c>value</c> to memory at <c>address</c>.</param>
    /// <param name="further">More members.</param>
    internal static void Write(
        IndentedWriter writer,
        Shape shape,
        string name,
        string lift,
        string load,
        string lower,
        string store,
        string? further = null)
    {
        if (shape.IsObsolete)
        {
            writer.Write("[global::System.Obsolete]");
        }

        writer.Open($"private readonly struct {name} : {Services}::ICanonical<{shape.Type}>");
        writer.Write($"public static int Size => {shape.Layout.Size};");
        writer.WriteLine();
        writer.Write($"public static int Alignment => {shape.Layout.Alignment};");
        Method($"{shape.Type} Lift", [Slots], lift);
        Method($"{shape.Type} Load", [Address], load);
        Method("void Lower", [Slots, $"{shape.Type} value"], lower);
        Method("void Store", [Address, $"{shape.Type} value"], store);
        if (further is not null)
        {
            writer.WriteLine();
            writer.Write(further);
        }

        writer.Close();

        void Method(string name, string[] parameters, string statements)
        {
            const string Return = "return ";
            string header = Enclose($"public static {name}(", [.. parameters, Memory], ")");
            writer.WriteLine();
            if (statements.IndexOf(';') == statements.Length - 1)
            {
                writer.Write($"{header} =>");
                writer.Write(
                    Indented(
                        statements.StartsWith(Return, StringComparison.Ordinal)
                            ? statements.Substring(Return.Length)
                            : statements));
                return;
            }

            writer.Open(header);
            writer.Write(statements);
            writer.Close();
        }
    }
}
