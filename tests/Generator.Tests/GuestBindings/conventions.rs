// Written by WasmBindgen from the C# classes Demo.C, Demo.CGuest: changes will be lost.

#![allow(dead_code, improper_ctypes, improper_ctypes_definitions, non_camel_case_types, unused_imports)]
#![allow(unused_macros, clippy::all)]

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Spot {
    pub x: i32,
    pub y: u8,
}
const _: () = assert!(core::mem::size_of::<Spot>() == 8);

pub type Comparison = Option<unsafe extern "C" fn(left: i32, right: i32) -> i32>;

pub type Level = i16;
pub const LEVEL_LOW: Level = -5;
pub const LEVEL_HIGH: Level = 700;

pub type Wide = u64;
pub const WIDE_ONE: Wide = 1;
pub const WIDE_LAST: Wide = 9223372036854775808;

pub type Deep = i64;
pub const DEEP_LOWEST: Deep = -9223372036854775808;

/// Text or a list.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct List<T> {
    pub data: *mut T,
    pub len: usize,
}

/// What the host has in module `c."d"`.
pub mod c_d {
    use super::*;

    #[link(wasm_import_module = "c.\"d\"")]
    extern "C" {
        /// Demo.C.Home
        #[link_name = "home"]
        pub fn home(name: *const u8) -> *mut u8;

        /// Demo.C.Texts
        #[link_name = "texts"]
        pub fn texts(
            wide: *const u16,
            wide_len: usize,
            narrow: *const u8,
            narrow_len: usize,
            none_is_some: bool,
            none: *const u16,
            none_len: usize);

        /// Demo.C.Read
        #[link_name = "read"]
        pub fn read(register: i32) -> u64;

        /// Demo.C.Sum
        #[link_name = "sum"]
        pub fn sum(spots: *mut Spot, bytes: *mut u8, others: *mut core::ffi::c_void) -> i32;

        /// Demo.C.Change
        #[link_name = "change"]
        pub fn change(spot: *mut Spot, half: *mut f64, view: *mut i32, view_len: usize);

        /// Demo.C.Sort
        #[link_name = "sort"]
        pub fn sort(compare: Comparison, compare_len: *const i32, compare_len_len: usize) -> i32;

        /// Demo.C.Levels
        #[link_name = "levels"]
        pub fn levels(level: Level, wide: Wide, deep: Deep) -> Level;

        /// Demo.C.Fail
        #[link_name = "fail"]
        pub fn fail(names: *const List<u8>, names_len: usize) -> i32;

        /// Demo.C.Odd
        #[link_name = "Odd name!"]
        pub fn odd_name(result: *mut i16, result_len: usize, int: i32);

        /// Demo.C.Index
        #[link_name = "index"]
        pub fn index(compare: u32) -> i32;
    }
}

/// What the guest exports. Implement it for a type, and write `export!(ThatType);` where all names of this
/// module are in scope.
pub trait Exports {
    /// Demo.CGuest.Home
    unsafe fn home(name: *mut u8) -> *const u8;

    /// Demo.CGuest.Change
    unsafe fn change(spot: *mut Spot);

    /// Allocates for the host.
    unsafe fn malloc(size: usize) -> *mut core::ffi::c_void;

    /// Frees for the host.
    unsafe fn free(address: *mut core::ffi::c_void);
}

macro_rules! export {
    ($exports:ty) => {
        const _: () = {
            #[export_name = "home"]
            unsafe extern "C" fn home(name: *mut u8) -> *const u8 {
                <$exports as Exports>::home(name)
            }

            #[export_name = "change"]
            unsafe extern "C" fn change(spot: *mut Spot) {
                <$exports as Exports>::change(spot)
            }

            #[export_name = "malloc"]
            unsafe extern "C" fn malloc(size: usize) -> *mut core::ffi::c_void {
                <$exports as Exports>::malloc(size)
            }

            #[export_name = "free"]
            unsafe extern "C" fn free(address: *mut core::ffi::c_void) {
                <$exports as Exports>::free(address)
            }
        };
    };
}
pub(crate) use export;
