//! Server-sent events (WHATWG HTML, §9.2).

use std::time::Duration;

use bytes::{Bytes, BytesMut};

use crate::support::items::{ItemError, Splitter};
use crate::support::transport_error::TransportError;

/// A server-sent event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
#[allow(
    clippy::struct_field_names,
    reason = "the fields are called as on the wire"
)]
pub struct Event<T> {
    /// What kind of event it is; `message` where it is not said.
    pub event: Option<String>,
    /// The id of the last event that had one, which is this one if it has.
    pub id: Option<String>,
    /// How long to wait before the connection is made again, if the server says so.
    pub retry: Option<Duration>,
    /// The data.
    pub data: T,
}

impl<T> Event<T> {
    /// An event with data alone.
    pub fn new(data: T) -> Self {
        Self {
            event: None,
            id: None,
            retry: None,
            data,
        }
    }

    /// The same event, of this kind.
    #[must_use]
    pub fn of_kind(mut self, event: impl Into<String>) -> Self {
        self.event = Some(event.into());
        self
    }

    /// The same event with an id.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The same event with a time to wait before the connection is made again.
    #[must_use]
    pub fn with_retry(mut self, retry: Duration) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Writes the event with its data as text.
    pub(crate) fn frame(self, data: &str) -> Result<Bytes, TransportError> {
        let mut text = String::with_capacity(data.len() + 16);
        for (field, value) in [("event", self.event), ("id", self.id)] {
            let Some(value) = value else { continue };
            if value.contains(['\r', '\n', '\0']) {
                return Err(TransportError::new(format!(
                    "the {field} of an event has more than one line"
                )));
            }
            text.extend([field, ": ", &value, "\n"]);
        }
        if let Some(retry) = self.retry {
            text.extend(["retry: ", &retry.as_millis().to_string(), "\n"]);
        }
        let mut rest = data;
        loop {
            let end = rest.find(['\r', '\n']);
            text.extend([
                "data: ",
                rest.get(..end.unwrap_or(rest.len())).unwrap_or_default(),
                "\n",
            ]);
            let Some(end) = end else { break };
            let skipped = if rest.get(end..).is_some_and(|rest| rest.starts_with("\r\n")) {
                2
            } else {
                1
            };
            rest = rest.get(end + skipped..).unwrap_or_default();
        }
        text.push('\n');
        Ok(text.into())
    }
}

/// Reads the data of an event.
type ReadData<T> = fn(String) -> Result<T, ItemError>;

/// What came of the bytes at hand.
enum Line {
    /// They end within a line.
    Cut,
    /// A field, which was taken.
    Field,
    /// The end of an event.
    Blank,
    /// The event has more bytes than it may.
    TooLong,
}

/// Splits a body into events.
pub(crate) struct EventSplitter<T> {
    /// What is not looked at yet.
    pending: Bytes,
    /// The line so far.
    line: BytesMut,
    /// Whether the last line ended with a carriage return, which a line feed belongs to.
    after_return: bool,
    /// Whether anything was read, and so a byte order mark is none.
    started: bool,
    data: String,
    has_data: bool,
    event: Option<String>,
    id: Option<String>,
    retry: Option<Duration>,
    limit: usize,
    read: ReadData<T>,
}

impl<T> EventSplitter<T> {
    /// Reads data with `read`, of events of at most `limit` bytes.
    pub(crate) fn new(limit: usize, read: ReadData<T>) -> Self {
        Self {
            pending: Bytes::new(),
            line: BytesMut::new(),
            after_return: false,
            started: false,
            data: String::new(),
            has_data: false,
            event: None,
            id: None,
            retry: None,
            limit,
            read,
        }
    }

    /// Takes what is left of a line.
    fn line(&mut self) -> Line {
        if std::mem::take(&mut self.after_return) && self.pending.first() == Some(&b'\n') {
            let _ = self.pending.split_to(1);
        }
        let mut bytes = self.pending.iter();
        let Some(end) = bytes.position(|byte| matches!(byte, b'\r' | b'\n')) else {
            let rest = std::mem::take(&mut self.pending);
            self.line.extend_from_slice(&rest);
            return self.within_limit(Line::Cut);
        };
        self.line.extend_from_slice(&self.pending.split_to(end));
        if let Line::TooLong = self.within_limit(Line::Field) {
            return Line::TooLong;
        }
        self.after_return = self.pending.split_to(1).first() == Some(&b'\r');
        let line = self.line.split();
        let mut line = line.as_ref();
        if !std::mem::replace(&mut self.started, true) {
            line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        }
        if line.is_empty() {
            return Line::Blank;
        }
        self.field(&String::from_utf8_lossy(line));
        Line::Field
    }

    fn within_limit(&self, line: Line) -> Line {
        if self.line.len() + self.data.len() > self.limit {
            Line::TooLong
        } else {
            line
        }
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(value);
            }
            "event" => self.event = Some(value.to_owned()).filter(|value| !value.is_empty()),
            "id" if !value.contains('\0') => {
                self.id = Some(value.to_owned()).filter(|value| !value.is_empty());
            }
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            _ => {}
        }
    }

    /// The event that a blank line ends; one without data is none.
    fn dispatch(&mut self) -> Option<Result<Event<T>, ItemError>> {
        let event = self.event.take();
        let data = std::mem::take(&mut self.data);
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        let retry = self.retry.take();
        let id = self.id.clone();
        Some((self.read)(data).map(|data| Event {
            event,
            id,
            retry,
            data,
        }))
    }
}

impl<T> Splitter<Event<T>> for EventSplitter<T> {
    fn push(&mut self, piece: Bytes) {
        self.pending = piece;
    }

    fn next(&mut self, _: bool) -> Option<Result<Event<T>, ItemError>> {
        while !self.pending.is_empty() {
            match self.line() {
                Line::Cut | Line::Field => {}
                Line::TooLong => return Some(Err(ItemError::TooLong { limit: self.limit })),
                Line::Blank => {
                    if let Some(event) = self.dispatch() {
                        return Some(event);
                    }
                }
            }
        }
        None
    }
}
