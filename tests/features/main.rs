//! A small document per feature: the types it becomes are a snapshot, and the same types are
//! compiled into this test and run.

#[cfg(test)]
mod alike;
#[cfg(test)]
mod all_of;
#[cfg(test)]
mod bodies;
#[cfg(test)]
mod branches;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod constraints;
#[cfg(test)]
mod defaults;
#[cfg(test)]
mod directions;
#[cfg(test)]
mod dynamic;
#[cfg(test)]
mod enum_kinds;
#[cfg(test)]
mod enums;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod joins;
#[cfg(test)]
mod key_sets;
#[cfg(test)]
mod lone_words;
#[cfg(test)]
mod long;
#[cfg(test)]
#[allow(
    clippy::wildcard_imports,
    reason = "each is the test that a generated crate has"
)]
mod loopbacks;
#[cfg(test)]
#[allow(dead_code, reason = "the build script calls the rest")]
mod made;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod multipart;
#[cfg(test)]
mod multipart_faults;
#[cfg(test)]
mod names;
#[cfg(test)]
mod nulls;
#[cfg(test)]
mod objects;
#[cfg(test)]
mod oddities;
#[cfg(test)]
mod open_enums;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod overlaps;
#[cfg(test)]
mod parameters;
#[cfg(test)]
mod patterns;
#[cfg(test)]
mod recursion;
#[cfg(test)]
mod references;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod streams;
#[cfg(test)]
mod text_formats;
#[cfg(test)]
mod tuples;
#[cfg(test)]
mod unions;
#[cfg(test)]
mod variants;
#[cfg(test)]
mod webhooks;
#[cfg(test)]
mod wire;

/// What the build script generated.
#[allow(
    missing_docs,
    dead_code,
    unreachable_pub,
    clippy::pedantic,
    reason = "one crate holds many small APIs"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}

#[cfg(test)]
use checks::{refused, round, survives};

#[cfg(test)]
mod checks {
    use serde::de::DeserializeOwned;
    use serde_json::Value;

    /// Decodes a value and encodes it again.
    #[track_caller]
    pub(crate) fn round<T: DeserializeOwned + serde::Serialize>(json: &str) -> String {
        let value: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
        serde_json::to_string(&value).unwrap()
    }

    /// Asserts that a value survives decoding and encoding.
    #[track_caller]
    pub(crate) fn survives<T: DeserializeOwned + serde::Serialize>(json: &str) {
        let before: Value = serde_json::from_str(json).unwrap();
        let after: Value = serde_json::from_str(&round::<T>(json)).unwrap();
        assert_eq!(before, after);
    }

    /// Asserts that a value is refused, with this message.
    #[track_caller]
    pub(crate) fn refused<T: DeserializeOwned + std::fmt::Debug>(json: &str, message: &str) {
        let error = serde_json::from_str::<T>(json).expect_err(json);
        assert!(error.to_string().starts_with(message), "{error}");
    }
}
