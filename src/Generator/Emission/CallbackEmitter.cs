using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>The class behind a delegate: it calls a guest's function, or is called by the guest.</summary>
internal static class CallbackEmitter
{
    /// <summary>The import module of delegates in messages and backtraces.</summary>
    private const string Module = "delegate";

    internal static void Write(IndentedWriter writer, CallbackShape callback)
    {
        if (callback.IsObsolete)
        {
            writer.Write("[global::System.Obsolete]");
        }

        switch (callback)
        {
            case GuestCallbackShape guest:
                string function = guest.Core.IsPlain ? "GuestFunction" : "CanonicalFunction";
                writer.Open(
                    $"private sealed class {guest.Class}({Services}::{function} function) : "
                    + $"{Services}::GuestCallback(function)");
                WriteStub(writer, guest.Stub);
                writer.Close();
                break;
            case HostCallbackShape host:
                writer.Open($"private static class {host.Class}");
                Thunk.Write(writer, host.Delegate, Module, host.Thunk);
                writer.Close();
                break;
        }
    }

    private static void WriteStub(IndentedWriter writer, GuestFunctionStub stub)
    {
        writer.Open(StubText.Declaration(stub));
        if (stub.Core.IsPlain)
        {
            PlainStub.Write(writer, storage: null, stub);
        }
        else
        {
            CanonicalStub.Write(writer, storage: null, stub);
        }

        writer.Close();
    }
}
