// The guest of values.c in Rust, without bindgen: #[repr(C)] has the layout of the Canonical ABI. Built by build.sh.
use std::alloc::{alloc, Layout};

#[repr(C)]
#[derive(Clone, Copy)]
pub struct List<T>(*const T, usize);

type Text = List<u8>;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Discount {
    is_some: u8,
    value: i32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Item {
    name: Text,
    price: f64,
    count: u16,
    tags: List<Text>,
    discount: Discount,
}

#[repr(C)]
pub union Of {
    card: Text,
    points: u64,
}

#[repr(C)]
pub struct Payment {
    kind: u8,
    of: Of,
}

#[link(wasm_import_module = "shop")]
extern "C" {
    fn log(bytes: *const u8, length: usize);
    fn find(bytes: *const u8, length: usize, result: *mut Item);
    fn pay(kind: i32, first: i64, second: usize, amount: f64) -> i32;
}

#[no_mangle]
pub unsafe extern "C" fn cabi_realloc(_old: *mut u8, _old_size: usize, alignment: usize, size: usize) -> *mut u8 {
    if size == 0 { alignment as *mut u8 } else { alloc(Layout::from_size_align_unchecked(size, alignment)) }
}

#[no_mangle]
pub unsafe extern "C" fn total(items: *const Item, length: usize) -> f64 {
    let items = if length == 0 { &[] } else { std::slice::from_raw_parts(items, length) };
    items.iter().map(|item| {
        log(item.name.0, item.name.1);
        let discount = if item.discount.is_some != 0 { item.discount.value as f64 } else { 0.0 };
        item.price * item.count as f64 - discount
    }).sum()
}

#[no_mangle]
pub unsafe extern "C" fn split(
    _name: *const u8, _name_length: usize, price: f64, count: i32, tags: *const Text, tag_count: usize, is_some: i32, value: i32,
) -> *const List<Item> {
    let items: Vec<Item> = (0..tag_count).map(|i| Item {
        name: *tags.add(i),
        price,
        count: count as u16,
        tags: List(4 as *const Text, 0),
        discount: Discount { is_some: is_some as u8, value },
    }).collect();
    let items = Box::leak(items.into_boxed_slice());
    Box::leak(Box::new(List(items.as_ptr(), items.len())))
}

#[no_mangle]
pub unsafe extern "C" fn buy(bytes: *const u8, length: usize) -> *const Payment {
    let mut found = std::mem::MaybeUninit::<Item>::uninit();
    find(bytes, length, found.as_mut_ptr());
    let found = found.assume_init();
    let payment = if found.price > 100.0 {
        pay(1, found.name.0 as i64, found.name.1, found.price);
        Payment { kind: 1, of: Of { card: found.name } }
    } else if found.price > 10.0 {
        let points = found.price as u64 * 1_000_000_000_000;
        pay(2, points as i64, 0, found.price);
        Payment { kind: 2, of: Of { points } }
    } else {
        pay(0, 0, 0, found.price);
        Payment { kind: 0, of: Of { points: 0 } }
    };
    Box::leak(Box::new(payment))
}
