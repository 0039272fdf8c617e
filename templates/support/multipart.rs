//! Forms with files: `multipart/form-data` (RFC 7578), sent and read a part at a time.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame};

use crate::support::codec::Decode;
use crate::support::form_value::{Form, Raw, Spelling};
use crate::support::multipart_error::MultipartError;
use crate::support::parts::FormPart;
use crate::support::payload::Payload;
use crate::support::plain::Fault;
use crate::support::reading::{Reading, Stop};
use crate::support::transport_error::TransportError;
use crate::support::write_parts::{PartsWriter, poll_queue};

/// A form with files. They are never held whole.
///
/// One that is sent is made of its value ([`new`](Self::new)), whose files come from wherever their bodies do. One that was
/// received is read part by part with [`next_part`](Self::next_part), so that a handler can do with a file what it wants
/// while it arrives; or with [`whole`](Self::whole), where files are small.
pub struct Multipart<P: FormPart>(Mutex<Source<P>>);

enum Source<P: FormPart> {
    Given(P::Whole),
    Received(Box<Reading>),
    /// Sent, or read to its end.
    Gone,
}

impl<P: FormPart> Multipart<P> {
    /// The form of this value.
    pub fn new(whole: P::Whole) -> Self {
        Self(Mutex::new(Source::Given(whole)))
    }

    /// Reads a form of this media type, whose first bytes are here. What of it was to come before its first file is read now,
    /// so that what is at fault with it is found before anybody waits for the rest. Texts may have `limit` bytes together.
    pub(crate) fn begin(
        media_type: &str,
        first: &[u8],
        payload: Payload,
        limit: usize,
    ) -> Result<Self, MultipartError> {
        let mut reading = Reading::new(P::PARTS, media_type, first, payload, limit)?;
        let mut all = Vec::new();
        let mut ready = VecDeque::new();
        loop {
            match reading.next_here() {
                Stop::Waits | Stop::End => break,
                Stop::Fault(MultipartError::Invalid { violations }) => all.extend(violations),
                Stop::Fault(error) => return Err(error),
                Stop::Part(raw) if raw.is_file() => {
                    ready.push_back(raw);
                    break;
                }
                Stop::Part(raw) => {
                    all.extend(P::read(&raw).err().unwrap_or_default());
                    ready.push_back(raw);
                }
            }
        }
        if !all.is_empty() {
            return Err(MultipartError::Invalid { violations: all });
        }
        reading.put_back(ready);
        Ok(Self(Mutex::new(Source::Received(Box::new(reading)))))
    }

    /// Waits for the next part; `None` at the end. A file that was not read to its end is passed over.
    ///
    /// Properties that the document does not declare are passed over too.
    ///
    /// # Errors
    ///
    /// The part, or the form, is not what the document says. After a part that is not, there may be others.
    pub async fn next_part(&mut self) -> Result<Option<P>, MultipartError> {
        match poll_fn(|context| self.source().poll(context)).await {
            None => Ok(None),
            Some(raw) => match P::read(&raw?) {
                Ok(part) => Ok(Some(part)),
                Err(violations) => Err(MultipartError::Invalid { violations }),
            },
        }
    }

    /// Waits for all of it, with files of at most `limit` bytes together in memory.
    ///
    /// # Errors
    ///
    /// Every violation that is found, or what broke off the form.
    pub async fn whole(mut self, limit: usize) -> Result<P::Whole, MultipartError> {
        let source = std::mem::replace(self.source(), Source::Gone);
        let mut reading = match source {
            Source::Given(whole) => return Ok(whole),
            Source::Received(reading) => reading,
            Source::Gone => {
                let message = "it was read before".to_owned();
                return Err(MultipartError::Malformed { message });
            }
        };
        reading.leave_checks();
        let (mut pairs, mut names, mut files, mut all) = (vec![], vec![], vec![], vec![]);
        let mut left = limit;
        while let Some(raw) = poll_fn(|context| reading.poll(context)).await {
            let raw = match raw {
                Err(MultipartError::Invalid { violations }) => {
                    all.extend(violations);
                    continue;
                }
                raw => raw?,
            };
            let name = raw.name().to_owned();
            let (own, file) = raw.into_pieces();
            pairs.extend(own);
            if let Some(file) = file {
                let body = file.clone().whole(left).await;
                let body = body.map_err(|_| MultipartError::TooLarge { limit })?;
                left -= body.len().min(left);
                files.push(file.with_body(body.into()));
                names.push(name);
            }
        }
        pairs.extend(reading.take_others());
        let form = Form::new(P::PARTS, P::Whole::TABLE.names, &pairs, &names);
        let whole = form.map_err(|fault| crate::support::form::whole(&fault));
        match whole.and_then(|form| form.strict(files)) {
            Ok(whole) if all.is_empty() => Ok(whole),
            read => {
                all.extend(read.err().unwrap_or_default());
                Err(MultipartError::Invalid { violations: all })
            }
        }
    }

    /// Takes what is sent, with its media type, of which the document says `documented`; `None` if it was sent before.
    pub(crate) fn take(&self, documented: &str) -> Option<Result<(String, Payload), Fault>> {
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer = PartsWriter::default();
        let media_type = writer.media_type(documented);
        if let Source::Given(whole) = &*source {
            let written = Spelling::new(P::PARTS, &mut writer).whole(whole);
            writer.end();
            return Some(written.map(|()| (media_type, writer.into_payload())));
        }
        match std::mem::replace(&mut *source, Source::Gone) {
            Source::Received(reading) => {
                let passed = Passed::<P> {
                    source: Source::Received(reading),
                    writer,
                    queue: VecDeque::new(),
                };
                Some(Ok((media_type, Payload::streamed(passed))))
            }
            _ => None,
        }
    }

    fn source(&mut self) -> &mut Source<P> {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P: FormPart> Source<P> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Raw, MultipartError>>> {
        let polled = match self {
            Self::Received(reading) => reading.poll(context),
            Self::Gone => Poll::Ready(None),
            Self::Given(_) => {
                let message = "it is to be sent".to_owned();
                Poll::Ready(Some(Err(MultipartError::Malformed { message })))
            }
        };
        let ends = match &polled {
            Poll::Ready(None) => true,
            Poll::Ready(Some(Err(error))) => !matches!(error, MultipartError::Invalid { .. }),
            _ => false,
        };
        if ends {
            *self = Self::Gone;
        }
        polled
    }
}

/// A form that is sent on while it is read.
struct Passed<P: FormPart> {
    source: Source<P>,
    writer: PartsWriter,
    queue: VecDeque<Payload>,
}

impl<P: FormPart> Unpin for Passed<P> {}

impl<P: FormPart> Body for Passed<P> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = &mut *self;
        loop {
            match poll_queue(&mut this.queue, context) {
                Poll::Ready(None) if matches!(this.source, Source::Gone) => {
                    return Poll::Ready(None);
                }
                Poll::Ready(None) => {}
                frame => return frame,
            }
            let written = match this.source.poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => {
                    this.writer.end();
                    Ok(())
                }
                Poll::Ready(Some(Err(error))) => Err(TransportError::new(error)),
                Poll::Ready(Some(Ok(raw))) => match P::read(&raw) {
                    Ok(part) => {
                        let mut spelling = Spelling::new(P::PARTS, &mut this.writer);
                        part.write(&mut spelling);
                        spelling.finish().map_err(TransportError::new)
                    }
                    Err(violations) => {
                        Err(TransportError::new(MultipartError::Invalid { violations }))
                    }
                },
            };
            if let Err(error) = written {
                this.source = Source::Gone;
                return Poll::Ready(Some(Err(error)));
            }
            this.queue = this.writer.take();
        }
    }
}

/// Shows where the form is, and not what it holds.
impl<P: FormPart> fmt::Debug for Multipart<P> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.write_str(match &*source {
            Source::Given(_) => "Multipart(given)",
            Source::Received(_) => "Multipart(received)",
            Source::Gone => "Multipart(gone)",
        })
    }
}
