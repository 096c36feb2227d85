using System.Globalization;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Marshalling;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// The unmanaged entry of a function of the host: what the guest calls. It lifts, invokes, lowers, and lets no
/// exception out.
/// </summary>
internal static class Thunk
{
    internal static void Write(IndentedWriter writer, string type, string module, HostFunction function)
    {
        writer.Write(
            $"""
            // {Comment(module)}.{Comment(function.WasmName)}: {Signatures.Wat(function.Core)}
            [global::System.Runtime.InteropServices.UnmanagedCallersOnly(
                CallConvs = new[] {"{"} typeof(global::System.Runtime.CompilerServices.CallConvCdecl) {"}"})]
            """);
        if (function.IsObsolete)
        {
            writer.Write("[global::System.Obsolete]");
        }

        writer.Open(
            $"{(function.Target == CallTarget.Delegate ? "internal" : "private")} static nint {function.ThunkName}("
            + $"nint {(function.Needs is null && function.Target != CallTarget.Delegate ? "host" : "context")}, "
            + $"nint caller, {Services}::Slot* slots, nuint count)");
        writer.Open("try");
        if (function.Fuel > 0)
        {
            writer.Write($"{Services}::HostCall.Charge(caller, {function.Fuel}ul);");
            writer.WriteLine();
        }

        WriteLift(writer, function);
        WriteInvoke(writer, type, module, function);
        writer.Close();
        WriteCatches(writer, module, function);
        writer.Close();
    }

    /// <summary>Arguments and results share the slots, so everything is lifted before anything is lowered.</summary>
    private static void WriteLift(IndentedWriter writer, HostFunction function)
    {
        CoreFunction core = function.Core;
        if (function.Parameters.Count == 0 && core.IsPlain)
        {
            return;
        }

        writer.Write("// Lift");
        if (!core.IsPlain)
        {
            writer.Write(
                core.NeedsMemory ? $"var memory = {Services}::HostCall.GuestMemory(context, caller);"
                : core.NeedsStore
                    ? $"var memory = {Services}::HostCall.NoMemory({(function.UsesHandles ? "context, " : "")}caller);"
                : $"{Services}::GuestMemory memory = default;");
        }

        if (function.TakesHandles)
        {
            writer.Write($"using var handles = {Services}::HostCall.Hold(memory);");
        }

        var offsets = new List<int>();
        Layout parameters =
            Layout.OfFields(function.Passed.Select(static parameter => parameter.Value!.Layout), offsets);
        if (core.ParametersSpill)
        {
            writer.Write(
                $"uint parameters = memory.Area(slots[0], {parameters.Size}, {parameters.Alignment}, \"parameters\");");
        }

        if (core.ResultSpills)
        {
            Layout result = function.Result!.Layout;
            int area = core.AreaComesFirst ? 0 : core.Parameters.Count - 1;
            writer.Write(
                $"uint resultArea = memory.Area(slots[{area}], {result.Size}, {result.Alignment}, "
                    + "\"return\");");
        }

        int slot = core.FirstSlot;
        int index = 0;
        var views = new List<string>();
        foreach (HostParameter parameter in function.Parameters)
        {
            if (parameter.Value is not { } value)
            {
                string of = parameter switch
                {
                    { Injected: "Memory" } => "context, caller",
                    { Guest: { } guest } => $"caller, static instance => new {guest}(instance)",
                    _ => "caller",
                };
                writer.Write($"var {parameter.Local} = {Services}::HostCall.{parameter.Injected}({of});");
                continue;
            }

            Marshaller marshaller = Marshaller.Of(value);
            string lifted =
                core.ParametersSpill ? marshaller.Load(Offset("parameters", offsets[index]), parameter.Name)
                : marshaller is SlotMarshaller scalar
                    ? scalar.LiftSlot(SlotAt(slot), $"{Services}::HostCall", parameter.Name)
                : marshaller.Lift(slot, parameter.Name);
            string declaration = Assign($"{marshaller.Declaration} {parameter.Local}", lifted);
            if (value.IsView)
            {
                // comes last: what is lifted by the user's code may call the guest, which may move its memory
                views.Add(declaration);
            }
            else
            {
                writer.Write(declaration);
            }

            slot += value.Flat.Count;
            index++;
        }

        foreach (string view in views)
        {
            writer.Write(view);
        }

        if (function.TakesHandles)
        {
            writer.Write("handles.Accept();");
        }

        writer.WriteLine();
    }

    private static void WriteInvoke(
        IndentedWriter writer, string type, string module, HostFunction function)
    {
        string[] arguments =
        [
            .. function.Parameters
                .Skip(function.Target == CallTarget.Self ? 1 : 0)
                .Select(static parameter => parameter.Value is { } value
                    ? Marshaller.Of(value).Argument(parameter.Modifier, parameter.Local)
                    : parameter.Modifier + parameter.Local),
        ];
        string host = function.Needs is null ? $"Host<{type}>(host, caller)" : $"HostOf<{type}>(context, caller)";
        string invoke = function.Target switch
        {
            CallTarget.Type => Enclose($"{type}.{function.Method}(", arguments, ")"),
            CallTarget.Constructor => Enclose($"new {type}(", arguments, ")"),
            CallTarget.Self => Enclose($"{function.Parameters[0].Local}.Value.{function.Method}(", arguments, ")"),
            CallTarget.Delegate => Enclose($"{Services}::HostCall.Delegate<{type}>(context).Invoke(", arguments, ")"),
            CallTarget.Drop => Enclose(
                $"{Services}::HostCall.Drop<{function.Contract ?? type}>(", ["caller", .. arguments], ")"),
            _ when function.Contract is { } contract =>
                Enclose($"(({contract}){Services}::HostCall.{host}).{function.Method}(", arguments, ")"),
            _ => Enclose($"{Services}::HostCall.{host}.{function.Method}(", arguments, ")"),
        };
        string call = function.IsAsync ? $"call.Wait({invoke});" : invoke + ";";
        writer.Write("// Invoke");
        if (function.IsAsync)
        {
            writer.Write($"using var call = {Services}::AsyncCall.Begin();");
        }

        if (function.Outcome == Outcome.Interrupt)
        {
            writer.Write(
                $"""
                var outcome = {call}
                return {Services}::HostCall.InterruptWith{Failure(module, function, "outcome.Error")};
                """);
            return;
        }

        string value = "result";
        if (function.Fallible is { } fallible)
        {
            WriteFallible(writer, module, function, fallible, call);
        }
        else if (function.Outcome == Outcome.ResultOrInterrupt)
        {
            WriteOutcome(writer, module, function, call);
            writer.WriteLine();
            // which is null only with an error
            value = function.Result is SlotShape ? "outcome.Value" : "outcome.Value!";
        }
        else
        {
            writer.Write(function.Result is null || function.ReturnsZero
                ? call
                : Assign($"{function.Result.Type} result", call.TrimEnd(';')));
        }

        HostParameter[] references =
            [.. function.Passed.Where(static parameter => parameter.Value is ReferenceShape or MemoryShape)];
        bool hasWritableViews = function.Passed.Any(static parameter =>
            parameter.Value is SpanShape { IsWritable: true } or WideListShape { IsWritable: true });
        if (function.Result is not null || references.Length > 0 || hasWritableViews)
        {
            if (function.Outcome == Outcome.Result || function.Fallible is not null)
            {
                writer.WriteLine();
            }

            writer.Write("// Lower");
            foreach (HostParameter parameter in references)
            {
                string way = parameter switch
                {
                    { Value: MemoryShape } => "WriteBack",
                    { Modifier: "out " } => "WriteOut",
                    _ => "WriteRef",
                };
                writer.Write($"memory.{way}({parameter.Local});");
            }

            if (hasWritableViews)
            {
                writer.Write("memory.WriteViews();");
            }
        }

        if (function.Result is { } result)
        {
            if (result.NeedsMemory || function.Core.ResultSpills)
            {
                writer.Write("memory.Refresh();"); // the method may have called the guest
            }

            Marshaller marshaller = Marshaller.Of(result);
            writer.Write(
                function.Core.ResultSpills ? marshaller.Store("resultArea", value, "return")
                : marshaller is SlotMarshaller scalar
                    ? scalar.LowerSlot("slots[0]", function.ReturnsZero ? "0" : value, "return")
                : $"""
                new global::System.Span<{Services}::Slot>(slots, {Math.Max(1, function.Core.Results.Count)}).Clear();
                {marshaller.Lower(0, value, "return")}
                """);
        }

        writer.Write("return 0;");
    }

    /// <summary>A call that may end the guest.</summary>
    private static void WriteOutcome(IndentedWriter writer, string module, HostFunction function, string call)
    {
        writer.Write($"var outcome = {call}");
        writer.Open("if (outcome.IsInterrupt)");
        writer.Write($"return {Services}::HostCall.InterruptWith{Failure(module, function, "outcome.Error")};");
        writer.Close();
    }

    /// <summary>A call whose exceptions may be errors in the result, which are then lowered like any.</summary>
    private static void WriteFallible(
        IndentedWriter writer, string module, HostFunction function, ResultShape result, string call)
    {
        bool isVoid = function.Throws && result.Value is UnitShape;
        writer.Write($"{result.Type} result;");
        writer.Open("try");
        if (function.Outcome == Outcome.ResultOrInterrupt)
        {
            WriteOutcome(writer, module, function, call);
            writer.WriteLine();
            writer.Write(Assign("result", Returned("outcome.Value")));
        }
        else if (isVoid)
        {
            writer.Write(call);
            writer.Write(Assign("result", Returned("")));
        }
        else
        {
            writer.Write(Assign("result", Returned(call.TrimEnd(';'))));
        }

        writer.Close();
        Write($"{Runtime}::WitException<{result.Error.Type}>", "exception.Error", default);
        foreach (Catch declared in function.Catches)
        {
            if (declared.Error is { } error)
            {
                Write(declared.Type, error.Value, error.Others);
            }
        }

        // Of a method that throws the error, what it returns is the value alone.
        string Returned(string value) =>
            isVoid ? $"{result.Type}.Ok(default)" : function.Throws ? $"{result.Type}.Ok({value})" : value;

        void Write(string type, string error, EquatableArray<string> others)
        {
            string isResult = $"{Services}::HostCall.IsResult(caller, exception)";
            writer.Open($"catch ({type} exception)\n" + Indented(others.Count == 0
                ? $"when ({isResult})"
                : $"when (exception is not ({string.Join(" or ", others)})\n{Indented($"&& {isResult})")}"));
            writer.Write($"result = {result.Type}.Error({error});");
            writer.Close();
        }
    }

    /// <summary>
    /// The arguments of what aborts the guest: the call, the error, and the function that it came from.
    /// </summary>
    private static string Failure(string module, HostFunction function, string error) =>
        $"(caller, {error}, {Literal(module)}, {Literal(function.WasmName)})";

    private static void WriteCatches(IndentedWriter writer, string module, HostFunction function)
    {
        string arguments = Failure(module, function, "exception");
        foreach (Catch declared in function.Catches)
        {
            if (declared.Error is not null)
            {
                continue; // is caught around the call
            }

            if (declared.Errno is { } errno)
            {
                writer.Open(
                    $"catch ({declared.Type} exception)\n"
                    + Indented($"when (!{Services}::HostCall.IsInFlight(caller, exception))"));
                // a culture may have another minus
                writer.Write($"slots[0].S32 = {errno.ToString(CultureInfo.InvariantCulture)};");
                writer.Write("return 0;");
                writer.Close();
            }
            else if (declared.Tag is { } tag)
            {
                writer.Open(
                    $"catch ({declared.Type} exception)\n"
                    + Indented($"when (!{Services}::HostCall.IsInFlight(caller, exception))"));
                writer.Write($"return {TagEmitter.Throw(tag, function)};");
                writer.Close();
            }
            else
            {
                WriteCatch(declared.Type, "Interrupt");
            }
        }

        WriteCatch("global::System.Exception", function.InterruptsWithAny ? "Interrupt" : "Abort");

        void WriteCatch(string type, string outcome)
        {
            writer.Open($"catch ({type} exception)");
            writer.Write($"return {Services}::HostCall.{outcome}{arguments};");
            writer.Close();
        }
    }
}
