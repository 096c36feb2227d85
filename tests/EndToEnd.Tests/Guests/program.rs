// The same command as program.c.
use std::io::{BufRead, Read, Seek, Write};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    println!("{} arguments, GREETING={}", arguments.len(), std::env::var("GREETING").unwrap_or("(none)".into()));
    for line in std::io::stdin().lock().lines() {
        println!("{}", line.unwrap().to_uppercase());
    }
    eprintln!("to stderr");
    if let Some(path) = arguments.get(2) {
        match std::fs::OpenOptions::new().read(true).append(true).create(true).open(path) {
            Err(error) => {
                println!("cannot open {}: {}", path, error.raw_os_error().unwrap_or(-1));
                std::process::exit(1);
            }
            Ok(mut file) => {
                file.write_all(b"appended\n").unwrap();
                file.rewind().unwrap();
                let mut text = String::new();
                file.read_to_string(&mut text).unwrap();
                for line in text.lines() {
                    println!("file: {}", line);
                }
            }
        }
    }
    let code: i32 = arguments.get(1).map_or(0, |code| code.parse().unwrap());
    if code != 0 {
        std::process::exit(if code == 1000 { 0 } else { code });
    }
}
