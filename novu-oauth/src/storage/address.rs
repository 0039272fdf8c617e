//! The address of an endpoint, as the storage keeps it.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::clock::Timestamp;
use crate::domain::{Address, Tokens};
use crate::secret::Secret;
use crate::signature::hex;

/// The JSON of `address`, secrets and all.
pub(super) fn write(address: &Address) -> String {
    let json = match address {
        Address::SlackUser { user_id } => json!({"userId": user_id}),
        Address::Webhook { url } => json!({"url": url.expose()}),
        Address::TeamsUser { user_id, tenant_id } => {
            json!({"userId": user_id, "tenantId": tenant_id})
        }
        Address::WebexPerson { person_id, tokens } => json!({
            "personId": person_id,
            "accessToken": tokens.access.expose(),
            "refreshToken": tokens.refresh.as_ref().map(Secret::expose),
            "expiresAt": tokens.expires_at,
        }),
    };
    json.to_string()
}

/// The address of this kind that [`write`] wrote.
pub(super) fn read(kind: &str, json: &str) -> Option<Address> {
    let json: Value = serde_json::from_str(json).ok()?;
    let text = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(match kind {
        "slack_user" => Address::SlackUser {
            user_id: text("userId")?,
        },
        "webhook" => Address::Webhook {
            url: Secret::new(text("url")?),
        },
        "ms_teams_user" => Address::TeamsUser {
            user_id: text("userId")?,
            tenant_id: text("tenantId")?,
        },
        "webex_person" => Address::WebexPerson {
            person_id: text("personId")?,
            tokens: Tokens {
                access: Secret::new(text("accessToken")?),
                refresh: text("refreshToken").map(Secret::new),
                expires_at: json.get("expiresAt").and_then(Value::as_u64).map(Timestamp),
            },
        },
        _ => return None,
    })
}

/// What tells the address from others of its kind; nobody reads the address in it.
pub(super) fn hash(address: &Address) -> String {
    let parts: [&str; 2] = match address {
        Address::SlackUser { user_id } => [user_id, ""],
        Address::Webhook { url } => [url.expose(), ""],
        Address::TeamsUser { user_id, tenant_id } => [user_id, tenant_id],
        Address::WebexPerson { person_id, .. } => [person_id, ""],
    };
    hex(&Sha256::digest(parts.join("\0")))
}
