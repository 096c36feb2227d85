using WasmBindgen.Components.Format;
using WasmBindgen.Native;

namespace WasmBindgen.Components;

/// <summary>A function of one component as another one imports it.</summary>
internal sealed class FusedFunction
{
    internal static wasmtime_extern_t New(ComponentInstance instance, Lower lower, FunctionType type) =>
        throw new NotSupportedException("calls from component to component");
}
