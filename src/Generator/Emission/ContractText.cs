using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// The members of a contract for which a class has another method: they call that, so that the object also serves who
/// knows the contract alone.
/// </summary>
internal static class ContractText
{
    internal static void Write(IndentedWriter writer, EquatableArray<ContractMember> members)
    {
        foreach (ContractMember member in members)
        {
            writer.WriteLine();
            writer.Write(SourceFile.GeneratedAttributes);
            string header = Enclose(
                $"{member.Method.Result?.Type ?? "void"} {member.Contract}.{member.Method.Name}(",
                member.Method.Parameters.Select(static parameter => $"{parameter.Value.Type} {parameter.Name}"),
                ")");
            if (member.By is not { } by)
            {
                writer.Write($"{header} =>");
                writer.Write(Indented($"throw new global::System.NotSupportedException({Literal(member.Reason)});"));
            }
            else if (by.Parameters.Any(static parameter => parameter.Injected is not (null or "CancellationToken")))
            {
                string message = $"Only a guest's call has what {by.Name} takes.";
                writer.Write($"{header} =>");
                writer.Write(Indented($"throw new global::System.InvalidOperationException({Literal(message)});"));
            }
            else if (member.Throws)
            {
                WriteCatch(writer, header, member, by);
            }
            else
            {
                string call = Call(member, by);
                writer.Write($"{header} =>");
                writer.Write(Indented(by.Return.Outcome == Outcome.Interrupt
                    ? $"throw {Services}::Contracts.Interrupted({call});"
                    : call + ";"));
            }
        }
    }

    /// <summary>The method throws what the contract returns.</summary>
    private static void WriteCatch(IndentedWriter writer, string header, ContractMember member, AuthoredMethod by)
    {
        var result = (ResultShape)member.Method.Result!;
        writer.Open(header);
        writer.Open("try");
        if (result.Value is UnitShape)
        {
            writer.Write($"{Call(member, by)};");
            writer.Write($"return {result.Type}.Ok(default);");
        }
        else
        {
            writer.Write($"return {result.Type}.Ok({Call(member, by)});");
        }

        writer.Close();
        writer.Open($"catch ({PublicRuntime}.WitException<{result.Error.Type}> __error)");
        writer.Write($"return {result.Type}.Error(__error.Error);");
        writer.Close();
        writer.Close();
    }

    private static string Call(ContractMember member, AuthoredMethod by)
    {
        int next = 0;
        string[] arguments = [.. by.Parameters.Select(parameter =>
        {
            if (parameter.Injected is not null)
            {
                return "default";
            }

            DeclaredParameter given = member.Method.Parameters[next++];
            return by.Return.Task is not null && given.Value is SpanShape
                ? $"{given.Name}.ToArray()" // which outlives the call
                : given.Name;
        })];
        string call = Enclose($"{Escape(by.Name)}(", arguments, ")");
        AuthoredReturn returned = by.Return;
        call += returned.Task switch
        {
            null => "",
            "ValueTask" => ".AsTask().GetAwaiter().GetResult()",
            _ => ".GetAwaiter().GetResult()",
        };
        return returned switch
        {
            { ReturnsErrors: true } => $"{call}.Unwrap()",
            { Outcome: Outcome.ResultOrInterrupt } => $"{Services}::Contracts.Continue({call})",
            _ => call,
        };
    }
}
