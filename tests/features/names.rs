use crate::generated::names::types::{OAuthToken, OptionSchema, User, User2};
use crate::survives;

#[test]
fn names_that_clash_are_told_apart() {
    survives::<User>(r#"{"a":"1"}"#);
    survives::<User2>(r#"{"b":"1"}"#);
    survives::<OptionSchema>(r#"{"self":"1"}"#);
    survives::<OAuthToken>(
        r#"{"userIDs":["1"],"userOAuthURL":"u","start_time<":"a","start_time>":"b","fooBar":"c","foo_bar":"d","":"e","名":"f","a\"b\\c":"g"}"#,
    );
}
