//! Forms: `multipart/form-data` with and without files, and forms whose properties are written each in a way of its own.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use http::{Request, Response, StatusCode};
use tower_service::Service as _;

use crate::generated::multipart::client::{Client, Payload};
use crate::generated::multipart::operations::{
    AnnotateRequest, AnnotateResponse, MarkRequest, MarkResponse, MixedRequest, MixedResponse,
    RegisterRequest, RegisterResponse, ReportBody, ReportRequest, ReportResponse, SearchRequest,
    SearchResponse, UploadPart, UploadRequest, UploadResponse,
};
use crate::generated::multipart::server::{Caller, Failure, Operations, Server, Service};
use crate::generated::multipart::types::{
    Owner, Person, Report, Search, SearchFilter, SearchRange, UploadBody, UploadBodyPurpose,
};
use crate::generated::multipart::{ByteStream, Bytes, FilePart};

/// Keeps what it saw, in words.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    fn push(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }

    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl Service for Seen {
    type Principal = ();
    type Error = Failure;
}

impl Operations for Seen {
    async fn upload(
        &self,
        _: Caller<()>,
        request: UploadRequest,
    ) -> Result<UploadResponse, Failure> {
        let mut form = request.body;
        while let Some(part) = form.next_part().await? {
            match part {
                UploadPart::File(mut file) => {
                    let mut length = 0;
                    while let Some(piece) = file.next().await {
                        length += piece.map_or(0, |piece| piece.len());
                    }
                    let (name, ty) = (file.file_name, file.content_type);
                    self.push(format!("file {name:?} {ty:?} {length}"));
                }
                UploadPart::More(file) => {
                    let text = file.whole(100).await.unwrap();
                    self.push(format!("more {}", String::from_utf8_lossy(&text)));
                }
                other => self.push(format!("{other:?}")),
            }
        }
        Ok(UploadResponse::NoContent {})
    }

    async fn register(
        &self,
        _: Caller<()>,
        request: RegisterRequest,
    ) -> Result<RegisterResponse, Failure> {
        self.push(format!("{:?}", request.body));
        Ok(RegisterResponse::NoContent {})
    }

    async fn report(
        &self,
        _: Caller<()>,
        request: ReportRequest,
    ) -> Result<ReportResponse, Failure> {
        match request.body {
            None => self.push("none"),
            Some(ReportBody::Json(report)) => self.push(format!("{report:?}")),
            Some(ReportBody::Multipart(form)) => {
                let whole = form.whole(1_000).await?;
                let sheet = match whole.sheet {
                    Some(sheet) => sheet.whole(1_000).await.unwrap(),
                    None => Bytes::new(),
                };
                self.push(format!(
                    "{} {}",
                    whole.title,
                    String::from_utf8_lossy(&sheet)
                ));
            }
        }
        Ok(ReportResponse::NoContent {})
    }

    async fn search(
        &self,
        _: Caller<()>,
        request: SearchRequest,
    ) -> Result<SearchResponse, Failure> {
        assert_eq!(request.body, searched());
        Ok(SearchResponse::NoContent {})
    }

    async fn mark(&self, _: Caller<()>, request: MarkRequest) -> Result<MarkResponse, Failure> {
        assert_eq!(request.body, searched());
        Ok(MarkResponse::NoContent {})
    }

    async fn annotate(
        &self,
        _: Caller<()>,
        request: AnnotateRequest,
    ) -> Result<AnnotateResponse, Failure> {
        let whole = request.body.whole(1_000).await?;
        let marks = whole.marks;
        self.push(format!("{} {:?} {marks:?}", whole.text, whole.link));
        Ok(AnnotateResponse::NoContent {})
    }

    async fn mixed(&self, _: Caller<()>, request: MixedRequest) -> Result<MixedResponse, Failure> {
        Ok(MixedResponse::Ok { body: request.body })
    }
}

fn searched() -> Search {
    Search {
        ids: Some(vec![1, 2]),
        colors: Some(vec!["blue".to_owned(), "light grey".to_owned()]),
        sizes: Some(vec![3, 4]),
        filter: Some(SearchFilter {
            name: Some("a&b".to_owned()),
            tags: Some(vec!["x".to_owned(), "y".to_owned()]),
        }),
        range: Some(SearchRange {
            from: Some(5),
            to: Some(6),
        }),
        meta: Some(Owner {
            id: 7,
            name: Some("N".to_owned()),
        }),
        path: Some("a/b?c".to_owned()),
        word: Some("ä,b".to_owned()),
    }
}

fn client(seen: &Seen) -> Client {
    let server = Server::new(seen.clone()).operations();
    let builder = Client::builder().base_url("http://h");
    builder.transport(server.into_service()).build().unwrap()
}

/// A form with its boundary as `B`, line breaks as lines.
async fn wire(request: Request<Payload>) -> String {
    let (parts, body) = request.into_parts();
    let media_type = parts.headers["content-type"].to_str().unwrap().to_owned();
    let body = body.whole(usize::MAX).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    let Some((_, boundary)) = media_type.split_once("; boundary=") else {
        return format!("{media_type}\n{body}");
    };
    assert!(body.contains("\r\n"), "{body}");
    format!("{media_type}\n{body}")
        .replace(boundary, "B")
        .replace("\r\n", "\n")
}

fn upload() -> UploadBody {
    UploadBody {
        purpose: UploadBodyPurpose::Photo,
        days: Some(3),
        tags: Some(vec!["a".to_owned(), "b\"".to_owned()]),
        owner: Some(Owner { id: 1, name: None }),
        file: FilePart::new("a \"b\".png", b"PNG".to_vec()),
        more: Some(vec![
            FilePart::new("1", b"one".to_vec()).of_type("text/plain"),
            Bytes::from_static(b"two").into(),
        ]),
    }
}

#[tokio::test]
async fn a_form_with_files_is_on_the_wire_as_specified() {
    let client = client(&Seen::default());
    let request = client.operations().upload(upload()).to_http().unwrap();
    assert_eq!(
        wire(request).await,
        r#"multipart/form-data; boundary=B
--B
Content-Disposition: form-data; name="purpose"

photo
--B
Content-Disposition: form-data; name="days"

3
--B
Content-Disposition: form-data; name="tags"

a
--B
Content-Disposition: form-data; name="tags"

b"
--B
Content-Disposition: form-data; name="owner"
Content-Type: application/json

{"id":1}
--B
Content-Disposition: form-data; name="file"; filename="a %22b%22.png"
Content-Type: image/png

PNG
--B
Content-Disposition: form-data; name="more"; filename="1"
Content-Type: text/plain

one
--B
Content-Disposition: form-data; name="more"
Content-Type: application/octet-stream

two
--B--
"#
    );
}

#[tokio::test]
async fn parts_come_to_the_handler_one_after_the_other() {
    let seen = Seen::default();
    client(&seen)
        .operations()
        .upload(upload())
        .send()
        .await
        .unwrap();
    assert_eq!(
        seen.take(),
        [
            "Purpose(Photo)",
            "Days(3)",
            r#"Tags("a")"#,
            r#"Tags("b\"")"#,
            "Owner(Owner { id: 1, name: None })",
            r#"file Some("a \"b\".png") Some("image/png") 3"#,
            "more one",
            "more two",
        ]
    );
}

/// Answers a request of this body.
pub(crate) async fn answer(
    seen: &Seen,
    path: &str,
    media_type: &str,
    body: &str,
) -> (StatusCode, String) {
    let request = Request::post(path)
        .header("content-type", media_type)
        .body(Body::from(body.replace('\n', "\r\n")))
        .unwrap();
    let mut service = Server::new(seen.clone()).operations().into_service();
    let response: Response<Body> = service.call(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, String::from_utf8(body.to_vec()).unwrap())
}

pub(crate) const FORM: &str = "multipart/form-data; boundary=B";

/// A part as its head and its text.
pub(crate) fn part(head: &str, text: &str) -> String {
    format!("--B\nContent-Disposition: form-data; name={head}\n\n{text}\n")
}

pub(crate) async fn refused(path: &str, parts: &[String]) -> (StatusCode, String) {
    let (status, body) = answer(&Seen::default(), path, FORM, &(parts.concat() + "--B--\n")).await;
    (status, body)
}

#[tokio::test]
async fn files_may_come_before_the_rest() {
    let seen = Seen::default();
    let parts = [
        part("file; filename=x", "F"),
        part("\"unknown\"", "?"),
        part("\"purpose\"", "text"),
    ];
    let body = parts.concat() + "--B--\n";
    let (status, body) = answer(&seen, "/files", FORM, &body).await;
    assert_eq!(status, 204, "{body}");
    assert_eq!(seen.take(), [r#"file Some("x") None 1"#, "Purpose(Text)"]);
}

#[tokio::test]
async fn a_form_without_files_is_its_type() {
    let seen = Seen::default();
    let person = Person {
        name: "Ann".to_owned(),
        age: Some(4),
        nicknames: Some(vec!["A".to_owned()]),
        owner: Some(Owner { id: 1, name: None }),
        friends: Some(vec![
            Owner { id: 2, name: None },
            Owner { id: 3, name: None },
        ]),
    };
    let client = client(&seen);
    let call = || client.operations().register(person.clone());
    let text = wire(call().to_http().unwrap()).await;
    assert!(
        text.contains("name=\"friends\"\nContent-Type: application/json\n\n{\"id\":2}\n--B\n"),
        "{text}"
    );
    call().send().await.unwrap();
    assert_eq!(seen.take(), [format!("{person:?}")]);

    let parts = [
        part("\"name\"", ""),
        part("\"age\"", "x"),
        part("\"owner\"", "{}"),
    ];
    let (status, body) = refused("/people", &parts).await;
    assert_eq!(status, 422, "{body}");
    for rule in ["minLength", "#/age", "#/owner/id"] {
        assert!(body.contains(rule), "{body}");
    }
}

#[tokio::test]
async fn a_form_may_be_one_of_several_media_types() {
    let seen = Seen::default();
    let client = client(&seen);
    let json = Report {
        title: "t".to_owned(),
        sheet: None,
    };
    let call = |body| client.operations().report().body(body);
    call(ReportBody::Json(json)).send().await.unwrap();
    let form = crate::generated::multipart::types::ReportBody {
        title: "T".to_owned(),
        sheet: Some(FilePart::new("s", b"1;2".to_vec())),
    };
    call(ReportBody::Multipart(form.into()))
        .send()
        .await
        .unwrap();
    client.operations().report().send().await.unwrap();
    assert_eq!(
        seen.take(),
        [r#"Report { title: "t", sheet: None }"#, "T 1;2", "none"]
    );
    let (status, _) = refused("/reports", &[part("\"sheet\"", "F")]).await;
    assert_eq!(status, 422);
}

#[tokio::test]
async fn properties_have_the_styles_of_their_encodings() {
    let client = client(&Seen::default());
    let call = || client.operations().search(searched());
    let pairs = [
        "ids=1%202",
        "colors=blue%7Clight%20grey",
        "sizes=3,4",
        "filter%5Bname%5D=a%26b",
        "filter%5Btags%5D%5B0%5D=x",
        "filter%5Btags%5D%5B1%5D=y",
        "from=5",
        "to=6",
        "meta=%7B%22id%22%3A7%2C%22name%22%3A%22N%22%7D",
        "path=a/b?c",
        "word=%C3%A4%2Cb",
    ];
    let text = wire(call().to_http().unwrap()).await;
    let (media_type, body) = text.split_once('\n').unwrap();
    assert_eq!(media_type, "application/x-www-form-urlencoded");
    let written: Vec<String> = body
        .split('&')
        .map(|pair| {
            pair.replace("filter[", "filter%5B")
                .replace("][", "%5D%5B")
                .replace("]=", "%5D=")
        })
        .collect();
    assert_eq!(written, pairs);
    call().send().await.unwrap();

    let call = || client.operations().mark(searched());
    let text = wire(call().to_http().unwrap()).await;
    for (name, value) in [
        ("ids", "1 2"),
        ("colors", "blue|light grey"),
        ("sizes", "3,4"),
        ("filter[name]", "a&b"),
        ("filter[tags][1]", "y"),
        ("from", "5"),
        ("word", "ä,b"),
    ] {
        let part = format!("name=\"{name}\"\n\n{value}\n--B");
        assert!(text.contains(&part), "{part}: {text}");
    }
    assert!(
        text.contains("name=\"meta\"\nContent-Type: application/json\n\n{\"id\":7"),
        "{text}"
    );
    call().send().await.unwrap();

    let media_type = "application/x-www-form-urlencoded";
    let body = "ids=1%20x&filter[name]=1&filter[name]=2&meta=[]";
    let (status, body) = answer(&Seen::default(), "/searches", media_type, body).await;
    assert_eq!(status, 422, "{body}");
    for pointer in ["#/ids/1", "#/filter/name", "#/meta"] {
        assert!(body.contains(pointer), "{pointer}: {body}");
    }
}

#[tokio::test]
async fn a_value_of_several_parts_is_one() {
    let seen = Seen::default();
    let parts = [
        part("\"text\"\nContent-Type: text/markdown", "*"),
        part("\"link[create]\"", "true"),
        part("\"sheet\"", "S"),
        part("\"marks\"", "1"),
        part("\"marks\"", "2"),
        part("\"link[days]\"", "2"),
    ];
    let (status, body) = answer(&seen, "/notes", FORM, &(parts.concat() + "--B--\n")).await;
    assert_eq!(status, 204, "{body}");
    assert_eq!(
        seen.take(),
        ["* AnnotateBodyLink { create: true, days: Some(2) } Some(Array([1, 2]))"]
    );
    let parts = [
        part("\"text\"\nContent-Type: image/png", "*"),
        part("\"link[days]\"", "x"),
    ];
    let (status, body) = refused("/notes", &parts).await;
    assert_eq!(status, 422, "{body}");
    assert!(body.contains("#/text") && body.contains("#/link"), "{body}");
}

#[tokio::test]
async fn other_forms_of_parts_are_bytes_of_their_media_type() {
    let media_type = "multipart/mixed; boundary=B";
    let (status, body) = answer(&Seen::default(), "/mixed", media_type, "--B--\n").await;
    assert_eq!((status.as_u16(), body.as_str()), (200, "--B--\r\n"));
}

/// A file that is made as it is read.
struct Large(usize);

impl futures_core::Stream for Large {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        const PIECE: usize = 64 << 10;
        std::task::Poll::Ready(if self.0 == 0 {
            None
        } else {
            self.0 -= PIECE;
            Some(Ok(Bytes::from(vec![b'\r'; PIECE])))
        })
    }
}

#[tokio::test]
async fn files_are_longer_than_what_is_held() {
    let seen = Seen::default();
    let file = FilePart::new("large", ByteStream::from_stream(Large(64 << 20)));
    let body = UploadBody {
        file,
        more: None,
        ..upload()
    };
    client(&seen)
        .operations()
        .upload(body)
        .send()
        .await
        .unwrap();
    let seen = seen.take();
    assert!(seen.last().unwrap().ends_with("67108864"), "{seen:?}");
}
