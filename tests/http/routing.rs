//! Table tests of the router.

use crate::support::routing::{Match, Router};

/// Builds a router whose values are the templates themselves.
fn build(templates: &[(&'static str, &'static str)]) -> Router<&'static str> {
    let mut router = Router::default();
    for (method, template) in templates {
        router.insert(method, template, *template);
    }
    router
}

/// Describes what a router finds: `template name=value…`, `405 methods`, or `404`.
fn found(router: &Router<&'static str>, method: &str, path: &str) -> String {
    match router.find(method, path) {
        Match::Route(template, values) => {
            let values = values
                .into_iter()
                .map(|(name, range)| format!(" {name}={}", &path[range]));
            format!("{template}{}", values.collect::<String>())
        }
        Match::OtherMethods(allow) => format!("405 {}", allow.join(", ")),
        Match::Nothing => "404".to_owned(),
    }
}

#[track_caller]
fn check(routes: &[(&'static str, &'static str)], cases: &[(&str, &str, &str)]) {
    let built = build(routes);
    for (method, path, expected) in cases {
        assert_eq!(&found(&built, method, path), expected, "{method} {path}");
    }
}

#[test]
fn a_path_that_is_written_out_beats_parameters_whatever_the_method() {
    check(
        &[
            ("GET", "/pets/{id}"),
            ("GET", "/pets/mine"),
            ("DELETE", "/pets/{petId}"),
            ("GET", "/pets/{id}/toys"),
            ("GET", "/shops/mine/new"),
            ("PUT", "/shops/{name}/all"),
            ("PUT", "/shops/{name}/new"),
        ],
        &[
            ("GET", "/pets/mine", "/pets/mine"),
            ("GET", "/pets/7", "/pets/{id} id=7"),
            ("DELETE", "/pets/7", "/pets/{petId} petId=7"),
            ("DELETE", "/pets/mine", "405 GET, HEAD, OPTIONS"),
            ("GET", "/pets/mine/toys", "/pets/{id}/toys id=mine"),
            ("HEAD", "/pets/mine", "/pets/mine"),
            ("POST", "/pets/7", "405 GET, DELETE, HEAD, OPTIONS"),
            ("PUT", "/shops/mine/all", "/shops/{name}/all name=mine"),
            ("POST", "/shops/mine/all", "405 PUT, OPTIONS"),
            ("PUT", "/shops/mine/new", "405 GET, HEAD, OPTIONS"),
            ("GET", "/pets", "404"),
            ("GET", "/pets/7/toys/8", "404"),
        ],
    );
}

#[test]
fn text_within_a_segment() {
    check(
        &[
            ("GET", "/f/{name}.{extension}"),
            ("GET", "/f/{name}.json"),
            ("GET", "/f/{name}"),
            ("POST", "/f/{id}:verb"),
            ("GET", "/v{version}/x"),
            ("GET", "/r/{from}..{to}"),
            ("GET", "/pair({a},{b})"),
            ("GET", "/two/{a}{b}"),
        ],
        &[
            (
                "GET",
                "/f/a.tar.gz",
                "/f/{name}.{extension} name=a.tar extension=gz",
            ),
            ("GET", "/f/a.json", "/f/{name}.json name=a"),
            ("GET", "/f/plain", "/f/{name} name=plain"),
            ("GET", "/f/.json", "/f/{name} name=.json"),
            ("GET", "/f/a.", "/f/{name} name=a."),
            ("POST", "/f/7:verb", "/f/{id}:verb id=7"),
            ("POST", "/f/7%3Averb", "405 GET, HEAD, OPTIONS"),
            ("GET", "/v12/x", "/v{version}/x version=12"),
            ("GET", "/v/x", "404"),
            ("GET", "/r/a..b", "/r/{from}..{to} from=a to=b"),
            ("GET", "/r/...b", "/r/{from}..{to} from=. to=b"),
            ("GET", "/r/..b", "404"),
            ("GET", "/r/a..", "404"),
            ("GET", "/pair(1,2)", "/pair({a},{b}) a=1 b=2"),
            ("GET", "/pair(1,)", "404"),
            ("GET", "/two/é", "404"),
            ("GET", "/two/éà", "/two/{a}{b} a=é b=à"),
        ],
    );
}

#[test]
fn slashes_and_encodings() {
    check(
        &[
            ("GET", "/"),
            ("GET", "/a"),
            ("GET", "/a/"),
            ("GET", "/a/{x}"),
            ("GET", "/b/{x}/"),
            ("GET", "/~user"),
            ("GET", "/caf%C3%A9"),
        ],
        &[
            ("GET", "/", "/"),
            ("GET", "/a", "/a"),
            ("GET", "/a/", "/a/"),
            ("GET", "/a/x%2Fy", "/a/{x} x=x%2Fy"),
            ("GET", "/a//", "404"),
            ("GET", "/b/x", "404"),
            ("GET", "/b/x/", "/b/{x}/ x=x"),
            ("GET", "/%7Euser", "/~user"),
            ("GET", "/caf%C3%A9", "/caf%C3%A9"),
            ("GET", "/a/%ff", "/a/{x} x=%ff"),
            ("GET", "/a/%", "/a/{x} x=%"),
            ("GET", "*", "404"),
            ("GET", "", "/"),
        ],
    );
}

#[test]
fn head_and_options_of_the_document_come_first() {
    check(
        &[
            ("GET", "/a"),
            ("HEAD", "/b"),
            ("GET", "/b"),
            ("OPTIONS", "/b"),
            ("POST", "/c"),
            ("TRACE", "/c"),
        ],
        &[
            ("HEAD", "/a", "/a"),
            ("HEAD", "/b", "/b"),
            ("OPTIONS", "/b", "/b"),
            ("HEAD", "/c", "405 POST, TRACE, OPTIONS"),
            ("TRACE", "/c", "/c"),
            ("get", "/a", "405 GET, HEAD, OPTIONS"),
        ],
    );
}

#[test]
fn no_template_is_an_error() {
    let odd = [
        "",
        "/",
        "//",
        "{",
        "}",
        "{}",
        "/{",
        "/}",
        "/{}",
        "/{a",
        "/a}",
        "/{a}{b}",
        "/{a}{a}",
        "/{{a}}",
        "/a//b",
        "/oauth2/token#refresh",
        "/oauth2/token",
        "/x?y={z}",
        "/é/{ü}",
        "/{a}/{a}",
        "/%zz/{a}%",
        "a/b",
        "/{a}b{c}d{e}",
    ];
    let mut router = Router::default();
    for template in odd {
        router.insert("GET", template, template);
        router.insert("POST", template, template);
    }
    assert_eq!(
        found(&router, "GET", "/oauth2/token"),
        "/oauth2/token#refresh"
    );
    assert_eq!(found(&router, "GET", "/x"), "/x?y={z}");
    for path in odd {
        let _ = router.find("GET", path);
        let _ = router.find("PUT", path);
    }
}

#[test]
fn same_shape_with_other_names() {
    check(
        &[
            ("GET", "/a/{x}/b"),
            ("PUT", "/a/{y}/b"),
            ("GET", "/a/{z}/c"),
        ],
        &[
            ("GET", "/a/1/b", "/a/{x}/b x=1"),
            ("PUT", "/a/1/b", "/a/{y}/b y=1"),
            ("GET", "/a/1/c", "/a/{z}/c z=1"),
        ],
    );
}

/// A search may not visit a node twice: with branches at every level the paths are 2^24, the nodes 2^25.
#[test]
fn hostile_paths_cost_no_more_than_the_tree() {
    let mut router = Router::default();
    for depth in 1..24 {
        let literal: &'static str = String::leak("/a".repeat(depth) + "/end");
        let mixed: &'static str = String::leak("/{p}".repeat(depth) + "/end");
        router.insert("GET", literal, literal);
        router.insert("GET", mixed, mixed);
    }
    let path = "/a".repeat(32_000);
    assert!(matches!(router.find("GET", &path), Match::Nothing));
}
