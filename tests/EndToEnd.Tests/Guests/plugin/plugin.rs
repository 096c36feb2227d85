// Written by WasmBindgen from the C# classes WasmBindgen.EndToEnd.Tests.Plugin, WasmBindgen.EndToEnd.Tests.PluginCounter, WasmBindgen.EndToEnd.Tests.PluginHost: changes will be lost.

#![allow(dead_code, improper_ctypes, improper_ctypes_definitions, non_camel_case_types, unused_imports)]
#![allow(unused_macros, clippy::all)]

/// A handle: an object of the host's.
pub type PluginCounter = u32;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct PluginPoint {
    pub x: i32,
    pub y: f64,
}
const _: () = assert!(core::mem::size_of::<PluginPoint>() == 16);

/// A value, if there is one.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct OptionOf<T: Copy> {
    pub is_some: bool,
    pub value: core::mem::MaybeUninit<T>,
}

const _: () = assert!(core::mem::size_of::<OptionOf<PluginPoint>>() == 24);

/// Text or a list.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct List<T> {
    pub data: *mut T,
    pub len: usize,
}

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

const _: () = assert!(core::mem::size_of::<ResultOf<u64, List<u8>>>() == 16);

#[repr(C)]
#[derive(Clone, Copy)]
pub struct PluginShapeCircle {
    pub center: PluginPoint,
    pub radius: f32,
}
const _: () = assert!(core::mem::size_of::<PluginShapeCircle>() == 24);

pub type PluginColor = u8;
pub const PLUGIN_COLOR_RED: PluginColor = 0;
pub const PLUGIN_COLOR_GREEN: PluginColor = 1;
pub const PLUGIN_COLOR_DARK_BLUE: PluginColor = 2;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct PluginShapeText {
    pub content: List<u8>,
    pub color: PluginColor,
}
const _: () = assert!(core::mem::size_of::<PluginShapeText>() == 12);

#[repr(C)]
#[derive(Clone, Copy)]
pub union PluginShapePayload {
    pub circle: PluginShapeCircle,
    pub text: PluginShapeText,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct PluginShape {
    pub tag: u8,
    pub payload: PluginShapePayload,
}
const _: () = assert!(core::mem::size_of::<PluginShape>() == 32);
pub const PLUGIN_SHAPE_CIRCLE: u8 = 0;
pub const PLUGIN_SHAPE_TEXT: u8 = 1;
pub const PLUGIN_SHAPE_NOTHING: u8 = 2;

/// What the host has in module `demo:plugin/counters`.
pub mod demo_plugin_counters {
    use super::*;

    #[link(wasm_import_module = "demo:plugin/counters")]
    extern "C" {
        /// WasmBindgen.EndToEnd.Tests.PluginCounter.PluginCounter
        #[link_name = "[constructor]plugin-counter"]
        pub fn plugin_counter_new(start: i32) -> PluginCounter;

        /// WasmBindgen.EndToEnd.Tests.PluginCounter.Increment
        #[link_name = "[method]plugin-counter.increment"]
        pub fn plugin_counter_increment(self_: PluginCounter, by: i32) -> i32;

        /// WasmBindgen.EndToEnd.Tests.PluginCounter.Dispose
        #[link_name = "[resource-drop]plugin-counter"]
        pub fn plugin_counter_drop(handle: PluginCounter);
    }
}

/// What the host has in module `demo:plugin/host`.
pub mod demo_plugin_host {
    use super::*;

    #[link(wasm_import_module = "demo:plugin/host")]
    extern "C" {
        /// WasmBindgen.EndToEnd.Tests.PluginHost.RejectAll
        #[link_name = "reject-all"]
        pub fn reject_all(code: i32) -> !;

        /// WasmBindgen.EndToEnd.Tests.PluginHost.Log
        #[link_name = "log"]
        pub fn log(message: *const u8, message_len: usize);

        /// WasmBindgen.EndToEnd.Tests.PluginHost.Find
        #[link_name = "find"]
        pub fn find(name: *const u8, name_len: usize, result: *mut OptionOf<PluginPoint>);

        /// WasmBindgen.EndToEnd.Tests.PluginHost.Parse
        #[link_name = "parse"]
        pub fn parse(text: *const u8, text_len: usize, result: *mut ResultOf<u64, List<u8>>);

        /// WasmBindgen.EndToEnd.Tests.PluginHost.Sum
        #[link_name = "sum"]
        pub fn sum(values: *const f64, values_len: usize, is_negative: bool) -> f64;

        /// WasmBindgen.EndToEnd.Tests.PluginHost.Describe
        #[link_name = "describe"]
        pub fn describe(shapes: *const PluginShape, shapes_len: usize, result: *mut List<List<u8>>);
    }
}

/// What the guest exports. Implement it for a type, and write `export!(ThatType);` where all names of this
/// module are in scope.
/// When the host has read a result from memory, it calls cabi_post_ and the function's name, if that is exported.
pub trait Exports {
    /// WasmBindgen.EndToEnd.Tests.Plugin.Run
    unsafe fn run(text: *mut u8, text_len: usize, at_x: i32, at_y: f64) -> *const List<u8>;

    /// WasmBindgen.EndToEnd.Tests.Plugin.Grow
    unsafe fn grow(
        shape_case: u8,
        shape_payload0: u32,
        shape_payload1: u64,
        shape_payload2: u32) -> *const PluginShape;

    /// WasmBindgen.EndToEnd.Tests.Plugin.Fail
    unsafe fn fail(code: i32) -> i32;

    /// WasmBindgen.EndToEnd.Tests.Plugin.CountTo
    unsafe fn count_to(end: i32) -> u64;

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
            unsafe extern "C" fn run(text: *mut u8, text_len: usize, at_x: i32, at_y: f64) -> *const List<u8> {
                <$exports as Exports>::run(text, text_len, at_x, at_y)
            }

            #[export_name = "grow"]
            unsafe extern "C" fn grow(
                shape_case: u8,
                shape_payload0: u32,
                shape_payload1: u64,
                shape_payload2: u32) -> *const PluginShape {
                <$exports as Exports>::grow(shape_case, shape_payload0, shape_payload1, shape_payload2)
            }

            #[export_name = "fail"]
            unsafe extern "C" fn fail(code: i32) -> i32 {
                <$exports as Exports>::fail(code)
            }

            #[export_name = "count-to"]
            unsafe extern "C" fn count_to(end: i32) -> u64 {
                <$exports as Exports>::count_to(end)
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
