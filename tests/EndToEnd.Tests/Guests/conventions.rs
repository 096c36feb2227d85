// The guest of conventions.c in Rust. Built by build.sh.
#![no_std]
use core::{arch::wasm32, mem, ptr, slice};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! { wasm32::unreachable() }

#[repr(C)]
pub struct Spot { x: i32, y: i32 }
#[repr(C)]
pub struct Sample { channel: u8, value: f64, at: Spot }
#[repr(C)]
pub struct List<T>(*mut T, usize);

// Every block knows its size; what is freed twice, or is none, is a trap.
#[repr(C)]
struct Header { size: u32, mark: u32 }

const MARK: u32 = 0x72757374;

static mut NEXT: usize = 0;
static mut LIVE: i32 = 0;

#[no_mangle]
pub unsafe extern "C" fn alloc(size: usize) -> *mut u8 {
    extern "C" { static __heap_base: u8; }
    if NEXT == 0 { NEXT = (&__heap_base as *const u8 as usize + 7) & !7; }
    let block = NEXT as *mut Header;
    NEXT += mem::size_of::<Header>() + ((size + 7) & !7);
    while NEXT > wasm32::memory_size(0) * 65536 {
        if wasm32::memory_grow(0, 1) == usize::MAX { return ptr::null_mut(); }
    }
    block.write(Header { size: size as u32, mark: MARK });
    LIVE += 1;
    block.add(1) as *mut u8
}

#[no_mangle]
pub unsafe extern "C" fn dealloc(address: *mut u8, size: usize) {
    let block = (address as *mut Header).sub(1);
    assert!((*block).mark == MARK && (*block).size == size as u32);
    (*block).mark = 0;
    LIVE -= 1;
}

#[no_mangle]
pub unsafe extern "C" fn malloc(size: usize) -> *mut u8 { alloc(size) }

#[no_mangle]
pub unsafe extern "C" fn free(address: *mut u8) {
    if !address.is_null() { dealloc(address, (*(address as *mut Header).sub(1)).size as usize) }
}

#[no_mangle]
pub unsafe extern "C" fn live() -> i32 { LIVE }

mod host {
    use super::*;

    #[link(wasm_import_module = "conventions")]
    extern "C" {
        pub fn home(name: *const u8) -> *mut u8;
        pub fn wide(units: *const u16, length: usize, result: *mut List<u16>);
        pub fn narrow(bytes: *const u8, length: usize, result: *mut List<u8>);
        pub fn checksum(length: usize, seed: u32, bytes: *const u8) -> u32;
        pub fn read(buffer: *mut u8, capacity: i32) -> i32;
        pub fn step(by_x: i32, by_y: i32, at: &mut Spot, distance: &mut f64) -> bool;
        pub fn open(what: i32) -> i32;
        pub fn close(what: i32) -> i32;
        pub fn bytes(count: i32) -> u64;
        pub fn sort(values: *mut i32, length: usize, compare: extern "C" fn(i32, i32) -> i32);
        pub fn integrate(function: Option<extern "C" fn(f64) -> f64>, from: f64, to: f64) -> f64;
        pub fn each(count: i32, visit: extern "C" fn(i32, i64));
    }
}

// Text.
static mut WIDE: List<u16> = List(ptr::null_mut(), 0);
static mut NARROW: List<u8> = List(ptr::null_mut(), 0);

#[no_mangle]
pub unsafe extern "C" fn home(name: *const u8) -> *const u8 {
    let result = host::home(if !name.is_null() && *name != 0 { name.add(1) } else { name });
    if !result.is_null() { *result = b'~' }
    result
}

#[no_mangle]
pub unsafe extern "C" fn wide(units: *mut u16, length: usize) -> *const List<u16> {
    slice::from_raw_parts_mut(units, length).iter_mut().for_each(|unit| *unit += 1);
    host::wide(units, length, &mut WIDE);
    if WIDE.1 > 0 { *WIDE.0 += 1 }
    &WIDE
}

#[no_mangle]
pub unsafe extern "C" fn narrow(bytes: *mut u8, length: usize) -> *const List<u8> {
    slice::from_raw_parts_mut(bytes, length).iter_mut().for_each(|byte| *byte ^= 0x20);
    host::narrow(bytes, length, &mut NARROW);
    if NARROW.1 > 0 { *NARROW.0 ^= 0x20 }
    &NARROW
}

// Pointers, in any order, and buffers that the caller provides.
#[no_mangle]
pub unsafe extern "C" fn checksum(capacity: i32) -> u32 {
    let mut buffer = [0u8; 64];
    let count = host::read(buffer.as_mut_ptr().add(1), capacity);
    buffer[0] = count as u8;
    host::checksum(count as usize + 1, 7, buffer.as_ptr())
}

#[no_mangle]
pub unsafe extern "C" fn find(from: *const i32, length: i32, value: i32) -> *const i32 {
    slice::from_raw_parts(from, length as usize).iter().find(|&&one| one == value).map_or(ptr::null(), |one| one)
}

#[no_mangle]
pub unsafe extern "C" fn walk(steps: i32, mut x: i32, y: i32) -> f64 {
    let mut at = Spot { x: 0, y: 0 };
    let (mut distance, mut sum) = (0.0, 0.0);
    for _ in 0..steps {
        if !host::step(x, y, &mut at, &mut distance) { break; }
        sum += distance;
        x += 1;
    }
    sum * 1000.0 + (at.x * 10 + at.y) as f64
}

#[no_mangle]
pub extern "C" fn div_mod(a: i32, b: i32, quotient: &mut i32, remainder: &mut i64) {
    *quotient = a / b;
    *remainder = (a % b) as i64;
}

#[export_name = "move"]
pub extern "C" fn move_by(by: &mut Spot, _text: *const u8, length: usize, at: &mut Sample) -> i32 {
    *at = Sample { channel: at.channel + 1, value: at.value * 2.0, at: Spot { x: at.at.x + by.x, y: at.at.y + by.y } };
    *by = Spot { x: -by.x, y: -by.y };
    length as i32
}

// Errors and results.
#[no_mangle]
pub unsafe extern "C" fn open(what: i32) -> i32 { host::open(what) * 1000 + host::close(what) }

#[no_mangle]
pub unsafe extern "C" fn bytes(count: i32) -> u64 {
    let packed = host::bytes(count);
    let all = slice::from_raw_parts_mut((packed >> 32) as usize as *mut u8, packed as u32 as usize);
    all.iter_mut().for_each(|byte| *byte *= 2);
    all.split_first().map_or(0, |(_, rest)| (rest.as_ptr() as u64) << 32 | rest.len() as u64)
}

// Functions by their index in the table.
extern "C" fn ascending(a: i32, b: i32) -> i32 { (a > b) as i32 - (a < b) as i32 }
extern "C" fn by_last_digit(a: i32, b: i32) -> i32 { a % 10 - b % 10 }
extern "C" fn square(x: f64) -> f64 { x * x }
extern "C" fn half(x: f64) -> f64 { x / 2.0 }

static mut VISITED: i64 = 0;
extern "C" fn visit(index: i32, value: i64) { unsafe { VISITED = VISITED * 10 + value + index as i64 } }

#[no_mangle]
pub unsafe extern "C" fn sort(values: *mut i32, length: i32, order: i32) -> *const i32 {
    host::sort(values, length as usize, if order != 0 { by_last_digit } else { ascending });
    values
}

#[no_mangle]
pub unsafe extern "C" fn integrate(which: i32, from: f64, to: f64) -> f64 {
    host::integrate(match which { 0 => None, 1 => Some(square), _ => Some(half) }, from, to)
}

#[no_mangle]
pub unsafe extern "C" fn each(count: i32) -> i64 {
    VISITED = 0;
    host::each(count, visit);
    VISITED
}

// For a host that hands lengths back: its arguments are those of dealloc.
#[no_mangle]
pub unsafe extern "C" fn total(text: *const u8, length: usize, rows: *const List<i64>, count: usize) -> i64 {
    let _ = text;
    slice::from_raw_parts(rows, count).iter().flat_map(|row| slice::from_raw_parts(row.0, row.1)).sum::<i64>() + length as i64
}
