use super::*;

#[test]
fn the_format_is_told_from_the_first_character() {
    for (text, format) in [
        ("{\"openapi\": 1}", Format::Json),
        ("\u{feff} \r\n\t{", Format::Json),
        ("openapi: 3.0.0", Format::Yaml),
        ("", Format::Yaml),
        ("# {", Format::Yaml),
    ] {
        assert_eq!(Source::text("t", text).unwrap().format(), format, "{text}");
    }
}

#[test]
fn the_hash_is_that_of_the_text() {
    let source = Source::text("t", "abc").unwrap();
    let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(source.hash(), known);
}

#[test]
fn a_missing_file_is_named() {
    let error = Source::path(Path::new("/nowhere/at/all.yaml")).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("cannot read `/nowhere/at/all.yaml`: ")
    );
    assert_eq!(error.diagnostic().code, Code::UNREADABLE);
}

#[test]
fn a_text_over_the_limit_is_refused_and_one_at_it_is_not() {
    let limit = usize::try_from(SIZE_LIMIT).unwrap();
    let at = Source::reader("t".into(), io::repeat(b' ').take(SIZE_LIMIT)).unwrap();
    assert_eq!(at.contents().len(), limit);
    for over in [
        Source::reader("t".into(), io::repeat(b' ')),
        Source::text("t", " ".repeat(limit + 1)),
    ] {
        assert_eq!(over.unwrap_err().diagnostic().code, Code::TOO_LARGE);
    }
}

#[test]
fn other_encodings_are_told_apart() {
    for (bytes, remark, offset) in [
        (&b"\xff\xfeo\0p\0"[..], "UTF-16, little-endian", 0),
        (b"\xfe\xff\0o\0p", "UTF-16, big-endian", 0),
        (b"title: caf\xe9", "a byte that no UTF-8 text has", 10),
    ] {
        let error = Source::reader("t".into(), bytes).unwrap_err();
        let SourceError::NotUtf8 { offset: found, .. } = &error else {
            panic!("{error}");
        };
        assert_eq!(*found, offset);
        assert!(error.to_string().contains(remark), "{error}");
        assert_eq!(error.diagnostic().code, Code::NOT_UTF8);
    }
}

#[test]
fn a_typed_document_becomes_json() {
    let document = openapiv3::OpenAPI {
        openapi: "3.0.3".to_owned(),
        ..openapiv3::OpenAPI::default()
    };
    let source = Source::openapi(&document).unwrap();
    assert_eq!((source.name(), source.format()), ("openapi", Format::Json));
    assert!(source.contents().contains("\"openapi\": \"3.0.3\""));
}
