// The guest of shapes.c in Rust, without its library and without bindgen. Built by build.sh.
#![no_std]
#![allow(improper_ctypes, improper_ctypes_definitions)] // char, which is a number there too
use core::{mem::MaybeUninit, slice};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! { core::arch::wasm32::unreachable() }

static mut NEXT: usize = 0;

#[no_mangle]
pub unsafe extern "C" fn cabi_realloc(_old: *mut u8, _old_size: usize, alignment: usize, size: usize) -> *mut u8 {
    extern "C" { static __heap_base: u8; }
    if NEXT == 0 { NEXT = &__heap_base as *const u8 as usize; }
    let result = (NEXT + alignment - 1) & !(alignment - 1);
    NEXT = result + size;
    while NEXT > core::arch::wasm32::memory_size(0) * 65536 {
        if core::arch::wasm32::memory_grow(0, 1) == usize::MAX { core::arch::wasm32::unreachable() }
    }
    result as *mut u8
}

#[repr(C)]
pub struct List<T>(*mut T, usize);

impl<T> Copy for List<T> {}
impl<T> Clone for List<T> { fn clone(&self) -> Self { *self } }

type Text = List<u8>;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Maybe<T> { is_some: bool, value: T }

unsafe fn allocate<T>(count: usize) -> &'static mut [MaybeUninit<T>] {
    let (size, alignment) = (count * core::mem::size_of::<T>(), core::mem::align_of::<T>());
    slice::from_raw_parts_mut(cabi_realloc(core::ptr::null_mut(), 0, alignment, size) as *mut MaybeUninit<T>, count)
}

fn leak<T>(value: T) -> &'static mut T { unsafe { allocate(1)[0].write(value) } }

/// What an import puts into its result area.
unsafe fn area<T>(import: impl FnOnce(*mut T)) -> T {
    let mut result = MaybeUninit::uninit();
    import(result.as_mut_ptr());
    result.assume_init()
}

// One slot each.
#[repr(u8)]
#[derive(Clone, Copy)]
pub enum Suit { Clubs, Diamonds, Hearts, Spades }

impl Suit {
    fn from(number: u8) -> Suit { [Suit::Clubs, Suit::Diamonds, Suit::Hearts, Suit::Spades][number as usize] }
    fn turned(self) -> Suit { Suit::from(3 - self as u8) }
}

#[repr(i32)]
#[derive(Clone, Copy)]
pub enum Status { Fine = 200, Missing = 404, Broken = 500 }

impl Status {
    fn turned(self) -> Status {
        match self { Status::Fine => Status::Missing, Status::Missing => Status::Broken, Status::Broken => Status::Fine }
    }
}

fn after(v: char) -> char { char::from_u32(v as u32 + 1).unwrap() }

mod flat {
    use super::{after, Status, Suit};

    macro_rules! flat {
        ($name:ident, $type:ty, $v:ident => $turn:expr) => {
            pub mod $name {
                #[allow(unused_imports)]
                use super::*;
                #[link(wasm_import_module = "flat")]
                extern "C" { #[link_name = stringify!($name)] fn host(value: $type) -> $type; }
                fn turn($v: $type) -> $type { $turn }
                #[export_name = stringify!($name)]
                pub unsafe extern "C" fn guest(value: $type) -> $type { turn(host(turn(value))) }
            }
        };
    }

    flat!(bool, ::core::primitive::bool, v => !v);
    flat!(s8, i8, v => !(v / 2));
    flat!(u8, ::core::primitive::u8, v => !(v / 2));
    flat!(s16, i16, v => !(v / 2));
    flat!(u16, ::core::primitive::u16, v => !(v / 2));
    flat!(s32, i32, v => !(v / 2));
    flat!(u32, ::core::primitive::u32, v => !(v / 2));
    flat!(s64, i64, v => !(v / 2));
    flat!(u64, ::core::primitive::u64, v => !(v / 2));
    flat!(f32, ::core::primitive::f32, v => -v);
    flat!(f64, ::core::primitive::f64, v => -v);
    flat!(rune, char, v => after(v));
    flat!(suit, Suit, v => v.turned());
    flat!(status, Status, v => v.turned());
    flat!(letter, ::core::primitive::u16, v => 259 - v);
    flat!(huge, i64, v => !v);
    flat!(few, ::core::primitive::u8, v => v ^ 5);
    flat!(some, ::core::primitive::u16, v => v ^ 0x101);
    flat!(lots, ::core::primitive::u32, v => v ^ 0x10001);
}

// All of them in one record.
#[repr(C)]
pub struct Gamut {
    is_on: bool, s8: i8, u8: u8, s16: i16, u16: u16, s32: i32, u32: u32, s64: i64, u64: u64,
    f32: f32, f64: f64, rune: char, suit: Suit, status: Status, letter: u16, huge: i64, few: u8, some: u16, lots: u32,
}

impl Gamut {
    fn turn(&mut self) {
        *self = Gamut {
            is_on: !self.is_on, s8: !self.s8, u8: !self.u8, s16: !self.s16, u16: !self.u16, s32: !self.s32, u32: !self.u32, s64: !self.s64, u64: !self.u64,
            f32: -self.f32, f64: -self.f64, rune: after(self.rune), suit: self.suit.turned(), status: self.status.turned(), letter: 259 - self.letter,
            huge: !self.huge, few: self.few ^ 5, some: self.some ^ 0x101, lots: self.lots ^ 0x10001,
        }
    }
}

mod host {
    use super::*;

    #[link(wasm_import_module = "shapes")]
    extern "C" {
        pub fn gamut(value: *const Gamut, result: *mut Gamut);
        pub fn gamuts(items: *const Gamut, length: usize, result: *mut List<Gamut>);
        pub fn text(bytes: *const u8, length: usize, result: *mut Text);
        pub fn tuple(x: i32, y: i32, bytes: *const u8, length: usize, result: *mut Labelled);
        pub fn matrix(rows: *const List<i32>, length: usize, result: *mut List<List<i32>>);
        pub fn step(is_some: bool, inner: bool, value: i32, result: *mut Maybe<Maybe<i32>>);
        pub fn name(is_some: bool, bytes: *const u8, length: usize, result: *mut Maybe<Text>);
        pub fn parse(is_error: bool, first: u64, second: usize, result: *mut Parsed);
        pub fn bare(is_error: bool) -> bool;
        pub fn outcome(is_error: bool, error: i32, result: *mut Outcome);
        pub fn root(is_error: bool, ok: f32, result: *mut Root);
        pub fn ratio(is_error: bool, either: u32, result: *mut Ratio);
        pub fn measure(kind: i32, first: u64, second: u32, third: i32, result: *mut Measure);
        pub fn measures(items: *const Measure, length: usize, result: *mut List<Measure>);
        pub fn deep(items: *const Entry, length: usize, result: *mut List<Entry>);
        pub fn sixteen(
            a: i32, b: i32, c: i32, d: i32, e: i32, f: i32, g: i32, h: i32, i: i32, j: i32, k: i32, l: i32, m: i32, n: i32, o: i64, p: f32,
            result: *mut Ends);
        pub fn seventeen(parameters: *const Seventeen) -> f64;
        pub fn mean(items: *const Sample, length: usize) -> f64;
        pub fn mirror(items: *mut Spot, length: usize);
        pub fn send(items: *const u8, length: usize) -> i32;
        pub fn fill(items: *mut u16, length: usize);
        pub fn inspect(borrowed: i32) -> i32;
        pub fn take(is_some: bool, owned: i32);
        pub fn issue(count: i32, result: *mut List<i32>);
    }
}

#[no_mangle]
pub unsafe extern "C" fn gamut(value: &mut Gamut) -> &'static Gamut {
    value.turn();
    let result = leak(area(|area| host::gamut(value, area)));
    result.turn();
    result
}

#[no_mangle]
pub unsafe extern "C" fn gamuts(items: *mut Gamut, length: usize) -> &'static List<Gamut> {
    slice::from_raw_parts_mut(items, length).iter_mut().for_each(Gamut::turn);
    let result = leak(area(|area| host::gamuts(items, length, area)));
    slice::from_raw_parts_mut(result.0, result.1).iter_mut().for_each(Gamut::turn);
    result
}

// Text, tuples, and lists of lists.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Spot { x: i32, y: i32 }

#[repr(C)]
pub struct Labelled { text: Text, at: Spot }

static mut TEXT: Text = List(core::ptr::null_mut(), 0);
static mut RELEASES: u32 = 0;

#[no_mangle]
pub unsafe extern "C" fn text(bytes: *const u8, length: usize) -> *const Text {
    let twice = allocate::<u8>(2 * length);
    (0..2 * length).for_each(|i| { twice[i].write(*bytes.add(i % length)); });
    TEXT = area(|area| host::text(twice.as_ptr() as *const u8, 2 * length, area));
    TEXT.1 -= 1;
    &TEXT
}

#[no_mangle]
pub unsafe extern "C" fn cabi_post_text(result: *const Text) {
    assert!(result == &TEXT);
    RELEASES += 1;
}

#[no_mangle]
pub unsafe extern "C" fn releases() -> u32 { RELEASES }

#[no_mangle]
pub unsafe extern "C" fn tuple(x: i32, y: i32, bytes: *const u8, length: usize) -> &'static Labelled {
    let result = leak(area(|area| host::tuple(y, x, bytes, length, area)));
    result.at.x += 1;
    result
}

#[no_mangle]
pub unsafe extern "C" fn matrix(rows: *const List<i32>, length: usize) -> &'static List<List<i32>> {
    let rows = slice::from_raw_parts(rows, length);
    let turned = allocate::<List<i32>>(rows.first().map_or(0, |row| row.1));
    for (x, row) in turned.iter_mut().enumerate() {
        let cells = allocate::<i32>(length);
        cells.iter_mut().zip(rows).for_each(|(cell, row)| { cell.write(*row.0.add(x)); });
        row.write(List(cells.as_mut_ptr() as *mut i32, length));
    }
    let result = leak(area(|area| host::matrix(turned.as_ptr() as *const List<i32>, turned.len(), area)));
    slice::from_raw_parts(result.0, result.1).iter().for_each(|row| *row.0 += 1);
    result
}

// Options.
fn stepped(m: Maybe<Maybe<i32>>) -> Maybe<Maybe<i32>> {
    let Maybe { is_some, value: Maybe { is_some: inner, value } } = m;
    Maybe { is_some: true, value: Maybe { is_some, value: if inner { value + 1 } else { 7 } } }
}

#[no_mangle]
pub unsafe extern "C" fn step(is_some: bool, inner: bool, value: i32) -> &'static Maybe<Maybe<i32>> {
    let sent = stepped(Maybe { is_some, value: Maybe { is_some: is_some && inner, value } });
    leak(stepped(area(|area| host::step(sent.is_some, sent.value.is_some, sent.value.value, area))))
}

#[no_mangle]
pub unsafe extern "C" fn name(is_some: bool, bytes: *const u8, length: usize) -> &'static Maybe<Text> {
    let result: Maybe<Text> = area(|area| host::name(is_some, bytes, length, area));
    leak(match result {
        Maybe { is_some: false, .. } => Maybe { is_some: true, value: List(b"nil".as_ptr() as *mut u8, 3) },
        Maybe { value, .. } => Maybe { is_some: *value.0 != b'-', value },
    })
}

// Results: their two cases share slots.
#[repr(C)]
pub union OkOrText { ok: u64, error: Text }
#[repr(C)]
pub struct Parsed { is_error: bool, of: OkOrText }
#[repr(C)]
pub struct Outcome { is_error: bool, error: Suit }
#[repr(C)]
pub struct Root { is_error: bool, ok: f32 }
#[repr(C)]
pub struct Ratio { is_error: bool, of: u32 }

#[no_mangle]
pub unsafe extern "C" fn parse(bytes: *const u8, length: usize) -> &'static Parsed {
    let digits = slice::from_raw_parts(bytes, length).iter().take_while(|byte| byte.is_ascii_digit());
    let count = digits.clone().count();
    let result = leak(area(|area| {
        if count < length {
            host::parse(true, bytes.add(count) as u64, length - count, area);
        } else {
            host::parse(false, digits.fold(0, |number, digit| number * 10 + (digit - b'0') as u64), 0, area);
        }
    }));
    if !result.is_error { result.of.ok -= 1; }
    result
}

#[no_mangle]
pub unsafe extern "C" fn bare(is_error: bool) -> bool { !host::bare(!is_error) }

#[no_mangle]
pub unsafe extern "C" fn outcome(is_error: bool, error: i32) -> &'static Outcome {
    let (is_error, error) = if is_error { (error != 0, error - 1) } else { (true, 3) };
    let result = leak(area(|area| host::outcome(is_error, error, area)));
    if result.is_error { result.error = Suit::from(result.error as u8 ^ 1); }
    result
}

#[no_mangle]
pub unsafe extern "C" fn root(is_error: bool, ok: f32) -> &'static Root {
    let result = leak(area(|area| host::root(is_error, ok * 4.0, area)));
    result.ok += 1.0;
    result
}

#[no_mangle]
pub unsafe extern "C" fn ratio(is_error: bool, either: u32) -> &'static Ratio {
    let turned = if is_error { (either as i32 as f32 / 2.0).to_bits() } else { f32::from_bits(either) as i32 as u32 };
    leak(area(|area| host::ratio(!is_error, turned, area)))
}

// 16 slots still are parameters, 17 are a struct.
#[repr(C)]
pub struct Ends { low: i64, high: i64 }

#[repr(C)]
pub struct Seventeen {
    a: u8, b: i64, c: u16, d: f64, e: bool, f: Text, g: f32, h: i8, i: u32,
    j: u8, k: char, l: Spot, m: u16, n: i16, o: u64,
}

#[no_mangle]
pub unsafe extern "C" fn sixteen(
    a: i32, b: i32, c: i32, d: i32, e: i32, f: i32, g: i32, h: i32, i: i32, j: i32, k: i32, l: i32, m: i32, n: i32, o: i64, p: f32,
) -> &'static Ends {
    let result = leak(area(|area| host::sixteen(n, m, l, k, j, i, h, g, f, e, d, c, b, a, -o, p * 2.0, area)));
    result.low -= 1;
    result
}

#[no_mangle]
pub unsafe extern "C" fn seventeen(s: &mut Seventeen) -> f64 {
    (s.a, s.b, s.c, s.d, s.e) = (s.a.wrapping_add(1), s.b.wrapping_add(1), s.c.wrapping_add(1), s.d + 1.0, !s.e);
    (s.f.1, s.g, s.h, s.i, s.j, s.k) = (s.f.1 - 1, s.g + 1.0, s.h.wrapping_add(1), s.i.wrapping_add(1), s.j ^ 1, after(s.k));
    (s.l.x, s.l.y, s.m, s.n, s.o) = (s.l.x + 1, s.l.y - 1, s.m ^ 0x100, s.n.wrapping_add(1), s.o.wrapping_add(1));
    host::seventeen(s) * 2.0
}

// Views: the host looks at these where they lie.
#[repr(C)]
pub struct Sample { channel: u8, value: f64, at: Spot }

#[no_mangle]
pub unsafe extern "C" fn mean(items: *mut Sample, length: usize) -> f64 {
    slice::from_raw_parts_mut(items, length).iter_mut().for_each(|item| item.at.y += item.channel as i32);
    host::mean(items, length) + 1.0
}

#[no_mangle]
pub unsafe extern "C" fn mirror(items: *mut Spot, length: usize) -> &'static List<Spot> {
    host::mirror(items.add(1), length - 1);
    leak(List(items, length))
}

#[no_mangle]
pub unsafe extern "C" fn send(items: *const u8, length: usize) -> i32 {
    let second = host::send(items.add(length / 2), length - length / 2);
    second * 1000 + host::send(items, length / 2)
}

#[no_mangle]
pub unsafe extern "C" fn fill(length: usize) -> &'static List<u16> {
    let items = allocate::<u16>(length);
    items.iter_mut().enumerate().for_each(|(i, item)| { item.write(i as u16); });
    let items = items.as_mut_ptr() as *mut u16;
    host::fill(items, length);
    leak(List(items, length))
}

include!("shapes.nested.rs");
