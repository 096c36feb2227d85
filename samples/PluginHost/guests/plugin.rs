//! What a plugin in Rust shares with the host. A string is an address and a number of bytes.
use std::alloc::{alloc, dealloc, Layout};

#[repr(C)]
pub struct Text(pub *const u8, pub usize);
#[repr(C)]
pub struct Summary { pub findings: i32, pub advice: Text }
pub type Reporter = extern "C" fn(line: i32, message: *const u8, length: usize);

mod host {
    #[link(wasm_import_module = "host")]
    extern "C" {
        pub fn log(message: *const u8, length: usize);
        pub fn open_words(name: *const u8, length: usize) -> i32;
        #[link_name = "[method]words.contains"]
        pub fn contains(words: i32, word: *const u8, length: usize) -> bool;
        #[link_name = "[resource-drop]words"]
        pub fn drop(words: i32);
    }
}

pub fn log(message: &str) { unsafe { host::log(message.as_ptr(), message.len()) } }

/// A list of words that the host keeps. The plugin has a handle of it only.
pub struct Words(i32);

impl Words {
    pub fn open(name: &str) -> Words { Words(unsafe { host::open_words(name.as_ptr(), name.len()) }) }
    pub fn contains(&self, word: &str) -> bool { unsafe { host::contains(self.0, word.as_ptr(), word.len()) } }
}

impl Drop for Words {
    fn drop(&mut self) { unsafe { host::drop(self.0) } }
}

fn layout(size: usize, alignment: usize) -> Layout { Layout::from_size_align(size.max(1), alignment).unwrap() }

// The host allocates here what it passes to the plugin, and frees it after the call.
#[no_mangle]
pub unsafe extern "C" fn allocate(size: usize, alignment: usize) -> *mut u8 { alloc(layout(size, alignment)) }

#[no_mangle]
pub unsafe extern "C" fn release(address: *mut u8, size: usize, alignment: usize) {
    dealloc(address, layout(size, alignment))
}

/// The bytes are the host's argument: valid UTF-8, and there until the call ends.
pub unsafe fn text<'a>(bytes: *const u8, length: usize) -> &'a str {
    std::str::from_utf8_unchecked(std::slice::from_raw_parts(bytes, length))
}
