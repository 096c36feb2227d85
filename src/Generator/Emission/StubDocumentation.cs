using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>What generated code says of calls.</summary>
internal static class StubDocumentation
{
    internal static string OfPresence(GuestFunctionStub function) =>
        $"/// <summary>Whether the guest has <c>{Xml(function.WasmName)}</c>, which "
            + (function.Docs!.Since is { } since ? $"came with {since}" : "earlier versions lack") + ".</summary>";

    /// <summary>What a call may end with, which the editor shows where it is made.</summary>
    internal static void Write(IndentedWriter writer, GuestFunctionStub function)
    {
        if (function.Docs is { } docs)
        {
            var exceptions = new IndentedWriter();
            if (!function.ReturnsErrors)
            {
                WriteExceptions(exceptions, function);
            }

            WitDocumentation.Write(writer, docs, exceptions.ToString().TrimEnd('\n'));
            return;
        }

        if (function.ReturnsErrors)
        {
            writer.Write(
                $"/// <summary>Calls the guest's <c>{Xml(function.WasmName)}</c>, "
                    + "and returns what it ended with.</summary>");
            return;
        }

        writer.Write(
            $"""
            /// <summary>
            /// Calls the guest's <c>{Xml(function.WasmName)}</c>. What a host method declares to interrupt it with
            /// arrives as itself.
            /// </summary>
            """);
        WriteExceptions(writer, function);
    }

    private static void WriteExceptions(IndentedWriter writer, GuestFunctionStub function)
    {
        if (function.Presence is { } presence)
        {
            writer.Write(
                $"/// <exception cref=\"{PublicRuntime}.LinkException\">"
                    + $"The guest lacks it, as <see cref=\"{presence}\"/> tells.</exception>");
        }

        writer.Write(
            $"""
            /// <exception cref="{PublicRuntime}.TrapException">The guest trapped.</exception>
            /// <exception cref="{PublicRuntime}.HostFunctionException">
            /// A host method threw what it had not declared.
            /// </exception>
            """);
        if (function.Parameters.Select(static parameter => parameter.Value)
            .Append(function.Result)
            .Any(static value => value?.CanFail == true))
        {
            writer.Write(
                $"""
                /// <exception cref="{PublicRuntime}.GuestMemoryException">
                /// The guest handed over a bad value or address.
                /// </exception>
                """);
        }

        if (function.Timeout > 0)
        {
            writer.Write(
                $"""
                /// <exception cref="{PublicRuntime}.GuestTimeoutException">
                /// The call took longer than {function.Timeout} ms.
                /// </exception>
                """);
        }

        if (function.Token is not null)
        {
            writer.Write(
                "/// <exception cref=\"global::System.OperationCanceledException\">"
                    + "The token was cancelled.</exception>");
        }
    }
}
