// The plug-in of plugin.c in Rust, against plugin/plugin.rs. Built by build.sh.
#![no_std]
use core::{arch::wasm32, ffi::c_void, ptr, slice};

#[path = "plugin/plugin.rs"]
mod plugin;
use plugin::*;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! { wasm32::unreachable() }

struct Guest;
export!(Guest);

static mut NEXT: usize = 0;
static mut TEXT: [u8; 256] = [0; 256];
static mut ANSWER: List<u8> = List { data: ptr::null_mut(), len: 0 };
static mut SHAPE: PluginShape = PluginShape {
    tag: 0,
    payload: PluginShapePayload { circle: PluginShapeCircle { center: PluginPoint { x: 0, y: 0.0 }, radius: 0.0 } },
};

unsafe fn append(text: &[u8]) {
    for one in text {
        if ANSWER.len < 256 {
            TEXT[ANSWER.len] = *one;
            ANSWER.len += 1;
        }
    }
}

unsafe fn append_list(text: List<u8>) { append(slice::from_raw_parts(text.data, text.len)) }

impl Exports for Guest {
    unsafe fn run(text: *mut u8, text_len: usize, at_x: i32, at_y: f64) -> *const List<u8> {
        ANSWER = List { data: ptr::addr_of_mut!(TEXT) as *mut u8, len: 0 };
        demo_plugin_host::log(text, text_len);

        let mut hi = *b"hi";
        let circle = PluginShapeCircle { center: PluginPoint { x: at_x, y: at_y }, radius: 1.5 };
        let content = PluginShapeText { content: List { data: hi.as_mut_ptr(), len: 2 }, color: PLUGIN_COLOR_DARK_BLUE };
        let shapes = [
            PluginShape { tag: PLUGIN_SHAPE_CIRCLE, payload: PluginShapePayload { circle } },
            PluginShape { tag: PLUGIN_SHAPE_TEXT, payload: PluginShapePayload { text: content } },
            PluginShape { tag: PLUGIN_SHAPE_NOTHING, payload: PluginShapePayload { circle } },
        ];
        let mut descriptions = List { data: ptr::null_mut(), len: 0 };
        demo_plugin_host::describe(shapes.as_ptr(), shapes.len(), &mut descriptions);
        for description in slice::from_raw_parts(descriptions.data, descriptions.len) {
            append_list(*description);
            append(b";");
        }

        let mut home = OptionOf { is_some: false, value: core::mem::MaybeUninit::uninit() };
        demo_plugin_host::find(b"home".as_ptr(), 4, &mut home);
        if home.is_some && home.value.assume_init().x == -3 && home.value.assume_init().y == 0.5 { append(b"home;") }
        demo_plugin_host::find(b"away".as_ptr(), 4, &mut home);
        if !home.is_some { append(b"away;") }

        if demo_plugin_host::sum([1.5, 2.25].as_ptr(), 2, true) == -3.75 { append(b"sum;") }

        let mut number = ResultOf { is_error: false, payload: PayloadOf { value: 0 } };
        demo_plugin_host::parse(text, text_len, &mut number);
        if number.is_error { append_list(number.payload.error) }
        else if number.payload.value == 18000000000000000000 { append(b"18") }
        ptr::addr_of!(ANSWER)
    }

    unsafe fn grow(
        shape_case: u8, shape_payload0: u32, shape_payload1: u64, shape_payload2: u32) -> *const PluginShape {
        SHAPE.tag = shape_case;
        match shape_case {
            PLUGIN_SHAPE_CIRCLE => SHAPE.payload.circle = PluginShapeCircle {
                center: PluginPoint { x: shape_payload0 as i32 + 1, y: f64::from_bits(shape_payload1) },
                radius: f32::from_bits(shape_payload2) * 2.0,
            },
            PLUGIN_SHAPE_TEXT => SHAPE.payload.text = PluginShapeText {
                content: List { data: shape_payload0 as *mut u8, len: shape_payload1 as usize },
                color: shape_payload2 as u8 + 1,
            },
            _ => {}
        }
        ptr::addr_of!(SHAPE)
    }

    unsafe fn fail(code: i32) -> i32 { demo_plugin_host::reject_all(code) }

    unsafe fn count_to(end: i32) -> u64 {
        let counter = demo_plugin_counters::plugin_counter_new(0);
        let mut count = 0;
        while count < end { count = demo_plugin_counters::plugin_counter_increment(counter, 1) }
        demo_plugin_counters::plugin_counter_drop(counter);
        count as u64
    }

    unsafe fn cabi_realloc(_: *mut c_void, _: usize, alignment: usize, size: usize) -> *mut c_void {
        extern "C" { static __heap_base: u8; }
        if NEXT == 0 { NEXT = &__heap_base as *const u8 as usize }
        let block = (NEXT + alignment - 1) & !(alignment - 1);
        NEXT = block + size;
        while NEXT > wasm32::memory_size(0) * 65536 {
            if wasm32::memory_grow(0, 1) == usize::MAX { wasm32::unreachable() }
        }
        block as *mut c_void
    }
}
