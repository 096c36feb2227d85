//! A function of another file.

#[inline(never)]
pub fn require(value: i32) -> i32 {
    if value == 0 {
        core::arch::wasm32::unreachable();
    }
    value
}
