//! Reports words that are in a list of the host's.
mod plugin;
use plugin::*;

#[no_mangle]
pub unsafe extern "C" fn review(
    name: *const u8, name_length: usize, body: *const u8, length: usize, report: Reporter,
) -> *const Summary {
    log(&format!("reads {}", text(name, name_length)));
    let banned = Words::open("banned");
    let mut findings = 0;
    for (number, line) in text(body, length).lines().enumerate() {
        for word in line.split(|c: char| !c.is_alphabetic()).filter(|word| banned.contains(word)) {
            report(number as i32 + 1, word.as_ptr(), word.len());
            findings += 1;
        }
    }
    let advice = "Use plain words.";
    static mut RESULT: Summary = Summary { findings: 0, advice: Text(std::ptr::null(), 0) };
    RESULT = Summary { findings, advice: Text(advice.as_ptr(), advice.len()) };
    &RESULT
}
