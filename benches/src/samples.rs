//! The JSON that is decoded and encoded.

/// A [`Subscriber`](crate::twins::Subscriber) with every property, in the order of the schema.
pub const SUBSCRIBER: &str = r#"{"subscriberId":"sub-5f0e1f2a","firstName":"Margaret","visits":1734,"isOnline":true,"channels":["email","in_app","push"],"score":87.25,"email":"margaret@example.com","locale":"en_GB"}"#;

/// A [`LinkRequest`](crate::twins::LinkRequest) whose context has both kinds of value.
pub const LINK_REQUEST: &str = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack-prod","connectionIdentifier":"slack-connection-abc123","context":{"app":{"id":"jira","data":{"name":"Acme Corp","region":"us-east-1","seats":[1,2,3]}},"region":"us-east-1","tenant":"org-acme"},"userScope":["identity.basic","identity.email"]}"#;

/// The context of [`LINK_REQUEST`] alone.
pub const CONTEXT: &str = r#"{"app":{"id":"jira","data":{"name":"Acme Corp","region":"us-east-1","seats":[1,2,3]}},"region":"us-east-1","tenant":"org-acme"}"#;

/// An [`Error`](crate::twins::Error) whose message is an array of every kind of item.
pub const ERROR_MIXED: &str = r#"{"statusCode":404,"timestamp":"2024-12-12T13:00:00Z","path":"/x","message":["a",1,true,{"k":[1.5]},null]}"#;

/// An [`Error`](crate::twins::Error) whose message is an array of sentences, as validators write them.
pub const ERROR_SENTENCES: &str = r#"{"statusCode":400,"timestamp":"2024-12-12T13:00:00Z","path":"/v1/integrations/channel-endpoints/oauth","message":["subscriberId must be a string","subscriberId should not be empty","integrationIdentifier must be a string","userScope must be an array"]}"#;
