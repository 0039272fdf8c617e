//! Emits and lays out source files on all cores.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::layout;
use super::source_file::{Chunk, FileJob, SourceFile};

/// A source file laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedFile {
    /// Path from the root of the crate: `src/types.rs`.
    pub path: String,
    /// Its text, with LF line ends.
    pub text: String,
}

/// Emission made something that is not Rust: always a fault of the generator, never of the document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The tokens of a file do not parse.
    #[error("generated tokens for `{path}` are not Rust: {message}")]
    Syntax {
        /// The file.
        path: String,
        /// What the parser said, and an excerpt.
        message: String,
    },
    /// A worker gave up.
    #[error("emitting `{path}` failed: {message}")]
    Worker {
        /// The file.
        path: String,
        /// Why.
        message: String,
    },
}

/// Type-checked trees nest as deep as the types of a document do; `syn` and the printer recurse.
const STACK: usize = 32 << 20;

/// Runs the jobs, several at a time, and lays out what they make. The result is in the order of
/// `jobs` and does not depend on scheduling.
///
/// # Errors
/// The first fault in the order of `jobs`.
pub fn render(jobs: Vec<FileJob<'_>>) -> Result<Vec<RenderedFile>, RenderError> {
    let mut heads = Vec::new();
    let mut chunks = Vec::new();
    for (file, job) in jobs.into_iter().enumerate() {
        chunks.extend(job.chunks.into_iter().map(|chunk| (file, chunk)));
        heads.push((job.path, layout::head(&job.docs)));
    }
    let texts = run(chunks);

    let mut by_file: Vec<Vec<String>> = heads.iter().map(|_| Vec::new()).collect();
    for (file, text) in texts {
        let path = || heads.get(file).map(|(p, _)| p.clone()).unwrap_or_default();
        let text = match text {
            Ok(text) => text,
            Err(Fault::Syntax(message)) => {
                return Err(RenderError::Syntax {
                    path: path(),
                    message,
                });
            }
            Err(Fault::Worker(message)) => {
                return Err(RenderError::Worker {
                    path: path(),
                    message,
                });
            }
        };
        if let Some(texts) = by_file.get_mut(file) {
            texts.push(text);
        }
    }
    let files = heads
        .into_iter()
        .zip(by_file)
        .map(|((path, head), texts)| RenderedFile {
            path,
            text: layout::join(head, texts.iter().map(String::as_str)),
        });
    Ok(files.collect())
}

/// Lays out one file that is already emitted.
///
/// # Errors
/// Its tokens are not items.
pub fn render_file(file: SourceFile) -> Result<RenderedFile, RenderError> {
    match layout::parts(file.parts) {
        Ok(text) => Ok(RenderedFile {
            text: layout::join(layout::head(&file.docs), [text.as_str()]),
            path: file.path,
        }),
        Err(message) => Err(RenderError::Syntax {
            path: file.path,
            message,
        }),
    }
}

enum Fault {
    Syntax(String),
    Worker(String),
}

type Outcome = Result<String, Fault>;

fn run(chunks: Vec<(usize, Chunk<'_>)>) -> Vec<(usize, Outcome)> {
    let count = chunks.len();
    let queue: Vec<_> = chunks
        .into_iter()
        .map(|(file, chunk)| (file, Mutex::new(Some(chunk))))
        .collect();
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, usize, Outcome)>> = Mutex::new(Vec::with_capacity(count));
    let work = || {
        while let Some((index, (file, slot))) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            queue.get(index).map(|entry| (index, entry))
        } {
            let Some(chunk) = slot.lock().unwrap_or_else(PoisonError::into_inner).take() else {
                continue;
            };
            let outcome = catch_unwind(AssertUnwindSafe(|| layout::parts(chunk()))).map_or_else(
                |cause| Err(Fault::Worker(reason(&*cause))),
                |text| text.map_err(Fault::Syntax),
            );
            done.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((index, *file, outcome));
        }
    };
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(count);
    thread::scope(|scope| {
        let mut spawned = 0;
        for _ in 0..workers {
            let builder = thread::Builder::new()
                .name("emit".to_owned())
                .stack_size(STACK);
            spawned += usize::from(builder.spawn_scoped(scope, work).is_ok());
        }
        if spawned == 0 {
            // No thread to be had: do it here.
            work();
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _, _)| *index);
    done.into_iter()
        .map(|(_, file, outcome)| (file, outcome))
        .collect()
}

fn reason(cause: &(dyn std::any::Any + Send)) -> String {
    cause
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| cause.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no reason given".to_owned())
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;
    use crate::output::{Part, Table};

    #[test]
    fn chunks_come_back_in_order() {
        let jobs = (0..5_u8)
            .map(|file| {
                let mut job = FileJob::new(format!("src/f{file}.rs"), "Docs.");
                for chunk in 0..20_u8 {
                    job.push(move || {
                        let name = quote::format_ident!("S{}", chunk);
                        vec![
                            quote!(pub struct #name;).into(),
                            Table::new("t").line(format!("{chunk}")).into(),
                        ]
                    });
                }
                job
            })
            .collect();
        let files = render(jobs).unwrap();
        assert_eq!(files.len(), 5);
        for (index, file) in files.iter().enumerate() {
            assert_eq!(file.path, format!("src/f{index}.rs"));
            let mut expected = format!("{}//! Docs.\n", layout::HEADER);
            for chunk in 0..20 {
                expected += &format!("\npub struct S{chunk};\n\nt! {{\n    {chunk}\n}}\n");
            }
            assert_eq!(file.text, expected);
        }
        assert_eq!(render(Vec::new()), Ok(Vec::new()));
    }

    #[test]
    fn faults_name_the_file() {
        let bad = FileJob::new("src/bad.rs", "").chunk(|| vec![quote!(struct).into()]);
        assert!(
            matches!(render(vec![bad]), Err(RenderError::Syntax { path, .. }) if path == "src/bad.rs")
        );
        let bad = FileJob::new("src/bad.rs", "").chunk(|| -> Vec<Part> { panic!("boom") });
        assert_eq!(
            render(vec![bad]),
            Err(RenderError::Worker {
                path: "src/bad.rs".into(),
                message: "boom".into()
            })
        );
    }

    #[test]
    fn a_file_without_contents_is_its_head() {
        let file = render_file(SourceFile {
            path: "src/a.rs".into(),
            ..SourceFile::default()
        })
        .unwrap();
        assert_eq!(file.text, layout::HEADER);
    }
}
