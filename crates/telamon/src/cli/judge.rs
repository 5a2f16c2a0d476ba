//! What can be typed after the commands that hold a model against something else: attacks, another model, a policy.

use super::{ModelArg, SEVERITIES};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `incidents`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  telamon incidents\n  telamon incidents examples/support-rag --case AML.CS0020 --format json"
)]
pub struct IncidentsArgs {
    #[command(flatten)]
    pub model: ModelArg,
    /// Tell this case study alone
    #[arg(long, value_name = "ID")]
    pub case: Option<String>,
    /// Tell every incident step by step
    #[arg(long)]
    pub all: bool,
    /// Format
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    pub format: String,
    /// Date of the analysis, for decisions that end [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// Arguments of `diff`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  telamon diff main/telamon.yaml telamon.yaml\n  telamon diff last-release.json . --format markdown"
)]
pub struct DiffArgs {
    /// Earlier model, or an analysis that was written as JSON
    pub old: PathBuf,
    /// Later model or analysis
    pub new: PathBuf,
    /// Format
    #[arg(long, default_value = "text", value_parser = ["text", "json", "markdown"])]
    pub format: String,
    /// Exit with 1 when a new or worse threat is of this severity or above
    #[arg(long, value_name = "SEVERITY", value_parser = SEVERITIES)]
    pub fail_on: Option<String>,
    /// Folder of own rules
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// Date of the analysis, for decisions that end [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

/// Arguments of `gate`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  telamon gate\n  telamon gate --policy policy.yaml --format sarif -o gate.sarif\n\nThe policy that is used where none is named is catalog/policy.yaml."
)]
pub struct GateArgs {
    #[command(flatten)]
    pub model: ModelArg,
    /// Policy file [default: the built-in policy]
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Analysis as JSON: threats that it holds, and that are not worse now, pass
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Format
    #[arg(long, default_value = "text", value_parser = ["text", "json", "sarif"])]
    pub format: String,
    /// File to write
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Date of the analysis, for decisions that end [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}
