//! Security on the server: finds the credentials of a request and evaluates the OR of ANDs.

use std::borrow::Cow;

use axum::response::Response;
use http::header::COOKIE;

use crate::support::future::BoxFuture;
use crate::support::params::{cookie_pairs, decode_query, query_pairs};
use crate::support::rejection::{Cause, Denied, IntoFailure, Rejection};
use crate::support::request_head::RequestHead;
use crate::support::security::{Place, Requirement, Scheme};

/// What the server needs of a service; the generated `Service` trait gives it by `schemes!`.
pub trait Guard: Send + Sync + 'static {
    /// What a good credential turns into.
    type Principal: Send + Sync + 'static;
    /// The error of the handlers.
    type Error: IntoFailure + Send;

    /// Checks a credential, prefix taken off, of the scheme that is asked for.
    fn check<'a>(
        &'a self,
        asked: &'static Requirement,
        credential: &'a str,
        head: &'a RequestHead,
    ) -> BoxFuture<'a, Result<Self::Principal, Denied>>;

    /// What several credentials that are asked for together turn into.
    fn join<'a>(
        &'a self,
        first: Self::Principal,
        others: Vec<Self::Principal>,
        head: &'a RequestHead,
    ) -> BoxFuture<'a, Result<Self::Principal, Denied>> {
        let _ = (others, head);
        Box::pin(std::future::ready(Ok(first)))
    }

    /// Renders a rejection.
    fn refuse(&self, rejection: Rejection, head: &RequestHead) -> Response;
}

/// Joins the security methods of the generated `Service` trait to the schemes.
///
/// ```text
/// schemes! {
///     Service {
///         API_KEY => api_key,
///         LOGIN => login(BasicCredentials),
///         OAUTH => oauth(scoped),
///     }
/// }
/// ```
///
/// `} joined by together` names the method that joins the principals of credentials that are asked for together.
///
/// A method takes the credential as text, as what the type in brackets makes of it, or `scoped`: as a token with the
/// scopes that are asked for.
macro_rules! schemes {
    (@check scoped $check:expr; $service:ident $asked:ident $credential:ident $head:ident) => {
        Box::pin($check($service, $credential, $asked.scopes, $head))
    };
    (@check $credentials:ident $check:expr; $service:ident $asked:ident $credential:ident $head:ident) => {
        Box::pin(async move {
            match $credentials::parse($credential) {
                Ok(credential) => $check($service, &credential, $head).await,
                Err(fault) => Err($crate::support::rejection::Denied::Unauthenticated(fault.to_owned())),
            }
        })
    };
    (@check $check:expr; $service:ident $asked:ident $credential:ident $head:ident) => {
        Box::pin($check($service, $credential, $head))
    };
    ($service:ident { $($scheme:ident => $check:ident $(($kind:ident))?),* $(,)? } $(joined by $join:ident)?) => {
        impl<S: $service> $crate::support::guard::Guard for S {
            type Principal = <S as $service>::Principal;
            type Error = <S as $service>::Error;

            fn check<'a>(
                &'a self,
                asked: &'static $crate::support::security::Requirement,
                credential: &'a str,
                head: &'a $crate::support::request_head::RequestHead,
            ) -> $crate::support::future::BoxFuture<
                'a,
                Result<Self::Principal, $crate::support::rejection::Denied>,
            > {
                $(if asked.scheme.name == $scheme.name {
                    return $crate::support::guard::schemes!(
                        @check $($kind)? <S as $service>::$check; self asked credential head
                    );
                })*
                let _ = (credential, head);
                $crate::support::guard::unknown(&asked.scheme)
            }

            $(fn join<'a>(
                &'a self,
                first: Self::Principal,
                others: Vec<Self::Principal>,
                head: &'a $crate::support::request_head::RequestHead,
            ) -> $crate::support::future::BoxFuture<
                'a,
                Result<Self::Principal, $crate::support::rejection::Denied>,
            > {
                Box::pin(<S as $service>::$join(self, first, others, head))
            })?

            fn refuse(
                &self,
                rejection: $crate::support::rejection::Rejection,
                head: &$crate::support::request_head::RequestHead,
            ) -> axum::response::Response {
                <S as $service>::reject(self, rejection, head)
            }
        }
    };
}

pub(crate) use schemes;

/// Refuses a scheme that the service has no method for.
pub fn unknown<P: Send + 'static>(
    scheme: &'static Scheme,
) -> BoxFuture<'static, Result<P, Denied>> {
    let reason = format!("the scheme `{}` is not supported", scheme.name);
    Box::pin(std::future::ready(Err(Denied::Unauthenticated(reason))))
}

/// Evaluates the security requirements of the operation.
///
/// The alternatives are tried in order. All members of an alternative must hold; their principals are joined by
/// the service, which takes that of the first unless it says otherwise. Where one alternative is empty, a request that meets no other is
/// anonymous (`None`), whatever credential it carries: one alternative is enough. Otherwise the
/// alternative that came closest gives the reason.
pub async fn authenticate<S: Guard>(
    service: &S,
    head: &RequestHead,
    security: &'static [&'static [Requirement]],
) -> Result<Option<S::Principal>, Rejection> {
    let mut closest: Option<Rejection> = None;
    let mut anonymous = security.is_empty();
    for alternative in security {
        if alternative.is_empty() {
            anonymous = true;
            continue;
        }
        match meet(service, head, alternative).await {
            Ok(principal) => return Ok(principal),
            Err(rejection) => {
                if closest
                    .as_ref()
                    .is_none_or(|known| closeness(&rejection) > closeness(known))
                {
                    closest = Some(rejection);
                }
            }
        }
    }
    match closest {
        Some(rejection) if !anonymous => Err(rejection),
        _ => Ok(None),
    }
}

/// Meets all members of one alternative; nothing is checked before every credential is found.
async fn meet<S: Guard>(
    service: &S,
    head: &RequestHead,
    alternative: &'static [Requirement],
) -> Result<Option<S::Principal>, Rejection> {
    let mut credentials = Vec::with_capacity(alternative.len());
    for Requirement { scheme, .. } in alternative {
        let credential = credential(scheme, head);
        credentials.push(credential.map_err(|cause| Rejection::Unauthenticated { scheme, cause })?);
    }
    let denial = |asked: &'static Requirement, denied| {
        let Requirement { scheme, scopes } = asked;
        match denied {
            Denied::Unauthenticated(reason) => Rejection::Unauthenticated {
                scheme,
                cause: Cause::Refused(reason),
            },
            Denied::Forbidden(reason) => Rejection::Forbidden {
                scheme,
                scopes,
                reason,
            },
        }
    };
    let (mut first, mut others) = (None, Vec::new());
    for (asked, credential) in alternative.iter().zip(&credentials) {
        let checked = service.check(asked, credential, head).await;
        let principal = checked.map_err(|denied| denial(asked, denied))?;
        match first {
            None => first = Some(principal),
            Some(_) => others.push(principal),
        }
    }
    match (first, alternative.first()) {
        (Some(first), Some(asked)) if !others.is_empty() => {
            let joined = service.join(first, others, head).await;
            joined.map(Some).map_err(|denied| denial(asked, denied))
        }
        (first, _) => Ok(first),
    }
}

fn closeness(rejection: &Rejection) -> u8 {
    match rejection {
        Rejection::Unauthenticated {
            cause: Cause::Missing,
            ..
        } => 0,
        Rejection::Unauthenticated {
            cause: Cause::WrongPrefix { .. },
            ..
        } => 1,
        Rejection::Unauthenticated { .. } => 2,
        _ => 3,
    }
}

/// Finds the credential of a scheme in a request, and takes its prefix off.
pub fn credential<'h>(scheme: &Scheme, head: &'h RequestHead) -> Result<Cow<'h, str>, Cause> {
    let value = match scheme.place {
        Place::Header(name) => {
            let value = head.headers.get(name).ok_or(Cause::Missing)?;
            let text = std::str::from_utf8(value.as_bytes());
            Cow::Borrowed(text.map_err(|_| Cause::WrongPrefix {
                found: String::new(),
            })?)
        }
        Place::Query(name) => query_pairs(head.uri.query().unwrap_or_default())
            .find(|(found, _)| decode_query(found).is_some_and(|found| found == name))
            .and_then(|(_, value)| decode_query(value))
            .ok_or(Cause::Missing)?,
        Place::Cookie(name) => {
            let cookies = head
                .headers
                .get_all(COOKIE)
                .iter()
                .filter_map(|cookies| cookies.to_str().ok());
            let value = cookies
                .flat_map(cookie_pairs)
                .find(|(found, _)| *found == name);
            Cow::Borrowed(value.ok_or(Cause::Missing)?.1)
        }
    };
    let stripped = match &value {
        Cow::Borrowed(value) => scheme.strip_prefix(value).map(Cow::Borrowed),
        Cow::Owned(value) => scheme
            .strip_prefix(value)
            .map(|value| Cow::Owned(value.to_owned())),
    };
    stripped.ok_or_else(|| {
        let found = value.split_once(' ').map_or("", |(found, _)| found);
        Cause::WrongPrefix {
            found: found.to_owned(),
        }
    })
}

/// Marks the headers that carry the credentials of an operation, so that `Debug` hides them.
pub fn hide_credentials(head: &mut RequestHead, security: &'static [&'static [Requirement]]) {
    let schemes = security.iter().flat_map(|alternative| alternative.iter());
    let names = schemes.filter_map(|requirement| match requirement.scheme.place {
        Place::Header(name) => Some(name),
        Place::Query(_) => None,
        Place::Cookie(_) => Some("cookie"),
    });
    for name in names.chain(["authorization", "cookie"]) {
        if let http::header::Entry::Occupied(mut values) = head.headers.entry(name) {
            values
                .iter_mut()
                .for_each(|value| value.set_sensitive(true));
        }
    }
}
