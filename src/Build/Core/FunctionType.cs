using WasmBindgen.Binary;

namespace WasmBindgen.Build.Core;

/// <summary>The type of a function or tag.</summary>
internal sealed record FunctionType(WasmType[] Parameters, WasmType[] Results);
