//! What can be typed.

#[path = "cli/judge.rs"]
mod judge;

use clap::{Args, Parser, Subcommand, ValueEnum};
pub use judge::{DiffArgs, GateArgs, IncidentsArgs};
use std::path::PathBuf;

/// Threat modeling as code for AI systems.
#[derive(Parser)]
#[command(
    name = "telamon",
    version,
    about = "Threat modeling as code for AI systems",
    after_help = "Begin with `telamon init`, then `telamon analyze`.\n\nExit codes: 0 fine, 1 findings at or above --fail-on, 2 the input is wrong, 3 a bug."
)]
pub struct Cli {
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// Severities, as options take them.
const SEVERITIES: [&str; 4] = ["low", "medium", "high", "critical"];
/// Personas, as options take them.
const PERSONAS: [&str; 3] = ["regular", "pedantic", "auditor"];

/// When to colour.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Commands, in the order of the four questions.
#[derive(Subcommand)]
pub enum Command {
    /// Write a first model, by asking five questions or from a template
    Init(InitArgs),
    /// Say what is wrong, or probably wrong, with a model
    Check(CheckArgs),
    /// Draw the data flows of a model
    Diagram(DiagramArgs),
    /// Derive the threats of a model, rank them and show what to do first
    Analyze(AnalyzeArgs),
    /// Explain a framework id, rule, control, kind, message or threat
    Explain(ExplainArgs),
    /// Ask what the model does not say, most weighty first
    Questions(QuestionsArgs),
    /// Tell which published incidents this system allows, step by step
    Incidents(IncidentsArgs),
    /// Say what changed between two models or analyses, and why
    Diff(DiffArgs),
    /// Say whether a model may pass: its threats, decisions and controls against a policy
    Gate(GateArgs),
    /// Write a decision about a threat into the model
    Decide(DecideArgs),
    /// Write a report by a method: STRIDE, PASTA, OWASP or all
    Report(ReportArgs),
    /// Search the frameworks, or check the ids cited in any text
    Catalog(CatalogArgs),
    /// List the kinds of components
    Kinds(WordsArgs),
    /// List the controls
    Controls(WordsArgs),
    /// List, show and test rules
    Rules(RulesArgs),
    /// Print the JSON Schema of the model language or of the analysis
    Schema(SchemaArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, of all or of one command
    Man(ManArgs),
}

/// The model that a command works on.
#[derive(Args, Clone)]
pub struct ModelArg {
    /// Model file, folder with a telamon.yaml, or `-` for standard input [default: this folder]
    pub model: Option<PathBuf>,
    /// Folder of own rules, besides those that the model names
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
}

/// Formats of an analysis.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a person at a terminal.
    Text,
    /// The whole analysis for programs.
    Json,
    /// For merge requests and documents.
    Markdown,
    /// For code hosts.
    Sarif,
    /// For spreadsheets.
    Csv,
    /// One self-contained page.
    Html,
}

/// Arguments of `analyze`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  telamon analyze examples/support-rag\n  telamon analyze --top 3 --stride I,T\n  telamon analyze --format sarif -o telamon.sarif --fail-on high\n  telamon analyze --format json --format html -o out/model"
)]
pub struct AnalyzeArgs {
    #[command(flatten)]
    pub model: ModelArg,
    /// Show so many threats, the worst first
    #[arg(long)]
    pub top: Option<usize>,
    /// Only these STRIDE letters or words: I,T
    #[arg(long)]
    pub stride: Option<String>,
    /// Only threats known in this framework: atlas, owasp-llm@2025, owasp-ml, owasp-asi, stride, cia
    #[arg(long)]
    pub framework: Option<String>,
    /// Who reads [default: regular in text, Markdown and HTML; everybody in JSON, SARIF and CSV]
    #[arg(long, value_parser = PERSONAS)]
    pub persona: Option<String>,
    /// Analysis as JSON: threats that it holds, and that are not worse now, are neither shown nor counted
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Date of the analysis, for decisions that end [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Only threats whose technique serves this ATLAS tactic
    #[arg(long, value_name = "ID")]
    pub tactic: Option<String>,
    /// Only threats that touch this component
    #[arg(long, value_name = "ID")]
    pub component: Option<String>,
    /// Only threats of this severity or worse
    #[arg(long, value_name = "SEVERITY", value_parser = SEVERITIES)]
    pub min_severity: Option<String>,
    /// A table of groups instead of threats
    #[arg(long, value_name = "WHAT", value_parser = ["component", "severity", "stride", "tactic", "framework"])]
    pub group_by: Option<String>,
    /// Format, several with -o
    #[arg(long, value_enum)]
    pub format: Vec<Format>,
    /// Where to write: a file, or with several formats a name that gets their endings
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Exit with 1 when an open threat is of this severity or worse
    #[arg(long, value_name = "SEVERITY", value_parser = SEVERITIES)]
    pub fail_on: Option<String>,
    /// List the threats whose severity hangs on one weight
    #[arg(long)]
    pub sensitivity: bool,
    /// One line for each threat
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Every path, factor and control
    #[arg(short, long)]
    pub verbose: bool,
}

/// Arguments of `check`.
#[derive(Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub model: ModelArg,
    /// Format
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    pub format: String,
}

/// Arguments of `explain`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  telamon explain AML.T0051.001\n  telamon explain LLM06:2025\n  telamon explain vector-store\n  telamon explain unknown-kind\n  telamon explain indirect-prompt-injection@assistant examples/support-rag\n  telamon explain --why-not AML.T0020 examples/support-rag"
)]
pub struct ExplainArgs {
    /// What to explain
    pub id: String,
    /// Say what a framework entry came to in a model: applies, mitigated, ruled out, or open
    #[arg(long)]
    pub why_not: bool,
    #[command(flatten)]
    pub model: ModelArg,
}

/// Arguments of `questions`.
#[derive(Args)]
pub struct QuestionsArgs {
    #[command(flatten)]
    pub model: ModelArg,
    /// Format
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    pub format: String,
}

/// Arguments of `decide`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  telamon decide direct-prompt-injection@bot --response accept --why \"holds no data\" --by \"product owner\" --until 2027-05-31\n  telamon decide --refresh"
)]
pub struct DecideArgs {
    /// Threat id
    #[arg(required_unless_present = "refresh")]
    pub threat: Option<String>,
    /// Model file or folder [default: this folder]
    #[arg(long)]
    pub model: Option<PathBuf>,
    /// Folder of own rules
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// What to do about it
    #[arg(long, required_unless_present = "refresh", value_parser = ["mitigate", "accept", "transfer", "avoid", "false-positive"])]
    pub response: Option<String>,
    /// The reason
    #[arg(long, required_unless_present = "refresh")]
    pub why: Option<String>,
    /// Role that decides
    #[arg(long)]
    pub by: Option<String>,
    /// End of an acceptance
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Role that does it
    #[arg(long)]
    pub owner: Option<String>,
    /// When it is to be done
    #[arg(long, value_name = "DATE")]
    pub due: Option<String>,
    /// Ticket
    #[arg(long)]
    pub ticket: Option<String>,
    /// Likelihood as people judge it
    #[arg(long, value_name = "WORD", value_parser = ["rare", "unlikely", "possible", "likely", "almost-certain"])]
    pub rate_likelihood: Option<String>,
    /// Impact as people judge it
    #[arg(long, value_name = "WORD", value_parser = ["negligible", "minor", "moderate", "major", "severe"])]
    pub rate_impact: Option<String>,
    /// Date of the decision [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Fill in what decisions saw that do not say it; with a threat id, renew what its decision saw
    #[arg(long, conflicts_with_all = ["response", "why", "by", "until", "owner", "due", "ticket", "rate_likelihood", "rate_impact"])]
    pub refresh: bool,
}

/// Formats of a diagram.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiagramFormat {
    /// A drawing.
    Svg,
    /// Text for Mermaid.
    Mermaid,
    /// Text for D2.
    D2,
    /// Text for Graphviz.
    Dot,
}

/// Arguments of `diagram`.
#[derive(Args)]
pub struct DiagramArgs {
    #[command(flatten)]
    pub model: ModelArg,
    /// Format
    #[arg(long, value_enum, default_value_t = DiagramFormat::Svg)]
    pub format: DiagramFormat,
    /// Where to write
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Draw the path of this threat instead of the worst one's
    #[arg(long, value_name = "THREAT-ID")]
    pub threat: Option<String>,
    /// Write the positions to telamon.layout.yaml beside the model, so that they stay
    #[arg(long)]
    pub pin: bool,
}

/// Arguments of `report`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  telamon report examples/support-rag -o report.html\n  telamon report --method pasta --format markdown -o pasta.md"
)]
pub struct ReportArgs {
    #[command(flatten)]
    pub model: ModelArg,
    /// Method to follow; without it the overview report
    #[arg(long, value_parser = ["stride", "pasta", "owasp", "full"])]
    pub method: Option<String>,
    /// Format
    #[arg(long, default_value = "html", value_parser = ["html", "markdown"])]
    pub format: String,
    /// Where to write
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Date of the analysis [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Who reads
    #[arg(long, default_value = "regular", value_parser = PERSONAS)]
    pub persona: String,
    /// Template to use in place of the own one (overview report)
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
}

/// Arguments of `catalog`.
#[derive(Args)]
pub struct CatalogArgs {
    /// What to do
    #[command(subcommand)]
    pub command: CatalogCommand,
}

/// Commands of `catalog`.
#[derive(Subcommand)]
pub enum CatalogCommand {
    /// List the frameworks and their editions
    List,
    /// Show a framework and its entries
    Show {
        /// Framework, with or without edition: atlas, owasp-llm@2025
        framework: String,
        /// Only entries of this type
        #[arg(long = "type", value_name = "TYPE", value_parser = ["tactic", "technique", "mitigation", "case-study", "entry", "weakness", "category"])]
        of: Option<String>,
    },
    /// Find entries by words
    Search {
        /// Words
        #[arg(required = true)]
        words: Vec<String>,
        /// Only in this framework
        #[arg(long)]
        framework: Option<String>,
        /// So many hits
        #[arg(long, default_value_t = 15)]
        top: usize,
    },
    /// Check the ids cited in texts: Markdown, YAML, CSV, anything
    Lint {
        /// Files, or `-`
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Format
        #[arg(long, default_value = "text", value_parser = ["text", "json", "sarif"])]
        format: String,
    },
    /// Keep the official texts of a framework, for `telamon explain`
    #[command(after_help = IMPORT_HELP)]
    Import {
        /// Official file of MITRE ATLAS, or `-`
        file: PathBuf,
        /// Folder to keep them in [default: the user's own]
        #[arg(short, long, value_name = "DIR")]
        output: Option<PathBuf>,
        /// Release of the file, where it does not say so
        #[arg(long)]
        edition: Option<String>,
    },
}

/// What follows the help of `catalog import`.
const IMPORT_HELP: &str = "Three forms are recognised by their content: ATLAS.yaml of releases 4 and 5, the STIX bundle, \
and the YAML of format 6. The last one follows its description and was not tried on a published file.

The user's folder is $TELAMON_CATALOG, else telamon/catalog within $XDG_DATA_HOME or ~/.local/share, on Windows within %APPDATA%.

Examples:
  telamon catalog import ATLAS.yaml
  telamon catalog import stix-atlas.json --edition 5.6.0 -o texts";

/// Arguments of `kinds` and `controls`.
#[derive(Args)]
pub struct WordsArgs {
    /// Only those whose id or line has this word
    pub word: Option<String>,
    /// Format
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    pub format: String,
}

/// Arguments of `rules`.
#[derive(Args)]
pub struct RulesArgs {
    /// What to do
    #[command(subcommand)]
    pub command: RulesCommand,
}

/// Commands of `rules`.
#[derive(Subcommand)]
pub enum RulesCommand {
    /// List the rules
    List {
        /// Folder of own rules
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
    /// Show one rule in full
    Show {
        /// Rule id
        id: String,
        /// Folder of own rules
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
    /// Which rules derive each entry of the frameworks, which controls each mitigation, and why some need none
    Coverage {
        /// One framework, with an edition if wanted: atlas, owasp-llm@2025
        #[arg(long)]
        framework: Option<String>,
        /// Format
        #[arg(long, default_value = "text", value_parser = ["text", "json"])]
        format: String,
        /// Folder of own rules
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
    /// Run the examples of rules: each must fire on `fires` and not on `silent`
    Test {
        /// Folder of own rules; the built-in ones without it
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
}

/// Arguments of `init`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  telamon init\n  telamon init --template rag --name \"Support assistant\" models/support"
)]
pub struct InitArgs {
    /// Folder in which telamon.yaml is written [default: this folder]
    pub folder: Option<PathBuf>,
    /// The same, as other commands take it
    #[arg(short, long, value_name = "DIR", conflicts_with = "folder")]
    pub output: Option<PathBuf>,
    /// Write this template and ask nothing
    #[arg(long, value_parser = ["rag", "classifier", "agent", "mcp", "training-pipeline", "fine-tuning", "edge"])]
    pub template: Option<String>,
    /// Name of the system
    #[arg(long)]
    pub name: Option<String>,
    /// Replace a telamon.yaml that is there
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `schema`.
#[derive(Args)]
pub struct SchemaArgs {
    /// Which one
    #[arg(default_value = "model", value_parser = ["model", "analysis"])]
    pub of: String,
}

/// Arguments of `man`.
#[derive(Args)]
pub struct ManArgs {
    /// Command; without it the page of all
    pub command: Option<String>,
}

/// Arguments of `completions`.
#[derive(Args)]
pub struct CompletionsArgs {
    /// Shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}
