// Written by WasmBindgen from the C# classes Demo.C, Demo.CGuest: changes will be lost.

// An index of a function (i32, i32) => i32.
export type Comparison = u32;

export enum Level {
    Low = -5,
    High = 700,
}

export namespace Wide {
    export const One: u64 = 1;
    export const Last: u64 = 9223372036854775808;
}

export namespace Deep {
    export const Lowest: i64 = -9223372036854775808;
}

// What the host has in module "c.\"d\"".

// Demo.C.Home
// name: UTF-8 and a zero byte.
@external("c.\"d\"", "home")
export declare function home(name: usize): usize;

// Demo.C.Texts
// wide: UTF-16, its length in code units.
// narrow: Latin-1.
@external("c.\"d\"", "texts")
export declare function texts(
    wide: usize,
    wideLength: usize,
    narrow: usize,
    narrowLength: usize,
    noneIsSome: bool,
    none: usize,
    noneLength: usize): void;

// Demo.C.Read
@external("c.\"d\"", "read")
export declare function read(register: i32): u64;

// Demo.C.Sum
@external("c.\"d\"", "sum")
export declare function sum(spots: usize, bytes: usize, others: usize): i32;

// Demo.C.Change
// spot: the address of X: i32 at 0, Y: u8 at 4.
// half: the address of f64 at 0.
// view: elements of size 4, each with i32 at 0.
@external("c.\"d\"", "change")
export declare function change(spot: usize, half: usize, view: usize, viewLength: usize): void;

// Demo.C.Sort
// compareLen: elements of size 4, each with i32 at 0.
@external("c.\"d\"", "sort")
export declare function sort(compare: Comparison, compareLen: usize, compareLenLength: usize): i32;

// Demo.C.Levels
@external("c.\"d\"", "levels")
export declare function levels(level: Level, wide: u64, deep: i64): Level;

// Demo.C.Fail
// names: elements of size 8, each with address: usize at 0, length: usize at 4.
@external("c.\"d\"", "fail")
export declare function fail(names: usize, namesLength: usize): i32;

// Demo.C.Odd
// result: elements of size 2, each with i16 at 0.
@external("c.\"d\"", "Odd name!")
export declare function oddName(result: usize, resultLength: usize, int: i32): void;

// Demo.C.Index
@external("c.\"d\"", "index")
export declare function index(compare: u32): i32;

// What the guest exports.

// Demo.CGuest.Home
// name: UTF-8 and a zero byte.
//   export function home(name: usize): usize

// Demo.CGuest.Change
// spot: the address of X: i32 at 0, Y: u8 at 4.
//   export function change(spot: usize): void

//   export function malloc(size: usize): usize

//   export function free(address: usize): void
