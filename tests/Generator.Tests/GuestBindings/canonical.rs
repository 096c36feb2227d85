// Written by WasmBindgen from the C# classes Demo.Counter, Demo.Env, Demo.Guest, Demo.SameGuest, Demo.Store: changes will be lost.

#![allow(dead_code, improper_ctypes, improper_ctypes_definitions, non_camel_case_types, unused_imports)]
#![allow(unused_macros, clippy::all)]

/// A handle: an object of the host's.
pub type Counter = u32;

pub type Color = u8;
pub const COLOR_RED: Color = 0;
pub const COLOR_GREEN: Color = 1;
pub const COLOR_DARK_BLUE: Color = 2;

pub type Rights = u8;
pub const RIGHTS_NONE: Rights = 0;
pub const RIGHTS_READ: Rights = 1;
pub const RIGHTS_WRITE: Rights = 2;
pub const RIGHTS_ALL: Rights = 3;

/// Text or a list.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct List<T> {
    pub data: *mut T,
    pub len: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Point {
    pub x: i32,
    pub y: f64,
}
const _: () = assert!(core::mem::size_of::<Point>() == 16);

/// A value, if there is one.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct OptionOf<T: Copy> {
    pub is_some: bool,
    pub value: core::mem::MaybeUninit<T>,
}

const _: () = assert!(core::mem::size_of::<OptionOf<Point>>() == 24);

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Person {
    pub name: List<u8>,
    pub home: OptionOf<Point>,
    pub colors: List<Color>,
    pub rights: Rights,
}
const _: () = assert!(core::mem::size_of::<Person>() == 48);

const _: () = assert!(core::mem::size_of::<OptionOf<Person>>() == 56);

#[repr(C)]
#[derive(Clone, Copy)]
pub struct ShapeLine {
    pub from: Point,
    pub to: Point,
}
const _: () = assert!(core::mem::size_of::<ShapeLine>() == 32);

#[repr(C)]
#[derive(Clone, Copy)]
pub union ShapePayload {
    pub circle: f32,
    pub line: ShapeLine,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Shape {
    pub tag: u8,
    pub payload: ShapePayload,
}
const _: () = assert!(core::mem::size_of::<Shape>() == 40);
pub const SHAPE_CIRCLE: u8 = 0;
pub const SHAPE_LINE: u8 = 1;
pub const SHAPE_NOTHING: u8 = 2;

#[repr(C)]
#[derive(Clone, Copy)]
pub union PayloadOf<T: Copy, E: Copy> {
    pub value: T,
    pub error: E,
}

/// A value or an error.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ResultOf<T: Copy, E: Copy> {
    pub is_error: bool,
    pub payload: PayloadOf<T, E>,
}

const _: () = assert!(core::mem::size_of::<ResultOf<Point, List<u8>>>() == 24);

#[repr(C)]
#[derive(Clone, Copy)]
pub struct ManyArguments {
    pub a: Point,
    pub b: Point,
    pub c: Point,
    pub d: Point,
    pub e: Point,
    pub f: Point,
    pub g: Point,
    pub h: Point,
    pub last: List<u8>,
}
const _: () = assert!(core::mem::size_of::<ManyArguments>() == 136);

/// What the host has in module `demo:plugin/counters`.
pub mod demo_plugin_counters {
    use super::*;

    #[link(wasm_import_module = "demo:plugin/counters")]
    extern "C" {
        /// Demo.Counter.Counter
        #[link_name = "[constructor]counter"]
        pub fn counter_new(start: i32) -> Counter;

        /// Demo.Counter.Increment
        #[link_name = "[method]counter.increment"]
        pub fn counter_increment(self_: Counter, by: i32) -> i32;

        /// Demo.Counter.Merge
        #[link_name = "[static]counter.merge"]
        pub fn counter_merge(left: Counter, right: Counter) -> Counter;

        /// Demo.Counter.Dispose
        #[link_name = "[resource-drop]counter"]
        pub fn counter_drop(handle: Counter);
    }
}

/// What the host has in module `env`.
pub mod env {
    use super::*;

    #[link(wasm_import_module = "env")]
    extern "C" {
        /// Demo.Env.EarlyExit
        #[link_name = "early-exit"]
        pub fn early_exit(code: i32) -> !;

        /// Demo.Env.Log
        #[link_name = "log"]
        pub fn log(message: *const u8, message_len: usize, is_error: bool);

        /// Demo.Env.Scalars
        #[link_name = "scalars"]
        pub fn scalars(a: i8, b: u8, c: i16, d: u16, e: u32, f: i64, g: u64, h: f32, i: f64, j: u32) -> u32;

        /// Demo.Env.Colors
        #[link_name = "colors"]
        pub fn colors(one: Color, rights: Rights) -> Color;

        /// Demo.Env.Name
        #[link_name = "name"]
        pub fn name(result: *mut List<u8>);

        /// Demo.Env.Wait
        #[link_name = "wait"]
        pub fn wait(milliseconds: i32) -> i32;
    }
}

/// What the host has in module `demo:plugin/store`.
pub mod demo_plugin_store {
    use super::*;

    #[link(wasm_import_module = "demo:plugin/store")]
    extern "C" {
        /// Demo.Store.Find
        #[link_name = "find"]
        pub fn find(
            name: *const u8,
            name_len: usize,
            key: *const u8,
            key_len: usize,
            result: *mut OptionOf<Person>);

        /// Demo.Store.Put
        #[link_name = "put"]
        pub fn put(
            person_name: *const u8,
            person_name_len: usize,
            person_home_is_some: bool,
            person_home_x: i32,
            person_home_y: f64,
            person_colors: *const Color,
            person_colors_len: usize,
            person_rights: Rights,
            pair_item1: i32,
            pair_item2: *const u8,
            pair_item2_len: usize,
            shapes: *const Shape,
            shapes_len: usize);

        /// Demo.Store.Move
        #[link_name = "move"]
        pub fn move_(
            point_x: i32,
            point_y: f64,
            by_is_some: bool,
            by: i32,
            result: *mut ResultOf<Point, List<u8>>);

        /// Demo.Store.Try
        #[link_name = "try"]
        pub fn try_() -> bool;

        /// Demo.Store.Many
        #[link_name = "many"]
        pub fn many(arguments: *const ManyArguments);

        /// Demo.Store.Draw
        #[link_name = "draw"]
        pub fn draw(
            shape_case: u8,
            shape_payload0: u32,
            shape_payload1: f64,
            shape_payload2: u32,
            shape_payload3: f64,
            either_is_error: bool,
            either_payload0: u32,
            message_is_error: bool,
            message_error: *const u8,
            message_error_len: usize,
            result: *mut Shape);

        /// Demo.Store.Open
        #[link_name = "open"]
        pub fn open(counter: Counter, given: Counter) -> Counter;
    }
}

/// What the guest exports. Implement it for a type, and write `export!(ThatType);` where all names of this
/// module are in scope.
/// When the host has read a result from memory, it calls cabi_post_ and the function's name, if that is exported.
pub trait Exports {
    /// Demo.Guest.Run
    unsafe fn run(a: i32, b: i32) -> i32;

    /// Demo.Guest.Greet
    unsafe fn greet(name: *mut u8, name_len: usize, at_x: i32, at_y: f64) -> *const List<u8>;

    /// Demo.Guest.Corners
    unsafe fn corners(
        shape_case: u8,
        shape_payload0: u32,
        shape_payload1: f64,
        shape_payload2: u32,
        shape_payload3: f64) -> *const List<Point>;

    /// Demo.Guest.Stop
    unsafe fn stop();

    /// Allocates for the host.
    unsafe fn cabi_realloc(
        old_address: *mut core::ffi::c_void,
        old_size: usize,
        alignment: usize,
        size: usize) -> *mut core::ffi::c_void;
}

macro_rules! export {
    ($exports:ty) => {
        const _: () = {
            #[export_name = "run"]
            unsafe extern "C" fn run(a: i32, b: i32) -> i32 {
                <$exports as Exports>::run(a, b)
            }

            #[export_name = "greet"]
            unsafe extern "C" fn greet(name: *mut u8, name_len: usize, at_x: i32, at_y: f64) -> *const List<u8> {
                <$exports as Exports>::greet(name, name_len, at_x, at_y)
            }

            #[export_name = "corners"]
            unsafe extern "C" fn corners(
                shape_case: u8,
                shape_payload0: u32,
                shape_payload1: f64,
                shape_payload2: u32,
                shape_payload3: f64) -> *const List<Point> {
                <$exports as Exports>::corners(
                    shape_case,
                    shape_payload0,
                    shape_payload1,
                    shape_payload2,
                    shape_payload3)
            }

            #[export_name = "stop"]
            unsafe extern "C" fn stop() {
                <$exports as Exports>::stop()
            }

            #[export_name = "cabi_realloc"]
            unsafe extern "C" fn cabi_realloc(
                old_address: *mut core::ffi::c_void,
                old_size: usize,
                alignment: usize,
                size: usize) -> *mut core::ffi::c_void {
                <$exports as Exports>::cabi_realloc(old_address, old_size, alignment, size)
            }
        };
    };
}
pub(crate) use export;
