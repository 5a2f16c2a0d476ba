//! Fuzzing on the stable compiler: libFuzzer, with the coverage that LLVM's own pass counts.

use crate::run::{Done, Failure, cargo, root, run, target};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What `-Zsanitizer=...` or cargo-fuzz would set, as stable flags.
const FLAGS: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Ccodegen-units=1 --cfg fuzzing";

/// The targets, each a binary of the crate `fuzz/`.
pub const TARGETS: [&str; 5] = ["yaml", "model", "analysis", "rules", "lint"];

/// The longest input that is tried, in bytes.
const LONGEST: usize = 4096;

/// Runs one target, or each in turn, for so many seconds. `keep` adds to the
/// corpus of the repository what reaches code that nothing in it reached.
pub fn fuzz(only: Option<&str>, seconds: u64, keep: bool) -> Done {
    if let Some(name) = only
        && !TARGETS.contains(&name)
    {
        return Err(Failure::cannot(format!("no target `{name}`; targets: {}", TARGETS.join(", "))));
    }
    let programs = build()?;
    let mut failed = Vec::new();
    for name in TARGETS.iter().filter(|name| only.is_none_or(|only| only == **name)) {
        println!("== {name}, {seconds} seconds");
        if run_target(&programs, name, seconds).is_err() {
            failed.push(*name);
        } else if keep {
            keep_corpus(&programs, name)?;
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::wrong(format!("== crashed: {}; the inputs lie in {}", failed.join(", "), work().display())))
}

fn work() -> PathBuf {
    target().join("fuzz-work")
}

/// Builds all targets. The name of the platform is given so that cargo keeps
/// the flags away from build scripts, which could not link with them.
fn build() -> Result<PathBuf, Failure> {
    let platform = platform()?;
    let folder = target().join("fuzz");
    let mut command = cargo(&["build", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", &platform]);
    run(command.env("CARGO_TARGET_DIR", &folder).env("RUSTFLAGS", FLAGS))?;
    Ok(folder.join(platform).join("release"))
}

fn platform() -> Result<String, Failure> {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .map_err(|error| Failure::cannot(format!("cannot run rustc: {error}")))?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        .ok_or_else(|| Failure::cannot("rustc does not say for which platform it builds"))
}

fn folder(path: PathBuf) -> Result<PathBuf, Failure> {
    fs::create_dir_all(&path).map_err(|error| Failure::cannot(format!("cannot make `{}`: {error}", path.display())))?;
    Ok(path)
}

fn corpus(name: &str) -> PathBuf {
    root().join("fuzz/corpus").join(name)
}

/// New inputs go to the work folder; the corpus of the repository is only read.
fn run_target(programs: &Path, name: &str, seconds: u64) -> Done {
    let found = folder(work().join(name))?;
    let crashes = folder(work().join("crashes").join(name))?;
    run(Command::new(programs.join(name))
        .arg(found)
        .arg(corpus(name))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={LONGEST}"))
        .arg("-timeout=10")
        .arg("-rss_limit_mb=2048")
        .arg("-print_final_stats=1")
        .arg(format!("-artifact_prefix={}/", crashes.display())))
}

fn keep_corpus(programs: &Path, name: &str) -> Done {
    let kept = folder(corpus(name))?;
    run(Command::new(programs.join(name)).arg("-set_cover_merge=1").arg(kept).arg(work().join(name)))
}
