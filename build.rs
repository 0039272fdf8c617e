//! Tells the crate what it was built from: two builds with the same answer generate the same files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, process};

fn main() {
    if let Err(error) = run() {
        eprintln!("cannot hash the sources: {error}");
        process::exit(1);
    }
}

fn run() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = vec![PathBuf::from("Cargo.toml")];
    walk(Path::new("generator"), &mut files)?;
    walk(Path::new("templates"), &mut files)?;
    // By name with `/`, so that every system hashes in the same order.
    let mut files: Vec<(String, PathBuf)> = files
        .into_iter()
        .map(|path| (path.to_string_lossy().replace('\\', "/"), path))
        .collect();
    files.sort();
    let mut hash = Fnv::default();
    for (name, path) in files {
        // The files and not their folders: a test that changes does not build the crate anew.
        println!("cargo::rerun-if-changed={name}");
        hash.add(name.as_bytes());
        // A checkout may have turned line ends into CRLF.
        let mut bytes = fs::read(path)?;
        bytes.retain(|byte| *byte != b'\r');
        hash.add(&bytes);
    }
    // It lays out what is generated, and its patch versions may do so differently.
    let printer = env::var("DEP_PRETTYPLEASE03_VERSION").unwrap_or_default();
    hash.add(printer.as_bytes());
    println!("cargo::rustc-env=SPECWRIGHT_BUILD={:016x}", hash.0);
    Ok(())
}

/// Every file below a folder but tests.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            walk(&path, files)?;
        } else if !name.ends_with("tests.rs") && !name.starts_with('.') {
            files.push(path);
        }
    }
    Ok(())
}

/// FNV-1a with 64 bits: nobody gains by making it collide, and it needs no crate.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&[0]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
