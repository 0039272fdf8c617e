use super::*;

fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

#[test]
fn files_are_found_from_the_file_that_names_them() {
    let root = tree(&[("api/a.yaml", "{}"), ("api/x/b c.yaml", "{}")]);
    let source = Source::path(&root.path().join("api/a.yaml")).unwrap();
    let library = Library::of(&source);
    let b = library.find(source.address(), "./x/b%20c.yaml").unwrap();
    assert_eq!(library.find(&b, "../a.yaml").as_ref(), Ok(source.address()));
    let missing = library.find(&b, "c.yaml");
    assert!(
        matches!(missing, Err(Refusal::Unreadable(_))),
        "{missing:?}"
    );
    assert!(matches!(library.find(&b, "."), Err(Refusal::Unreadable(_))));
}

#[test]
fn what_is_outside_is_not_even_looked_for() {
    let root = tree(&[("api/a.yaml", "{}"), ("secret.yaml", "{}")]);
    let source = Source::path(&root.path().join("api/a.yaml")).unwrap();
    let library = Library::of(&source);
    for outside in [
        "../secret.yaml",
        "../absent.yaml",
        "/etc/passwd",
        "%2e%2e/secret.yaml",
        "x/../../secret.yaml",
    ] {
        let found = library.find(source.address(), outside);
        assert_eq!(found, Err(Refusal::Outside), "{outside}");
    }
    let file = library.find(source.address(), "file:///etc/passwd");
    assert_eq!(file, Err(Refusal::Scheme("file".to_owned())));
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_outside() {
    let root = tree(&[("api/a.yaml", "{}"), ("secret.yaml", "{}")]);
    let link = root.path().join("api/link.yaml");
    std::os::unix::fs::symlink(root.path().join("secret.yaml"), link).unwrap();
    let source = Source::path(&root.path().join("api/a.yaml")).unwrap();
    let library = Library::of(&source);
    let found = library.find(source.address(), "link.yaml");
    assert_eq!(found, Err(Refusal::Outside));
}

#[test]
fn files_are_called_as_the_document_is() {
    let root = tree(&[("api/a.yaml", "{}"), ("api/x/b.yaml", "{}")]);
    let path = root.path().join("api/a.yaml");
    let source = Source::path(&path).unwrap();
    let mut library = Library::of(&source);
    let found = library.find(source.address(), "x/b.yaml").unwrap();
    let read = library.read(&found).unwrap();
    assert_eq!(
        read.name(),
        path.with_file_name("x/b.yaml").display().to_string()
    );
}

#[test]
fn a_text_in_memory_has_no_neighbours() {
    let source = Source::text("a.yaml", "{}").unwrap();
    let library = Library::of(&source);
    assert_eq!(
        library.find(source.address(), "b.yaml"),
        Err(Refusal::NoFolder)
    );
    assert_eq!(
        library.find(source.address(), "http://a/b"),
        Err(Refusal::Remote)
    );
}
