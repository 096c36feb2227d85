using WasmBindgen.Generator.Guests;
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
            bool isAwaited = member.IsAwaited;
            string header = Enclose(
                (isAwaited ? "async " : "")
                    + $"{WitSignature.ReturnOf(member.Method)} {member.Contract}.{member.Method.Name}(",
                WitSignature.ParametersOf(member.Method, isDefault: false),
                ")");
            if (member.By is not { } by)
            {
                writer.Write($"{header} =>");
                writer.Write(Indented($"throw new global::System.NotSupportedException({Literal(member.Reason)});"));
            }
            else if (!member.IsCalled)
            {
                string message = $"Only a guest's call has what {by.Name} takes.";
                writer.Write($"{header} =>");
                writer.Write(Indented($"throw new global::System.InvalidOperationException({Literal(message)});"));
            }
            else if (member.Throws)
            {
                WriteCatch(writer, header, member, by);
            }
            else if (by.Return.Outcome == Outcome.Interrupt)
            {
                writer.Write($"{header} =>");
                writer.Write(Indented($"throw {Services}::Contracts.Interrupted({Call(member, by)});"));
            }
            else if (member.Method.Token is not null && !isAwaited && member.Method.Result is null)
            {
                writer.Open(header);
                writer.Write($"{Call(member, by)};");
                writer.Write("return default;");
                writer.Close();
            }
            else
            {
                writer.Write($"{header} =>");
                writer.Write(Indented(Returned(member, by, Call(member, by)) + ";"));
            }
        }
    }

    /// <summary>A result in what the contract's method returns.</summary>
    private static string Returned(ContractMember member, AuthoredMethod by, string result) =>
        member.Method.Token is not null && by.Return.Task is null
            ? $"new {WitSignature.ReturnOf(member.Method)}({result})"
            : result;

    /// <summary>The method throws what the contract returns.</summary>
    private static void WriteCatch(IndentedWriter writer, string header, ContractMember member, AuthoredMethod by)
    {
        var result = (ResultShape)member.Method.Result!;
        writer.Open(header);
        writer.Open("try");
        if (result.Value is UnitShape)
        {
            writer.Write($"{Call(member, by)};");
            writer.Write($"return {Returned(member, by, $"{result.Type}.Ok(default)")};");
        }
        else
        {
            writer.Write($"return {Returned(member, by, $"{result.Type}.Ok({Call(member, by)})")};");
        }

        writer.Close();
        writer.Open($"catch ({PublicRuntime}.WitException<{result.Error.Type}> __error)");
        writer.Write($"return {Returned(member, by, $"{result.Type}.Error(__error.Error)")};");
        writer.Close();
        writer.Close();
    }

    private static string Call(ContractMember member, AuthoredMethod by)
    {
        string? token = member.Method.Token;
        int next = 0;
        string[] arguments = [.. by.Parameters.Select(parameter =>
        {
            if (parameter.Injected is not null)
            {
                return token ?? "default";
            }

            DeclaredParameter given = member.Method.Parameters[next++];
            return (given.Value, token, by.Return.Task) switch
            {
                // which outlives the call
                (SpanShape or FixedListShape { IsSpan: true }, null, not null) => $"{given.Name}.ToArray()",
                (SpanShape, not null, null) => $"{given.Name}.Span",
                _ => given.Name,
            };
        })];
        string call = Enclose($"{Escape(by.Name)}(", arguments, ")");
        AuthoredReturn returned = by.Return;
        call = (returned.Task, token) switch
        {
            (null, _) => call,
            (_, not null) => $"await {call}.ConfigureAwait(false)",
            ("ValueTask", _) => call + ".AsTask().GetAwaiter().GetResult()",
            _ => call + ".GetAwaiter().GetResult()",
        };
        return returned switch
        {
            { ReturnsErrors: true } => token is null ? $"{call}.Unwrap()" : $"({call}).Unwrap()",
            { Outcome: Outcome.ResultOrInterrupt } => $"{Services}::Contracts.Continue({call})",
            _ => call,
        };
    }
}
