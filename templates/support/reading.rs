//! A form with files on its way to who reads it: its parts by property, and whether they may be there.

use std::collections::VecDeque;
use std::task::{Context, Poll, Waker};

use crate::support::form_value::{Pair, Raw};
use crate::support::multipart_error::MultipartError;
use crate::support::parameter::{PropertyNames, Style};
use crate::support::parts::{Part, PartKind};
use crate::support::payload::Payload;
use crate::support::read_parts::{PartReader, Received, allowed, pair, violation};
use crate::support::read_text::Source;
use crate::support::violation::Violation;

/// A form that is being read.
#[derive(Debug)]
pub(crate) struct Reading {
    reader: PartReader,
    parts: &'static [Part],
    /// What was read before it was asked for.
    ready: VecDeque<Raw>,
    /// Texts of values that stand in several parts, by property; they come last.
    gathered: Vec<Option<Raw>>,
    /// How often each property was there.
    seen: Vec<usize>,
    /// Texts that the document does not declare.
    others: Vec<Pair>,
    /// Whether it is looked at what is there as a whole.
    checks: bool,
    ended: bool,
}

/// What comes next of what is here already.
pub(crate) enum Stop {
    Part(Raw),
    Fault(MultipartError),
    Waits,
    End,
}

impl Reading {
    /// Reads a body of this media type, of which `first` came before. Texts may have `limit` bytes together.
    pub(crate) fn new(
        parts: &'static [Part],
        media_type: &str,
        first: &[u8],
        payload: Payload,
        limit: usize,
    ) -> Result<Self, MultipartError> {
        let reader = PartReader::new(parts, media_type, first, payload, limit)
            .map_err(|message| MultipartError::Malformed { message })?;
        Ok(Self {
            reader,
            parts,
            ready: VecDeque::new(),
            gathered: parts.iter().map(|_| None).collect(),
            seen: vec![0; parts.len()],
            others: Vec::new(),
            checks: true,
            ended: false,
        })
    }

    /// Returns the next part of what is here already.
    pub(crate) fn next_here(&mut self) -> Stop {
        self.reader.wait(true);
        let polled = self.poll(&mut Context::from_waker(Waker::noop()));
        self.reader.wait(false);
        match polled {
            Poll::Pending => Stop::Waits,
            Poll::Ready(None) => Stop::End,
            Poll::Ready(Some(Err(error))) => Stop::Fault(error),
            Poll::Ready(Some(Ok(raw))) => Stop::Part(raw),
        }
    }

    /// Takes back what was read too early.
    pub(crate) fn put_back(&mut self, ready: VecDeque<Raw>) {
        self.ready = ready;
    }

    /// Leaves it to others to look at what is there as a whole.
    pub(crate) fn leave_checks(&mut self) {
        self.checks = false;
    }

    /// Returns the texts that the document does not declare.
    pub(crate) fn take_others(&mut self) -> Vec<Pair> {
        std::mem::take(&mut self.others)
    }

    /// Returns the next part.
    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Raw, MultipartError>>> {
        loop {
            if let Some(raw) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(raw)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            let taken = match self.reader.poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(received))) => self.take(received),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => {
                    self.ended = true;
                    self.ready
                        .extend(self.gathered.iter_mut().filter_map(Option::take));
                    let missing = self.missing();
                    if missing.is_empty() {
                        continue;
                    }
                    let violations = missing;
                    return Poll::Ready(Some(Err(MultipartError::Invalid { violations })));
                }
            };
            match taken {
                Ok(Some(raw)) => return Poll::Ready(Some(Ok(raw))),
                Ok(None) => {}
                Err(violation) => {
                    let violations = vec![violation];
                    return Poll::Ready(Some(Err(MultipartError::Invalid { violations })));
                }
            }
        }
    }

    /// Finds the property that a part is of.
    fn take(&mut self, received: Received) -> Result<Option<Raw>, Violation> {
        match received {
            Received::File(name, file) => {
                let Some((at, part)) = self.named(&name) else {
                    return Ok(None);
                };
                allowed(&name, file.content_type.as_deref(), Some(part))?;
                self.saw(at, part)?;
                Ok(Some(Raw::file(part, file)))
            }
            Received::Text(head, text) => {
                let Some((at, part)) = self.named(&head.name) else {
                    let other = pair(&head, &text, None)?;
                    self.others.push(other);
                    return Ok(None);
                };
                let pair = pair(&head, &text, Some(part))?;
                if !is_gathered(part) {
                    self.saw(at, part)?;
                    return Ok(Some(Raw::text(part, pair)));
                }
                if let Some(seen) = self.seen.get_mut(at) {
                    *seen = 1;
                }
                match self.gathered.get_mut(at) {
                    Some(Some(raw)) => raw.push(pair),
                    Some(none) => *none = Some(Raw::text(part, pair)),
                    None => {}
                }
                Ok(None)
            }
        }
    }

    fn named(&self, name: &str) -> Option<(usize, &'static Part)> {
        let mut parts = self.parts.iter().enumerate();
        parts.find(|(_, part)| {
            part.parameter.name == name
                || part.is_styled() && Source::form(&part.parameter, "").belongs(name)
        })
    }

    /// Counts a property.
    fn saw(&mut self, at: usize, part: &Part) -> Result<(), Violation> {
        let Some(seen) = self.seen.get_mut(at) else {
            return Ok(());
        };
        *seen += 1;
        if *seen > 1 && !part.is_list() && self.checks {
            let message = "is there more than once".to_owned();
            return Err(violation(part.parameter.name, "repeated", message));
        }
        Ok(())
    }

    /// A violation for each property that has to be there and is not.
    fn missing(&self) -> Vec<Violation> {
        let all = self.parts.iter().zip(&self.seen);
        let missing = all.filter(|(part, seen)| self.checks && part.required && **seen == 0);
        missing
            .map(|(part, _)| violation(part.parameter.name, "required", "is required".to_owned()))
            .collect()
    }
}

/// Whether a value may stand in several parts.
fn is_gathered(part: &Part) -> bool {
    part.kind == PartKind::Several
        || part.parameter.style == Style::Deep
        || part.parameter.names != PropertyNames::Declared
}
