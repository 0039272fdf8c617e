//! Forms that are refused: what is at fault with them, and when it is found.

use crate::multipart::{FORM, Seen, answer, part, refused};

#[tokio::test]
async fn faults_before_the_first_file_are_found_together_before_the_handler_is_called() {
    let seen = Seen::default();
    let parts = [
        part("\"purpose\"", "sculpture"),
        part("\"days\"", "0"),
        part("\"tags\"", "abcdef"),
        part("\"owner\"", "{}"),
        part("\"file\"", "F"),
    ];
    let (status, body) = answer(&seen, "/files", FORM, &(parts.concat() + "--B--\n")).await;
    assert_eq!(status, 422, "{body}");
    for (pointer, rule) in [
        ("#/purpose", "enum"),
        ("#/days", "minimum"),
        ("#/tags", "maxLength"),
        ("#/owner/id", "required"),
    ] {
        assert!(
            body.contains(pointer) && body.contains(rule),
            "{pointer}: {body}"
        );
    }
    assert!(seen.take().is_empty());
}

#[tokio::test]
async fn what_is_at_fault_after_the_first_file_is_refused_as_well() {
    // No purpose.
    let (status, body) = refused("/files", &[part("\"file\"", "F")]).await;
    assert_eq!(status, 422, "{body}");
    assert!(
        body.contains("#/purpose") && body.contains("required"),
        "{body}"
    );
    // One that is none.
    let parts = [part("\"file\"", "F"), part("\"purpose\"", "?")];
    let (status, body) = refused("/files", &parts).await;
    assert_eq!(status, 422, "{body}");
    // Two of what there is one of.
    let purpose = || part("\"purpose\"", "text");
    let parts = [purpose(), part("\"file\"", "F"), purpose()];
    let (status, body) = refused("/files", &parts).await;
    assert_eq!(status, 422, "{body}");
    assert!(body.contains("repeated"), "{body}");
    // A media type that the document does not give the file.
    let file = part("\"file\"\nContent-Type: image/gif", "F");
    let (status, body) = refused("/files", &[purpose(), file]).await;
    assert_eq!(status, 422, "{body}");
    assert!(body.contains("contentType"), "{body}");
}

#[tokio::test]
async fn what_is_no_form_is_malformed() {
    let good = part("\"purpose\"", "text") + &part("\"file\"", "F");
    for (media_type, body) in [
        ("multipart/form-data", good.clone() + "--B--\n"),
        ("multipart/form-data; boundary=", good.clone() + "--B--\n"),
        (FORM, good.clone()),
        (FORM, String::new() + "B"),
        (FORM, "--B\n\n\n--B--\n".to_owned()),
        (
            FORM,
            "--B\nContent-Disposition: attachment\n\n\n--B--\n".to_owned(),
        ),
        (
            FORM,
            "--B\nContent-Disposition: form-data\n\n\n--B--\n".to_owned(),
        ),
        (FORM, "--B\n: x\n\n\n--B--\n".to_owned()),
        (FORM, format!("--B\nX: {}\n\n\n--B--\n", "x".repeat(20_000))),
        (FORM, "--Bad\n".to_owned() + &good),
        (FORM, part("\"tags\"", "").repeat(1_001) + "--B--\n"),
    ] {
        for path in ["/files", "/people", "/reports"] {
            let (status, text) = answer(&Seen::default(), path, media_type, &body).await;
            // Texts of another form are not what this one asks for.
            let fine = status == 400 || (path != "/files" && status == 422);
            assert!(fine, "{path} {media_type} {status} {text}: {body:.200}");
        }
    }
    let (status, _) = answer(&Seen::default(), "/files", "text/plain", "").await;
    assert_eq!(status, 400);
    let (status, _) = answer(&Seen::default(), "/files", "text/plain", "x").await;
    assert_eq!(status, 415);
    // More text than is held.
    let long = part("\"purpose\"", &"x".repeat(3 << 20));
    let (status, _) = answer(&Seen::default(), "/files", FORM, &long).await;
    assert_eq!(status, 413);
    let late = part("\"file\"", "F") + &part("\"purpose\"", &"x".repeat(3 << 20));
    let (status, _) = answer(&Seen::default(), "/files", FORM, &late).await;
    assert_eq!(status, 413);
}
