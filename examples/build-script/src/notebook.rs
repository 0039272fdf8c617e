//! The service: notes in memory.

use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use axum::response::Response;

use crate::api::operations::{AddNoteRequest, AddNoteResponse, GetNoteRequest, GetNoteResponse};
use crate::api::server::{Caller, IntoFailure, Notes, RequestHead, Service};
use crate::api::types::{Note, Problem};

/// Notes, numbered from 1.
#[derive(Debug, Default)]
pub(crate) struct Notebook(Mutex<Vec<Note>>);

/// Everything that a handler answers is documented.
#[derive(Debug)]
pub(crate) struct Never(Infallible);

impl IntoFailure for Never {
    fn into_failure(self, _: &RequestHead) -> Response {
        match self.0 {}
    }
}

impl Service for Notebook {
    type Principal = ();
    type Error = Never;
}

impl Notes for Notebook {
    async fn add_note(
        &self,
        _: Caller<()>,
        request: AddNoteRequest,
    ) -> Result<AddNoteResponse, Never> {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let body = Note {
            number: i64::try_from(notes.len())
                .unwrap_or(i64::MAX)
                .saturating_add(1),
            text: request.body.text,
            tags: request.body.tags,
        };
        notes.push(body.clone());
        Ok(AddNoteResponse::Created { body })
    }

    async fn get_note(
        &self,
        _: Caller<()>,
        request: GetNoteRequest,
    ) -> Result<GetNoteResponse, Never> {
        let notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let note = notes.iter().find(|note| note.number == request.number);
        Ok(match note.cloned() {
            Some(body) => GetNoteResponse::Ok { body },
            None => GetNoteResponse::NotFound {
                body: Problem {
                    detail: format!("there is no note {}", request.number),
                },
            },
        })
    }
}
