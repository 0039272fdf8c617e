//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Measures Specwright over a folder of documents.
#[derive(Debug, Parser)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What is measured.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// One table, a row a document.
    Table(TableOptions),
    /// Break documents at random, and see that nothing worse than a diagnostic comes of it.
    Mutate(crate::mutate::Options),
    /// Compare what is read of 3.0 documents with what the `openapiv3` crate reads.
    Oracle(crate::oracle::Options),
    /// See that documents with a known fault are told of it, at its place.
    Invalid(crate::invalid::Options),
    /// Whether strict reading and the `jsonschema` crate accept the same values.
    Agree(AgreeOptions),
    /// Send every operation of generated crates through client and mock and back.
    Loopback(crate::loopback::Options),
    /// See that the router of each document answers each of its templates.
    Routers(crate::routers::Options),
    /// Check generated crates with one tag alone.
    Tags(crate::tags::Options),
}

/// Options of `table`.
#[derive(Debug, Args)]
pub(crate) struct TableOptions {
    #[command(flatten)]
    pub(crate) folder: FolderOptions,
    /// Stages to run; each needs those before it to have succeeded.
    #[arg(long, value_delimiter = ',', default_value = "generate,check,examples")]
    pub(crate) stages: Vec<Stage>,
    /// What is asked of the run, and so its exit code.
    #[arg(long, default_value = "full")]
    pub(crate) tier: Tier,
    /// Write the table here instead of to standard output.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
}

/// Options of `agree`.
#[derive(Debug, Args)]
pub(crate) struct AgreeOptions {
    #[command(flatten)]
    pub(crate) folder: FolderOptions,
    /// Values drawn from each schema, and as many changed ones.
    #[arg(long, default_value_t = 100)]
    pub(crate) values: usize,
    /// At most so many schemas of each document, spread over it.
    #[arg(long)]
    pub(crate) schemas: Option<usize>,
    /// Another seed gives other values.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Write the page here instead of to standard output.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
}

/// What is asked of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Tier {
    /// Every document in every stage; the goals have to be met.
    Full,
    /// Every document is generated, and ten are compiled and run; nothing may be worse than the floor.
    Ci,
}

/// Which documents, and where to work.
#[derive(Debug, Args)]
pub(crate) struct FolderOptions {
    /// Folder of documents; `$SPECWRIGHT_DATA/corpus` where it is not given.
    #[arg(long)]
    pub(crate) folder: Option<PathBuf>,
    /// Only documents whose name starts so.
    #[arg(long, value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Directory for what is generated and built.
    #[arg(long, default_value = "target/corpus")]
    pub(crate) work: PathBuf,
}

/// A stage of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// Generate in memory, count what is carried.
    Generate,
    /// Compile every generated crate.
    Check,
    /// Read and write every example.
    Examples,
}
