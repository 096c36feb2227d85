// The rest of shapes.rs: variants, what is nested in one another, and resources.

// variant measure { nothing, ratio(f32), exact(f64), named(tuple<string, suit>), marks(option<u32>) }
#[repr(C, u8)]
#[derive(Clone, Copy)]
pub enum Measure { Nothing, Ratio(f32), Exact(f64), Named(Text, Suit), Marks(Maybe<u32>) }

impl Measure {
    fn turn(&mut self) {
        *self = match *self {
            Measure::Nothing => Measure::Ratio(0.5),
            Measure::Ratio(ratio) => Measure::Exact(ratio as f64 * 3.0),
            Measure::Exact(exact) => Measure::Named(List(b"exact".as_ptr() as *mut u8, 5), Suit::from(exact as u8 & 3)),
            Measure::Named(text, suit) => Measure::Marks(Maybe { is_some: true, value: text.1 as u32 * 10 + suit as u32 }),
            Measure::Marks(Maybe { is_some: true, value }) => Measure::Marks(Maybe { is_some: false, value }),
            Measure::Marks(_) => Measure::Nothing,
        }
    }

    fn flat(self) -> (i32, u64, u32, i32) {
        match self {
            Measure::Nothing => (0, 0, 0, 0),
            Measure::Ratio(ratio) => (1, ratio.to_bits() as u64, 0, 0),
            Measure::Exact(exact) => (2, exact.to_bits(), 0, 0),
            Measure::Named(text, suit) => (3, text.0 as u64, text.1 as u32, suit as i32),
            Measure::Marks(marks) => (4, marks.is_some as u64, marks.value, 0),
        }
    }
}

#[no_mangle]
pub unsafe extern "C" fn measure(kind: i32, first: u64, second: u32, third: i32) -> &'static Measure {
    let mut value = match kind {
        0 => Measure::Nothing,
        1 => Measure::Ratio(f32::from_bits(first as u32)),
        2 => Measure::Exact(f64::from_bits(first)),
        3 => Measure::Named(List(first as usize as *mut u8, second as usize), Suit::from(third as u8)),
        _ => Measure::Marks(Maybe { is_some: first != 0, value: second }),
    };
    value.turn();
    let (kind, first, second, third) = value.flat();
    let result = leak(area(|area| host::measure(kind, first, second, third, area)));
    result.turn();
    result
}

#[no_mangle]
pub unsafe extern "C" fn measures(items: *mut Measure, length: usize) -> &'static List<Measure> {
    slice::from_raw_parts_mut(items, length).iter_mut().for_each(Measure::turn);
    let result = leak(area(|area| host::measures(items, length, area)));
    slice::from_raw_parts_mut(result.0, result.1).iter_mut().for_each(Measure::turn);
    result
}

// list<tuple<string, result<list<option<measure>>, suit>>>
#[repr(C, u8)]
pub enum Outcomes { Ok(List<Maybe<Measure>>), Error(Suit) }

#[repr(C)]
pub struct Entry { name: Text, result: Outcomes }

impl Entry {
    unsafe fn turn(&mut self) {
        self.name.1 -= 1;
        match &mut self.result {
            Outcomes::Ok(list) => {
                slice::from_raw_parts_mut(list.0, list.1).iter_mut().filter(|one| one.is_some).for_each(|one| one.value.turn());
            }
            Outcomes::Error(suit) => *suit = suit.turned(),
        }
    }
}

#[no_mangle]
pub unsafe extern "C" fn deep(items: *mut Entry, length: usize) -> &'static List<Entry> {
    slice::from_raw_parts_mut(items, length).iter_mut().for_each(|entry| entry.turn());
    let result = leak(area(|area| host::deep(items, length, area)));
    slice::from_raw_parts_mut(result.0, result.1).iter_mut().for_each(|entry| entry.turn());
    result
}

mod tally {
    #[link(wasm_import_module = "demo:shapes/tallies")]
    extern "C" {
        #[link_name = "[constructor]tally"]
        pub fn new(start: i32) -> i32;
        #[link_name = "[method]tally.add"]
        pub fn add(this: i32, by: i32) -> i32;
        #[link_name = "[method]tally.describe"]
        pub fn describe(this: i32, bytes: *const u8, length: usize, result: *mut super::Text);
        #[link_name = "[static]tally.merge"]
        pub fn merge(owned: i32, borrowed: i32) -> i32;
        #[link_name = "[resource-drop]tally"]
        pub fn drop(handle: i32);
    }
}

#[no_mangle]
pub unsafe extern "C" fn run(start: i32) -> i32 {
    let a = tally::new(start);
    tally::add(a, 5);
    let merged = tally::merge(tally::new(100), a);
    tally::drop(a);
    tally::add(merged, host::inspect(merged));
    merged
}

#[no_mangle]
pub unsafe extern "C" fn absorb(owned: i32) -> i32 {
    let count = tally::add(owned, 1);
    host::take(true, owned);
    host::take(false, 0);
    count
}

#[no_mangle]
pub unsafe extern "C" fn peek(borrowed: i32, drops: bool) -> &'static Text {
    let result = leak(area(|area| tally::describe(borrowed, b"peek ".as_ptr(), 5, area)));
    if drops { tally::drop(borrowed) }
    result
}

#[no_mangle]
pub unsafe extern "C" fn last(count: i32) -> &'static Maybe<i32> {
    let handles: List<i32> = area(|area| host::issue(count, area));
    let handles = slice::from_raw_parts(handles.0, handles.1);
    leak(match handles.split_last() {
        None => Maybe { is_some: false, value: 0 },
        Some((&value, others)) => {
            others.iter().for_each(|&handle| tally::drop(handle));
            Maybe { is_some: true, value }
        }
    })
}
