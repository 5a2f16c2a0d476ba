//! The command line of the tasks.

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use xtask::generate::Shape;
use xtask::{bench, check, deny, fuzz, generate, generated, quality};

/// Tasks of development.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything that must pass: formatting, clippy, tests, generated files
    Check,
    /// All tests, with totals
    Test,
    /// Write the schemas and the reference pages of the book
    Gen {
        /// Write nothing; fail where a file is stale
        #[arg(long)]
        check: bool,
    },
    /// Write a made-up model of any size
    Generate {
        /// Number of components
        #[arg(long, default_value_t = 1_000)]
        components: usize,
        /// Number of flows [default: three for each component]
        #[arg(long)]
        flows: Option<usize>,
        /// How the flows are spread
        #[arg(long, value_enum, default_value_t = Shape::PowerLaw)]
        shape: Shape,
        /// The same seed gives the same model
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// File to write
        #[arg(short, long)]
        output: PathBuf,
    },
    /// Time and memory of `telamon analyze`, from start to exit, by size of the model
    Bench {
        /// Numbers of components
        #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000, 100_000])]
        sizes: Vec<usize>,
        /// A model of a million components too: a file of 150 MB, and memory to match
        #[arg(long)]
        million: bool,
        /// How the flows are spread
        #[arg(long, value_enum, default_value_t = Shape::PowerLaw)]
        shape: Shape,
    },
    /// Licences, bans and sources of dependencies, by cargo-deny
    Deny,
    /// How good the threats are, on the benchmark and the incidents of the repository
    Quality {
        /// Further folders of systems, each with telamon.yaml and expected.yaml
        #[arg(long)]
        also: Vec<PathBuf>,
        /// Folder of rules in place of the embedded ones; each must pass its examples
        #[arg(long)]
        rules: Option<PathBuf>,
        /// Print one system in full, by the beginning of its name
        #[arg(long)]
        show: Option<String>,
        /// Write what was predicted, one JSON file for each system, into this folder
        #[arg(long)]
        write: Option<PathBuf>,
    },
    /// Feed a parser with made-up input; without a target, each in turn
    Fuzz {
        /// yaml, model, analysis, rules or lint
        target: Option<String>,
        /// How long each target runs
        #[arg(long, default_value_t = 180)]
        seconds: u64,
        /// Add what the run found to fuzz/corpus, reduced to what reaches new code
        #[arg(long)]
        keep: bool,
    },
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Check => check::check(),
        Task::Test => check::test(),
        Task::Gen { check: true } => generated::check(),
        Task::Gen { check: false } => generated::write(),
        Task::Generate { components, flows, shape, seed, output } => {
            let plan = generate::Plan { components, flows: flows.unwrap_or(components * 3), shape, seed };
            generate::to_file(&plan, &output)
        }
        Task::Bench { mut sizes, million, shape } => {
            sizes.extend(million.then_some(1_000_000));
            bench::bench(&sizes, shape)
        }
        Task::Deny => deny::deny(),
        Task::Quality { also, rules, show, write } => quality::quality(&quality::Ask {
            also: &also,
            rules: rules.as_deref(),
            show: show.as_deref(),
            write: write.as_deref(),
        }),
        Task::Fuzz { target, seconds, keep } => fuzz::fuzz(target.as_deref(), seconds, keep),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{}", failure.message);
            ExitCode::from(failure.code)
        }
    }
}
