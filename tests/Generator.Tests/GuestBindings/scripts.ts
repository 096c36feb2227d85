// Written by WasmBindgen from the C# classes Demo.Env, Demo.Guest, Demo.Other: changes will be lost.

export enum Unit {
    Metre = 0,
    Mile = 1,
}

// What the host has in module "env".

// Demo.Env.Abort
@external("env", "abort")
export declare function abort(message: string | null, file: string | null, line: u32, column: u32): void;

// Demo.Env.Join
@external("env", "join")
export declare function join(parts: Array<string>, in_: i32): string;

// Demo.Env.Numbers
@external("env", "numbers")
export declare function numbers(count: i32): Float64Array;

// Demo.Env.Words
@external("env", "words")
export declare function words(unit: Unit): StaticArray<string | null> | null;

// Demo.Env.Bytes
@external("env", "bytes")
export declare function bytes(bits: Array<bool>): ArrayBuffer;

// Demo.Env.Vector
@external("env", "vector")
export declare function vector(lanes: v128): v128;

// Demo.Env.Keep
@external("env", "keep")
export declare function keep(value: externref): externref;

// Demo.Env.Every
@external("env", "every")
export declare function every(tick: funcref): void;

// What the host has in module "other".

// Demo.Other.Abort
@external("other", "abort")
export declare function otherAbort(): void;

// What the guest exports.

// Demo.Guest.Greet
//   export function greet(name: string): string

// Demo.Guest.OddName
//   export function odd_name(unit: Unit): void

// Demo.Guest.Counter
//   export let counter: i32;

// Demo.Guest.Fixed
//   export const fixed: f64;

// Demo.Guest.Table: compile with --exportTable.

// Compile with --exportRuntime: the host makes objects of AssemblyScript.
