// Written by WasmBindgen from the C# classes Demo.Counter, Demo.Env, Demo.Guest, Demo.SameGuest, Demo.Store: changes will be lost.

// A handle: an object of the host's.
export type Counter = u32;

export enum Color {
    Red = 0,
    Green = 1,
    DarkBlue = 2,
}

export enum Rights {
    None = 0,
    Read = 1,
    Write = 2,
    All = 3,
}

// What the host has in module "demo:plugin/counters".

// Demo.Counter.Counter
@external("demo:plugin/counters", "[constructor]counter")
export declare function counterNew(start: i32): Counter;

// Demo.Counter.Increment
@external("demo:plugin/counters", "[method]counter.increment")
export declare function counterIncrement(self: Counter, by: i32): i32;

// Demo.Counter.Merge
@external("demo:plugin/counters", "[static]counter.merge")
export declare function counterMerge(left: Counter, right: Counter): Counter;

// Demo.Counter.Dispose
@external("demo:plugin/counters", "[resource-drop]counter")
export declare function counterDrop(handle: Counter): void;

// What the host has in module "env".

// Demo.Env.EarlyExit: never returns.
@external("env", "early-exit")
export declare function earlyExit(code: i32): void;

// Demo.Env.Log
// message: UTF-8.
@external("env", "log")
export declare function log(message: usize, messageLength: usize, isError: bool): void;

// Demo.Env.Scalars
@external("env", "scalars")
export declare function scalars(a: i8, b: u8, c: i16, d: u16, e: u32, f: i64, g: u64, h: f32, i: f64, j: u32): u32;

// Demo.Env.Colors
@external("env", "colors")
export declare function colors(one: Color, rights: Rights): Color;

// Demo.Env.Name
// result: the address of address: usize at 0, length: usize at 4.
@external("env", "name")
export declare function name(result: usize): void;

// Demo.Env.Wait
@external("env", "wait")
export declare function wait(milliseconds: i32): i32;

// What the host has in module "demo:plugin/store".

// Demo.Store.Find
// name: UTF-8.
// key: elements of size 1, each with u8 at 0.
// result: the address of
//   isSome: u8 at 0,
//   Name.address: usize at 8,
//   Name.length: usize at 12,
//   Home.isSome: u8 at 16,
//   Home.X: i32 at 24,
//   Home.Y: f64 at 32,
//   Colors.address: usize at 40,
//   Colors.length: usize at 44,
//   Rights: u8 at 48.
@external("demo:plugin/store", "find")
export declare function find(name: usize, nameLength: usize, key: usize, keyLength: usize, result: usize): void;

// Demo.Store.Put
// shapes: elements of size 40, each with
//   case: u8 at 0,
//   circle: f32 at 8,
//   line.From.X: i32 at 8,
//   line.From.Y: f64 at 16,
//   line.To.X: i32 at 24,
//   line.To.Y: f64 at 32.
@external("demo:plugin/store", "put")
export declare function put(
    personName: usize,
    personNameLength: usize,
    personHomeIsSome: bool,
    personHomeX: i32,
    personHomeY: f64,
    personColors: usize,
    personColorsLength: usize,
    personRights: Rights,
    pairItem1: i32,
    pairItem2: usize,
    pairItem2Length: usize,
    shapes: usize,
    shapesLength: usize): void;

// Demo.Store.Move
// result: the address of
//   isError: u8 at 0,
//   value.X: i32 at 8,
//   value.Y: f64 at 16,
//   error.address: usize at 8,
//   error.length: usize at 12.
@external("demo:plugin/store", "move")
export declare function move(pointX: i32, pointY: f64, byIsSome: bool, by: i32, result: usize): void;

// Demo.Store.Try
@external("demo:plugin/store", "try")
export declare function demoPluginStoreTry(): bool;

// Demo.Store.Many
// arguments:
//   a.X: i32 at 0,
//   a.Y: f64 at 8,
//   b.X: i32 at 16,
//   b.Y: f64 at 24,
//   c.X: i32 at 32,
//   c.Y: f64 at 40,
//   d.X: i32 at 48,
//   d.Y: f64 at 56,
//   e.X: i32 at 64,
//   e.Y: f64 at 72,
//   f.X: i32 at 80,
//   f.Y: f64 at 88,
//   g.X: i32 at 96,
//   g.Y: f64 at 104,
//   h.X: i32 at 112,
//   h.Y: f64 at 120,
//   last.address: usize at 128,
//   last.length: usize at 132.
@external("demo:plugin/store", "many")
export declare function many(arguments: usize): void;

// Demo.Store.Draw
// result: the address of
//   case: u8 at 0,
//   circle: f32 at 8,
//   line.From.X: i32 at 8,
//   line.From.Y: f64 at 16,
//   line.To.X: i32 at 24,
//   line.To.Y: f64 at 32.
@external("demo:plugin/store", "draw")
export declare function draw(
    shapeCase: u8,
    shapePayload0: u32,
    shapePayload1: f64,
    shapePayload2: u32,
    shapePayload3: f64,
    eitherIsError: bool,
    eitherPayload0: u32,
    messageIsError: bool,
    messageError: usize,
    messageErrorLength: usize,
    result: usize): void;

// Demo.Store.Open
@external("demo:plugin/store", "open")
export declare function open(counter: Counter, given: Counter): Counter;

// What the guest exports.
// When the host has read a result from memory, it calls cabi_post_ and the function's name, if that is exported.

// Demo.Guest.Run
//   export function run(a: i32, b: i32): i32

// Demo.Guest.Greet
// name: UTF-8.
// result: the address of address: usize at 0, length: usize at 4.
//   export function greet(name: usize, nameLength: usize, atX: i32, atY: f64): usize

// Demo.Guest.Corners
// result: the address of address: usize at 0, length: usize at 4.
//   export function corners(
//       shapeCase: u8,
//       shapePayload0: u32,
//       shapePayload1: f64,
//       shapePayload2: u32,
//       shapePayload3: f64): usize

// Demo.Guest.Stop
//   export function stop(): void

//   export function cabi_realloc(oldAddress: usize, oldSize: usize, alignment: usize, size: usize): usize
