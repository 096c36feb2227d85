using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Tests;

/// <summary>
/// The classes of a binding and of guests' resources without anything in their methods: what is declared of them.
/// </summary>
internal static class WitSkeleton
{
    internal static string Of(Declarations declarations, WitBinding binding)
    {
        string text = "#nullable enable\n#pragma warning disable CS1591\nusing WasmBindgen;\n";
        foreach (DeclaredNamespace space in declarations.Namespaces)
        {
            text += $"namespace {space.Name} {{\n";
            foreach (HandleClass handle in space.Handles)
            {
                text += $"public sealed class {handle.Name} : System.IDisposable {{ private {handle.Name}() {{ }} "
                    + $"public bool IsDisposed {{ get; }} {Methods(handle.Methods)} public void Dispose() {{ }} }}\n";
            }

            text += "}\n";
        }

        DeclaredGuest guest = declarations.Guests[0];
        string name = binding.Class;
        if (binding.World is not null)
        {
            string exports = string.Concat(guest.Exports.Select(static one =>
                $"public {one.Class} {one.Property} {{ get; }} = null!; public sealed class {one.Class} "
                    + $"{(one.Contract is { } contract ? " : " + contract : "")} {{ private {one.Class}() {{ }} {Methods(one.Methods)} }}\n"));
            string imports = string.Join(", ", guest.Imports.Select(static one => $"{one.Contract} {one.Property}"));
            text += $"public sealed partial class {name} {{ public sealed record Imports({imports}); "
                + $"public {name}(Instance instance) {{ }} "
                + $"public static {name} Instantiate(Store store, Component component, Imports imports) => null!; "
                + "public static Linker Define(Linker linker, Imports imports) => null!; "
                + "public static Linker DefinePerStore(Linker linker) => null!; "
                + $"{Methods(guest.Functions)} {exports} }}\n";
        }
        else if (guest.Exports.Count > 0)
        {
            text += $"public sealed partial class {name} {{ public {name}(Instance instance) {{ }} "
                + $"{Methods(guest.Exports[0].Methods)} }}\n";
        }

        return text;
    }

    private static string Methods(IEnumerable<DeclaredMethod> methods) => string.Concat(methods.Select(static method =>
        $"public {method.Result?.Type ?? "void"} {method.Name}("
            + string.Join(", ", method.Parameters.Select(static one => $"{one.Value.Type} {one.Name}"))
            + ") => throw null!;\n"));
}
