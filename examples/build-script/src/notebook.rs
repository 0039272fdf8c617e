//! The service: notes in memory.

use std::sync::{Mutex, PoisonError};

use crate::api::operations::{
    AddNoteRequest, AddNoteResponse, GetNoteFailure, GetNoteRequest, GetNoteResponse,
};
use crate::api::server::{Caller, Failure, Notes, Service};
use crate::api::types::{Note, Problem};

/// Notes, numbered from 1.
#[derive(Debug, Default)]
pub(crate) struct Notebook(Mutex<Vec<Note>>);

impl Service for Notebook {
    type Principal = ();
    /// Everything that a handler answers is documented.
    type Error = Failure;
}

impl Notes for Notebook {
    async fn add_note(
        &self,
        _: Caller<()>,
        request: AddNoteRequest,
    ) -> Result<AddNoteResponse, Failure> {
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
    ) -> Result<GetNoteResponse, Failure> {
        let notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let note = notes.iter().find(|note| note.number == request.number);
        let body = note.cloned().ok_or_else(|| GetNoteFailure::NotFound {
            body: Problem {
                detail: format!("there is no note {}", request.number),
            },
        })?;
        Ok(GetNoteResponse::Ok { body })
    }
}
