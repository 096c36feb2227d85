//! A guest with its debug information, DWARF 4: where it ends is checked by the lines below.
#![no_std]

#[path = "lines/checked.rs"]
mod checked;

#[link(wasm_import_module = "env")]
extern "C" {
    fn stop(code: i32);
}

#[inline(never)]
fn inner(code: i32) {
    unsafe {
        stop(code);
        stop(code + 1);
    }
}

#[no_mangle]
pub extern "C" fn run(code: i32) -> i32 {
    inner(code);
    code
}

#[no_mangle]
pub extern "C" fn quotient(value: i32, by: i32) -> i32 {
    value + checked::require(by)
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
