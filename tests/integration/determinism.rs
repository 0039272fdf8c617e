//! The same input gives the same bytes: again, elsewhere, and on however many threads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use specwright::config::Config;
use specwright::diag::Sink;
use specwright::output::FileSet;
use specwright::pipeline;
use specwright::source::Source;

use crate::tree::root;

fn novu() -> FileSet {
    let config = Config::load(&root().join("specwright.toml")).unwrap();
    let api = &config.apis[0];
    let source = Source::path(&api.spec).unwrap();
    let generated = pipeline::generate(&source, api, &mut Sink::new());
    generated.unwrap().unwrap().files
}

#[test]
fn many_threads_at_once_give_the_same_files() {
    let first = novu();
    let files = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(novu)).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, FileSet>| thread.join().unwrap();
        threads.into_iter().map(join).collect::<Vec<_>>()
    });
    assert!(files.iter().all(|other| *other == first));
}

#[test]
fn the_files_do_not_depend_on_where_they_are_made() {
    let near = tempfile::tempdir().unwrap();
    let far = tempfile::tempdir().unwrap();
    let deep = far.path().join("some where/deep");
    fs::create_dir_all(&deep).unwrap();
    for place in [near.path(), &deep] {
        fs::create_dir(place.join("spec")).unwrap();
        for file in ["spec/novu.yaml", "specwright.toml"] {
            fs::copy(root().join(file), place.join(file)).unwrap();
        }
    }
    generate(near.path(), &[]);
    // The configuration by an absolute path, from a folder of another depth.
    generate(
        Path::new("/"),
        &["--config", deep.join("specwright.toml").to_str().unwrap()],
    );
    let (near, deep) = (
        tree(&near.path().join("generated")),
        tree(&deep.join("generated")),
    );
    assert!(near.len() > 10, "{:?}", near.keys());
    assert!(near == deep);
    for (path, bytes) in &near {
        let text = str::from_utf8(bytes).unwrap();
        assert!(!text.contains("some where"), "{path} names its folder");
    }
}

fn generate(place: &Path, args: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_specwright"))
        .arg("generate")
        .args(args)
        .current_dir(place)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

/// Every file below a folder, by its path from there.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}
