use super::*;

#[test]
fn children_are_escaped_and_segments_are_not() {
    let pointer = Pointer::root().child("paths").child("/a~b/{id}").index(3);
    assert_eq!(pointer.as_str(), "/paths/~1a~0b~1{id}/3");
    let segments: Vec<_> = pointer.segments().collect();
    assert_eq!(segments, ["paths", "/a~b/{id}", "3"]);
    assert_eq!(pointer.last().as_deref(), Some("3"));
    let parent = pointer.parent().unwrap();
    assert_eq!(parent.last().as_deref(), Some("/a~b/{id}"));
}

#[test]
fn the_root_has_no_segments_and_no_parent() {
    let root = Pointer::root();
    assert!(root.is_root());
    assert_eq!(root.segments().count(), 0);
    assert_eq!(root.parent(), None);
    assert_eq!(root.last(), None);
}

#[test]
fn an_empty_key_is_a_segment() {
    let pointer = Pointer::root().child("").child("");
    assert_eq!(pointer.as_str(), "//");
    assert_eq!(pointer.segments().collect::<Vec<_>>(), ["", ""]);
}

#[test]
fn parsing_takes_only_well_formed_text() {
    for good in ["", "/", "/a", "/a~0b/c~1d", "/0/1"] {
        assert_eq!(
            Pointer::parse(good)
                .map(|p| p.as_str().to_owned())
                .as_deref(),
            Some(good)
        );
    }
    for bad in ["a", "#/a", "/a~", "/a~2b", "~0"] {
        assert_eq!(Pointer::parse(bad), None, "{bad}");
    }
}

#[test]
fn within_compares_whole_segments() {
    let parse = |text| Pointer::parse(text).unwrap();
    assert!(parse("/a/b").is_within(&parse("/a")));
    assert!(parse("/a").is_within(&parse("/a")));
    assert!(parse("/a").is_within(&Pointer::root()));
    assert!(!parse("/ab").is_within(&parse("/a")));
    assert!(!parse("/a").is_within(&parse("/a/b")));
}

#[test]
fn tilde_one_is_unescaped_before_tilde_nought() {
    assert_eq!(
        Pointer::parse("/~01").unwrap().last().as_deref(),
        Some("~1")
    );
}
