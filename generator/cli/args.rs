//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Reads an `OpenAPI` document and writes the Rust of it: types, server traits and a client.
#[derive(Debug, Parser)]
#[command(name = "specwright", version, about, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done or clean; 1 drift, or diagnostics that are denied; 2 unusable input or arguments."
)]
pub(super) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,

    /// How diagnostics are printed (on standard error).
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub(super) message_format: MessageFormat,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the Rust of one document, or of every API of specwright.toml
    Generate(ApiArgs),
    /// Compare what is there with what would be generated; exit 1 and show a diff if it differs
    Check(ApiArgs),
    /// Show what a document becomes: every type, union and operation
    Inspect(InspectArgs),
    /// Explain a diagnostic, or list them all
    Explain(ExplainArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
}

/// What `generate` and `check` work on.
#[derive(Debug, Args)]
pub(super) struct ApiArgs {
    /// The document (JSON or YAML), or `-` for standard input [default: every `[[api]]` of specwright.toml]
    pub(super) spec: Option<PathBuf>,

    /// The directory of the generated crate [default: generated/NAME]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,

    /// Name of the generated crate [default: made of the document's title]
    #[arg(long, value_name = "CRATE")]
    pub(super) name: Option<String>,

    /// The configuration [default: specwright.toml here or in a directory above]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Follow references to http and https URLs
    #[arg(long)]
    pub(super) allow_remote: bool,

    /// Overwrite files that were edited by hand, and directories that Specwright did not make
    #[arg(long)]
    pub(super) force: bool,

    /// Generate where nothing changed since the last run, too, and say again what was found
    #[arg(long)]
    pub(super) fresh: bool,
}

/// What `inspect` works on.
#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// The document (JSON or YAML), or `-` for standard input
    pub(super) spec: PathBuf,

    /// The configuration [default: specwright.toml here or in a directory above]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Follow references to http and https URLs
    #[arg(long)]
    pub(super) allow_remote: bool,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: InspectFormat,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The code, such as `unresolved-reference` [default: list all codes]
    pub(super) code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: Shell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum MessageFormat {
    /// With the lines of the document
    #[default]
    Text,
    /// An object a line
    Json,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum InspectFormat {
    /// For reading
    #[default]
    Text,
    /// For scripts
    Json,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
