// Written by WasmBindgen from the C# classes WasmBindgen.EndToEnd.Tests.ScriptPlugin, WasmBindgen.EndToEnd.Tests.ScriptPluginHost: changes will be lost.

export enum PluginColor {
    Red = 0,
    Green = 1,
    DarkBlue = 2,
}

// What the host has in module "script".

// WasmBindgen.EndToEnd.Tests.ScriptPluginHost.JoinAll
@external("script", "join_all")
export declare function joinAll(parts: Array<string>, separator: string | null): string;

// WasmBindgen.EndToEnd.Tests.ScriptPluginHost.Halves
@external("script", "halves")
export declare function halves(values: Array<i32>, color: PluginColor): Float64Array;

// WasmBindgen.EndToEnd.Tests.ScriptPluginHost.RejectAll: never returns.
@external("script", "reject_all")
export declare function rejectAll(code: i32): void;

// What the guest exports.

// WasmBindgen.EndToEnd.Tests.ScriptPlugin.Run
//   export function run(text: string): string

// WasmBindgen.EndToEnd.Tests.ScriptPlugin.Fail
//   export function fail(code: i32): i32

// WasmBindgen.EndToEnd.Tests.ScriptPlugin.SumOfHalves
//   export function sumOfHalves(end: i32): f64

// Compile with --exportRuntime: the host makes objects of AssemblyScript.
