//! The hashes come from `printf '%s' SUBSCRIBER | openssl dgst -sha256 -hmac sk_test_123`, the URLs
//! from Python:
//!
//! ```python
//! import base64, hashlib, hmac
//! from urllib.parse import urlencode
//! signature = hmac.new(b"sk_test_123", json.encode(), hashlib.sha256).hexdigest()
//! state = base64.urlsafe_b64encode(f"{json}.{signature}".encode()).rstrip(b"=").decode()
//! print("https://slack.com/oauth/v2/authorize?" + urlencode({
//!     "client_id": "client-1", "scope": "incoming-webhook", "redirect_uri": redirect_uri, "state": state}))
//! ```

use super::{LegacyRequest, LegacyView};
use crate::clock::Timestamp;
use crate::domain::{Channel, Credentials, Integration, Provider};
use crate::mint::Mint;
use crate::problem::Problem;
use crate::provider::ProviderUrls;
use crate::provider::authorize::{ApiRoot, AuthorizeUrl};
use crate::secret::Secret;

const ENVIRONMENT: &str = "66a1b2c3d4e5f60718293a4b";
const HASH: &str = "a6763343daf71d95299f09e50f61de3e6bea1181af585670e135335520d5dc97";
/// Of `sub/1 é`.
const ODD_HASH: &str = "e9995438a3036d0fcc1ab6018ee6a83d2ad1b827706f74d73a3fe85e5bcffb5e";

fn request() -> LegacyRequest {
    LegacyRequest {
        subscriber_id: "subscriber-123".to_owned(),
        provider: Provider::Slack,
        environment_id: ENVIRONMENT.to_owned(),
        integration_identifier: Some("slack-main".to_owned()),
        hmac_hash: HASH.to_owned(),
    }
}

fn integration(client_id: Option<&str>) -> Integration {
    Integration {
        identifier: "slack-main".to_owned(),
        provider: Provider::Slack,
        channel: Channel::Chat,
        credentials: Credentials {
            client_id: client_id.map(str::to_owned),
            ..Credentials::default()
        },
        redirect_url: None,
        hmac: false,
    }
}

fn redirect(
    request: &LegacyRequest,
    keys: Option<&[&str]>,
    integration: Option<&Integration>,
) -> Result<AuthorizeUrl, Problem> {
    let keys: Option<Vec<_>> = keys.map(|keys| keys.iter().map(|&key| Secret::new(key)).collect());
    let root = ApiRoot::parse("https://novu.example.com").expect("a root");
    let urls = ProviderUrls::default();
    let mint = Mint {
        urls: &urls,
        root: &root,
        now: Timestamp(1_767_225_600_123),
    };
    mint.legacy(
        request,
        LegacyView {
            api_keys: keys.as_deref(),
            signing_key: keys.as_ref().and_then(|keys| keys.last()),
            integration,
        },
    )
}

#[test]
fn redirects_to_slack() {
    let integration = integration(Some("client-1"));
    let url = redirect(&request(), Some(&["sk_test_123"]), Some(&integration)).expect("a URL");
    assert_eq!(
        url.as_str(),
        "https://slack.com/oauth/v2/authorize?client_id=client-1&scope=incoming-webhook&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fv1%2Fsubscribers%2Fsubscriber-123%2Fcredentials%2Fslack%2Foauth%2Fcallback%3FenvironmentId%3D66a1b2c3d4e5f60718293a4b%26integrationIdentifier%3Dslack-main&state=eyJlbnZpcm9ubWVudElkIjoiNjZhMWIyYzNkNGU1ZjYwNzE4MjkzYTRiIiwic3Vic2NyaWJlcklkIjoic3Vic2NyaWJlci0xMjMiLCJwcm92aWRlcklkIjoic2xhY2siLCJpbnRlZ3JhdGlvbklkZW50aWZpZXIiOiJzbGFjay1tYWluIiwidGltZXN0YW1wIjoxNzY3MjI1NjAwMTIzfS5mM2U4YTMzNmM2OTA4MDVhNzBhZmMwZGY4OTNmZjUxMGY3NmE4NDgxYzY4ZDU5MGEwOWYxZTU5YzI3YTcxZDc4"
    );
    let odd = LegacyRequest {
        subscriber_id: "sub/1 é".to_owned(),
        integration_identifier: None,
        hmac_hash: ODD_HASH.to_owned(),
        ..request()
    };
    let url = redirect(&odd, Some(&["sk_test_123"]), Some(&integration)).expect("a URL");
    assert_eq!(
        url.as_str(),
        "https://slack.com/oauth/v2/authorize?client_id=client-1&scope=incoming-webhook&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fv1%2Fsubscribers%2Fsub%2F1+%C3%A9%2Fcredentials%2Fslack%2Foauth%2Fcallback%3FenvironmentId%3D66a1b2c3d4e5f60718293a4b&state=eyJlbnZpcm9ubWVudElkIjoiNjZhMWIyYzNkNGU1ZjYwNzE4MjkzYTRiIiwic3Vic2NyaWJlcklkIjoic3ViLzEgw6kiLCJwcm92aWRlcklkIjoic2xhY2siLCJ0aW1lc3RhbXAiOjE3NjcyMjU2MDAxMjN9LjAyZGVjNjgxMzgwNWQyYzVhNGExM2ZjMjRkOTRhNGJmMmQ2MmEyYzlkMTE3YzRlMTIxY2YwYzFlNjAzMmU1MmU"
    );
}

#[test]
fn any_key_of_the_environment_may_have_signed() {
    let integration = integration(Some("client-1"));
    assert!(
        redirect(
            &request(),
            Some(&["new", "sk_test_123"]),
            Some(&integration)
        )
        .is_ok()
    );
}

#[test]
fn refuses_a_wrong_hash() {
    let integration = integration(Some("client-1"));
    for hash in [
        ODD_HASH,
        &HASH.to_uppercase(),
        &HASH[1..],
        "x",
        &"0".repeat(64),
    ] {
        let request = LegacyRequest {
            hmac_hash: hash.to_owned(),
            ..request()
        };
        let result = redirect(&request, Some(&["sk_test_123"]), Some(&integration));
        assert!(
            matches!(result, Err(Problem::BadRequest(_))),
            "{hash}: {result:?}"
        );
    }
}

#[test]
fn what_does_not_exist_is_said_before_the_hash_is_checked() {
    let wrong = LegacyRequest {
        hmac_hash: "0".to_owned(),
        ..request()
    };
    let whole = integration(Some("client-1"));
    let bare = integration(None);
    for (keys, integration) in [
        (None, Some(&whole)),
        (Some(&["sk_test_123"][..]), None),
        (Some(&["sk_test_123"][..]), Some(&bare)),
        (Some(&[][..]), Some(&whole)),
    ] {
        let result = redirect(&wrong, keys, integration);
        assert!(matches!(result, Err(Problem::NotFound(_))), "{result:?}");
    }
}
