//! Credentials: secrets, and tokens that providers give.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::script::Script;
use super::{GuardedRequest, PASSWORD, TOKEN, call};
use crate::support::basic::basic;
use crate::support::client::Client;
use crate::support::credentials::{Credential, Token, TokenError, TokenProvider};
use crate::support::error::Error;
use crate::support::future::BoxFuture;
use crate::support::secret::SecretString;
use crate::support::security::Scheme;
use crate::support::token_cache::CachedTokens;

/// Gives `t1`, `t2` and so on, each for a minute.
#[derive(Default)]
struct Counting {
    given: AtomicUsize,
    asked: Mutex<Vec<String>>,
    refused: Mutex<Vec<String>>,
    fails: bool,
}

impl TokenProvider for Counting {
    fn token<'a>(
        &'a self,
        scheme: &'a Scheme,
        scopes: &'static [&'static str],
    ) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            if self.fails {
                return Err(TokenError::new("the issuer is closed"));
            }
            let asked = format!("{} {scopes:?}", scheme.name);
            self.asked.lock().unwrap().push(asked);
            let number = self.given.fetch_add(1, Ordering::Relaxed) + 1;
            Ok(Token::new(format!("t{number}")).lasting(Duration::from_mins(2)))
        })
    }

    fn refused(&self, token: &SecretString) {
        self.refused.lock().unwrap().push(token.expose().to_owned());
    }
}

fn client(script: &Script, credential: impl Into<Credential>) -> Client {
    let builder = script.builder().credential(TOKEN, credential.into());
    builder.build().unwrap()
}

fn sent(script: &Script) -> Vec<String> {
    let asked = script.asked();
    asked
        .iter()
        .map(|asked| asked.headers["authorization"].to_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_provider_is_asked_for_each_request() {
    let script = Script::new([]);
    let provider = Arc::new(Counting::default());
    let client = client(&script, provider.clone());
    for _ in 0..2 {
        call(&client, GuardedRequest {}).send().await.unwrap();
    }
    assert_eq!(sent(&script), ["Bearer t1", "Bearer t2"]);
    let asked = provider.asked.lock().unwrap().clone();
    assert_eq!(asked[0], "token [\"pets:read\", \"pets:write\"]");
    // What cannot be waited for is not in it.
    let request = call(&client, GuardedRequest {}).to_http().unwrap();
    assert!(!request.headers().contains_key("authorization"));
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_renewed_once() {
    let script = Script::new([
        (401, &[][..], ""),
        (204, &[], ""),
        (401, &[], ""),
        (401, &[], ""),
    ]);
    let provider = Arc::new(Counting::default());
    let client = client(&script, provider.clone());
    call(&client, GuardedRequest {}).send().await.unwrap();
    assert_eq!(sent(&script), ["Bearer t1", "Bearer t2"]);
    let error = call(&client, GuardedRequest {}).send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(sent(&script), ["Bearer t3", "Bearer t4"]);
    assert_eq!(*provider.refused.lock().unwrap(), ["t1", "t3"]);
}

#[tokio::test(start_paused = true)]
async fn a_secret_that_is_refused_stays_refused() {
    let script = Script::new([(401, &[][..], "")]);
    let client = client(&script, "secret");
    let error = call(&client, GuardedRequest {}).send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(sent(&script), ["Bearer secret"]);
}

#[tokio::test(start_paused = true)]
async fn no_token_no_request() {
    let script = Script::new([]);
    let provider = Counting {
        fails: true,
        ..Counting::default()
    };
    let client = client(&script, provider);
    let error = call(&client, GuardedRequest {}).send().await.unwrap_err();
    assert!(matches!(error, Error::Credentials(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "there is no token for the request: the issuer is closed"
    );
    assert_eq!(script.asked().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn tokens_are_kept_while_they_last() {
    let script = Script::new([]);
    let client = client(&script, CachedTokens::new(Counting::default()));
    let get = || call(&client, GuardedRequest {}).send();
    // Two at once wait for the same token.
    let (first, second) = tokio::join!(get(), get());
    first.unwrap();
    second.unwrap();
    tokio::time::advance(Duration::from_secs(85)).await;
    get().await.unwrap();
    assert_eq!(sent(&script), ["Bearer t1", "Bearer t1", "Bearer t1"]);
    // Half a minute before its end it is used no more.
    tokio::time::advance(Duration::from_secs(10)).await;
    get().await.unwrap();
    assert_eq!(sent(&script), ["Bearer t2"]);
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_not_kept() {
    let script = Script::new([(204, &[][..], ""), (401, &[], "")]);
    let client = client(&script, CachedTokens::new(Counting::default()));
    for _ in 0..3 {
        call(&client, GuardedRequest {}).send().await.unwrap();
    }
    assert_eq!(
        sent(&script),
        ["Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2"]
    );
}

#[tokio::test]
async fn a_user_has_a_password() {
    let script = Script::new([]);
    let builder = || script.builder().credential(TOKEN, "unused".into());
    let client = builder().credential(PASSWORD, basic("Aladdin", "open sesame: é"));
    // The first alternative is the token's; without one it is the user's.
    let client = client.build().unwrap();
    call(&client, GuardedRequest {}).send().await.unwrap();
    let client = script
        .builder()
        .credential(PASSWORD, basic("Aladdin", "open sesame"));
    let client = client.build().unwrap();
    call(&client, GuardedRequest {}).send().await.unwrap();
    assert_eq!(
        sent(&script),
        ["Bearer unused", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="]
    );

    let error = builder()
        .credential(PASSWORD, basic("a:b", "c"))
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the credential of `password`: the user's name holds a colon"
    );
}

#[test]
fn nothing_secret_is_shown() {
    let script = Script::new([]);
    let builder = script
        .builder()
        .credential(TOKEN, "hush".into())
        .credential(PASSWORD, basic("hush", "hush"));
    let token = Token::new("hush");
    let credential = Credential::from("hush");
    let shown = format!(
        "{builder:?} {:?} {token:?} {credential:?}",
        TokenError::new("closed")
    );
    assert!(
        !shown.contains("hush") && !shown.contains("aHVzaDpodXNo"),
        "{shown}"
    );
    let client = builder.build().unwrap();
    let call = call(&client, GuardedRequest {});
    let shown = format!("{client:?} {call:?} {:?}", call.to_http().unwrap());
    assert!(
        !shown.contains("hush") && shown.contains("password"),
        "{shown}"
    );
}
