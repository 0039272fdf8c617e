//! The object or array that a union has started to read, given to the variant from its beginning.

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess};

use crate::support::tree::{Reader, Tree};

/// The entries read so far, then those still to come.
pub(crate) struct Replay<A> {
    read: std::vec::IntoIter<(String, Tree)>,
    value: Option<Tree>,
    rest: A,
}

impl<A> Replay<A> {
    pub(crate) fn new(read: Vec<(String, Tree)>, rest: A) -> Self {
        Self {
            read: read.into_iter(),
            value: None,
            rest,
        }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Replay<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let Some((key, value)) = self.read.next() else {
            return self.rest.next_key_seed(seed);
        };
        self.value = Some(value);
        seed.deserialize(de::value::StringDeserializer::new(key))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(Reader::new(&value, None)),
            None => self.rest.next_value_seed(seed),
        }
    }
}

/// The item read so far, then those still to come.
pub(crate) struct Resume<A> {
    read: Option<Tree>,
    rest: A,
}

impl<A> Resume<A> {
    pub(crate) fn new(read: Option<Tree>, rest: A) -> Self {
        Self { read, rest }
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Resume<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        match self.read.take() {
            Some(item) => seed.deserialize(Reader::new(&item, None)).map(Some),
            None => self.rest.next_element_seed(seed),
        }
    }
}
